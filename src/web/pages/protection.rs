//! What holds on the person's account. Only what the wallet backend has confirmed is told, with the moment it ends.

use maud::{Markup, html};

use super::layout::Frame;
use super::words::{self, orders as say};
use crate::respond::view::CaseView;

/// A line for each thing that holds.
pub fn protections(frame: &Frame<'_>, view: &CaseView) -> Markup {
    html! {
        @for held in &view.protections {
            @if let (Some(words), Some(until)) = (say::holds(held.action), held.until) {
                p.holds { b { (words.around(frame.language, &words::moment(until, frame.language))) } }
            }
        }
    }
}
