//! The interrupt: one page before something harmful, or after words came out. Nothing on it but why, what now, and on.

use maud::{Markup, html};

use super::actions;
use super::layout::{self, Frame, Sheet};
use super::words::{Say, answer as say};
use crate::guidance::StopPage;

/// What stands on the page; `on` is where it goes on, in these words.
pub fn section(frame: &Frame<'_>, stop: &StopPage, (said, on, label): (Say, &str, Say)) -> Markup {
    html! {
        section.interrupt.narrow aria-labelledby="interrupt" data-stop=(stop.id) {
            p.hint { (frame.say(said)) }
            h1 #interrupt { (stop.title) }
            p.why { (stop.why) }
            h2 { (frame.say(say::STOP_NOW)) }
            ol.now { @for item in &stop.now { li { (item) } } }
            p { a.button href=(on) { (frame.say(label)) } }
        }
    }
}

/// The page that a message leads to; `csrf` is the session's token.
pub fn page(frame: &Frame<'_>, stop: &StopPage, csrf: &str) -> Markup {
    let body = section(frame, stop, (say::STOP_SENT, actions::CASE, say::GO_BACK));
    let sheet = Sheet { help: "/case#write", ask: Some(csrf), ..Sheet::new(&stop.title) };
    layout::page(frame, &sheet, &body)
}
