//! Which pictures each table has. What cannot be drawn is left out; the table stands below in any case.

use maud::{Markup, html};

use super::{NumbersPage, cells, chart};
use crate::numbers::{Cell, Table};
use crate::web::pages::staff::figures;
use crate::web::pages::words::{Say, numbers as say};

/// Bars of one chart.
const BARS: usize = 10;
/// What times are shown by, each in a picture of its own.
const DIMENSIONS: [&str; 4] = ["lane", "level", "language", "band"];

/// A name, a figure, and the one to compare it with.
type Bar = (String, i64, Option<i64>);

/// The pictures of a table.
pub fn of(page: &NumbersPage<'_>, table: &Table) -> Vec<Markup> {
    let drawer = Drawer { page, table };
    match table.name {
        "loss" => drawer.loss(),
        "steps" => drawer.steps(),
        "turnover" => drawer.turnover(),
        "times" => drawer.times(),
        "kinds" | "causes" => {
            let title = page.frame.say(say::table(table.name));
            let rows = drawer.bars(&["now", "before"], |_| true);
            drawer.pictured(title, &rows, (&["now", "before"], &|count| count.to_string()))
        }
        "verdicts" | "signs" | "sources" => drawer.shares("false_alarm_share"),
        "targets" => drawer.shares("met_share"),
        "satisfaction" => {
            let rows = drawer.bars(&["stars"], |row| row.iter().any(|cell| matches!(cell, Cell::Stars(_))));
            let figure = |hundredths: i64| format!("{}.{}", hundredths / 100, hundredths % 100 / 10);
            drawer.pictured(page.frame.say(say::column("stars")), &rows, (&[], &figure))
        }
        "people" => drawer.people(),
        _ => Vec::new(),
    }
}

struct Drawer<'a> {
    page: &'a NumbersPage<'a>,
    table: &'a Table,
}

impl Drawer<'_> {
    fn place(&self, column: &str) -> Option<usize> {
        self.table.columns.iter().position(|(name, _)| *name == column)
    }

    fn figure(&self, row: &[Cell], column: &str) -> i64 {
        self.place(column).and_then(|place| row[place].number()).unwrap_or(0)
    }

    /// A row's words as its name, and the figures of one or two columns.
    fn bars(&self, columns: &[&str], wanted: impl Fn(&[Cell]) -> bool) -> Vec<Bar> {
        let rows = self.table.rows.iter().filter(|row| wanted(row)).take(BARS);
        rows.map(|row| {
            let words = cells::name(self.page, self.table, row);
            (words, self.figure(row, columns[0]), columns.get(1).map(|second| self.figure(row, second)))
        })
        .collect()
    }

    /// Bars under their name, with the two columns that they compare.
    fn pictured(&self, name: &str, rows: &[Bar], (columns, figure): (&[&str], &dyn Fn(i64) -> String)) -> Vec<Markup> {
        if rows.is_empty() {
            return Vec::new();
        }
        let said = |column: &str| self.page.frame.say(say::column(column));
        let legend =
            html! { @if let [one, two] = columns { span.key-one { (said(one)) } " " span.key-two { (said(two)) } } };
        let picture = chart::bars(&chart::Bars { name, rows, figure });
        picture.map(|picture| framed(name, &picture, &legend)).into_iter().collect()
    }

    fn shares(&self, column: &str) -> Vec<Markup> {
        let rows = self.bars(&[column], |row| row.last() != Some(&Cell::Nothing));
        let figure = |thousandths: i64| format!("{} %", thousandths / 10);
        self.pictured(self.page.frame.say(say::column(column)), &rows, (&[], &figure))
    }

    /// What help at once, the order of the queue and oldest first come to, one below the other.
    fn loss(&self) -> Vec<Markup> {
        let Some(row) = self.table.rows.first().filter(|row| self.figure(row, "cases") > 0) else { return Vec::new() };
        let columns = ["at_once_usd", "averted_usd", "oldest_first_usd"];
        let rows: Vec<Bar> = columns
            .into_iter()
            .map(|column| (self.page.frame.say(say::column(column)).to_owned(), self.figure(row, column), None))
            .collect();
        let figure = |cents: i64| figures::money(cents / 100 * 100);
        self.pictured(self.page.frame.say(say::table("loss")), &rows, (&[], &figure))
    }

    fn steps(&self) -> Vec<Markup> {
        let frame = &self.page.frame;
        let column = |name: &str| self.table.rows.iter().map(|row| self.figure(row, name)).collect::<Vec<i64>>();
        let labels: Vec<String> = self.table.rows.iter().map(|row| cells::step(&row[0], self.page.days)).collect();
        let (lower, upper) = (column("security"), column("routine"));
        let name = frame.say(say::ARRIVALS);
        let arrivals = chart::columns(&chart::Columns { name, labels: &labels, lower: &lower, upper: &upper });
        let legend =
            html! { span.key-one { (frame.say(say::W_SECURITY)) } " " span.key-two { (frame.say(say::W_ROUTINE)) } };
        let arrivals = arrivals.map(|picture| framed(name, &picture, &legend));
        let name = frame.say(say::BACKLOG);
        let backlog = chart::trace(name, &labels, &column("backlog"));
        let backlog = backlog.map(|picture| framed(name, &picture, &html! {}));
        arrivals.into_iter().chain(backlog).collect()
    }

    /// Arrived against closed, and what is open, by level and by value.
    fn turnover(&self) -> Vec<Markup> {
        let mut pictures = Vec::new();
        for (by, flow, open) in [
            ("level", say::FLOW_BY_LEVEL, say::OPEN_BY_LEVEL),
            ("language", say::FLOW_BY_LANGUAGE, say::OPEN_BY_LANGUAGE),
            ("band", say::FLOW_BY_BAND, say::OPEN_BY_BAND),
        ] {
            let of = |row: &[Cell]| row[0] == Cell::word(by);
            let count = |count: i64| count.to_string();
            let columns = ["arrived", "closed"];
            pictures.extend(self.pictured(self.page.frame.say(flow), &self.bars(&columns, of), (&columns, &count)));
            pictures.extend(self.pictured(self.page.frame.say(open), &self.bars(&["open"], of), (&[], &count)));
        }
        pictures
    }

    /// First every time of all cases, then wait, first reply and closing by lane, level, language and value.
    fn times(&self) -> Vec<Markup> {
        let all: Vec<Bar> = ["detected", "taken", "answered", "hold-asked", "closed"]
            .into_iter()
            .filter_map(|what| {
                let of = |row: &&Vec<Cell>| row[0] == Cell::word(what) && row[1] == Cell::word("all");
                let row = self.table.rows.iter().find(of)?;
                let name = self.page.frame.say(say::word_of(what)?);
                Some((
                    name.to_owned(),
                    self.seconds(row, "median_seconds"),
                    Some(self.seconds(row, "nine_of_ten_seconds")),
                ))
            })
            .collect();
        let mut pictures = self.timed(say::TIMES_OF_ALL, &all);
        for (what, names) in [
            ("answered", say::REPLY_BY),
            ("taken", say::WAIT_BY),
            ("closed", say::RESOLVE_BY),
            ("hold-asked", say::HOLD_BY),
        ] {
            for (by, name) in DIMENSIONS.into_iter().zip(names) {
                let of = |row: &&Vec<Cell>| row[0] == Cell::word(what) && row[1] == Cell::word(by);
                let rows: Vec<Bar> = self
                    .table
                    .rows
                    .iter()
                    .filter(of)
                    .take(BARS)
                    .map(|row| {
                        let name = cells::name(self.page, self.table, row);
                        (name, self.seconds(row, "median_seconds"), Some(self.seconds(row, "nine_of_ten_seconds")))
                    })
                    .collect();
                pictures.extend(self.timed(name, &rows));
            }
        }
        pictures
    }

    fn seconds(&self, row: &[Cell], column: &str) -> i64 {
        self.figure(row, column) / 1_000
    }

    fn timed(&self, name: Say, rows: &[Bar]) -> Vec<Markup> {
        let figure = |seconds: i64| cells::seconds(&self.page.frame, seconds);
        self.pictured(self.page.frame.say(name), rows, (&["median_seconds", "nine_of_ten_seconds"], &figure))
    }

    /// Load and reply speed of each person.
    fn people(&self) -> Vec<Markup> {
        let frame = &self.page.frame;
        let count = |count: i64| count.to_string();
        let load = self.bars(&["in_hand", "taken"], |_| true);
        let mut pictures = self.pictured(frame.say(say::LOAD_BY_PERSON), &load, (&["in_hand", "taken"], &count));
        let replied = self.bars(&["reply_median_seconds", "close_median_seconds"], |row| {
            self.figure(row, "replied") + self.figure(row, "closed") > 0
        });
        let replied: Vec<Bar> = replied
            .into_iter()
            .map(|(name, reply, close)| (name, reply / 1_000, close.map(|close| close / 1_000)))
            .collect();
        let figure = |seconds: i64| cells::seconds(frame, seconds);
        let columns = ["reply_median_seconds", "close_median_seconds"];
        pictures.extend(self.pictured(frame.say(say::SPEED_BY_PERSON), &replied, (&columns, &figure)));
        pictures
    }
}

fn framed(name: &str, picture: &Markup, legend: &Markup) -> Markup {
    html! { figure.drawn { figcaption { (name) " " (legend) } (picture) } }
}
