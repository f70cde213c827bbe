//! The page of a closed circle, the one by which somebody is let in, and what a case's page says of it.

use maud::{Markup, html};

use super::incident::IncidentPage;
use super::layout::{self, Person, Sheet};
use super::words as staff;
use super::{actions, figures};
use crate::id::{Id, of};
use crate::respond::circle::Circle;
use crate::respond::people::Names;
use crate::time::Timestamp;
use crate::web::pages::layout::Frame;
use crate::web::pages::plan::hidden;
use crate::web::pages::words::{Say, circle as say};

/// Who may see a case.
#[derive(Clone, Copy)]
pub struct CirclePage<'a> {
    pub frame: Frame<'a>,
    pub csrf: &'a str,
    /// The key of whoever looks.
    pub me: &'a str,
    pub names: &'a Names,
    pub now: Timestamp,
    pub incident: Id<of::Incident>,
    pub circle: Option<&'a Circle>,
    /// Keys and names of those who can be on a list.
    pub candidates: &'a [(String, String)],
    /// Whether the reader's role has anything to do with it.
    pub may_change: bool,
    pub notice: Option<Say>,
}

/// Breaking the glass; the name that was given, once it was.
#[derive(Clone, Copy)]
pub struct GlassPage<'a> {
    pub frame: Frame<'a>,
    pub csrf: &'a str,
    pub me: &'a str,
    pub given: Option<&'a str>,
}

/// On a case's page: to whom it is closed, or the way to close it.
pub fn line(page: &IncidentPage<'_>) -> Markup {
    let list = actions::circle(page.detail.id);
    html! {
        @match &page.beside.circle {
            Some(circle) => p.circle {
                b { (say::CLOSED_TO.around(page.frame.language, &html! { bdi { (called(page.names, &circle.members)) } })) } " "
                a href=(list) { (page.say(say::LINK_LIST)) }
            },
            None => p.hint { a href=(list) { (page.say(say::LINK_CLOSE)) } },
        }
    }
}

fn called(names: &Names, keys: &[String]) -> String {
    keys.iter().map(|key| names.call(key)).collect::<Vec<_>>().join(" · ")
}

/// The page of a circle.
pub fn circle(page: &CirclePage<'_>) -> Markup {
    let frame = &page.frame;
    let body = html! {
        @if let Some(notice) = page.notice { p.notice role="status" { (frame.say(notice)) } }
        h1 { (frame.say(say::TITLE)) }
        p { a href=(actions::incident(page.incident)) { (frame.say(say::BACK)) } }
        p.hint { (frame.say(say::WHAT_IT_IS)) }
        @match page.circle {
            Some(circle) => (closed(page, circle)),
            None => @if page.may_change { (close(page)) },
        }
    };
    layout::page(frame, &sheet(frame.say(say::TITLE), (page.names.call(page.me), page.csrf)), &body)
}

fn sheet<'a>(title: &'a str, (name, csrf): (&'a str, &'a str)) -> Sheet<'a> {
    Sheet { title, person: Some(Person { name, csrf }) }
}

fn begin(page: &CirclePage<'_>, what: &str) -> Markup {
    html! { (hidden("csrf", page.csrf)) (hidden("what", what)) }
}

fn reason(frame: &Frame<'_>, id: &str) -> Markup {
    html! {
        label for=(id) { (frame.say(staff::REASON)) }
        textarea id=(id) name="reason" rows="2" maxlength="2000" dir="auto" required {}
    }
}

fn close(page: &CirclePage<'_>) -> Markup {
    let frame = &page.frame;
    let others = page.candidates.iter().filter(|(key, _)| key != page.me);
    html! {
        form.write method="post" action=(actions::circle(page.incident)) {
            (begin(page, "close"))
            fieldset {
                legend { (frame.say(say::CLOSE_WHO)) }
                @for (key, name) in others { label.choice { input type="checkbox" name="member" value=(key); " " bdi { (name) } } }
                p.hint { (frame.say(say::CLOSE_YOU)) }
            }
            (reason(frame, "circle-reason"))
            button { (frame.say(say::CLOSE)) }
        }
    }
}

fn closed(page: &CirclePage<'_>, circle: &Circle) -> Markup {
    let (frame, action) = (&page.frame, actions::circle(page.incident));
    let mine = page.may_change && circle.keepers.iter().any(|keeper| keeper == page.me);
    let others: Vec<_> = page.candidates.iter().filter(|(key, _)| !circle.members.contains(key)).collect();
    html! {
        p {
            (say::CLOSED_BY.around(frame.language, &html! { bdi { (page.names.call(&circle.by)) } })) " · "
            (figures::moment(frame, circle.since, page.now))
        }
        p.hint dir="auto" { (circle.reason) }
        @if circle.orphaned.is_some() { p.notice { (frame.say(say::ORPHANED)) } }
        @if !circle.link_known_to.is_empty() {
            p.problems role="alert" { (say::LINK_KNOWN.around(frame.language, &html! { bdi { (called(page.names, &circle.link_known_to)) } })) }
        }
        h2 { (frame.say(say::MEMBERS)) }
        ul { @for member in &circle.members {
            li {
                bdi { (page.names.call(member)) }
                @if mine && circle.members.len() > 1 {
                    " "
                    form method="post" action=(action) {
                        (begin(page, "remove")) (hidden("member", member))
                        button { (frame.say(say::REMOVE)) }
                    }
                }
            }
        } }
        @if !circle.guests.is_empty() {
            h2 { (frame.say(say::GUESTS)) }
            ul { @for (guest, until) in &circle.guests {
                li {
                    bdi { (page.names.call(guest)) } " " (say::UNTIL.around(frame.language, &figures::moment(frame, *until, page.now)))
                    // Whoever stands in is let in again as long as no member can sign in.
                    @if mine && circle.orphaned.is_none() {
                        " "
                        form method="post" action=(action) {
                            (begin(page, "remove")) (hidden("member", guest))
                            button { (frame.say(say::END_HOUR)) }
                        }
                    }
                }
            } }
        }
        @if mine {
            @if !others.is_empty() {
                form method="post" action=(action) {
                    (begin(page, "add"))
                    label for="circle-member" { (frame.say(say::ADD_WHO)) }
                    select #circle-member name="member" required { @for (key, name) in others { option value=(key) { (name) } } }
                    button { (frame.say(say::ADD)) }
                }
            }
            details {
                summary { (frame.say(say::OPEN)) }
                form.write method="post" action=(action) {
                    (begin(page, "open"))
                    p.hint { (frame.say(say::OPEN_HINT)) }
                    (reason(frame, "open-reason"))
                    button { (frame.say(say::OPEN)) }
                }
            }
        } @else { p.hint { (frame.say(say::ONLY_MEMBERS)) } }
    }
}

/// The page by which somebody is let in.
pub fn glass(page: &GlassPage<'_>) -> Markup {
    let frame = &page.frame;
    let body = html! {
        h1 { (frame.say(say::GLASS)) }
        @match page.given {
            Some(given) => {
                p.notice role="status" { (frame.say(say::GLASS_DONE)) }
                p { a.button href=(actions::search(given)) { (frame.say(say::GLASS_THERE)) } }
            }
            None => {
                p { (frame.say(say::GLASS_HINT)) }
                form.write method="post" action=(actions::GLASS) {
                    (hidden("csrf", page.csrf))
                    label for="case" { (frame.say(say::GLASS_CASE)) }
                    input #case type="text" name="case" maxlength="60" autocomplete="off" required;
                    (reason(frame, "glass-reason"))
                    button { (frame.say(say::GLASS_GO)) }
                }
            }
        }
    };
    layout::page(frame, &sheet(frame.say(say::GLASS), (page.me, page.csrf)), &body)
}
