//! Incidents: how new evidence changes what is stored of one. Automatic changes only raise; only a person lowers.

use crate::playbook::Class;
use crate::scoring::Assessment;
use crate::time::Span;

/// What the queue and the alarms go by; the highest that was ever reached (DESIGN §9.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    pub class: Class,
    /// 1 is the worst.
    pub level: u8,
    pub head_start: Span,
    /// Words of danger to life were seen once.
    pub danger: bool,
}

impl Standing {
    /// The standing of a fresh assessment.
    pub fn of(assessment: &Assessment) -> Self {
        Self {
            class: assessment.class,
            level: assessment.level,
            head_start: assessment.head_start,
            danger: assessment.situation.danger.is_some(),
        }
    }

    /// The standing after new evidence: each part moves up or stays. What a thief inside the account says ("false alarm")
    /// lowers the odds, and nothing here.
    #[must_use]
    pub fn raised_by(self, assessment: &Assessment) -> Self {
        let new = Self::of(assessment);
        if self.class == Class::Routine && new.class == Class::Security {
            // What a routine request was worth says nothing of the incident it turned into.
            return Self { danger: self.danger || new.danger, ..new };
        }
        if self.class == Class::Security && new.class == Class::Routine {
            return self;
        }
        Self {
            class: self.class,
            level: self.level.min(new.level),
            head_start: self.head_start.max(new.head_start),
            danger: self.danger || new.danger,
        }
    }
}

/// A person's word on where an incident stands. It holds until something worse is seen than what was computed then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ruling {
    /// The kind that the person said it is.
    pub kind: Option<String>,
    /// What was computed when they said so.
    pub class: Class,
    pub level: u8,
    pub danger: bool,
    /// The level that the person raised it to, above what was computed: a floor, and new evidence still adds to it.
    pub raised: Option<u8>,
}

impl Ruling {
    /// Whether an assessment sees nothing worse than what the person knew.
    pub fn covers(&self, assessment: &Assessment) -> bool {
        let new = Standing::of(assessment);
        let worse = (self.class == Class::Routine && new.class == Class::Security)
            || new.level < self.level
            || (new.danger && !self.danger);
        !worse
    }
}

impl Standing {
    /// The lowest there is: what a person's correction is judged from afresh.
    pub const LOWEST: Self = Self { class: Class::Routine, level: 5, head_start: Span::ZERO, danger: false };

    /// The standing after new evidence, where a person may have ruled.
    #[must_use]
    pub fn after(self, ruling: Option<&Ruling>, assessment: &Assessment) -> Self {
        if ruling.is_some_and(|ruling| ruling.raised.is_none() && ruling.covers(assessment)) {
            self
        } else {
            self.raised_by(assessment)
        }
    }
}

/// What staff found; closes the incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It was an incident of the kind named.
    Confirmed,
    /// It was something else that is not an incident.
    FalseAlarm,
    /// A question that was answered.
    Answered,
    /// The same case as another one.
    Duplicate,
}

impl Verdict {
    /// The word kept in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::FalseAlarm => "false-alarm",
            Self::Answered => "answered",
            Self::Duplicate => "duplicate",
        }
    }
}

/// The text is not a verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("one of confirmed, false-alarm, answered, duplicate")]
pub struct NotAVerdict;

impl std::str::FromStr for Verdict {
    type Err = NotAVerdict;

    fn from_str(text: &str) -> Result<Self, NotAVerdict> {
        [Self::Confirmed, Self::FalseAlarm, Self::Answered, Self::Duplicate]
            .into_iter()
            .find(|verdict| verdict.as_str() == text)
            .ok_or(NotAVerdict)
    }
}
