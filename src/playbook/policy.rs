//! `playbooks/policy.yaml`: the operator's constants for judging and ordering.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer};

use super::shape::{Able, Activity, Exposure, Remaining};
use crate::time::Span;

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// Chance from which a security playbook acts, 0 to 1.
    pub acting: f64,
    pub anonymous_cap: i32,
    /// Centi-decibans that the learned sign can move any playbook.
    pub text_learned_cap: i32,
    pub reliability: Reliability,
    /// Whole dollars.
    pub claimed_value_cap: u32,
    pub order: Order,
    pub first_reply: FirstReply,
    /// Within this time of arriving a case should be closed.
    #[serde(default = "resolution")]
    pub resolution: FirstReply,
    /// How long a case of level 1 may be in nobody's hands before staff are alarmed.
    #[serde(default = "minute", deserialize_with = "span")]
    pub alarm: Span,
    /// Open claims of one person at once, unless the desk says otherwise of them.
    #[serde(default = "forty")]
    pub most_claims: i64,
    pub remaining: RemainingBands,
    levels: BTreeMap<Exposure, BTreeMap<Activity, [[u8; 2]; 4]>>,
    pub level_bands: LevelBands,
    pub most_questions: usize,
    /// A routine request closes itself after nobody said a word for this long.
    #[serde(default = "week", deserialize_with = "span")]
    pub silence: Span,
}

/// Thousandths.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Reliability {
    pub staff: u16,
    pub signed: u16,
    pub signed_without_time: u16,
    pub static_secret: u16,
    pub report: u16,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Order {
    #[serde(deserialize_with = "span")]
    pub delay: Span,
    #[serde(deserialize_with = "span")]
    pub doubling: Span,
    #[serde(deserialize_with = "span")]
    pub cap: Span,
    pub unit_cents: i64,
    pub reserve_every: i64,
    #[serde(deserialize_with = "span")]
    pub lease: Span,
    /// A case that suits whoever claims may go before another of its lane that is due so much sooner.
    #[serde(default, deserialize_with = "span")]
    pub suits: Span,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FirstReply {
    #[serde(deserialize_with = "span")]
    pub level_1: Span,
    #[serde(deserialize_with = "span")]
    pub level_2: Span,
    #[serde(deserialize_with = "span")]
    pub level_3: Span,
    #[serde(deserialize_with = "span")]
    pub level_4: Span,
    #[serde(deserialize_with = "span")]
    pub level_5: Span,
    #[serde(deserialize_with = "span")]
    pub routine: Span,
}

/// Whole dollars.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RemainingBands {
    pub small: i64,
    pub large: i64,
}

/// Cents of loss averted per staff minute.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LevelBands {
    pub level_1: i64,
    pub level_2: i64,
    pub level_3: i64,
}

impl Policy {
    /// The level of a row of the table, 1 to 5. `check` made sure that every row is there.
    pub fn level(&self, exposure: Exposure, activity: Activity, remaining: Remaining, able: Able) -> u8 {
        let column = match remaining {
            Remaining::None => 0,
            Remaining::Small => 1,
            Remaining::MediumOrUnknown => 2,
            Remaining::Large => 3,
        };
        let side = match able {
            Able::Yes => 0,
            Able::No => 1,
        };
        self.levels.get(&exposure).and_then(|rows| rows.get(&activity)).map_or(4, |row| row[column][side])
    }

    /// What is wrong with the policy, if anything: ranges and a complete level table.
    pub fn check(&self) -> Result<(), String> {
        if !(0.01..=0.99).contains(&self.acting) {
            return Err(format!("acting is {}, it must lie between 0.01 and 0.99", self.acting));
        }
        let order = &self.order;
        let positive =
            [order.delay, order.doubling, order.cap, order.lease, self.silence].iter().all(|span| span.millis() > 0);
        if !positive
            || order.unit_cents <= 0
            || order.reserve_every <= 1
            || self.anonymous_cap <= 0
            || self.text_learned_cap <= 0
        {
            return Err(
                "order and silence: spans, unit_cents and the caps must be above zero, reserve_every above one"
                    .to_owned(),
            );
        }
        let reliable = &self.reliability;
        if [reliable.staff, reliable.signed, reliable.signed_without_time, reliable.static_secret, reliable.report]
            .iter()
            .any(|part| *part > 1_000)
        {
            return Err("reliability is given in thousandths, 0 to 1000".to_owned());
        }
        for exposure in [Exposure::None, Exposure::Account, Exposure::Permission, Exposure::Secret] {
            for activity in [Activity::NoneSeen, Activity::Attempted, Activity::LeavingNow] {
                let row = self.levels.get(&exposure).and_then(|rows| rows.get(&activity));
                let Some(row) = row else { return Err(format!("levels: no row for {exposure:?} and {activity:?}")) };
                if row.iter().flatten().any(|level| !(1..=5).contains(level)) {
                    return Err(format!("levels: {exposure:?} and {activity:?}: a level is outside 1 to 5"));
                }
            }
        }
        Ok(())
    }

    /// The time within which a first reply is promised.
    pub fn first_reply(&self, level: u8, jumps: bool) -> Span {
        self.first_reply.of(level, jumps)
    }

    /// The time within which a case should be closed.
    pub fn resolution(&self, level: u8, jumps: bool) -> Span {
        self.resolution.of(level, jumps)
    }
}

impl FirstReply {
    fn of(&self, level: u8, jumps: bool) -> Span {
        match (jumps, level) {
            (false, _) => self.routine,
            (true, 1) => self.level_1,
            (true, 2) => self.level_2,
            (true, 3) => self.level_3,
            (true, 4) => self.level_4,
            (true, _) => self.level_5,
        }
    }
}

/// What policies from before there was such a promise keep to.
fn resolution() -> FirstReply {
    let days = Span::from_days;
    FirstReply {
        level_1: days(1),
        level_2: days(1),
        level_3: days(2),
        level_4: days(5),
        level_5: days(7),
        routine: days(7),
    }
}

fn minute() -> Span {
    Span::from_minutes(1)
}

fn forty() -> i64 {
    40
}

/// What policies from before there was such a number wait.
fn week() -> Span {
    Span::from_days(7)
}

fn span<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Span, D::Error> {
    let text = String::deserialize(deserializer)?;
    text.parse().map_err(serde::de::Error::custom)
}
