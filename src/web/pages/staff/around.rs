//! What is known around a case: other cases of whoever it is about, where else its addresses and numbers were seen, the
//! questions that nobody answered yet.

use maud::{Markup, html};

use super::actions;
use super::figures::{self, level};
use super::incident::IncidentPage;
use super::mask;
use super::words as staff;
use crate::guidance::Question;
use crate::store::incidents::State;
use crate::text::defang;
use crate::web::pages::words::{Say, desk as say, facts};

/// Whom it is about, as far as signals say, and their other cases.
pub fn subject(page: &IncidentPage<'_>) -> Markup {
    let frame = &page.frame;
    html! {
        section #subject {
            h2 { (page.say(say::SUBJECT)) }
            dl.fields.wide {
                @for name in ["account", "user", "login", "email", "phone", "wallet", "device", "ip", "country"] {
                    @let values = page.values_of(name);
                    @if !values.is_empty() {
                        dt { (facts::called(name, frame.language)) }
                        @for value in values { dd { bdi { (defang(&mask::field(page, name, value))) } } }
                    }
                }
            }
            h3 { (page.say(say::OTHERS)) " " span.count { (page.beside.others.len()) } }
            @if page.beside.others.is_empty() { p.hint { (page.say(say::NO_OTHERS)) } }
            ul.planned {
                @for other in &page.beside.others {
                    li {
                        (level(frame, other.level)) " " a href=(actions::incident(other.id)) { (other.title) }
                        " " span.hint { (page.say(stand(other.state))) " · " (figures::moment(frame, other.arrived, page.now)) }
                    }
                }
            }
        }
    }
}

fn stand(state: State) -> Say {
    match state {
        State::Open => say::STAND_WAITING,
        State::Held => say::STAND_IN_HANDS,
        State::Closed => say::STAND_CLOSED,
    }
}

/// Addresses, transactions, links and numbers of the case, each with the other cases it was seen in.
pub fn observables(page: &IncidentPage<'_>) -> Markup {
    let language = page.frame.language;
    html! {
        section #found {
            h2 { (page.say(say::FOUND)) }
            @if page.beside.observables.is_empty() { p.hint { (page.say(say::FOUND_NONE)) } }
            ul.seen {
                @for seen in &page.beside.observables {
                    li {
                        span.name { (facts::called(&seen.kind, language)) } " " code { bdi { (defang(&mask::field(page, &seen.kind, &seen.value))) } } " "
                        @if seen.count == 0 { span.hint { (page.say(say::ONLY_HERE)) } }
                        @else {
                            b { (say::IN_OTHERS.counted(language, i64::try_from(seen.count).unwrap_or(0))) }
                            @for (place, case) in (1..).zip(&seen.cases) { " " a href=(actions::incident(*case)) { (place) } }
                            @if seen.count > seen.cases.len() { " …" }
                        }
                    }
                }
            }
        }
    }
}

/// Questions that stand open on the page; the rest fold away.
const FIRST: usize = 2;

/// What the person was not asked or did not answer, the most telling first.
pub fn questions(page: &IncidentPage<'_>) -> Markup {
    html! {
        @if !page.beside.questions.is_empty() {
            section #open-questions {
                h2 { (page.say(say::QUESTIONS)) }
                p.hint { (page.say(say::QUESTIONS_HINT)) }
                ol.asking { @for question in page.beside.questions.iter().take(FIRST) { (ask(question)) } }
                @if page.beside.questions.len() > FIRST {
                    details {
                        summary { (say::MORE_QUESTIONS.counted(page.frame.language, i64::try_from(page.beside.questions.len() - FIRST).unwrap_or(0))) }
                        ol.asking { @for question in page.beside.questions.iter().skip(FIRST) { (ask(question)) } }
                    }
                }
            }
        }
    }
}

fn ask(question: &Question) -> Markup {
    html! { li { (question.text) " " span.hint { @for (place, choice) in question.choices.iter().enumerate() { @if place > 0 { " / " } (choice.text) } } } }
}

/// A person's word on level and kind, beside what was computed.
pub fn ruling(page: &IncidentPage<'_>) -> Markup {
    let frame = &page.frame;
    html! {
        @if let Some(ruling) = &page.beside.ruling {
            div.ruled {
                p {
                    b { (say::RULED.around(frame.language, &html! { bdi { (page.call(&ruling.by)) } })) } " · " (figures::moment(frame, ruling.at, page.now)) " · "
                    (say::COMPUTED.around(frame.language, &html! { (ruling.computed_level) " " (frame.say(staff::level(ruling.computed_level))) ", " (page.kind(&ruling.computed_kind)) }))
                }
                p.hint { (mask::prose(page, &ruling.reason)) }
            }
        }
    }
}
