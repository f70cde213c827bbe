//! The page of one incident: who has it, the three strongest reasons, what to do, what was said, and the whole sum.

use maud::{Markup, html};

use super::actions::Post;
use super::figures::{self, danger, level};
use super::home::{lease, remaining};
use super::layout::{self, Person, Sheet, key};
use super::words as say;
use super::{
    around, beside, circle, correct, decide, evidence, orders, promised, reasons, review, talk, timeline, undo,
};
use crate::access::Permission;
use crate::playbook::{Class, Set};
use crate::respond::IncidentDetail;
use crate::respond::desk::{Beside, Undoable, Whose};
use crate::respond::people::Names;
use crate::text::{Language, traditional};
use crate::time::{Span, Timestamp};
use crate::web::pages::attachments::{self, Came};
use crate::web::pages::layout::Frame;
use crate::web::pages::plan::hidden;
use crate::web::pages::words::{Say, attachment, desk, orders as order_words, shift};

/// What the page of an incident shows.
#[derive(Clone, Copy)]
pub struct IncidentPage<'a> {
    pub frame: Frame<'a>,
    pub csrf: &'a str,
    /// Who is signed in, as `detail.holder` names people.
    pub me: &'a str,
    pub names: &'a Names,
    pub now: Timestamp,
    /// For the titles of playbooks and the words of questions.
    pub playbooks: &'a Set,
    pub detail: &'a IncidentDetail,
    pub beside: &'a Beside,
    pub undo: Option<&'a Undoable>,
    /// Whose moments the line of time is narrowed to.
    pub line: Option<Whose>,
    /// The field that is shown whole.
    pub revealed: Option<&'static str>,
    /// What came of the deed before.
    pub notice: Option<Say>,
    /// What came of a file that was just added.
    pub file: Option<Came>,
}

/// In whose hands an incident is, seen by the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hands {
    Nobody,
    Mine,
    Another,
    Closed,
}

impl IncidentPage<'_> {
    pub fn say(&self, text: Say) -> &'static str {
        self.frame.say(text)
    }

    /// What somebody goes by.
    pub fn call<'a>(&'a self, key: &'a str) -> &'a str {
        self.names.call(key)
    }

    pub fn hands(&self) -> Hands {
        let live = self.detail.lease_until.is_none_or(|until| until > self.now);
        match self.detail.holder.as_deref() {
            _ if self.detail.state == "closed" => Hands::Closed,
            Some(holder) if holder == self.me => Hands::Mine,
            Some(_) if live => Hands::Another,
            Some(_) | None => Hands::Nobody,
        }
    }

    /// Every value that signals give a field, each once.
    pub fn values_of(&self, name: &str) -> Vec<&str> {
        let mut values: Vec<&str> =
            self.detail.signals.iter().flat_map(|signal| signal.facts.get(name)).map(String::as_str).collect();
        values.sort_unstable();
        values.dedup();
        values
    }

    /// Whether something masked under this name is on the page.
    pub fn has_personal(&self, name: &str) -> bool {
        !self.values_of(name).is_empty() || self.beside.observables.iter().any(|seen| seen.kind == name)
    }

    /// The title of a playbook; its id when the running set no longer has it.
    pub fn kind<'a>(&'a self, id: &'a str) -> &'a str {
        self.playbooks.kind(id).map_or(id, |kind| kind.title.get(self.frame.language))
    }
}

/// An incident with everything staff may see.
pub fn incident(page: &IncidentPage<'_>) -> Markup {
    let detail = page.detail;
    let body = html! {
        (undo::bar(&page.frame, (page.undo, page.now), (page.csrf, &super::actions::incident(detail.id))))
        @if let Some(notice) = page.notice { p.notice role="status" { (page.say(notice)) } }
        (head(page))
        nav.jumps aria-label=(page.say(say::ON_THIS_PAGE)) {
            @for (place, name) in [("steps", say::STAFF_STEPS), ("orders", order_words::TITLE), ("signals", say::SIGNALS), ("talk", say::TALK), ("files", attachment::TITLE), ("told", say::TOLD), ("decide", say::DECIDE), ("subject", desk::SUBJECT), ("found", desk::FOUND), ("timeline", desk::TIMELINE), ("sum", say::SUM)] {
                @if place != "decide" || page.frame.may(Permission::JudgeIncident) { a href={ "#" (place) } { (page.say(name)) } }
            }
        }
        div.pair.sides {
            div {
                div { (reasons::strongest(page)) (around::questions(page)) (evidence::signals(page)) (correct::signals(page)) (around::observables(page)) }
                div { (super::asked::asked(page)) (talk::conversation(page)) (attachments::of_incident(page)) (talk::told(page)) }
            }
            div {
                div { (talk::staff_steps(page)) (evidence::situation(page)) (around::subject(page)) (correct::reveal(page)) }
                div { (orders::orders(page)) (decide::decide(page)) (evidence::answers(page)) (reasons::differential(page)) }
            }
        }
        (timeline::timeline(page))
        (reasons::sum(page))
    };
    layout::page(
        &page.frame,
        &Sheet { title: &detail.title, person: Some(Person { name: page.call(page.me), csrf: page.csrf }) },
        &body,
    )
}

fn head(page: &IncidentPage<'_>) -> Markup {
    let (frame, detail) = (&page.frame, page.detail);
    html! {
        header.incident {
            @if detail.practice { p.practice { b { (frame.say(shift::MADE_UP)) } } }
            p.marks-line {
                (level(frame, i64::from(detail.level)))
                @if detail.danger { " " (danger(frame)) }
                span.lane { (frame.say(say::lane(detail.class))) }
                @if detail.asks_person.is_some() { " " b.mark-word { (frame.say(say::ASKS_PERSON)) } }
                @if detail.solved.is_some() { " " b.mark-word { (frame.say(say::SAYS_SOLVED)) } }
            }
            h1 { (detail.title) }
            (hands(page))
            (review::waits_here(page))
            (beside::looking(page))
            (around::ruling(page))
            @if let Some(owed) = &detail.promised { p.deadline { (promised::deadline(frame, Some(owed), (detail.arrived, page.now))) } }
            dl.line {
                @if !detail.practice { div { dt { (frame.say(say::REFERENCE)) } dd { @for reference in &detail.references { code { (reference) } " " } @if detail.references.is_empty() { (frame.say(say::NO_CASE)) } } } }
                @for (reference, words) in &detail.words { div { dt { (frame.say(say::THEIR_WORDS)) } dd { b { bdi { (words) } } @if detail.words.len() > 1 { " " code { (reference) } } } } }
                div { dt { (frame.say(say::ARRIVED)) } dd { (figures::moment(frame, detail.arrived, page.now)) } }
                div { dt { (frame.say(say::HEAD_START_NAME)) } dd { (figures::span(Span::from_minutes(detail.head_start_minutes), frame.language)) } }
                div { dt { (frame.say(say::CHANCE)) } dd { (figures::chance(detail.assessment.chance)) } }
                div { dt { (frame.say(say::THEY_READ)) } dd { (say::tongue(&detail.language).map_or(detail.language.as_str(), |name| frame.say(name))) } }
            }
            (circle::line(page))
            @if detail.class == Class::Security && detail.assessment.class == Class::Routine { p.hint { (frame.say(say::ONLY_RAISED)) } }
        }
    }
}

/// In whose hands it is, and the buttons that change it: the first thing under the title, for a thumb on a phone too.
fn hands(page: &IncidentPage<'_>) -> Markup {
    let (frame, detail) = (&page.frame, page.detail);
    let holder = html! { bdi { (page.call(detail.holder.as_deref().unwrap_or_default())) } };
    html! {
        div.hands {
            @match page.hands() {
                Hands::Nobody => {
                    p { b { (frame.say(say::STATE_OPEN)) } }
                    @if frame.may(Permission::ClaimIncident) {
                        form method="post" action=(Post::Claim.to(detail.id)) {
                            (hidden("csrf", page.csrf))
                            button.strong accesskey="c" { (frame.say(say::CLAIM)) (key("c")) }
                        }
                    }
                }
                Hands::Mine => {
                    p { b { (frame.say(say::STATE_MINE)) } @if let Some(until) = detail.lease_until { " " span { (lease(frame, until, page.now)) } } }
                    (with_fence(page, Post::Renew, &html! { button { (frame.say(say::RENEW)) } }))
                    (with_fence(page, Post::Release, &html! { button accesskey="x" { (frame.say(say::RELEASE)) (key("x")) } }))
                }
                Hands::Another => {
                    p {
                        b { (say::STATE_ANOTHER.around(frame.language, &holder)) }
                        @if let Some(until) = detail.lease_until { " " span { (say::STILL_FOR.around(frame.language, &remaining(frame, until, page.now))) span.exact { (figures::exact(until, page.now, frame.language)) } } }
                    }
                }
                Hands::Closed => { p { b { (frame.say(say::STATE_CLOSED)) } " " (frame.say(say::STATE_CLOSED_MORE)) } }
            }
        }
    }
}

fn with_fence(page: &IncidentPage<'_>, post: Post, button: &Markup) -> Markup {
    html! {
        form method="post" action=(post.to(page.detail.id)) {
            (hidden("csrf", page.csrf))
            (hidden("fence", &page.detail.fence.to_string()))
            (button)
        }
    }
}

/// The words of a sign in the language of the page.
pub fn because(page: &IncidentPage<'_>, because: &crate::scoring::Because) -> String {
    match page.frame.language {
        Language::En => because.en.clone(),
        Language::Zh => because.zh.clone(),
        Language::ZhHant => traditional(&because.zh),
    }
}
