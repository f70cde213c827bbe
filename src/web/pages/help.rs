//! The help place: everyday questions with the answers of the playbooks, pages on staying safe, and a way to search them.

use maud::{Markup, html};

use super::actions;
use super::layout::{self, Frame, Sheet};
use super::plan::{self, Marking, Plan};
use super::words::{check as check_words, feedback as feedback_words, help as say};
use crate::guidance::Guidance;

/// An entry of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub id: String,
    pub title: String,
    pub summary: String,
}

/// What the help place shows.
#[derive(Clone, Copy)]
pub struct HelpPage<'a> {
    pub frame: Frame<'a>,
    /// What was asked, with secrets taken out; empty before.
    pub question: &'a str,
    pub found: &'a [Entry],
    /// The question sounds like an incident.
    pub urgent: bool,
    pub everyday: &'a [Entry],
    pub safety: &'a [Entry],
}

/// The longest question.
pub const QUESTION_LIMIT: usize = 200;

/// The help place.
pub fn page(page: &HelpPage<'_>) -> Markup {
    let frame = &page.frame;
    let asked = !page.question.is_empty();
    let body = html! {
        div.narrow {
            h1 { (frame.say(say::TITLE)) }
            form.search role="search" method="post" action=(actions::HELP) {
                (plan::hidden("lang", frame.language.as_str()))
                label for="q" { (frame.say(say::SEARCH)) }
                p.hint #q-hint { (frame.say(say::SEARCH_HINT)) }
                input #q name="q" value=(page.question) maxlength=(QUESTION_LIMIT) autocomplete="off" aria-describedby="q-hint";
                button.strong { (frame.say(say::FIND)) }
            }
            @if page.urgent { (urgent(frame)) }
            @if asked {
                section #found aria-live="polite" {
                    h2 { (frame.say(say::FOUND)) }
                    @if page.found.is_empty() { p { (frame.say(say::NOTHING)) } }
                    (list(frame, page.found))
                }
            } @else {
                section { h2 { (frame.say(say::EVERYDAY)) } (list(frame, page.everyday)) }
                section { h2 { (frame.say(say::SAFE)) } (list(frame, page.safety)) }
            }
            (ask(frame))
            @if asked { p { a href={ (actions::HELP) "?lang=" (frame.language) } { (frame.say(say::EVERYTHING)) } } }
        }
    };
    layout::page(frame, &Sheet { help: "#person", ..Sheet::new(frame.say(say::TITLE)) }, &body)
}

fn urgent(frame: &Frame<'_>) -> Markup {
    html! {
        section.first.urgent role="status" {
            h2 { (frame.say(say::URGENT)) }
            p { (frame.say(say::URGENT_MORE)) }
            p.start { a.button href=(actions::HOME) { (frame.say(say::REPORT)) } }
        }
    }
}

fn list(frame: &Frame<'_>, entries: &[Entry]) -> Markup {
    html! {
        ul.articles {
            @for entry in entries {
                li { a href={ (actions::HELP) "/" (entry.id) "?lang=" (frame.language) } { (entry.title) } p.hint { (entry.summary) } }
            }
        }
    }
}

/// A way on from every page: a person, a report, a check.
fn ask(frame: &Frame<'_>) -> Markup {
    html! {
        section.ask #person {
            h2 { (frame.say(say::ASK)) }
            p { (frame.say(say::ASK_MORE)) }
            p { a.button href={ (actions::HOME) "#report" } { (frame.say(say::ASK_GO)) } }
            p { a href=(actions::CHECK) { (frame.say(say::CHECK)) } }
            p { a href=(actions::FEEDBACK) { (frame.say(feedback_words::ANYTIME)) } }
        }
    }
}

/// One thing to read.
#[derive(Clone, Copy)]
pub struct ArticlePage<'a> {
    pub frame: Frame<'a>,
    pub entry: &'a Entry,
    pub content: Content<'a>,
}

/// What stands under the title.
#[derive(Clone, Copy)]
pub enum Content<'a> {
    /// The answer of a playbook to an everyday question.
    Steps(&'a Guidance),
    Points(&'a [&'a str]),
}

/// An article with a way on.
pub fn article(page: &ArticlePage<'_>) -> Markup {
    let (frame, entry) = (&page.frame, page.entry);
    let body = html! {
        div.narrow {
            h1 { (entry.title) }
            p { (entry.summary) }
            @match page.content {
                Content::Steps(guidance) => {
                    h2 { (frame.say(say::STEPS)) }
                    p.hint { (frame.say(say::HERE)) (frame.gap()) a href={ (actions::HOME) "?lang=" (frame.language) "#report" } { (frame.say(say::REPORT)) } }
                    (Plan::new(frame, guidance, Marking::No { help: "#person" }).whole())
                    (plan::never(frame, &guidance.never))
                }
                Content::Points(points) => ol.plain { @for point in points { li { (point) } } },
            }
            (ask(frame))
            p { a href={ (actions::HELP) "?lang=" (frame.language) } { (frame.say(say::EVERYTHING)) } }
            p { a href=(actions::CHECK) { (frame.say(check_words::TITLE)) } }
        }
    };
    layout::page(frame, &Sheet { help: "#person", ..Sheet::new(&entry.title) }, &body)
}
