//! The next case in outline, on the first page: what to do first, what happened last, and the way to all of it.

use maud::{Markup, html};

use super::actions;
use super::figures;
use super::home::HomePage;
use super::timeline;
use crate::id::{Id, of};
use crate::respond::desk::{Moment, Outline, masked_in};
use crate::web::pages::layout::outside;
use crate::web::pages::words::desk as say;

/// Letters of what was said.
const LETTERS: usize = 160;

/// Under the button that takes the case.
pub fn outline(page: &HomePage<'_>, id: Id<of::Incident>, outline: &Outline) -> Markup {
    let frame = &page.frame;
    html! {
        @if !outline.steps.is_empty() {
            h2 { (frame.say(say::FIRST_STEPS)) }
            ol.told { @for step in &outline.steps { li data-state=(step.state.as_str()) { (step.text) } } }
        }
        @if !outline.timeline.is_empty() {
            h2 { (frame.say(say::HAPPENED_LAST)) }
            ol.timeline { @for moment in &outline.timeline { li data-whose=(moment.whose.as_str()) { (one(page, moment)) } } }
        }
        p { a.all-of-it href=(actions::incident(id)) { (frame.say(say::ALL_OF_IT)) } }
    }
}

fn one(page: &HomePage<'_>, moment: &Moment) -> Markup {
    let frame = &page.frame;
    html! {
        p.hint { (figures::moment(frame, moment.at, page.now)) " · " b { (frame.say(timeline::word(moment.whose))) } }
        p { (timeline::what(frame, moment)) }
        @if let Some(text) = &moment.text { p { (outside(&cut(&masked_in(text, |_| false)))) } }
    }
}

fn cut(text: &str) -> String {
    let mut letters = text.chars();
    let mut begun: String = letters.by_ref().take(LETTERS).collect();
    if letters.next().is_some() {
        begun.push('…');
    }
    begun
}
