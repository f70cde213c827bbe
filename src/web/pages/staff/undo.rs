//! What can still be taken back, with the button that does it.

use maud::{Markup, html};

use super::{actions, figures};
use crate::respond::desk::{Took, Undoable};
use crate::time::Timestamp;
use crate::web::pages::layout::Frame;
use crate::web::pages::plan::hidden;
use crate::web::pages::words::desk as say;

/// The bar over a page; nothing when nothing can be taken back.
pub fn bar(frame: &Frame<'_>, (undo, now): (Option<&Undoable>, Timestamp), (csrf, back): (&str, &str)) -> Markup {
    html! {
        @if let Some(undo) = undo {
            form.undo method="post" action=(actions::UNDO) {
                (hidden("csrf", csrf))
                (hidden("undo", &undo.id.to_string()))
                (hidden("back", back))
                span role="status" { (word(undo).counted(frame.language, i64::try_from(undo.cases).unwrap_or(0))) }
                button accesskey="z" { (frame.say(say::UNDO)) (super::layout::key("z")) }
                span.hint { (say::UNDO_FOR.around(frame.language, &html! { time datetime=(undo.until) { (figures::span(undo.until.since(now), frame.language)) } })) }
            }
        }
    }
}

fn word(undo: &Undoable) -> crate::web::pages::words::Say {
    match undo.what {
        Took::Claim => say::DID_CLAIM,
        Took::Release => say::DID_RELEASE,
        Took::Close => say::DID_CLOSE,
    }
}
