//! What can be added after the first steps: one small form, every field of which can be skipped.

use maud::{Markup, html};

use super::actions;
use super::layout::Frame;
use super::plan::hidden;
use super::report::chains;
use super::words::answer as say;
use crate::signal::{DEVICES, FIRST_SIGNS, TRIED_LIMIT};

/// The form; posting needs the session's token.
pub fn form(frame: &Frame<'_>, csrf: &str) -> Markup {
    html! {
        details.more #details {
            summary { (frame.say(say::DETAILS)) }
            form method="post" action=(actions::DETAILS) autocomplete="off" {
                (hidden("csrf", csrf))
                p.hint { (frame.say(say::DETAILS_HINT)) }
                label for="tried" { (frame.say(say::TRIED)) }
                p.hint #tried-hint { (frame.say(say::TRIED_HINT)) }
                textarea #tried name="tried" rows="3" maxlength=(TRIED_LIMIT) dir="auto" aria-describedby="tried-hint" {}
                label for="used_device" { (frame.say(say::DEVICE)) }
                select #used_device name="used_device" {
                    option value="" { (frame.say(say::SKIP)) }
                    @for id in &DEVICES[..4] { option value=(id) { (frame.say(say::device(id))) } }
                }
                (chains(frame, ("case-chain", "")))
                label for="first_sign" { (frame.say(say::FIRST_SIGN)) }
                select #first_sign name="first_sign" {
                    option value="" { (frame.say(say::SKIP)) }
                    @for id in &FIRST_SIGNS[..4] { option value=(id) { (frame.say(say::first_sign(id))) } }
                }
                button { (frame.say(say::ADD)) }
            }
        }
    }
}
