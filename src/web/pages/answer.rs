//! The answer to a report: the first step at once, then the way back, the place in the queue and the other steps.

use maud::{Markup, html};

use super::actions;
use super::layout::{self, Frame, Sheet, Switch};
use super::plan::{self, Marking, Plan};
use super::words::{self, answer as more, case as say, casepage, frame as frame_words, plan as plan_words};
use super::{details, routine, stop};
use crate::guidance::Outlook;
use crate::respond::view::{CaseKeys, IncidentView, Place, ReportAnswer};

/// How many other readings are named.
const ALTERNATIVES: usize = 3;
const HELP: &str = "/case#write";
/// The kind of what no other kind fits.
const OTHER: &str = "routine-other";

/// What the answer page shows. It is the only page that ever shows the code.
#[derive(Clone, Copy)]
pub struct AnswerPage<'a> {
    /// Its language switch should lead to the case page, which opens beside this one.
    pub frame: Frame<'a>,
    pub answer: &'a ReportAnswer,
    /// The token of the case session that begins with this answer.
    pub csrf: &'a str,
}

/// The page that answers a report.
pub fn page(page: &AnswerPage<'_>) -> Markup {
    let (frame, answer) = (&page.frame, page.answer);
    let plan = Plan::new(frame, &answer.guidance, Marking::No { help: HELP });
    let session = !page.csrf.is_empty();
    let body = html! {
        @if let Some(stop) = &answer.stop {
            (stop::section(frame, stop, (more::STOP_KEPT, "#answer", more::GO_ON)))
        }
        div.beside.answer.after-stop[answer.stop.is_some()] #answer {
            div.head {
                h1 { (frame.say(say::ANSWER)) }
                (plan.first())
                (plan::notices(&answer.notices))
                @if !answer.questions.is_empty() { p.jump { a href="#question" { (frame.say(plan_words::QUESTION_LINK)) } } }
            }
            aside {
                (keys(frame, (&answer.case, watched(answer)), page.csrf))
                section.place { h2 { (frame.say(say::PLACE)) } (place(frame, &answer.incident.place)) }
                (reading(frame, &answer.incident))
                (routine::normal(frame, &answer.incident))
            }
            div.rest {
                section.folded { h2 { (frame.say(plan_words::THEN)) } (plan.folded()) }
                (outlook(frame, answer.incident.outlook.as_ref()))
                div #question {
                    @if !answer.questions.is_empty() { p.hint { (frame.say(more::CODE_FIRST)) } }
                    (plan::question(frame, &answer.questions, page.csrf))
                }
                (plan::never(frame, &answer.guidance.never))
                @if session {
                    p.save { a href=(actions::TEXT) { (frame.say(more::SAVE_TEXT)) } }
                    (details::form(frame, page.csrf))
                }
            }
        }
    };
    let sheet =
        Sheet { help: HELP, switch: Switch::NewTab, ask: Some(page.csrf), ..Sheet::new(frame.say(plan_words::STEPS)) };
    layout::page(frame, &sheet, &body)
}

/// What can still be saved and what not.
pub fn outlook(frame: &Frame<'_>, outlook: Option<&Outlook>) -> Markup {
    html! {
        @if let Some(outlook) = outlook {
            section.outlook.gone[outlook.gone] {
                h2 { (frame.say(more::OUTLOOK)) }
                @if let Some(haste) = &outlook.haste { p { b { (haste) } } }
                h3 { (frame.say(more::can(outlook))) }
                ul { @for item in &outlook.can { li { (item) } } }
                h3 { (frame.say(more::CANNOT)) }
                ul.lost { @for item in &outlook.cannot { li { (item) } } }
            }
        }
    }
}

/// Whether somebody who means harm may be looking on.
fn watched(answer: &ReportAnswer) -> bool {
    answer.notices.iter().any(|notice| notice.id == "danger")
}

/// Link, code and reference; where a session began, the way on puts them away.
pub fn keys(frame: &Frame<'_>, (keys, watched): (&CaseKeys, bool), csrf: &str) -> Markup {
    let hint = if watched { say::CODE_HINT_DANGER } else { say::CODE_HINT };
    html! {
        section.keys {
            h2 { (frame.say(say::KEYS)) }
            dl {
                dt { (frame.say(say::CODE)) }
                dd { code.code { (keys.code) } p.hint { b { (frame.say(hint)) } (frame.gap()) (frame.say(say::NOBODY)) } }
                dt { (frame.say(say::LINK)) }
                dd {
                    code #link { (keys.link) } " "
                    button.copy type="button" data-copy="link" hidden { (frame.say(frame_words::COPY)) }
                    p.hint { (frame.say(say::LINK_HINT)) }
                }
                dt { (frame.say(say::REFERENCE)) }
                dd { code { (keys.reference) } p.hint { (frame.say(say::REFERENCE_HINT)) } }
            }
            form method="post" action=(actions::FIRST) {
                (plan::hidden("csrf", csrf))
                p { (frame.say(casepage::WRITTEN_HINT)) }
                button.strong { (frame.say(casepage::WRITTEN)) }
            }
            p.hint { (frame.say(say::OPEN_CASE_HINT)) }
        }
    }
}

/// Where the case stands among those that wait; the case page says more of the wait.
pub fn place(frame: &Frame<'_>, place: &Place) -> Markup {
    let language = frame.language;
    html! {
        p { b { (words::ahead(place.ahead, language)) } }
        p { (say::not_passed(place.lane).around(language, &words::moment(place.never_passed_by_arrivals_after, language))) }
        @if promise_holds(place) { p { (say::REPLY_BY.around(language, &words::moment(place.first_reply_by, language))) } }
        @if let Some(back) = place.wait.staff_back { p.away { (casepage::AWAY.around(language, &words::moment(back, language))) } }
    }
}

/// Whether somebody is there to keep the promised time; while nobody is, it is not said.
pub fn promise_holds(place: &Place) -> bool {
    place.wait.staff_back.is_none_or(|back| back <= place.first_reply_by)
}

/// What this may be, how sure we are in words, and what else it may be.
pub fn reading(frame: &Frame<'_>, incident: &IncidentView) -> Markup {
    let others: Vec<&str> = incident.alternatives.iter().take(ALTERNATIVES).map(|other| other.title.as_str()).collect();
    html! {
        section.reading {
            h2 { (frame.say(say::MAYBE)) }
            p { b { (incident.title) } }
            p { (incident.summary) }
            // What nothing else fits is no reading of which one could be more or less sure.
            @if incident.kind != OTHER { p { (frame.say(say::fit(incident.confidence))) } }
            @if !others.is_empty() {
                p { (frame.say(say::ALSO)) }
                ul { @for other in others { li { (other) } } }
            }
        }
    }
}
