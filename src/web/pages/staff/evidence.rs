//! What is known: the signals as they came, what is at stake, and what the person answered. Text from outside stays text.

use maud::{Markup, html};

use super::figures::{self, money};
use super::incident::IncidentPage;
use super::mask;
use super::words as say;
use crate::text::defang;
use crate::web::pages::layout::outside;
use crate::web::pages::words::facts;

/// Signals on one page; the latest ones when there are more.
const MOST: usize = 100;
/// Fields that are words of people or machines rather than values.
const PROSE: [&str; 3] = ["title", "text", "error"];
/// Shown in the heading of a signal.
const KIND: &str = "kind";

/// Every signal with its fields, in the order they came; links defanged.
pub fn signals(page: &IncidentPage<'_>) -> Markup {
    let (frame, signals) = (&page.frame, &page.detail.signals);
    let earlier = signals.len().saturating_sub(MOST);
    html! {
        section #signals {
            h2 { (page.say(say::SIGNALS)) " " span.count { (signals.len()) } }
            @if earlier > 0 { p.hint { (say::EARLIER.around(frame.language, &html! { (earlier) })) } }
            @for (number, signal) in (1..).zip(signals).skip(earlier) {
                article.observed id={ "signal-" (number) } {
                    h3 { span.count { (number) } " " bdi { (defang(facts::called(signal.facts.first(KIND).unwrap_or("unclassified"), frame.language))) } }
                    p.hint {
                        bdi { (defang(&signal.endpoint)) } " · "
                        @if signal.verified { "✓ " (page.say(say::VERIFIED)) } @else { "? " (page.say(say::UNVERIFIED)) }
                        " · " (figures::moment(frame, signal.at, page.now))
                        @if signal.received.since(signal.at).minutes() != 0 { " · " (page.say(say::RECEIVED)) " " span.exact { (figures::exact(signal.received, page.now, frame.language)) } }
                    }
                    @for name in &PROSE { @for text in signal.facts.get(name) { blockquote { @if *name != "text" { span.name { (facts::called(name, frame.language)) } " " } (outside(&mask::prose(page, text))) } } }
                    dl.fields {
                        @for (name, values) in signal.facts.iter().filter(|(name, _)| *name != KIND && !PROSE.contains(name)) {
                            dt { bdi { (defang(facts::called(name, frame.language))) } }
                            @for value in values { dd { (outside(&mask::field(page, name, value))) } }
                        }
                    }
                }
            }
        }
    }
}

/// What the level and the head start rest on.
pub fn situation(page: &IncidentPage<'_>) -> Markup {
    let (assessment, policy) = (&page.detail.assessment, &page.playbooks.policy);
    let situation = &assessment.situation;
    let language = page.frame.language;
    let value = if situation.value_known { say::VALUE_KNOWN } else { say::VALUE_ASSUMED };
    html! {
        section {
            h2 { (page.say(say::STAKES)) }
            dl.fields.wide {
                @if situation.danger.is_some() { dt { (page.say(say::DANGER)) } dd { "▲ " (page.say(say::DANGER_MORE)) } }
                dt { (page.say(say::EXPOSURE)) } dd { (page.say(say::exposure(situation.exposure))) }
                dt { (page.say(say::ACTIVITY)) } dd { (page.say(say::activity(situation.activity))) }
                dt { (page.say(say::REMAINING)) } dd { (page.say(say::remaining(situation.remaining))) }
                dt { (page.say(say::VALUE)) } dd { (money(situation.value_cents)) " " span.hint { (page.say(value)) } }
                dt { (page.say(say::ABLE)) } dd { (page.say(say::able(situation.can_act))) }
                dt { (say::LOSS.around(language, &html! { (figures::span(policy.order.delay, language)) })) } dd { (money(assessment.loss_cents)) }
                dt { (page.say(say::RATE)) } dd { (money(assessment.rate_cents)) }
                @if !page.detail.orders.recommended.is_empty() { dt { (page.say(say::ORDERS)) } dd { @for order in &page.detail.orders.recommended { code { (order.action) } " " } } }
            }
        }
    }
}

/// The questions that were answered, in their words; by their ids when the running set no longer has them.
pub fn answers(page: &IncidentPage<'_>) -> Markup {
    let language = page.frame.language;
    let questions = || page.playbooks.kinds.iter().flat_map(|kind| &kind.questions);
    html! {
        section {
            h2 { (page.say(say::ANSWERS)) }
            @if page.detail.answers.is_empty() { p.hint { (page.say(say::NO_ANSWERS)) } }
            dl.answers {
                @for (id, choice) in &page.detail.answers {
                    @let question = questions().find(|question| question.id == *id);
                    @let answer = question.and_then(|question| question.answers.iter().find(|answer| answer.id == *choice));
                    dt { bdi { (question.map_or(id.as_str(), |question| question.ask.get(language))) } }
                    dd { bdi { (answer.map_or(choice.as_str(), |answer| answer.text.get(language))) } }
                }
            }
        }
    }
}
