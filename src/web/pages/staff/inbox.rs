//! What people said of us, with who looks after it and what came of it.

use maud::{Markup, html};

use super::actions;
use super::figures;
use super::layout::{self, Person, Sheet};
use super::words as staff_words;
use crate::respond::desk::masked_in;
use crate::respond::people::Names;
use crate::respond::{CareOutcome, InboxItem};
use crate::time::Timestamp;
use crate::web::pages::layout::{Frame, outside};
use crate::web::pages::plan::hidden;
use crate::web::pages::words::Say;
use crate::web::pages::words::inbox as say;

/// What the box shows.
#[derive(Clone, Copy)]
pub struct InboxPage<'a> {
    pub frame: Frame<'a>,
    pub csrf: &'a str,
    /// The reader's key, and what they are called.
    pub me: &'a str,
    pub shown: &'a str,
    pub names: &'a Names,
    pub now: Timestamp,
    pub items: &'a [InboxItem],
    /// Whether what is settled is shown as well.
    pub settled: bool,
    /// Whether the reader looks after feedback.
    pub works: bool,
}

fn outcome(outcome: CareOutcome) -> Say {
    match outcome {
        CareOutcome::Improved => say::IMPROVED,
        CareOutcome::Playbook => say::PLAYBOOK,
        CareOutcome::Answered => say::ANSWERED,
        CareOutcome::Known => say::KNOWN,
        CareOutcome::Nothing => say::NOTHING,
    }
}

/// The box of feedback.
pub fn inbox(page: &InboxPage<'_>) -> Markup {
    let frame = &page.frame;
    let body = html! {
        h1 { (frame.say(say::TITLE)) }
        nav.lanes aria-label=(frame.say(say::TITLE)) {
            a href=(actions::INBOX) aria-current=[(!page.settled).then_some("page")] { (frame.say(say::OPEN)) }
            a href={ (actions::INBOX) "?settled=1" } aria-current=[page.settled.then_some("page")] { (frame.say(say::ALL_OF_IT)) }
        }
        p.hint { (frame.say(say::HINT)) }
        @if page.items.is_empty() { p { (frame.say(say::EMPTY)) } }
        @for item in page.items { (shown(page, item)) }
    };
    let person = Some(Person { name: page.shown, csrf: page.csrf });
    layout::page(frame, &Sheet { title: frame.say(say::TITLE), person }, &body)
}

fn shown(page: &InboxPage<'_>, item: &InboxItem) -> Markup {
    let frame = &page.frame;
    let settled =
        item.outcome.as_deref().and_then(|word| CareOutcome::ALL.into_iter().find(|known| known.as_str() == word));
    html! {
        article.said data-from="person" {
            p {
                @if let Some(stars) = item.satisfaction { b { (stars) " / 5" } " · " }
                @if item.level > 0 { (figures::level(frame, item.level)) " " }
                (staff_words::tongue(&item.language).map_or(item.language.as_str(), |name| frame.say(name)))
                " " (figures::moment(frame, item.at, page.now))
            }
            @if let Some(text) = &item.text { p { (outside(&masked_in(text, |_| false))) } }
            @if let Some(incident) = item.incident { p { a href={ (actions::incident(incident)) "#talk" } { (frame.say(say::IN_INCIDENT)) } } }
            p.hint {
                @match &item.owner { Some(owner) => { (frame.say(say::OWNER)) " " bdi { (page.names.call(owner)) } }, None => (frame.say(say::NOBODYS)) }
                @if let Some(settled) = settled { " · " b { (frame.say(outcome(settled))) } }
            }
            @if page.works { (forms(page, item)) }
        }
    }
}

fn forms(page: &InboxPage<'_>, item: &InboxItem) -> Markup {
    let frame = &page.frame;
    let id = item.id.to_string();
    html! {
        div.hands {
            @if item.owner.as_deref() != Some(page.me) || item.outcome.is_some() {
                form method="post" action=(actions::INBOX) {
                    (hidden("csrf", page.csrf)) (hidden("feedback", &id))
                    button { (frame.say(say::TAKE)) }
                }
            }
            @if item.outcome.is_none() {
                form method="post" action=(actions::INBOX) {
                    (hidden("csrf", page.csrf)) (hidden("feedback", &id))
                    label for={ "o-" (id) } { (frame.say(say::OUTCOME)) }
                    select id={ "o-" (id) } name="outcome" required {
                        option value="" { (frame.say(staff_words::CHOOSE)) }
                        @for known in CareOutcome::ALL { option value=(known.as_str()) { (frame.say(outcome(known))) } }
                    }
                    button { (frame.say(say::SETTLE)) }
                }
            }
        }
    }
}
