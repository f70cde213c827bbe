//! What is said when somebody else was faster, when something stands in the way, and before a link is sent.

use maud::{Markup, html};

use super::actions::{self, Post};
use super::figures;
use super::layout::{self, Person, Sheet};
use super::words as say;
use crate::guidance::Step;
use crate::id::{Id, of};
use crate::respond::desk::{Changed, Meanwhile};
use crate::respond::people::Names;
use crate::text::defang;
use crate::time::Timestamp;
use crate::web::pages::layout::Frame;
use crate::web::pages::plan::hidden;
use crate::web::pages::words::console;

/// What is shown in place of an action that came too late.
#[derive(Clone, Copy)]
pub struct StalePage<'a> {
    pub frame: Frame<'a>,
    pub csrf: &'a str,
    pub me: &'a str,
    pub names: &'a Names,
    pub now: Timestamp,
    pub incident: Id<of::Incident>,
    /// What others did since the page was opened.
    pub meanwhile: &'a Meanwhile,
    /// Whether the reader wanted to take the case.
    pub taking: bool,
    /// What was written and not kept, with secrets already taken out.
    pub typed: Option<&'a str>,
}

/// The case has changed since it was seen: nothing was done, nothing that was typed is lost, and what others did is told.
pub fn stale(page: &StalePage<'_>) -> Markup {
    let frame = &page.frame;
    let title = frame.say(say::STALE);
    let lost = page.meanwhile.holder.as_deref().filter(|_| page.taking);
    let body = html! {
        div.narrow {
            h1 { (title) }
            @match lost {
                Some(holder) => {
                    p.notice role="alert" { (console::TAKEN_BY.around(frame.language, &html! { b { bdi { (page.names.call(holder)) } } })) }
                    form.take method="post" action=(actions::CLAIM_NEXT) {
                        p { (frame.say(console::TAKE_ANOTHER)) }
                        (hidden("csrf", page.csrf))
                        button.strong accesskey="n" autofocus { (frame.say(say::TAKE_NEXT)) (layout::key("n")) }
                    }
                }
                None => p.notice role="alert" { (frame.say(say::STALE_MORE)) },
            }
            @if lost.is_none() || !page.meanwhile.changes.is_empty() { (changes(page)) }
            p { a.button href=(actions::incident(page.incident)) autofocus[lost.is_none()] { (frame.say(say::STALE_BACK)) } }
            (typed(frame, page.typed))
        }
    };
    layout::page(frame, &Sheet { title, person: Some(Person { name: page.me, csrf: page.csrf }) }, &body)
}

fn changes(page: &StalePage<'_>) -> Markup {
    let frame = &page.frame;
    html! {
        h2 { (frame.say(console::MEANWHILE)) }
        @if page.meanwhile.changes.is_empty() { p { (frame.say(console::NOTHING_BY_OTHERS)) } }
        ul.meanwhile { @for change in &page.meanwhile.changes { li { (one(page, change)) } } }
    }
}

fn one(page: &StalePage<'_>, change: &Changed) -> Markup {
    let frame = &page.frame;
    html! {
        @if let Some(by) = &change.by { b { bdi { (page.names.call(by)) } } " " }
        @if let Some(done) = console::deed(&change.what) { (frame.say(done)) } @else { code { (defang(&change.what)) } }
        " · " (figures::moment(frame, change.at, page.now))
    }
}

fn typed(frame: &Frame<'_>, typed: Option<&str>) -> Markup {
    html! {
        @if let Some(typed) = typed.filter(|typed| !typed.is_empty()) {
            label for="typed" { (frame.say(say::TYPED)) }
            textarea #typed rows="6" dir="auto" readonly { (typed) }
        }
    }
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
            (typed(frame, page.typed))
        }
    };
    layout::page(frame, &Sheet { title, person: Some(Person { name: page.me, csrf: page.csrf }) }, &body)
}

/// What is shown before a message with a link leaves.
#[derive(Clone, Copy)]
pub struct LinkPage<'a> {
    pub frame: Frame<'a>,
    pub csrf: &'a str,
    pub me: &'a str,
    pub incident: Id<of::Incident>,
    /// The whole message.
    pub text: &'a str,
    pub links: &'a [String],
}

/// Asks once more: a person in fear follows whatever comes from here.
pub fn linked(page: &LinkPage<'_>) -> Markup {
    let frame = &page.frame;
    let title = frame.say(console::LINK);
    let body = html! {
        div.narrow {
            h1 { (title) }
            ul { @for link in page.links { li { code { bdi { (defang(link)) } } } } }
            p.notice role="alert" { (frame.say(console::LINK_MORE)) }
            p { a.button href={ (actions::incident(page.incident)) "#reply" } autofocus { (frame.say(console::LINK_BACK)) } }
            form method="post" action=(Post::Message.to(page.incident)) {
                (hidden("csrf", page.csrf))
                (hidden("sure", "yes"))
                label for="typed" { (frame.say(say::REPLY)) }
                textarea #typed name="text" rows="6" dir="auto" readonly { (page.text) }
                button { (frame.say(console::LINK_SEND)) }
            }
        }
    };
    layout::page(frame, &Sheet { title, person: Some(Person { name: page.me, csrf: page.csrf }) }, &body)
}
