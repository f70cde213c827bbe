//! What is said when somebody else was faster, and when something stands in the way.

use maud::{Markup, html};

use super::actions;
use super::layout::{self, Person, Sheet};
use super::words as say;
use crate::guidance::Step;
use crate::id::{Id, of};
use crate::web::pages::layout::Frame;

/// What is shown in place of an action that came too late.
#[derive(Clone, Copy)]
pub struct StalePage<'a> {
    pub frame: Frame<'a>,
    pub csrf: &'a str,
    pub me: &'a str,
    pub incident: Id<of::Incident>,
    /// What was written and not kept, with secrets already taken out.
    pub typed: Option<&'a str>,
}

/// The case has changed since it was seen: nothing was done, nothing that was typed is lost.
pub fn stale(page: &StalePage<'_>) -> Markup {
    let frame = &page.frame;
    let title = frame.say(say::STALE);
    let body = html! {
        div.narrow {
            h1 { (title) }
            p.notice role="alert" { (frame.say(say::STALE_MORE)) }
            p { a.button href=(actions::incident(page.incident)) autofocus { (frame.say(say::STALE_BACK)) } }
            @if let Some(typed) = page.typed.filter(|typed| !typed.is_empty()) {
                label for="typed" { (frame.say(say::TYPED)) }
                textarea #typed rows="6" dir="auto" readonly { (typed) }
            }
        }
    };
    layout::page(frame, &Sheet { title, person: Some(Person { name: page.me, csrf: page.csrf }) }, &body)
}

/// What is shown in place of closing when required steps are still open.
#[derive(Clone, Copy)]
pub struct StepsOpenPage<'a> {
    pub frame: Frame<'a>,
    pub csrf: &'a str,
    pub me: &'a str,
    pub incident: Id<of::Incident>,
    pub steps: &'a [Step],
    /// The reason that was written and not kept.
    pub typed: Option<&'a str>,
}

/// The case cannot be closed yet: which steps stand in the way, and where they are done or waived.
pub fn steps_open(page: &StepsOpenPage<'_>) -> Markup {
    let frame = &page.frame;
    let title = frame.say(say::STEPS_OPEN);
    let body = html! {
        div.narrow {
            h1 { (title) }
            p.notice role="alert" { (frame.say(say::STEPS_OPEN_MORE)) }
            ul { @for step in page.steps { li { (step.text) } } }
            p { a.button href={ (actions::incident(page.incident)) "#steps" } autofocus { (frame.say(say::STEPS_OPEN_BACK)) } }
            @if let Some(typed) = page.typed.filter(|typed| !typed.is_empty()) {
                label for="typed" { (frame.say(say::TYPED)) }
                textarea #typed rows="6" dir="auto" readonly { (typed) }
            }
        }
    };
    layout::page(frame, &Sheet { title, person: Some(Person { name: page.me, csrf: page.csrf }) }, &body)
}
