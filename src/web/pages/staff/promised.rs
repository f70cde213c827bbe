//! What a person was promised, as the deadline that it is for staff: the first reply, then the end.

use maud::{Markup, html};

use super::figures;
use crate::store::promises::Owed;
use crate::time::Timestamp;
use crate::web::pages::layout::Frame;
use crate::web::pages::words::shift as say;

/// The next deadline of a case, marked once it is late or within the last quarter of its time.
pub fn deadline(frame: &Frame<'_>, owed: Option<&Owed>, (arrived, now): (Timestamp, Timestamp)) -> Markup {
    let Some(owed) = owed.filter(|owed| owed.resolved.is_none()) else { return html! {} };
    let (due, ahead, late) = match owed.replied {
        None => (owed.reply_due, say::REPLY_DUE, say::REPLY_LATE),
        Some(_) => (owed.resolve_due, say::CLOSE_DUE, say::CLOSE_LATE),
    };
    let (away, whole) = (due.since(now).millis(), due.since(arrived).millis());
    let sentence = if away > 0 { ahead } else { late };
    let says = sentence.around(frame.language, &html! { (figures::span(due.since(now), frame.language)) });
    html! {
        span.due data-near[away <= whole / 4] {
            @if away <= whole / 4 { b.mark-word { time datetime=(due) { (says) } } } @else { time datetime=(due) { (says) } }
            span.exact { (figures::exact(due, now, frame.language)) }
        }
    }
}
