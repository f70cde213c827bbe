//! The rows that numbers are computed from, as the store counts them.

use super::loss::Taken;
use crate::time::Timestamp;

/// How long something took, over the cases of one group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spread {
    /// `taken`, `answered`, `hold-asked`, `closed`, `detected`.
    pub what: String,
    /// `all`, `lane`, `level`, `language`, `band`.
    pub by: String,
    pub name: String,
    pub number: i64,
    /// Milliseconds; half took no longer.
    pub median: i64,
    /// Milliseconds; nine of ten took no longer.
    pub ninth: i64,
}

/// What came, what was closed and what is open now, by group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turnover {
    pub by: String,
    pub name: String,
    pub arrived: i64,
    pub closed: i64,
    pub open: i64,
}

/// What came or was closed within one step of a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot {
    pub closed: bool,
    pub slot: i64,
    pub lane: i64,
    pub number: i64,
}

/// What people said, by lane, level and language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rated {
    pub lane: String,
    pub level: i64,
    pub language: String,
    pub given: i64,
    pub rated: i64,
    pub stars: i64,
    /// Yes, partly, no.
    pub solved: [i64; 3],
}

/// Last verdicts of a kind, or of a sign or source: how many, and how many of them false alarms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    pub name: String,
    /// The sign of that kind; empty for kinds and sources themselves.
    pub sign: String,
    pub confirmed: i64,
    pub false_alarm: i64,
    pub answered: i64,
    pub duplicate: i64,
}

/// A kind of trouble, counted in the window and in the one before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kind {
    /// Whether it is what staff found, or what the playbooks took it for.
    pub found: bool,
    pub name: String,
    pub now: i64,
    pub before: i64,
}

/// One deed of a member of staff over a window, or what they have in hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonTally {
    pub person: String,
    /// `taken`, `answered`, `closed`, `stars`, `in-hand`.
    pub what: String,
    pub number: i64,
    /// Milliseconds for deeds, the sum of stars for those.
    pub middle: i64,
}

/// How many of so many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    pub name: String,
    pub what: String,
    pub number: i64,
}

/// A promise that was not kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breach {
    pub incident: String,
    pub kind: String,
    /// `reply` or `resolution`.
    pub promise: String,
    pub level: i64,
    pub due: Timestamp,
    /// Nothing while it is still owed.
    pub done: Option<Timestamp>,
}

/// Everything that was counted for a window.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rows {
    pub turnover: Vec<Turnover>,
    pub slots: Vec<Slot>,
    pub spreads: Vec<Spread>,
    pub taken: Vec<Taken>,
    pub rated: Vec<Rated>,
    pub verdicts: Vec<Judged>,
    pub signs: Vec<Judged>,
    pub sources: Vec<Judged>,
    pub kinds: Vec<Kind>,
    pub people: Vec<PersonTally>,
    /// Promises by level: `reply` or `resolution` before a dash, then `met`, `missed` or `running`.
    pub targets: Vec<Counted>,
    /// The latest first.
    pub breaches: Vec<Breach>,
}
