//! What a deed on many cases would do to each, before it is done.

use maud::{Markup, html};

use super::actions;
use super::figures::level;
use super::layout::{self, Person, Sheet};
use super::words as staff;
use crate::respond::desk::{Bulk, Fate, Planned};
use crate::web::pages::layout::Frame;
use crate::web::pages::plan::hidden;
use crate::web::pages::words::{Say, desk as say};

/// What the preview shows.
#[derive(Clone, Copy)]
pub struct BulkPage<'a> {
    pub frame: Frame<'a>,
    pub csrf: &'a str,
    pub me: &'a str,
    pub bulk: &'a Bulk,
    pub planned: &'a [Planned],
    /// The list that it leads back to.
    pub back: &'a str,
}

/// The preview.
pub fn bulk(page: &BulkPage<'_>) -> Markup {
    let frame = &page.frame;
    let (does, leaves): (Vec<&Planned>, Vec<&Planned>) = page.planned.iter().partition(|one| one.fate == Fate::Done);
    let body = html! {
        section.sheet {
            h1 { (title(page.bulk).counted(frame.language, i64::try_from(does.len()).unwrap_or(0))) }
            @if let Bulk::Note { text } | Bulk::CloseRoutine { reason: text } = page.bulk { blockquote { bdi { (text) } } }
            @if does.is_empty() { p.notice { (frame.say(say::BULK_NOTHING)) } }
            ul.planned { @for one in &does { li { (row(frame, one)) } } }
            @if !leaves.is_empty() {
                h2 { (say::BULK_LEFT.counted(frame.language, i64::try_from(leaves.len()).unwrap_or(0))) }
                ul.planned { @for one in &leaves { li { (row(frame, one)) " " span.hint { (frame.say(fate(one.fate))) } } } }
            }
            @if !does.is_empty() {
                form method="post" action=(actions::BULK) {
                    (hidden("csrf", page.csrf))
                    (hidden("go", "yes"))
                    (hidden("back", page.back))
                    (hidden("what", page.bulk.as_str()))
                    @if let Bulk::Note { text } | Bulk::CloseRoutine { reason: text } = page.bulk { (hidden("text", text)) }
                    @for one in &does { (hidden("case", &format!("{}.{}", one.id, one.version))) }
                    button.strong { (frame.say(say::BULK_GO)) }
                    @if !matches!(page.bulk, Bulk::Note { .. }) { p.hint { (frame.say(say::BULK_UNDO)) } }
                }
            }
            p { a href=(page.back) { (frame.say(say::BULK_BACK)) } }
        }
    };
    let sheet = Sheet { title: frame.say(say::BULK), person: Some(Person { name: page.me, csrf: page.csrf }) };
    layout::page(frame, &sheet, &body)
}

fn row(frame: &Frame<'_>, one: &Planned) -> Markup {
    html! { (level(frame, one.level)) " " a href=(actions::incident(one.id)) { (one.title) } " " span.hint { (frame.say(staff::lane(one.lane))) } }
}

fn title(bulk: &Bulk) -> Say {
    match bulk {
        Bulk::Release => say::BULK_RELEASE,
        Bulk::Note { .. } => say::BULK_NOTE,
        Bulk::CloseRoutine { .. } => say::BULK_CLOSE,
    }
}

fn fate(fate: Fate) -> Say {
    match fate {
        Fate::Done | Fate::Changed => say::FATE_CHANGED,
        Fate::NotMine => say::FATE_NOT_MINE,
        Fate::NotRoutine => say::FATE_NOT_ROUTINE,
        Fate::NotOpen => say::FATE_NOT_OPEN,
        Fate::StepsOpen => say::FATE_STEPS_OPEN,
    }
}
