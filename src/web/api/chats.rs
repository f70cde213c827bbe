//! `POST /api/v1/chats/{name}`: what staff write to a bot in a chat, proved by its signature. Slack is answered in the same
//! breath, the others by a message to that person.

use std::time::Duration;

use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::json;

use super::json as answered;
use crate::intake::command::{Heard, refuse_unknown};
use crate::intake::verify::{Chat, Refused};
use crate::outbox::robot::Spoken;
use crate::playbook::Words;
use crate::respond::chat::{Ask, First, Standing, Told};
use crate::store::incidents::State as Stands;
use crate::text::Language;
use crate::time::Timestamp;
use crate::web::body;
use crate::web::house::{House, Shared};
use crate::web::pages::staff::actions;
use crate::web::pages::words::{Say, chats as say, span};
use crate::web::problem::Problem;

const LIMIT: usize = 64 * 1024;
/// Feishu and `DingTalk` ask again when nothing came back within three seconds; a second copy does nothing.
const PATIENCE: Duration = Duration::from_secs(6);

/// Takes what somebody on the staff wrote to a bot in a chat.
#[utoipa::path(post, path = "/api/v1/chats/{name}", tag = "operation", params(("name" = String, Path, description = "name of a configured chat")), request_body = serde_json::Value,
    responses((status = 200, description = "taken; for Slack the answer, which only the person sees", body = serde_json::Value), (status = 401, description = "unknown chat, bad signature or old timestamp, not told apart"), (status = 429, description = "too often")))]
pub async fn post(
    State(house): State<Shared>,
    Path(name): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let (parts, body) = request.into_parts();
    let headers = parts.headers.clone();
    let bytes = body::bytes(Request::from_parts(parts, body), LIMIT).await?;
    let Some(desk) = house.chats.get(&name) else {
        refuse_unknown(&bytes);
        return Err(refused("unknown-chat"));
    };
    let now = house.respond.room().now();
    let heard = desk.hear((&headers, &bytes), now).map_err(|why: Refused| refused(why.label()))?;
    let (call, language, to) = match heard {
        Heard::Challenge(challenge) => return Ok(answered(StatusCode::OK, &json!({ "challenge": challenge }))),
        Heard::Nothing => return Ok(answered(StatusCode::OK, &json!({}))),
        Heard::Asked { call, language, to } => (call, language, to),
    };
    house.limits.staff.check(("chat", &name, &call.member))?;
    if matches!(call.ask, Ask::Link(_)) {
        // Fifty random bits and ten minutes: guessing is slow even so.
        house.limits.codes.check(("chat", &name, &call.member))?;
    }
    let Some(told) = house.respond.chat(call).await? else { return Ok(answered(StatusCode::OK, &json!({}))) };
    metrics::counter!("holdfast_chat_calls_total", "chat" => name.clone()).increment(1);
    let answer = words(&house, (&told, language), now);
    if desk.bot.chat == Chat::Slack {
        return Ok(answered(StatusCode::OK, &answer.ephemeral()));
    }
    let telling = house.outbox.answer(&name, (&to, &answer), now);
    if let Err(word) = tokio::time::timeout(PATIENCE, telling).await.unwrap_or(Err("late")) {
        metrics::counter!("holdfast_chat_answers_lost_total", "outcome" => word).increment(1);
        tracing::warn!(chat = %name, "an answer to the chat {name} did not leave: {word}");
    }
    Ok(answered(StatusCode::OK, &json!({})))
}

/// One answer for whatever is not taken (HK-05).
fn refused(reason: &'static str) -> Problem {
    metrics::counter!("holdfast_chat_refused_total", "reason" => reason).increment(1);
    Problem::unauthorized("Signature")
}

/// What is said, in lines of ours.
fn words(house: &House, (told, language): (&Told, Language), now: Timestamp) -> Spoken {
    let staff = format!("{}{}", house.respond.room().public_url, actions::HOME);
    let own = format!("{}{}", house.respond.room().public_url, actions::ME);
    let said = |say: Say| say.get(language).to_owned();
    let help = || [say::HELP, say::HELP_NEXT, say::HELP_SEEN, say::HELP_CASE, say::HELP_CONSOLE].map(said).to_vec();
    let (lines, link) = match told {
        Told::NotLinked => (vec![said(say::NOT_LINKED)], Some(own)),
        Told::NotThisCode => (vec![said(say::NOT_THIS_CODE)], Some(own)),
        Told::Linked => ([vec![said(say::LINKED)], help()].concat(), None),
        Told::Help => (help(), Some(staff)),
        Told::NotYours => (vec![said(say::NOT_YOURS)], Some(staff)),
        Told::Next { security, routine, first, unseen } => {
            let mut lines = vec![
                say::SECURITY.with(language, &security.to_string()),
                say::ROUTINE.with(language, &routine.to_string()),
            ];
            lines.push(
                first.as_ref().map_or_else(|| said(say::NOTHING_WAITS), |first| most_urgent(first, language, now)),
            );
            if let Ok(unseen @ 1..) = i64::try_from(*unseen) {
                lines.push(say::RINGING.counted(language, unseen));
            }
            (lines, Some(staff))
        }
        Told::Seen(name) => (vec![say::SEEN.with(language, name)], Some(staff)),
        Told::Several(named) => {
            let named: Vec<String> = named
                .iter()
                .map(|(name, level)| format!("{name} ({})", say::LEVEL.with(language, &level.to_string())))
                .collect();
            (vec![say::SEVERAL.with(language, &named.join(", "))], Some(staff))
        }
        Told::Quiet => (vec![said(say::QUIET)], Some(staff)),
        Told::NoCase => (vec![said(say::NO_CASE)], Some(staff)),
        Told::Case(standing) => {
            let link = format!("{}{}", house.respond.room().public_url, actions::incident(standing.incident));
            (case(standing, language, now), Some(link))
        }
    };
    Spoken { lines, link }
}

fn kind(words: Option<&Words>, language: Language) -> String {
    words.map_or_else(String::new, |words| words.get(language).to_owned())
}

fn waited(since: Timestamp, language: Language, now: Timestamp) -> String {
    let minutes = now.since(since).minutes().max(0);
    let written = match minutes {
        ..120 => format!("{minutes}m"),
        120..2_880 => format!("{}h", minutes / 60),
        2_880.. => format!("{}d", minutes / 1_440),
    };
    say::WAITS_FOR.with(language, &span(&written, language))
}

fn joined(parts: &[String]) -> String {
    parts.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(" · ")
}

fn most_urgent(first: &First, language: Language, now: Timestamp) -> String {
    let level = say::LEVEL.with(language, &first.level.to_string());
    let parts = [level, kind(first.kind.as_ref(), language), waited(first.arrived, language, now)];
    say::FIRST.with(language, &joined(&parts))
}

fn case(standing: &Standing, language: Language, now: Timestamp) -> Vec<String> {
    let state = match (standing.state, &standing.holder) {
        (Stands::Held, Some(holder)) => say::STATE_HELD.with(language, holder),
        (Stands::Open | Stands::Held, _) => say::STATE_OPEN.get(language).to_owned(),
        (Stands::Closed, _) => say::STATE_CLOSED.get(language).to_owned(),
    };
    let level = say::LEVEL.with(language, &standing.level.to_string());
    let waits = match standing.state {
        Stands::Open => waited(standing.arrived, language, now),
        Stands::Held | Stands::Closed => String::new(),
    };
    let about = [level, kind(standing.kind.as_ref(), language), state, waits];
    vec![say::CASE.with(language, &standing.reference), joined(&about)]
}
