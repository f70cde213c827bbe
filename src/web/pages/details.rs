//! What can be added after the first steps: one small form, every field of which can be skipped.

use maud::{Markup, html};

use super::actions;
use super::layout::{self, Frame, Sheet};
use super::plan::hidden;
use super::report::chains;
use super::words::answer as say;
use crate::signal::{DEVICES, FIRST_SIGNS, TRIED_LIMIT};

/// The form behind a line that opens; posting needs the session's token.
pub fn form(frame: &Frame<'_>, csrf: &str) -> Markup {
    html! {
        details.more #details {
            summary { (frame.say(say::DETAILS)) }
            (fields(frame, csrf))
        }
    }
}

/// The same on a page of its own, from the case page.
#[derive(Clone, Copy)]
pub struct DetailsPage<'a> {
    pub frame: Frame<'a>,
    pub csrf: &'a str,
    pub saved: bool,
}

/// What can be added at any time, and the way past it.
pub fn page(page: &DetailsPage<'_>) -> Markup {
    let frame = &page.frame;
    let body = html! {
        div.narrow {
            h1 { (frame.say(say::DETAILS)) }
            @if page.saved { p.notice #saved role="status" { (frame.say(say::ADDED)) } }
            div.sheet { (fields(frame, page.csrf)) }
            p { a.button.quiet href={ (actions::CASE) "#steps" } { (frame.say(if page.saved { say::GO_BACK } else { say::SKIP_IT })) } }
        }
    };
    layout::page(
        frame,
        &Sheet { help: "/case#write", ask: Some(page.csrf), ..Sheet::new(frame.say(say::DETAILS)) },
        &body,
    )
}

fn fields(frame: &Frame<'_>, csrf: &str) -> Markup {
    html! {
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
