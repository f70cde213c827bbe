//! What is said when something does not work: calm, what to do next, and nothing of what was typed lost.

use maud::{Markup, html};

use super::actions;
use super::layout::{self, Frame, Sheet};
use super::plan::{self, Marking, Plan};
use super::report::{self, ReportPage};
use super::stop;
use super::words::{Say, answer, begin, case, door as say};
use crate::guidance::{Guidance, Notice, StopPage};

/// What does not work, as far as the person needs to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    NotFound,
    /// There is no case session, or it is over.
    SessionOver,
    /// The token against forged posts is missing or old, or the post came from elsewhere.
    Stale,
    TooMany,
    TooLarge,
    Unreadable,
    Broken,
}

impl Trouble {
    pub const ALL: [Self; 7] =
        [Self::NotFound, Self::SessionOver, Self::Stale, Self::TooMany, Self::TooLarge, Self::Unreadable, Self::Broken];

    fn as_str(self) -> &'static str {
        match self {
            Self::NotFound => "not-found",
            Self::SessionOver => "session-over",
            Self::Stale => "stale",
            Self::TooMany => "too-many",
            Self::TooLarge => "too-large",
            Self::Unreadable => "unreadable",
            Self::Broken => "broken",
        }
    }

    /// The title, and what to do next.
    fn words(self) -> (Say, Say) {
        match self {
            Self::NotFound => (say::NOT_FOUND, say::NOT_FOUND_NEXT),
            Self::SessionOver => (say::SESSION_OVER, say::SESSION_OVER_NEXT),
            Self::Stale => (say::STALE, say::STALE_NEXT),
            Self::TooMany => (say::TOO_MANY, say::TOO_MANY_NEXT),
            Self::TooLarge => (say::TOO_LARGE, say::TOO_LARGE_NEXT),
            Self::Unreadable => (say::UNREADABLE, say::UNREADABLE_NEXT),
            Self::Broken => (say::BROKEN, say::BROKEN_NEXT),
        }
    }
}

/// What the error page shows.
#[derive(Clone, Copy)]
pub struct ProblemPage<'a> {
    pub frame: Frame<'a>,
    pub trouble: Trouble,
    /// The request's id, for asking about it.
    pub request: &'a str,
    /// What was typed and not kept, with secrets already taken out.
    pub typed: Option<&'a str>,
}

/// The error page.
pub fn page(page: &ProblemPage<'_>) -> Markup {
    let frame = &page.frame;
    let (title, next) = page.trouble.words();
    let body = html! {
        div.narrow data-trouble=(page.trouble.as_str()) {
            h1 { (frame.say(title)) }
            p.notice { (frame.say(next)) }
            @if let Some(typed) = page.typed {
                label for="typed" { (frame.say(say::TYPED)) }
                p.hint { (frame.say(say::TYPED_HINT)) }
                textarea #typed rows="6" dir="auto" readonly { (typed) }
            }
            // Who had a case open needs that one, not another.
            @let over = page.trouble == Trouble::SessionOver;
            p { a class=[(!over).then_some("button")] href=(actions::HOME) { (frame.say(say::REPORT)) } }
            @if !over { p { a href=(actions::CASE) { (frame.say(case::OPEN_CASE)) } } }
            p #person { (frame.say(say::PERSON)) }
            p.hint { (frame.say(say::REQUEST)) " " code { (page.request) } }
        }
    };
    layout::page(frame, &Sheet::new(frame.say(title)), &body)
}

/// A report that was answered with steps while nothing could be kept.
#[derive(Clone, Copy)]
pub struct NotKept<'a> {
    /// The form to send again, under the same key, with what was typed.
    pub again: ReportPage<'a>,
    pub guidance: &'a Guidance,
    pub notices: &'a [Notice],
    /// What stands before everything else, where something harmful is about to happen.
    pub stop: Option<&'a StopPage>,
}

/// The steps all the same, what is not kept, and the form to send again.
pub fn not_kept(page: &NotKept<'_>) -> Markup {
    let frame = &page.again.frame;
    let plan = Plan::new(frame, page.guidance, Marking::No { help: "#person" });
    let body = html! {
        @if let Some(stop) = page.stop { (stop::section(frame, stop, (say::NOT_KEPT, "#unkept", answer::GO_ON))) }
        div.narrow.after-stop[page.stop.is_some()] #unkept {
            h1 data-unsent { (frame.say(say::NOT_KEPT)) }
            @if page.again.resend {
                h1 data-sending hidden { (frame.say(begin::ON_ITS_WAY)) }
                p.notice data-sending role="status" hidden { (frame.say(begin::SENDING)) }
            }
            (plan::notices(page.notices))
            (plan.first())
            (plan.after_first())
            (plan::never(frame, &page.guidance.never))
            section.sheet #again data-unsent {
                h2 { (frame.say(say::AGAIN)) }
                p { (frame.say(say::AGAIN_HINT)) }
                (report::form(&page.again))
            }
        }
    };
    layout::page(frame, &Sheet::new(frame.say(say::NOT_KEPT)), &body)
}
