//! The console's pages of alarms that hold and of letters that did not arrive, and the line that leads there.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::actions;
use super::figures::{self, level};
use super::layout::{self, Person, Sheet};
use crate::id::{Id, of};
use crate::playbook::Set;
use crate::respond::DeadLetter;
use crate::respond::alarms::{Cause, Raised};
use crate::respond::people::Names;
use crate::time::Timestamp;
use crate::web::pages::layout::Frame;
use crate::web::pages::plan::hidden;
use crate::web::pages::words::{Say, circle, letters as say};

/// Every alarm that holds.
#[derive(Clone, Copy)]
pub struct RingingPage<'a> {
    pub frame: Frame<'a>,
    pub csrf: &'a str,
    pub me: &'a str,
    pub names: &'a Names,
    pub now: Timestamp,
    pub alarms: &'a [Raised],
    /// Kind and reference of the cases that they are about and that are in the reader's sight.
    pub cases: &'a BTreeMap<Id<of::Incident>, (String, String)>,
    pub playbooks: &'a Set,
    /// Whether the reader may say that they saw one.
    pub may_see: bool,
}

/// Every letter that was given up.
#[derive(Clone, Copy)]
pub struct DeadPage<'a> {
    pub frame: Frame<'a>,
    pub csrf: &'a str,
    pub me: &'a str,
    pub now: Timestamp,
    pub letters: &'a [DeadLetter],
    /// Whether the reader may have one sent again.
    pub may_manage: bool,
}

/// On the queue's page: how many alarms nobody has seen.
pub fn line(frame: &Frame<'_>, unseen: usize) -> Markup {
    html! {
        @if unseen > 0 {
            p.notice role="status" { (say::UNSEEN.counted(frame.language, i64::try_from(unseen).unwrap_or(i64::MAX))) " " a href=(actions::ALARMS) { (frame.say(say::OPEN)) } }
        }
    }
}

/// The page of alarms.
pub fn ringing(page: &RingingPage<'_>) -> Markup {
    let frame = &page.frame;
    let body = html! {
        h1 { (frame.say(say::ALARMS)) }
        @if page.alarms.is_empty() { p.hint { (frame.say(say::NO_ALARMS)) } }
        ul.planned { @for alarm in page.alarms { li { (one(page, alarm)) } } }
        p.facts { a href=(actions::OUTBOX) { (frame.say(say::DEAD)) } a href=(actions::GLASS) { (frame.say(circle::GLASS)) } }
    };
    layout::page(frame, &sheet(frame.say(say::ALARMS), (page.me, page.csrf)), &body)
}

fn one(page: &RingingPage<'_>, alarm: &Raised) -> Markup {
    let frame = &page.frame;
    html! {
        p.marks-line { (level(frame, alarm.level)) }
        p.what { @match alarm.cause {
            Cause::Waits => (of_case(alarm, &html! { (frame.say(say::WAITS)) })),
            Cause::Late => (of_case(alarm, &html! { (frame.say(say::LATE)) })),
            Cause::Approval => @match alarm.incident {
                Some(id) => a href={ (actions::incident(id)) "#orders" } { (frame.say(say::APPROVAL)) },
                None => (frame.say(say::APPROVAL)),
            },
            Cause::SourceSilent => a href=(actions::source(&alarm.object)) { (say::SILENT.around(frame.language, &html! { bdi { (alarm.object) } })) },
            Cause::AutomaticBraked => a href=(actions::REVIEW) { (frame.say(say::BRAKED)) },
            Cause::Unreviewed => a href=(actions::REVIEW) { (frame.say(say::UNREVIEWED)) },
            Cause::Glass => (of_case(alarm, &circle::RANG_GLASS.around(frame.language, &html! { bdi { (page.names.call(alarm.object.rsplit('/').next().unwrap_or_default())) } }))),
            Cause::Orphaned => (of_case(alarm, &html! { (frame.say(circle::RANG_ORPHANED)) })),
            Cause::DeadLetters => a href=(actions::OUTBOX) { (say::UNDELIVERED.around(frame.language, &html! { bdi { (alarm.object) } })) },
        } }
        @if let Some((kind, reference)) = alarm.incident.and_then(|id| page.cases.get(&id)) {
            p { (page.playbooks.kind(kind).map_or(kind.as_str(), |found| found.title.get(frame.language))) " · " code { (reference) } }
        }
        p.facts {
            span { (say::SINCE.around(frame.language, &figures::moment(frame, alarm.since, page.now))) }
            @for (target, told) in &alarm.told { span { bdi { (target) } " · " (figures::moment(frame, told.last, page.now)) } }
        }
        @match (&alarm.seen_by, alarm.seen) {
            (Some(person), Some(seen)) => p.hint { (say::SEEN_BY.around(frame.language, &html! { bdi { (page.names.call(person)) } })) " " (figures::moment(frame, seen, page.now)) },
            _ => @if page.may_see {
                form method="post" action=(actions::ALARMS) {
                    (hidden("csrf", page.csrf)) (hidden("alarm", &alarm.id.to_string()))
                    button { (frame.say(say::SEEN)) }
                }
            },
        }
    }
}

fn of_case(alarm: &Raised, says: &Markup) -> Markup {
    html! { @match alarm.incident { Some(id) => a href=(actions::incident(id)) { (says) }, None => (says) } }
}

/// The page of letters that did not arrive.
pub fn dead(page: &DeadPage<'_>) -> Markup {
    let frame = &page.frame;
    let body = html! {
        h1 { (frame.say(say::DEAD)) }
        p.hint { (frame.say(say::DEAD_MORE)) }
        @if page.letters.is_empty() { p.hint { (frame.say(say::NO_DEAD)) } }
        ul.planned { @for letter in page.letters {
            li {
                p.what { b { bdi { (letter.target) } } " · " (frame.say(kind(letter.kind))) }
                p.facts {
                    span { (say::WRITTEN.around(frame.language, &figures::moment(frame, letter.created, page.now))) }
                    span { (say::ATTEMPTS.counted(frame.language, letter.attempts)) }
                    @if let Some(word) = &letter.word { span { code { (word) } } }
                }
                @if page.may_manage {
                    form method="post" action=(actions::OUTBOX) {
                        (hidden("csrf", page.csrf)) (hidden("letter", &letter.id.to_string()))
                        button { (frame.say(say::AGAIN)) }
                    }
                }
            }
        } }
        p { a href=(actions::ALARMS) { (frame.say(say::ALARMS)) } }
    };
    layout::page(frame, &sheet(frame.say(say::DEAD), (page.me, page.csrf)), &body)
}

fn kind(kind: &str) -> Say {
    match kind {
        "order" => say::ORDER,
        "notice" => say::NOTICE,
        "account" => say::ACCOUNT,
        _ => say::ALARM,
    }
}

fn sheet<'a>(title: &'a str, (name, csrf): (&'a str, &'a str)) -> Sheet<'a> {
    Sheet { title, person: Some(Person { name, csrf }) }
}
