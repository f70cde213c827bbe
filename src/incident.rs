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
