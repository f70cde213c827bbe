//! What people say of our work: the questions on a closed case, and the page for everybody.

use maud::{Markup, html};

use super::actions;
use super::layout::{self, Frame, Sheet};
use super::plan::{self, hidden};
use super::stop;
use super::words::{Say, answer as answer_words, feedback as say};
use crate::guidance::feedback::{Ask, Solved, Speed};
use crate::guidance::{Notice, StopPage};
use crate::respond::view::{CaseState, CaseView};

/// The longest text.
pub const TEXT_LIMIT: usize = 2_000;

/// The way to say something about a case that is open.
pub fn going(frame: &Frame<'_>, view: &CaseView) -> Markup {
    html! {
        @if view.state != CaseState::Closed {
            p.going { a href={ (actions::FEEDBACK) "?lang=" (frame.language) } { (frame.say(say::GOING)) } }
        }
    }
}

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

/// The page for everybody, about an open case where there is one.
#[derive(Clone, Copy)]
pub struct FeedbackPage<'a> {
    pub frame: Frame<'a>,
    pub state: State,
    /// Days that feedback without a case is kept.
    pub kept_days: u32,
    /// The case that is open in this browser.
    pub about: Option<About<'a>>,
    /// What was taken out of the text.
    pub removed: Option<&'a Removed>,
}

/// An open case: its reference, and the token of its session.
#[derive(Clone, Copy)]
pub struct About<'a> {
    pub reference: &'a str,
    pub csrf: &'a str,
}

/// What is said after the scrubber took something out.
pub struct Removed {
    pub stop: StopPage,
    pub notice: Notice,
}

/// How far it got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Asked,
    /// Sent without any answer.
    Empty,
    Taken,
}

/// Feedback at any time: about the case that is open in this browser, else about us.
pub fn page(page: &FeedbackPage<'_>) -> Markup {
    let frame = &page.frame;
    let title = frame.say(if page.about.is_some() { say::GOING } else { say::TITLE });
    let body = html! {
        @if let Some(removed) = page.removed {
            (stop::section(frame, &removed.stop, (answer_words::STOP_SENT, "#taken", say::READ)))
        }
        div.narrow.after-stop[page.removed.is_some()] #taken {
            h1 { (title) }
            @match page.state {
                State::Taken => (taken(page)),
                State::Asked | State::Empty => (asked(page)),
            }
        }
    };
    let ask = page.about.map(|about| about.csrf);
    layout::page(frame, &Sheet { help: actions::HOME, ask, ..Sheet::new(title) }, &body)
}

fn taken(page: &FeedbackPage<'_>) -> Markup {
    let frame = &page.frame;
    html! {
        p.notice role="status" { b { (frame.say(say::THANKS)) } }
        @if let Some(removed) = page.removed { (plan::notices(std::slice::from_ref(&removed.notice))) }
        p { (frame.say(say::THANKS_MORE)) }
        @if page.about.is_some() { p { a.button href=(actions::CASE) { (frame.say(say::TO_CASE)) } } }
        @else { p { a.button href=(actions::HOME) { (frame.say(super::words::door::REPORT)) } } }
    }
}

fn asked(page: &FeedbackPage<'_>) -> Markup {
    let frame = &page.frame;
    let questions = html! {
        (stars(frame, say::STARS, false))
        (solved(frame))
        (speed(frame))
        (text(frame, say::TEXT))
    };
    html! {
        @if page.state == State::Empty { p.notice role="alert" { (frame.say(say::EMPTY)) } }
        p { (frame.say(say::LEAD)) }
        @if let Some(about) = page.about {
            p.notice #about {
                (say::OF_CASE.around(frame.language, &html! { b.reference { (about.reference) } }))
                (frame.gap()) a href="/case#message" { (frame.say(say::TO_CASE)) }
            }
            form.sheet method="post" action=(actions::CASE_FEEDBACK) autocomplete="off" {
                (hidden("csrf", about.csrf))
                (hidden("back", "page"))
                (questions)
                p.hint { (frame.say(say::PRIVACY_CASE)) }
                button.strong { (frame.say(say::SEND)) }
            }
        } @else {
            p.notice { (frame.say(say::NOT_URGENT)) (frame.gap()) a href=(actions::HOME) { (frame.say(super::words::door::REPORT)) } }
            form.sheet method="post" action=(actions::FEEDBACK) autocomplete="off" {
                (hidden("lang", frame.language.as_str()))
                (questions)
                div.privacy {
                    h2 { (frame.say(say::PRIVACY)) }
                    p { (say::PRIVACY_OPEN.around(frame.language, &html! { (page.kept_days) })) }
                }
                button.strong { (frame.say(say::SEND)) }
            }
        }
    }
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
