//! A figure as a person reads it, and words in the language of the page.

use maud::{Markup, html};

use super::NumbersPage;
use crate::numbers::{Cell, Table, Unit};
use crate::time::Span;
use crate::web::pages::layout::Frame;
use crate::web::pages::staff::{actions, figures};
use crate::web::pages::words::numbers as say;

/// Whether a column holds words, which stand at its beginning.
pub fn is_word(table: &Table, column: &str) -> bool {
    table.columns.iter().any(|(name, unit)| *name == column && matches!(unit, Unit::Word | Unit::Moment))
}

/// One cell of a table. The id of a case leads to it.
pub fn cell(page: &NumbersPage<'_>, (column, cell): (&str, &Cell)) -> Markup {
    match cell {
        Cell::Word(id) if column == "incident" => html! {
            @if let Ok(incident) = id.parse() { a href=(actions::incident(incident)) { (id.get(28..).unwrap_or(id)) } }
            @else { bdi { (id) } }
        },
        Cell::Word(key) if column == "person" => html! { bdi { (page.names.call(key)) } },
        Cell::Word(word) => html! { bdi { (word_of(page, word)) } },
        other => plain(&page.frame, other),
    }
}

/// A figure; words as they are.
pub fn plain(frame: &Frame<'_>, cell: &Cell) -> Markup {
    html! {
        @match cell {
            Cell::Nothing => "–",
            Cell::Word(word) => bdi { (word) },
            Cell::Moment(at) => time datetime=(at) { (day(&at.to_string())) },
            Cell::Count(count) => (count),
            Cell::Span(span) => (figures::span(*span, frame.language)),
            Cell::Cents(cents) => (figures::money(cents / 100 * 100)),
            Cell::Share(thousandths) => (figures::thousandths(u16::try_from(*thousandths).unwrap_or(1_000))),
            Cell::Stars(_) => (cell.text()),
        }
    }
}

/// The minute of an RFC 3339 moment, in UTC.
fn day(moment: &str) -> String {
    moment.get(..16).unwrap_or(moment).replace('T', " ")
}

/// A step of a window at the axis: the hour within two days, else the day.
pub fn step(cell: &Cell, days: i64) -> String {
    let Cell::Moment(at) = cell else { return String::new() };
    let text = at.to_string();
    if days <= 2 {
        return text.get(11..16).unwrap_or_default().to_owned();
    }
    text.get(5..10).unwrap_or_default().to_owned()
}

pub fn seconds(frame: &Frame<'_>, seconds: i64) -> String {
    figures::span(Span::from_seconds(seconds), frame.language)
}

/// The words of a row, as the name of its bar.
pub fn name(page: &NumbersPage<'_>, table: &Table, row: &[Cell]) -> String {
    let level_of = |cell: &Cell| cell.number().map(|level| level_word(page, &level.to_string()));
    let words = table.columns.iter().zip(row).filter_map(|((column, unit), cell)| match (cell, unit) {
        (Cell::Word(_), _) if *column == "what" || *column == "by" => None,
        (Cell::Word(word), _) if *column == "name" && table.name == "times" => Some(level_word(page, word)),
        (Cell::Word(word), _) if *column == "level" => Some(level_word(page, word)),
        (Cell::Word(key), _) if *column == "person" => Some(page.names.call(key).to_owned()),
        (Cell::Word(word), _) => Some(word_of(page, word)),
        (_, Unit::Count) if *column == "level" => level_of(cell),
        _ => None,
    });
    words.collect::<Vec<_>>().join(" · ")
}

fn level_word(page: &NumbersPage<'_>, level: &str) -> String {
    match level.parse::<i64>() {
        Ok(number) => format!("{number} {}", page.frame.say(crate::web::pages::staff::words::level(number))),
        Err(_) => word_of(page, level),
    }
}

/// A word of ours, a kind's title, a language's name, or the word itself.
fn word_of(page: &NumbersPage<'_>, word: &str) -> String {
    if let Some(said) = say::word_of(word) {
        return page.frame.say(said).to_owned();
    }
    if let Some(tongue) = crate::web::pages::staff::words::tongue(word) {
        return page.frame.say(tongue).to_owned();
    }
    page.playbooks.kind(word).map_or_else(|| word.to_owned(), |kind| kind.title.get(page.frame.language).to_owned())
}
