//! The figures of the desk: each chart with its table and a file of it.

mod canvas;
mod cells;
mod chart;

use maud::{Markup, html};

use super::actions;
use super::layout::{self, Person, Sheet};
use crate::numbers::{BY_PERSON, Cell, Table};
use crate::playbook::Set;
use crate::web::pages::layout::Frame;
use crate::web::pages::words::{inbox, numbers as say};

/// Windows that the page offers, in days.
const WINDOWS: [i64; 5] = [1, 7, 30, 90, 365];
/// Tables with more rows open on request.
const SHORT: usize = 12;
/// Bars of one chart.
const BARS: usize = 10;

/// What the page of figures shows.
#[derive(Clone, Copy)]
pub struct NumbersPage<'a> {
    pub frame: Frame<'a>,
    pub csrf: &'a str,
    pub me: &'a str,
    /// For titles of kinds in the language of the page.
    pub playbooks: &'a Set,
    pub tables: &'a [Table],
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
        div.figures { @for table in page.tables { (shown(page, table)) } }
    };
    let person = Some(Person { name: page.me, csrf: page.csrf });
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
                @for chart in charts(page, table) { (chart) }
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
        div.scroll tabindex="0" role="region" aria-label=(frame.say(say::table(table.name))) {
            table {
                thead { tr { @for (name, _) in table.columns { th scope="col" .figure[!cells::is_word(table, name)] { (frame.say(say::column(name))) } } } }
                tbody {
                    @for row in &table.rows {
                        tr { @for ((name, _), cell) in table.columns.iter().zip(row) { td .figure[!cells::is_word(table, name)] { (cells::cell(page, cell)) } } }
                    }
                }
            }
        }
    }
}

fn charts(page: &NumbersPage<'_>, table: &Table) -> Vec<Markup> {
    let frame = &page.frame;
    let title = frame.say(say::table(table.name));
    let column = |name: &str| {
        let place = table.columns.iter().position(|(column, _)| *column == name);
        let figures = table.rows.iter().map(|row| place.and_then(|place| row[place].number()).unwrap_or(0));
        figures.collect::<Vec<i64>>()
    };
    let drawn = match table.name {
        "steps" => {
            let labels: Vec<String> = table.rows.iter().map(|row| cells::step(&row[0], page.days)).collect();
            let (lower, upper) = (column("security"), column("routine"));
            let name = frame.say(say::ARRIVALS);
            let arrivals = chart::columns(&chart::Columns { name, labels: &labels, lower: &lower, upper: &upper });
            let name = frame.say(say::BACKLOG);
            let backlog = chart::trace(name, &labels, &column("backlog"));
            let legend = html! { span.key-one { (frame.say(say::word_of("security").unwrap_or(say::TITLE))) } " " span.key-two { (frame.say(say::word_of("routine").unwrap_or(say::TITLE))) } };
            return vec![pictured(frame.say(say::ARRIVALS), arrivals, &legend), pictured(name, backlog, &html! {})];
        }
        "kinds" | "causes" => {
            let rows = bars_of(page, table, &["now", "before"], |_| true);
            let legend = html! { span.key-one { (frame.say(say::column("now"))) } " " span.key-two { (frame.say(say::column("before"))) } };
            return vec![pictured(
                title,
                chart::bars(&chart::Bars { name: title, rows: &rows, figure: &|count| count.to_string() }),
                &legend,
            )];
        }
        "times" => {
            let mut pictures = Vec::new();
            for (what, name) in
                [("answered", say::REPLY_BY_LEVEL), ("taken", say::WAIT_BY_LEVEL), ("closed", say::RESOLVE_BY_LEVEL)]
            {
                let rows = bars_of(page, table, &["median_seconds", "nine_of_ten_seconds"], |row| {
                    row[0] == Cell::word(what) && row[1] == Cell::word("level")
                });
                let rows: Vec<_> = rows
                    .into_iter()
                    .map(|(label, median, ninth)| (label, median / 1_000, ninth.map(|ninth| ninth / 1_000)))
                    .collect();
                let name = frame.say(name);
                let figure = |seconds: i64| cells::seconds(frame, seconds);
                let legend = html! { span.key-one { (frame.say(say::column("median_seconds"))) } " " span.key-two { (frame.say(say::column("nine_of_ten_seconds"))) } };
                pictures.push(pictured(
                    name,
                    chart::bars(&chart::Bars { name, rows: &rows, figure: &figure }),
                    &legend,
                ));
            }
            return pictures;
        }
        "verdicts" | "signs" | "sources" => {
            let rows = bars_of(page, table, &["false_alarm_share"], |row| row.last() != Some(&Cell::Nothing));
            let figure = |thousandths: i64| format!("{} %", thousandths / 10);
            let name = frame.say(say::column("false_alarm_share"));
            chart::bars(&chart::Bars { name, rows: &rows, figure: &figure }).map(|picture| (name, picture))
        }
        "satisfaction" => {
            let rows = bars_of(page, table, &["stars"], |row| row.iter().any(|cell| matches!(cell, Cell::Stars(_))));
            let figure = |hundredths: i64| format!("{}.{}", hundredths / 100, hundredths % 100 / 10);
            let name = frame.say(say::column("stars"));
            chart::bars(&chart::Bars { name, rows: &rows, figure: &figure }).map(|picture| (name, picture))
        }
        "targets" => {
            let rows = bars_of(page, table, &["met_share"], |row| row.last() != Some(&Cell::Nothing));
            let figure = |thousandths: i64| format!("{} %", thousandths / 10);
            let name = frame.say(say::column("met_share"));
            chart::bars(&chart::Bars { name, rows: &rows, figure: &figure }).map(|picture| (name, picture))
        }
        _ => None,
    };
    drawn.map(|(name, picture)| pictured(name, Some(picture), &html! {})).into_iter().collect()
}

fn pictured(name: &str, picture: Option<Markup>, legend: &Markup) -> Markup {
    html! {
        @if let Some(picture) = picture { figure.drawn { figcaption { (name) " " (legend) } (picture) } }
    }
}

/// A row's words as its name, and the figures of one or two columns.
fn bars_of(
    page: &NumbersPage<'_>,
    table: &Table,
    columns: &[&str],
    wanted: impl Fn(&[Cell]) -> bool,
) -> Vec<(String, i64, Option<i64>)> {
    let place = |name: &str| table.columns.iter().position(|(column, _)| *column == name);
    let figure = |row: &[Cell], name: &str| place(name).and_then(|place| row[place].number()).unwrap_or(0);
    let rows = table.rows.iter().filter(|row| wanted(row)).take(BARS);
    rows.map(|row| {
        let words = cells::name(page, table, row);
        (words, figure(row, columns[0]), columns.get(1).map(|second| figure(row, second)))
    })
    .collect()
}
