//! What is shown once besides the answer to a report: new keys of a case; and what stands there afterwards.

use maud::{Markup, html};

use super::actions;
use super::answer::keys;
use super::layout::{self, Frame, Sheet};
use super::words::casepage as say;
use crate::respond::view::CaseKeys;

const HELP: &str = "/case#write";

/// Link and code that replace earlier ones.
pub fn new_keys(frame: &Frame<'_>, new: &CaseKeys, csrf: &str) -> Markup {
    let body = html! {
        div.narrow {
            h1 { (frame.say(say::NEW_KEYS)) }
            p { (frame.say(say::NEW_KEYS_HINT)) }
            (keys(frame, (new, false), csrf))
        }
    };
    layout::page(frame, &Sheet { help: HELP, ask: Some(csrf), ..Sheet::new(frame.say(say::NEW_KEYS)) }, &body)
}

/// Nothing of a case: link and code were shown and are put away.
pub fn put_away(frame: &Frame<'_>) -> Markup {
    let body = html! {
        div.narrow {
            h1 { (frame.say(say::PUT_AWAY)) }
            p #person { (frame.say(say::PUT_AWAY_HINT)) }
            p { a href=(actions::HOME) { (frame.say(super::words::door::REPORT)) } }
        }
    };
    layout::page(frame, &Sheet::new(frame.say(say::PUT_AWAY)), &body)
}
