//! The operator's announcements on top of a page: what happens, whom it concerns, what to do, when it was last changed.

use maud::{Markup, html};

use super::layout::Frame;
use super::words::{self, feedback as say};
use crate::respond::{Announcement, NewNotice};
use crate::text::{Language, defang, traditional};

/// All of them; nothing when there is none.
pub fn shown(frame: &Frame<'_>) -> Markup {
    let Some(board) = frame.board else { return Markup::default() };
    html! { @for announcement in board.shown().iter() { (one(frame, announcement)) } }
}

fn one(frame: &Frame<'_>, announcement: &Announcement) -> Markup {
    let NewNotice { kind, en, zh, advice_en, advice_zh } = &announcement.words;
    let advice = advice_zh.trim().is_empty();
    html! {
        // No landmark: two announcements of one kind would have the same name.
        div.board data-about=(kind.as_str()) {
            h2 { (frame.say(say::about(*kind))) }
            p { bdi { (worded(frame, (en, zh))) } }
            @if !advice { p { b { (frame.say(say::DO_NOW)) } bdi { (worded(frame, (advice_en, advice_zh))) } } }
            p.hint { (say::CHANGED.around(frame.language, &words::moment(announcement.changed, frame.language))) }
        }
    }
}

/// The operator's words as text; nothing in them can be clicked.
fn worded(frame: &Frame<'_>, (en, zh): (&str, &str)) -> String {
    defang(&match frame.language {
        Language::En => en.to_owned(),
        Language::Zh => zh.to_owned(),
        Language::ZhHant => traditional(zh),
    })
}
