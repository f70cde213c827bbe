//! The figures of the desk: each chart with its table and a file of it.

mod canvas;
mod cells;
mod chart;
mod charts;

use maud::{Markup, html};

use super::actions;
use super::layout::{self, Person, Sheet};
use crate::numbers::{BY_PERSON, Table};
use crate::playbook::Set;
use crate::respond::people::Names;
use crate::time::Timestamp;
use crate::web::pages::layout::Frame;
use crate::web::pages::words::{inbox, moment, numbers as say};

/// Windows that the page offers, in days.
const WINDOWS: [i64; 5] = [1, 7, 30, 90, 365];
/// Tables with more rows open on request.
const SHORT: usize = 12;

/// What the page of figures shows.
#[derive(Clone, Copy)]
pub struct NumbersPage<'a> {
    pub frame: Frame<'a>,
    pub csrf: &'a str,
    /// What the reader is called.
    pub shown: &'a str,
    pub names: &'a Names,
    /// For titles of kinds in the language of the page.
    pub playbooks: &'a Set,
    pub tables: &'a [Table],
    /// Since when they stand, where they are not of this moment.
    pub since: Option<Timestamp>,
    pub days: i64,
    /// Whether the table of people names everybody, or the reader alone.
    pub everybody: bool,
}

/// The page of figures.
pub fn numbers(page: &NumbersPage<'_>) -> Markup {
    let frame = &page.frame;
    let body = html! {
        h1 { (frame.say(say::TITLE)) }
        nav.lanes aria-label=(frame.say(say::WINDOW)) {
            @for days in WINDOWS {
                a href={ (actions::NUMBERS) "?days=" (days) } aria-current=[(days == page.days).then_some("page")] { (say::DAYS.counted(frame.language, days)) }
            }
        }
        p.hint { (frame.say(say::PRACTICE_NEVER)) }
        @if let Some(since) = page.since { p.hint { (say::KEPT.around(frame.language, &moment(since, frame.language))) } }
        div.figures { @for table in page.tables { (shown(page, table)) } }
    };
    let person = Some(Person { name: page.shown, csrf: page.csrf });
    layout::page(frame, &Sheet { title: frame.say(say::TITLE), person }, &body)
}

fn shown(page: &NumbersPage<'_>, table: &Table) -> Markup {
    let frame = &page.frame;
    html! {
        section id=(table.name) aria-labelledby={ (table.name) "-title" } {
            h2 id={ (table.name) "-title" } { (frame.say(say::table(table.name))) }
            @if let Some(hint) = say::hint(table.name) { p.hint { (frame.say(hint)) } }
            @if table.name == BY_PERSON && !page.everybody { p.hint { (frame.say(say::ONLY_YOURS)) } }
            @if table.name == "loss" { (headline(page, table)) }
            @if table.rows.is_empty() { p { (frame.say(say::NOTHING)) } }
            @else {
                div.pictures { @for chart in charts::of(page, table) { (chart) } }
                @if table.rows.len() > SHORT {
                    details { summary { (frame.say(say::SHOW_TABLE)) " " span.count { (table.rows.len()) } } (grid(page, table)) }
                } @else { (grid(page, table)) }
            }
            @if table.name == "satisfaction" { p.file { a href=(actions::INBOX) { (frame.say(inbox::LINK)) } } }
            p.file { a href={ (actions::NUMBERS_CSV) "?table=" (table.name) "&days=" (page.days) } { (frame.say(say::CSV)) } }
        }
    }
}

fn headline(page: &NumbersPage<'_>, table: &Table) -> Markup {
    let frame = &page.frame;
    let figure = |column: &str| {
        let place = table.columns.iter().position(|(name, _)| *name == column)?;
        table.rows.first()?.get(place)
    };
    html! {
        @if let Some(gained) = figure("gained_usd") { p.headline { b { (cells::plain(frame, gained)) } } }
        p { (frame.say(say::COUNTERFACTUAL)) }
    }
}

fn grid(page: &NumbersPage<'_>, table: &Table) -> Markup {
    let frame = &page.frame;
    html! {
        div.scroll tabindex="0" role="group" aria-label=(frame.say(say::table(table.name))) {
            table {
                thead { tr { @for (name, _) in table.columns { th scope="col" .figure[!cells::is_word(table, name)] { (frame.say(say::column(name))) } } } }
                tbody {
                    @for row in &table.rows {
                        tr { @for ((name, _), cell) in table.columns.iter().zip(row) { td .figure[!cells::is_word(table, name)] { (cells::cell(page, (name, cell))) } } }
                    }
                }
            }
        }
    }
}
