//! The figures of the desk, computed from counted rows: tables that pages, programs and CSV show alike.
//!
//! What is counted where is `store`'s matter; here are the arithmetic, the comparison with what would have been lost, and
//! the form of a table.

mod csv;
mod loss;
mod measure;
mod rows;
mod series;
mod table;
mod tables;

pub use csv::csv;
pub use loss::{Averted, Taken, averted};
pub use measure::{Band, Measure, measure};
pub use rows::{Breach, Counted, Judged, Kind, PersonTally, Rated, Rows, Slot, Spread, Turnover};
pub use series::{Day, Steps, days};
pub use table::{Cell, Row, Table, Unit};
pub use tables::{BY_PERSON, NAMES, tables};
