//! The list of every case: what narrows it with counts, named views, rows with their reasons, and deeds on many.

use maud::{Markup, html};

use super::actions;
use super::facets;
use super::figures::{self, danger, level, points};
use super::layout::{self, Person, Sheet, key};
use super::{undo, words as staff};
use crate::access::Permission;
use crate::playbook::Set;
use crate::respond::desk::{DeskList, DeskRow, Lens, New, Undoable};
use crate::respond::people::Names;
use crate::store::incidents::State;
use crate::time::{Span, Timestamp};
use crate::web::pages::layout::Frame;
use crate::web::pages::plan::hidden;
use crate::web::pages::words::{Say, desk as say, shift};

/// What the list shows.
#[derive(Clone, Copy)]
pub struct ListPage<'a> {
    pub frame: Frame<'a>,
    pub csrf: &'a str,
    /// Who is signed in.
    pub me: &'a str,
    pub names: &'a Names,
    pub now: Timestamp,
    pub playbooks: &'a Set,
    pub lens: &'a Lens,
    pub list: &'a DeskList,
    /// The cursor of the next page.
    pub next: Option<&'a str>,
    /// The newest case that the reader was shown.
    pub since: &'a str,
    /// What came since.
    pub new: New,
    /// Names and addresses.
    pub views: &'a [(String, String)],
    pub undo: Option<&'a Undoable>,
    /// What came of a deed on many: done, and left as they were.
    pub done: Option<(i64, i64)>,
    /// What came of taking something back.
    pub notice: Option<Say>,
}

/// The list.
pub fn list(page: &ListPage<'_>) -> Markup {
    let (frame, address) = (&page.frame, actions::list(page.lens));
    let body = html! {
        @if let Some(notice) = page.notice { p.notice role="status" { (frame.say(notice)) } }
        @if let Some((done, left)) = page.done {
            p.notice role="status" { (say::DONE.counted(frame.language, done)) @if left > 0 { " " (say::LEFT.counted(frame.language, left)) } }
        }
        (undo::bar(frame, (page.undo, page.now), (page.csrf, &address)))
        div.list-head {
            h1 { (frame.say(if page.lens.is_open() { say::LIST } else { say::LIST_NARROWED })) " " span.count { (page.list.counts.total) } }
            form.search method="get" action=(actions::LIST) role="search" {
                @for (name, value) in page.lens.fields() { @if name != "q" { (hidden(name, &value)) } }
                label.unseen for="q" { (frame.say(say::SEARCH)) }
                input #q type="search" name="q" value=(page.lens.search) maxlength="200" accesskey="/" placeholder=(frame.say(say::SEARCH_HINT)) autocomplete="off";
                button { (frame.say(say::SEARCH)) (key("/")) }
            }
        }
        (above(frame, (page.new, page.since), &address))
        div.sifted {
            (facets::facets(page, &address))
            section.found aria-label=(frame.say(say::LIST)) {
                @if page.list.rows.is_empty() { p.hint { (frame.say(say::NOTHING_FOUND)) } @if !page.lens.is_open() { p { a href=(actions::LIST) { (frame.say(say::SHOW_ALL)) } } } }
                @else { (rows(page, &address)) }
                @if page.list.cut { p.hint { (frame.say(say::CUT)) } }
                @if let Some(next) = page.next {
                    p.more { a.button href={ (address) (if address.contains('?') { "&" } else { "?" }) "after=" (next) } rel="next" accesskey="." { (frame.say(staff::MORE)) (key(".")) } }
                }
            }
        }
    };
    let sheet = Sheet { title: frame.say(say::LIST), person: Some(Person { name: page.me, csrf: page.csrf }) };
    layout::page(frame, &sheet, &body)
}

/// How many came since the page was shown; the rows stay where they are until the reader asks.
pub fn above(frame: &Frame<'_>, (new, since): (New, &str), address: &str) -> Markup {
    html! {
        div #above.above data-live data-since=(since) data-urgent=(new.urgent) aria-live="polite" {
            @if new.waiting > 0 {
                a.button href=(address) accesskey="u" { (say::NEW_ABOVE.counted(frame.language, new.waiting)) (key("u")) }
                @if new.urgent > 0 { " " b.mark-word { (say::NEW_URGENT.counted(frame.language, new.urgent)) } }
            }
        }
    }
}

fn rows(page: &ListPage<'_>, address: &str) -> Markup {
    let frame = &page.frame;
    html! {
        form.many method="post" action=(actions::BULK) {
            (hidden("csrf", page.csrf))
            (hidden("back", address))
            ol.rows { @for row in &page.list.rows { (line(page, row)) } }
            @if frame.may(Permission::ClaimIncident) { fieldset.deed {
                legend { (frame.say(say::WITH_CHOSEN)) }
                label.unseen for="what" { (frame.say(say::WHAT)) }
                select #what name="what" accesskey="b" {
                    option value="release" { (frame.say(say::DEED_RELEASE)) }
                    option value="note" { (frame.say(say::DEED_NOTE)) }
                    option value="close" { (frame.say(say::DEED_CLOSE)) }
                }
                label.unseen for="text" { (frame.say(say::DEED_WORDS)) }
                input #text type="text" name="text" maxlength="2000" autocomplete="off" placeholder=(frame.say(say::DEED_WORDS));
                button { (frame.say(say::PREVIEW)) (key("b")) }
            } }
        }
    }
}

fn line(page: &ListPage<'_>, row: &DeskRow) -> Markup {
    let frame = &page.frame;
    let start = Span::from_minutes(row.head_start_minutes);
    html! {
        li data-row data-state=(row.state) {
            @if frame.may(Permission::ClaimIncident) { label.pick { input type="checkbox" name="case" value=(row.id) aria-label={ (frame.say(say::CHOOSE_CASE)) " " (row.title) }; } } @else { span.pick {} }
            div.row-main {
                p.what {
                    (level(frame, row.level)) " "
                    a href=(actions::incident(row.id)) { (row.title) }
                    @if row.danger { " " (danger(frame)) }
                    @if row.asks_person { " " b.mark-word { (frame.say(staff::ASKS_PERSON)) } }
                }
                @if !row.reasons.is_empty() {
                    ul.because { @for reason in &row.reasons { li { (reason.says) " " b.points { (points(reason.points)) } } } }
                }
            }
            p.facts {
                @match row.state {
                    State::Open => span.stand { (frame.say(say::STAND_WAITING)) },
                    State::Held => span.stand { b { (frame.say(say::STAND_HELD)) } " " bdi { (page.names.call(row.holder.as_deref().unwrap_or_default())) } },
                    State::Closed => span.stand { (frame.say(say::STAND_CLOSED)) " " @if let Some(closed) = row.closed { (figures::moment(frame, closed, page.now)) } },
                }
                @if start > Span::ZERO { span.ahead { (staff::HEAD_START.around(frame.language, &html! { b { (figures::span(start, frame.language)) } })) } }
                span.chance { (staff::FITS.around(frame.language, &html! { b { (percent(row.confidence)) } })) }
                span.when { (figures::moment(frame, row.arrived, page.now)) }
                @if let Some(tier) = row.tier { span.tier { (frame.say(shift::TIERS)) ": " (frame.say(facets::tier_word(tier))) } }
                span.tongue { (staff::tongue(&row.language).map_or(row.language.as_str(), |name| frame.say(name))) }
            }
        }
    }
}

fn percent(parts: i64) -> String {
    format!("{} %", (parts / 10_000).clamp(1, 99))
}
