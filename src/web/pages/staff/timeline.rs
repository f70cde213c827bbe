//! One line of time for machine, staff and person, which a link narrows to one of them.

use maud::{Markup, html};

use super::actions;
use super::figures;
use super::incident::IncidentPage;
use super::mask;
use super::words as staff;
use crate::respond::desk::{Moment, Whose};
use crate::text::defang;
use crate::web::pages::layout::{Frame, outside};
use crate::web::pages::words::{Say, console, desk as say, facts};

/// Moments on one page.
const MOST: usize = 150;

/// The line, the latest first.
pub fn timeline(page: &IncidentPage<'_>) -> Markup {
    let here = actions::incident(page.detail.id);
    let choices = std::iter::once((None, say::EVERYBODY)).chain(Whose::ALL.map(|whose| (Some(whose), word(whose))));
    html! {
        section #timeline {
            h2 { (page.say(say::TIMELINE)) }
            nav.lanes aria-label=(page.say(say::TIMELINE)) {
                @for (whose, name) in choices {
                    a href={ (here) @if let Some(whose) = whose { "?line=" (whose.as_str()) } "#timeline" } aria-current=[(whose == page.line).then_some("true")] {
                        (page.say(name)) " " b { (count(page, whose)) }
                    }
                }
            }
            ol.timeline {
                @for moment in page.beside.timeline.iter().filter(|moment| page.line.is_none_or(|line| line == moment.whose)).take(MOST) {
                    li data-whose=(moment.whose.as_str()) { (one(page, moment)) }
                }
            }
        }
    }
}

fn count(page: &IncidentPage<'_>, whose: Option<Whose>) -> usize {
    page.beside.timeline.iter().filter(|moment| whose.is_none_or(|whose| whose == moment.whose)).count()
}

fn one(page: &IncidentPage<'_>, moment: &Moment) -> Markup {
    html! {
        p.hint {
            (figures::moment(&page.frame, moment.at, page.now)) " · " b { (page.say(word(moment.whose))) }
            @if let Some(by) = &moment.by { " " bdi { (defang(page.call(by))) } }
        }
        p {
            (what(&page.frame, moment))
            @if let Some(number) = moment.signal { " " a.source href={ "#signal-" (number) } { (say::TO_SIGNAL.around(page.frame.language, &html! { (number) })) } }
        }
        @if let Some(text) = &moment.text { p { (outside(&mask::prose(page, text))) } }
    }
}

/// What it was, in a word.
pub fn what(frame: &Frame<'_>, moment: &Moment) -> Markup {
    html! {
        @if moment.text.is_some() { span.name { (frame.say(staff::author(&moment.what))) } " " }
        @else if let Some(done) = console::deed(&moment.what) { (frame.say(done)) }
        @else { (defang(facts::called(&moment.what, frame.language))) }
    }
}

/// Whose it is, in a word.
pub fn word(whose: Whose) -> Say {
    match whose {
        Whose::Machine => say::MACHINE,
        Whose::Staff => say::STAFF_DID,
        Whose::Person => say::PERSON_DID,
    }
}
