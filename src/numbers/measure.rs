//! What was at stake in one incident, kept beside it so that numbers need not open anything sealed.

use crate::playbook::{Kind, Remaining};
use crate::scoring::{Assessment, exact};
use crate::time::Span;

/// What may still be there, in the policy's bands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Band {
    None,
    Small,
    Medium,
    Large,
    /// Nobody said how much.
    Unknown,
}

impl Band {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Small => "small",
            Self::Medium => "medium",
            Self::Large => "large",
            Self::Unknown => "unknown",
        }
    }
}

/// The stakes of an incident by its last assessment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measure {
    pub band: Band,
    /// Cents that are gone if nobody ever acts; never more than there is.
    pub stake_cents: i64,
    /// After this, half of it is gone.
    pub half_life: Span,
    /// Thousandths of what is left that help saves.
    pub help_works: i64,
}

/// The stakes that an assessment speaks of; `delay` is the one that its loss was reckoned for.
pub fn measure(assessment: &Assessment, lead: &Kind, delay: Span) -> Measure {
    let half_life = Span::from_millis(lead.stakes.half_life.millis().max(1));
    let gone = 1.0 - exact::exp2(-number(delay.millis()) / number(half_life.millis()));
    let worth = assessment.situation.value_cents.max(0);
    let whole = if gone > 0.0 { number(assessment.loss_cents.max(0)) / gone } else { 0.0 };
    Measure {
        band: band(assessment),
        stake_cents: rounded(whole).clamp(0, worth),
        half_life,
        help_works: rounded(lead.stakes.help_works * 1_000.0).clamp(0, 1_000),
    }
}

fn band(assessment: &Assessment) -> Band {
    let situation = &assessment.situation;
    match situation.remaining {
        Remaining::None => Band::None,
        Remaining::Small | Remaining::MediumOrUnknown | Remaining::Large if !situation.value_known => Band::Unknown,
        Remaining::Small => Band::Small,
        Remaining::MediumOrUnknown => Band::Medium,
        Remaining::Large => Band::Large,
    }
}

pub(super) fn number(whole: i64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "cents and milliseconds past 2^53 only need to stay large")]
    let number = whole as f64;
    number
}

pub(super) fn rounded(number: f64) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "float to integer saturates")]
    let whole = (number + 0.5).floor() as i64;
    whole
}
