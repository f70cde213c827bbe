//! What a case asks of staff: whether its last word waits for an answer, whether it asks for a person, when it rests.
//!
//! A routine request that is solved or silent closes itself; a security incident never does, whatever is said in it. Pure:
//! the flow hands in the moment and keeps what comes out.

#[cfg(test)]
mod tests;

use std::fmt;
use std::str::FromStr;

use crate::playbook::Class;
use crate::time::{Span, Timestamp};

/// Why a case closed itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rest {
    /// The person said that it is solved.
    Solved,
    /// Nobody said a word for as long as the policy waits.
    Silent,
}

impl fmt::Display for Rest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Solved => "solved",
            Self::Silent => "silent",
        })
    }
}

/// The text is neither `solved` nor `silent`.
#[derive(Debug)]
pub struct NotARest;

impl FromStr for Rest {
    type Err = NotARest;

    fn from_str(text: &str) -> Result<Self, NotARest> {
        match text {
            "solved" => Ok(Self::Solved),
            "silent" => Ok(Self::Silent),
            _ => Err(NotARest),
        }
    }
}

/// What a case asks, as it is kept beside its incident.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Attention {
    /// The last message is the person's: they wait for us, so silence is ours.
    pub unanswered: bool,
    /// Since when the person asks for a person; then only people close it.
    pub asks_person: Option<Timestamp>,
    /// When the person said that it is solved.
    pub solved: Option<Timestamp>,
    /// The moment from which it may close itself, if it may.
    pub due: Option<Timestamp>,
    /// Set while it is closed and nobody of the staff closed it.
    pub rested: Option<Rest>,
}

/// A word or deed that bears on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stir {
    /// The person answered a question or ticked a step.
    PersonActs,
    PersonWrites,
    PersonAsksForAPerson,
    PersonSaysSolved,
    StaffWrite,
    /// Staff closed it.
    StaffClose,
    StaffReopen,
}

/// Where the incident stands while it is asked whether it may rest.
#[derive(Debug, Clone, Copy)]
pub struct Stand {
    /// The highest class it ever reached.
    pub class: Class,
    /// Words of danger to life were seen once.
    pub danger: bool,
    /// It waits in the queue: neither in somebody's hands nor closed.
    pub waits: bool,
}

impl Attention {
    /// A new report: it was answered with steps in the same breath.
    pub fn new(now: Timestamp, asks_person: bool, silence: Span) -> Self {
        Self { asks_person: asks_person.then_some(now), ..Self::default() }.ripen(now, silence)
    }

    /// After a word or deed.
    #[must_use]
    pub fn stirred(self, stir: Stir, (now, silence): (Timestamp, Span)) -> Self {
        let awake = Self { solved: None, rested: None, ..self };
        match stir {
            // Opening again is no answer, nor is closing: whoever waited for one waits still.
            Stir::PersonActs | Stir::StaffReopen => awake,
            Stir::PersonWrites => Self { unanswered: true, ..awake },
            Stir::PersonAsksForAPerson => Self { asks_person: self.asks_person.or(Some(now)), ..awake },
            Stir::PersonSaysSolved => {
                // Their own word goes before what they asked for earlier.
                Self { solved: Some(now), asks_person: None, unanswered: false, ..awake }
            }
            Stir::StaffWrite => Self { unanswered: false, ..awake },
            Stir::StaffClose => return Self { due: None, ..awake },
        }
        .ripen(now, silence)
    }

    fn ripen(self, now: Timestamp, silence: Span) -> Self {
        let due = match (self.solved, self.unanswered, self.asks_person) {
            (Some(at), _, _) => Some(at),
            (None, false, None) => Some(now.plus(silence)),
            (None, true, _) | (None, _, Some(_)) => None,
        };
        Self { due, ..self }
    }

    /// Whether the case closes itself now, and why.
    pub fn rests(&self, now: Timestamp, stand: Stand) -> Option<Rest> {
        let may = stand.class == Class::Routine && !stand.danger && stand.waits && self.rested.is_none();
        if !may || self.due.is_none_or(|due| due > now) {
            return None;
        }
        match (self.solved, self.unanswered, self.asks_person) {
            (Some(_), _, _) => Some(Rest::Solved),
            (None, false, None) => Some(Rest::Silent),
            (None, true, _) | (None, _, Some(_)) => None,
        }
    }

    /// After it closed itself.
    #[must_use]
    pub fn at_rest(self, why: Rest) -> Self {
        Self { rested: Some(why), due: None, ..self }
    }
}
