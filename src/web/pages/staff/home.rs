//! The console's first page: the next case with one button, the cases in hand, then the queue.

use maud::{Markup, html};

use super::actions::{self, Post};
use super::alarms;
use super::figures::{self, danger, level, points};
use super::layout::{self, Person, Sheet, key};
use super::{elsewhere, letters, list, outline, promised, review, sources, undo, words as say};
use crate::access::Permission;
use crate::playbook::{Class, Set};
use crate::respond::desk::{New, Outline, Reason, Undoable};
use crate::respond::orders::Standing;
use crate::respond::people::Names;
use crate::respond::{Alarm, Pressing, QueueRow};
use crate::store::promises::Owed;
use crate::text::Language;
use crate::time::{Span, Timestamp};
use crate::web::pages::layout::Frame;
use crate::web::pages::plan::hidden;
use crate::web::pages::words::{desk, shift};

/// Counting stops here.
const COUNTED: i64 = 1_000;

/// What the console's first page shows.
#[derive(Clone, Copy)]
pub struct HomePage<'a> {
    pub frame: Frame<'a>,
    pub csrf: &'a str,
    /// Who is signed in.
    pub me: &'a str,
    pub now: Timestamp,
    /// For titles in the language of the page.
    pub playbooks: &'a Set,
    pub notice: Option<Notice>,
    /// What the house raised; for those who may read the trail.
    pub alarms: &'a [Alarm],
    /// Alarms that ring and that nobody has seen.
    pub unseen: usize,
    /// What one person alone or the house ordered and nobody else looked at, and whether the house has stopped.
    pub review: Standing,
    /// How many orders wait for a second person.
    pub proposed: usize,
    /// The most urgent that waits.
    pub next: Option<&'a QueueRow>,
    /// What it was promised.
    pub promised: Option<&'a Owed>,
    /// What to do first there and what happened last, for whoever may read it.
    pub outline: Option<&'a Outline>,
    pub held: &'a [HeldCase],
    pub counts: Counts,
    pub names: &'a Names,
    /// What asks for attention.
    pub pressing: &'a Pressing,
    /// The lane that is shown alone.
    pub lane: Option<Class>,
    /// The sources that have gone silent, for whoever may look at sources.
    pub silent: Option<&'a [String]>,
    /// A page of the queue, in its order.
    pub rows: &'a [QueueRow],
    /// The cursor of the page after this one.
    pub more: Option<&'a str>,
    /// Why the next one is next.
    pub reasons: &'a [Reason],
    /// The newest case that the reader was shown.
    pub since: &'a str,
    /// What came since.
    pub new: New,
    pub undo: Option<&'a Undoable>,
}

/// A case in the reader's hands.
#[derive(Clone)]
pub struct HeldCase {
    pub row: QueueRow,
    pub lease_until: Timestamp,
    pub fence: i64,
}

/// Open incidents by lane, counted to 1,000.
#[derive(Debug, Clone, Copy)]
pub struct Counts {
    pub security: i64,
    pub routine: i64,
}

/// What came of the action before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notice {
    /// Nothing was there to claim.
    Empty,
    Released,
    Closed,
    /// As many in hand as the desk allows.
    Full,
    /// Too late to take something back.
    Late,
    /// Something was taken back.
    Undone,
}

/// The console's first page.
pub fn home(page: &HomePage<'_>) -> Markup {
    let frame = &page.frame;
    let body = html! {
        @if let Some(notice) = page.notice { p.notice role="status" { (frame.say(say::notice(notice))) } }
        (super::shift::pressing(frame, page.pressing, (page.playbooks, page.names, page.now)))
        @if let Some(silent) = page.silent { (sources::alarm(frame, silent)) }
        (letters::line(frame, page.unseen))
        (review::proposed_line(frame, page.proposed))
        (review::line(frame, page.review, page.now))
        (alarms::alarms(frame, page.alarms))
        (undo::bar(frame, (page.undo, page.now), (page.csrf, actions::HOME)))
        (list::above(frame, (page.new, page.since), actions::HOME))
        div.start-here {
            section.next #next-case aria-labelledby="next" { (next(page)) }
            @if !page.held.is_empty() {
                section.held aria-labelledby="held" {
                    h2 #held { (frame.say(say::HELD)) }
                    ul { @for case in page.held { (held(page, case)) } }
                }
            }
        }
        section.waiting aria-labelledby="waiting" { (waiting(page)) }
        @if frame.may(Permission::WorkIncident) { p { a.button href=(actions::NEW) accesskey="t" { (frame.say(desk::NEW)) (layout::key("t")) } } }
        (elsewhere::doors(frame))
        p.hint.keys-hint.scripted { (frame.say(say::KEYS_PRESS)) }
        noscript { p.hint.keys-hint { (frame.say(say::KEYS)) } }
    };
    layout::page(
        frame,
        &Sheet { title: frame.say(say::QUEUE), person: Some(Person { name: page.me, csrf: page.csrf }) },
        &body,
    )
}

fn next(page: &HomePage<'_>) -> Markup {
    let frame = &page.frame;
    html! {
        h1 #next { (frame.say(say::NEXT)) }
        @if let Some(row) = page.next {
            p.marks-line { (level(frame, row.level)) @if row.danger { " " (danger(frame)) } }
            p.what { a href=(actions::incident(row.id)) { (title(page, row)) } }
            @if !page.reasons.is_empty() {
                h2 { (frame.say(desk::WHY_NEXT)) }
                ol.because { @for reason in page.reasons { li { (reason.says) " " b.points { (points(reason.points)) } } } }
            }
            p.facts { (promised::deadline(frame, page.promised, (row.arrived, page.now))) (facts(page, row)) }
            @if frame.may(Permission::ClaimIncident) {
                form.take method="post" action=(actions::CLAIM_NEXT) {
                    (hidden("csrf", page.csrf))
                    button.strong accesskey="n" aria-describedby="take-hint" { (frame.say(say::TAKE_NEXT)) (key("n")) }
                    p.hint #take-hint { (frame.say(say::TAKE_HINT)) }
                }
            }
            @if let Some(seen) = page.outline { (outline::outline(page, row.id, seen)) }
        } @else {
            p.what { (frame.say(say::NOTHING_WAITS)) }
            p.hint { (frame.say(say::NOTHING_MORE)) }
        }
    }
}

fn held(page: &HomePage<'_>, case: &HeldCase) -> Markup {
    let frame = &page.frame;
    html! {
        li {
            p.marks-line { (level(frame, case.row.level)) @if case.row.danger { " " (danger(frame)) } @if case.row.practice { " " b.mark-word { (frame.say(shift::PRACTICE)) } } }
            p.what { a href=(actions::incident(case.row.id)) { (title(page, &case.row)) } }
            p.facts { span { (lease(frame, case.lease_until, page.now)) } }
            form method="post" action=(Post::Release.to(case.row.id)) {
                (hidden("csrf", page.csrf))
                (hidden("fence", &case.fence.to_string()))
                button { (frame.say(say::RELEASE)) }
            }
        }
    }
}

/// Until when a claim holds; nobody should find out by losing it.
pub fn lease(frame: &Frame<'_>, until: Timestamp, now: Timestamp) -> Markup {
    html! {
        @if until > now { (say::YOURS_FOR.around(frame.language, &remaining(frame, until, now))) span.exact { (figures::exact(until, now, frame.language)) } }
        @else { (frame.say(say::LEASE_OVER)) }
    }
}

/// How long a claim still holds.
pub fn remaining(frame: &Frame<'_>, until: Timestamp, now: Timestamp) -> Markup {
    html! { time datetime=(until) { (figures::span(until.since(now), frame.language)) } }
}

fn waiting(page: &HomePage<'_>) -> Markup {
    let frame = &page.frame;
    let lanes = [
        (None, say::ALL_LANES, None),
        (Some(Class::Security), say::SECURITY, Some(page.counts.security)),
        (Some(Class::Routine), say::ROUTINE, Some(page.counts.routine)),
    ];
    html! {
        div.list-head {
            h2 #waiting { (frame.say(say::WAITING)) }
            nav.lanes aria-label=(frame.say(say::LANES)) {
                @for (lane, name, count) in lanes {
                    a href=(lane.map_or_else(|| actions::HOME.to_owned(), actions::lane)) aria-current=[(lane == page.lane).then_some("page")] {
                        (frame.say(name))
                        @if let Some(count) = count { " " b { (counted(count)) } }
                    }
                }
            }
            p.as-of { (say::AS_OF.around(frame.language, &html! { (figures::exact(page.now, page.now, frame.language)) })) " " a href="" accesskey="u" { (frame.say(say::REFRESH)) (key("u")) } }
        }
        @if page.rows.is_empty() { p.hint { (frame.say(say::NOTHING_WAITS)) } }
        @for lane in page.rows.chunk_by(|one, other| one.lane == other.lane) {
            @if let Some(first) = lane.first() { h3.lane { (frame.say(say::lane(first.lane))) } }
            ol.queue { @for row in lane { (line(page, row)) } }
        }
        @if let Some(cursor) = page.more {
            p.more { a.button href={ (actions::HOME) "?" @if let Some(lane) = page.lane { "lane=" (lane.as_str()) "&" } "after=" (cursor) } rel="next" { (frame.say(say::MORE)) } }
        }
    }
}

fn line(page: &HomePage<'_>, row: &QueueRow) -> Markup {
    let frame = &page.frame;
    html! {
        li {
            (level(frame, row.level))
            span.what { a href=(actions::incident(row.id)) { (title(page, row)) } @if row.danger { " " (danger(frame)) } @if row.asks_person { " " b.mark-word { (frame.say(say::ASKS_PERSON)) } } }
            (facts(page, row))
        }
    }
}

fn facts(page: &HomePage<'_>, row: &QueueRow) -> Markup {
    let frame = &page.frame;
    let start = Span::from_minutes(row.head_start_minutes);
    html! {
        span.ahead {
            @if start > Span::ZERO { (say::HEAD_START.around(frame.language, &html! { b { (figures::span(start, frame.language)) } })) }
            @else { (frame.say(say::NO_HEAD_START)) }
        }
        span.chance { (say::FITS.around(frame.language, &html! { b { (percent(row.confidence)) } })) }
        span.when { (figures::moment(frame, row.arrived, page.now)) }
        span.tongue { (say::tongue(&row.language).map_or(row.language.as_str(), |name| frame.say(name))) }
    }
}

/// The title in the language of the page; a row carries only the English one.
fn title<'a>(page: &HomePage<'a>, row: &'a QueueRow) -> &'a str {
    match page.frame.language {
        Language::En => &row.title,
        language @ (Language::Zh | Language::ZhHant) => {
            page.playbooks.kind(&row.kind).map_or(row.title.as_str(), |kind| kind.title.get(language))
        }
    }
}

fn percent(share: f64) -> String {
    format!("{:.0} %", (share * 100.0).clamp(1.0, 99.0))
}

fn counted(count: i64) -> String {
    if count >= COUNTED { "1,000+".to_owned() } else { count.to_string() }
}
