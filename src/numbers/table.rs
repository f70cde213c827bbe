//! A table of figures: named columns with units, rows of cells. Pages, programs and CSV read the same one.

use crate::time::{Span, Timestamp};

/// What a column's figures are; the names that programs read end with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    Word,
    Moment,
    Count,
    /// Whole seconds for programs.
    Span,
    /// United States dollars.
    Money,
    /// Thousandths.
    Share,
    /// Hundredths of a star, 1 to 5.
    Stars,
}

/// One figure. Nothing where there is none to tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    Nothing,
    Word(String),
    Moment(Timestamp),
    Count(i64),
    Span(Span),
    Cents(i64),
    /// Thousandths.
    Share(i64),
    /// Hundredths.
    Stars(i64),
}

pub type Row = Vec<Cell>;

/// A table with its name, the names and units of its columns, and its rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    pub name: &'static str,
    pub columns: &'static [(&'static str, Unit)],
    pub rows: Vec<Row>,
}

impl Cell {
    pub fn word(text: &str) -> Self {
        Self::Word(text.to_owned())
    }

    /// The share of a part in a whole, rounded to thousandths; nothing of nothing.
    pub fn share(part: i64, whole: i64) -> Self {
        if whole <= 0 { Self::Nothing } else { Self::Share((part.saturating_mul(1_000) + whole / 2) / whole) }
    }

    /// The mean of so many stars.
    pub fn stars(sum: i64, rated: i64) -> Self {
        if rated <= 0 { Self::Nothing } else { Self::Stars((sum.saturating_mul(100) + rated / 2) / rated) }
    }

    pub fn span(millis: Option<i64>) -> Self {
        millis.map_or(Self::Nothing, |millis| Self::Span(Span::from_millis(millis)))
    }

    /// As programs read it, in plain digits.
    pub fn text(&self) -> String {
        let decimal = |number: i64, places: u32| {
            let unit = 10i64.pow(places);
            let sign = if number < 0 { "-" } else { "" };
            let (whole, rest) =
                (number.unsigned_abs() / unit.unsigned_abs(), number.unsigned_abs() % unit.unsigned_abs());
            let width = usize::try_from(places).unwrap_or(0);
            format!("{sign}{whole}.{rest:0width$}")
        };
        match self {
            Self::Nothing => String::new(),
            Self::Word(text) => text.clone(),
            Self::Moment(at) => at.to_string(),
            Self::Count(count) => count.to_string(),
            Self::Span(span) => (span.millis() / 1_000).to_string(),
            Self::Cents(cents) => decimal(*cents, 2),
            Self::Share(thousandths) => decimal(*thousandths, 3),
            Self::Stars(hundredths) => decimal(*hundredths, 2),
        }
    }

    /// As a figure to draw, nothing where there is none.
    pub fn number(&self) -> Option<i64> {
        match self {
            Self::Nothing | Self::Word(_) | Self::Moment(_) => None,
            Self::Count(number) | Self::Cents(number) | Self::Share(number) | Self::Stars(number) => Some(*number),
            Self::Span(span) => Some(span.millis()),
        }
    }
}

impl Table {
    /// The rows as programs read them: objects of strings and numbers; money stays a string.
    pub fn json(&self) -> serde_json::Value {
        let object = |row: &Row| {
            let members = self.columns.iter().zip(row).map(|((name, _), cell)| ((*name).to_owned(), value(cell)));
            serde_json::Value::Object(members.collect())
        };
        self.rows.iter().map(object).collect()
    }
}

fn value(cell: &Cell) -> serde_json::Value {
    match cell {
        Cell::Nothing => serde_json::Value::Null,
        Cell::Word(_) | Cell::Moment(_) | Cell::Cents(_) => cell.text().into(),
        Cell::Count(_) | Cell::Span(_) | Cell::Share(_) | Cell::Stars(_) => {
            cell.text().parse::<serde_json::Number>().map_or(serde_json::Value::Null, serde_json::Value::Number)
        }
    }
}
