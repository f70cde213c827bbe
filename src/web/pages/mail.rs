//! The page by which a person stops mails about their case, or has them written again. It shows nothing of the case.

use maud::{Markup, html};

use super::actions;
use super::layout::{self, Frame, Sheet};
use super::plan::hidden;
use super::words::letters as say;

/// How it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Mails are written; nothing was done yet.
    Asked,
    Stopped,
    /// They are written again.
    Running,
}

/// The page; `here` is its own address.
pub fn page(frame: &Frame<'_>, here: &str, state: State) -> Markup {
    let body = html! {
        div.narrow {
            h1 { (frame.say(say::MAIL_TITLE)) }
            @match state {
                State::Asked => p { (frame.say(say::MAIL_ASK)) },
                State::Stopped => {
                    p.notice role="status" { b { (frame.say(say::MAIL_STOPPED)) } }
                    p { (frame.say(say::MAIL_STILL)) }
                }
                State::Running => p.notice role="status" { b { (frame.say(say::MAIL_RUNNING)) } },
            }
            form.sheet method="post" action=(here) {
                (hidden("lang", frame.language.as_str()))
                @if state == State::Stopped {
                    (hidden("again", "yes"))
                    button { (frame.say(say::MAIL_RESUME)) }
                } @else {
                    button.strong { (frame.say(say::MAIL_STOP)) }
                }
            }
        }
    };
    layout::page(frame, &Sheet { help: actions::HOME, ..Sheet::new(frame.say(say::MAIL_TITLE)) }, &body)
}
