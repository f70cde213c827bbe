//! What people say of our work: the questions on a closed case, and the page for everybody.

use maud::{Markup, html};

use super::actions;
use super::layout::{self, Frame, Sheet};
use super::plan::hidden;
use super::words::{Say, feedback as say};
use crate::guidance::feedback::{Ask, Solved, Speed};
use crate::respond::view::{CaseState, CaseView};

/// The longest text.
pub const TEXT_LIMIT: usize = 2_000;

/// On the case page: the question of the day after, the two that follow, thanks; nothing before, but on a case that is closed
/// always a place to say something.
pub fn on_case(frame: &Frame<'_>, view: &CaseView, csrf: &str) -> Markup {
    let asked = match view.trust.ask {
        Ask::First => form(frame, csrf, &html! { (stars(frame, say::FIRST, true)) }, false),
        Ask::More => html! {
            p { b { (frame.say(say::MORE)) } }
            (form(frame, csrf, &html! { (solved(frame)) (speed(frame)) (text(frame, say::TEXT)) }, true))
        },
        Ask::Thanks => html! { p { b { (frame.say(say::THANKS)) } } p { (frame.say(say::THANKS_MORE)) } },
        Ask::Nothing if view.state == CaseState::Closed => html! {
            details {
                summary { (frame.say(say::ANYTIME)) }
                (form(frame, csrf, &html! { (stars(frame, say::STARS, false)) (text(frame, say::TEXT)) }, true))
            }
        },
        Ask::Nothing => return Markup::default(),
    };
    html! { section.feedback #feedback { h2 { (frame.say(say::TITLE)) } (asked) } }
}

fn form(frame: &Frame<'_>, csrf: &str, questions: &Markup, with_privacy: bool) -> Markup {
    html! {
        form.sheet method="post" action={ (actions::CASE_FEEDBACK) "#feedback" } autocomplete="off" {
            (hidden("csrf", csrf))
            (questions)
            @if with_privacy { p.hint { (frame.say(say::PRIVACY_CASE)) } }
            button.strong { (frame.say(say::SEND)) }
        }
    }
}

/// The page for everybody.
#[derive(Clone, Copy)]
pub struct FeedbackPage<'a> {
    pub frame: Frame<'a>,
    pub state: State,
    /// Days that feedback without a case is kept.
    pub kept_days: u32,
}

/// How far it got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Asked,
    /// Sent without any answer.
    Empty,
    Taken,
}

/// Feedback without a case.
pub fn page(page: &FeedbackPage<'_>) -> Markup {
    let frame = &page.frame;
    let body = html! {
        div.narrow {
            h1 { (frame.say(say::TITLE)) }
            @match page.state {
                State::Taken => {
                    p.notice role="status" { b { (frame.say(say::THANKS)) } }
                    p { (frame.say(say::THANKS_MORE)) }
                    p { a.button href=(actions::HOME) { (frame.say(super::words::door::REPORT)) } }
                }
                State::Asked | State::Empty => {
                    @if page.state == State::Empty { p.notice role="alert" { (frame.say(say::EMPTY)) } }
                    p { (frame.say(say::LEAD)) }
                    p.notice { (frame.say(say::NOT_URGENT)) (frame.gap()) a href=(actions::HOME) { (frame.say(super::words::door::REPORT)) } }
                    form.sheet method="post" action=(actions::FEEDBACK) autocomplete="off" {
                        (hidden("lang", frame.language.as_str()))
                        (stars(frame, say::STARS, false))
                        (solved(frame))
                        (speed(frame))
                        (text(frame, say::TEXT))
                        div.privacy {
                            h2 { (frame.say(say::PRIVACY)) }
                            p { (say::PRIVACY_OPEN.around(frame.language, &html! { (page.kept_days) })) }
                        }
                        button.strong { (frame.say(say::SEND)) }
                    }
                }
            }
        }
    };
    layout::page(frame, &Sheet { help: actions::HOME, ..Sheet::new(frame.say(say::TITLE)) }, &body)
}

fn stars(frame: &Frame<'_>, legend: Say, required: bool) -> Markup {
    html! {
        fieldset {
            legend { (frame.say(legend)) }
            @for count in (1..=5_u8).rev() {
                label.choice { input type="radio" name="satisfaction" value=(count) required[required]; span { (frame.say(say::stars(count))) } }
            }
        }
    }
}

fn solved(frame: &Frame<'_>) -> Markup {
    html! {
        fieldset {
            legend { (frame.say(say::SOLVED)) }
            @for solved in Solved::ALL {
                label.choice { input type="radio" name="solved" value=(solved.as_str()); span { (frame.say(say::solved(solved))) } }
            }
        }
    }
}

fn speed(frame: &Frame<'_>) -> Markup {
    html! {
        fieldset {
            legend { (frame.say(say::SPEED)) }
            @for speed in Speed::ALL {
                label.choice { input type="radio" name="speed" value=(speed.as_str()); span { (frame.say(say::speed(speed))) } }
            }
        }
    }
}

fn text(frame: &Frame<'_>, label: Say) -> Markup {
    html! {
        label for="feedback-text" { (frame.say(label)) }
        p.hint #feedback-hint { (frame.say(say::TEXT_HINT)) }
        textarea #feedback-text name="text" rows="3" maxlength=(TEXT_LIMIT) dir="auto" aria-describedby="feedback-hint" {}
    }
}
