//! Messages of people that come through a mail service or a bot: each is a report like any other, and where the channel lets
//! the answer carry words, the steps are in it.

use axum::http::StatusCode;
use axum::response::Response;
use serde_json::json;

use super::json;
use super::reports::{Asker, NotKept, repeat, take};
use crate::phrase::Secret;
use crate::respond::view::ReportAnswer;
use crate::respond::{AlertArrival, Incoming, ReportArrival};
use crate::signal::{Contact, Facts, Report};
use crate::text::Language;
use crate::time::Span;
use crate::web::house::House;
use crate::web::pages::words::channel as say;
use crate::web::problem::Problem;

/// Characters of a message that Telegram takes (<https://core.telegram.org/bots/api#sendmessage>).
const TELEGRAM: usize = 4_096;

/// Takes the messages of people out of a delivery; what is left is an alert.
pub fn messages(arrival: &mut AlertArrival) -> Vec<Incoming> {
    let (people, rest) = std::mem::take(&mut arrival.events)
        .into_iter()
        .partition(|event: &Incoming| event.facts.first("kind") == Some("channel.message") && event.facts.has("text"));
    arrival.events = rest;
    people
}

/// Takes a message in as a report; the same message again gets the first answer. Nothing for one that says nothing.
pub async fn report(house: &House, endpoint: &str, message: &Incoming) -> Result<Option<Box<ReportAnswer>>, Problem> {
    let Some(arrival) = arrival(house, endpoint, message) else { return Ok(None) };
    let asker = Asker { client: None, proof: None, slower: true };
    match take(house, asker, arrival).await {
        Ok(answer) => Ok(Some(answer)),
        Err(NotKept::Differs) => Ok(None),
        Err(NotKept::Busy { seconds, .. }) => Err(Problem::too_many(seconds)),
        Err(NotKept::OutOfOrder { cause, .. }) => Err(cause.into()),
    }
}

fn arrival(house: &House, endpoint: &str, message: &Incoming) -> Option<ReportArrival> {
    let facts = &message.facts;
    let words = [facts.first("title"), facts.first("text")];
    let text = words.into_iter().flatten().collect::<Vec<_>>().join("\n");
    // A bot is greeted before it is told anything.
    if text.trim().is_empty() || text.trim() == "/start" {
        return None;
    }
    let sender = facts.first("sender").filter(|sender| sender.contains('@')).map(str::to_owned);
    let said = Report { text, contact: Some(Contact { email: sender, ..Contact::default() }), ..Report::default() };
    let fallback = language(facts);
    // A forged sender is no reason to lose the words.
    let unsigned = || Report { contact: None, ..said.clone() }.read(fallback);
    let mut reading = said.read(fallback).or_else(|_| unsigned()).ok()?;
    // Secrets went out of the words at the door, so what they were has to be told along.
    for secret in facts.get("secret").iter().filter_map(|word| Secret::of_word(word)) {
        reading.facts.add("secret", secret.word());
        reading.secrets.push(secret);
    }
    reading.facts.add("source", endpoint.to_owned());
    let key = format!("{endpoint} {}", message.key);
    Some(ReportArrival {
        reading,
        repeat: Some(repeat(house, &key, message.key.as_bytes())),
        shown: None,
        set_back: Span::ZERO,
    })
}

fn language(facts: &Facts) -> Language {
    match facts.first("language") {
        Some(code) if code.starts_with("zh-hant") || code.starts_with("zh-tw") || code.starts_with("zh-hk") => {
            Language::ZhHant
        }
        Some(code) if code.starts_with("zh") => Language::Zh,
        Some(_) | None => Language::En,
    }
}

/// The answer that Telegram carries to whoever wrote: the steps of now, what never to do, and the reference. It opens
/// nothing: whoever holds the Telegram account holds this chat.
pub fn telegram(house: &House, message: &Incoming, answer: Option<&ReportAnswer>) -> Option<Response> {
    let chat = message.facts.first("sender").and_then(|sender| sender.parse::<i64>().ok())?;
    let language = answer.map_or_else(|| language(&message.facts), |answer| answer.guidance.language);
    let page = format!("{}/", house.respond.room().public_url);
    let mut text = String::new();
    let mut line = |line: &str| {
        text.push_str(line);
        text.push_str("\n\n");
    };
    match answer {
        None => line(say::HELLO.get(language)),
        Some(answer) => {
            for notice in &answer.notices {
                line(&notice.text);
            }
            for (number, step) in answer.guidance.steps.iter().take(5).enumerate() {
                line(&format!("{}. {}", number + 1, step.text));
            }
            for never in &answer.guidance.never {
                line(&format!("✗ {}", never.text));
            }
            line(&say::NUMBER.with(language, &answer.case.reference));
        }
    }
    line(&say::MORE.with(language, &page));
    let text: String = text.trim_end().chars().take(TELEGRAM).collect();
    let body = json!({"method": "sendMessage", "chat_id": chat, "text": text, "disable_web_page_preview": true});
    Some(json(StatusCode::OK, &body))
}
