//! From fired signs to log-odds: groups with caps, one cap over everything an unproven person says, lines that add up.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::exact;

/// The most that odds are followed, either way: a billion to one.
pub(super) const FURTHEST: i32 = 9_000;

/// A chance in parts per million; always above zero and below one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Chance(u32);

impl Chance {
    /// From log-odds in centi-decibans.
    pub fn of(log_odds: i32) -> Self {
        let odds = exact::odds(log_odds.clamp(-FURTHEST, FURTHEST));
        let share = odds / (1.0 + odds) * 1_000_000.0;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "the share lies between 0 and 1,000,000"
        )]
        let parts = (share + 0.5).floor() as u32;
        Self(parts.clamp(1, 999_999))
    }

    /// Parts per million, 1 to 999,999.
    pub fn parts(self) -> u32 {
        self.0
    }

    /// The share, above 0 and below 1.
    pub fn share(self) -> f64 {
        f64::from(self.0) / 1_000_000.0
    }
}

/// The log-odds of a chance between 0 and 1, in centi-decibans; the smallest whose chance reaches it.
pub fn log_odds_of(chance: f64) -> i32 {
    let (mut low, mut high) = (-FURTHEST, FURTHEST);
    while low < high {
        let middle = low + (high - low) / 2;
        let odds = exact::odds(middle);
        if odds / (1.0 + odds) >= chance { high = middle } else { low = middle + 1 }
    }
    low
}

/// One piece of evidence for one playbook, with what it weighs as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// Signs with one cause share a group.
    pub group: String,
    pub cap: i32,
    pub sign: String,
    pub weight: i32,
    /// Thousandths.
    pub reliability: u16,
    /// Whether its origin was proved.
    pub verified: bool,
    pub because: Because,
}

/// What staff are shown of a piece of evidence.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Because {
    pub en: String,
    pub zh: String,
    /// The words it rests on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
    /// The signal it comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signal: Option<String>,
}

/// One line of the sum that staff see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "line", rename_all = "kebab-case")]
pub enum Line {
    Prior {
        points: i32,
    },
    Evidence {
        group: String,
        sign: String,
        weight: i32,
        reliability: u16,
        points: i32,
        because: Because,
    },
    /// What the cap of a group takes off again.
    GroupCap {
        group: String,
        points: i32,
    },
    /// What the cap over an unproven person takes off again.
    AnonymousCap {
        points: i32,
    },
}

impl Line {
    /// Centi-decibans.
    pub fn points(&self) -> i32 {
        match self {
            Self::Prior { points }
            | Self::Evidence { points, .. }
            | Self::GroupCap { points, .. }
            | Self::AnonymousCap { points } => *points,
        }
    }
}

/// Log-odds with the lines that add up to them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Odds {
    pub log_odds: i32,
    pub lines: Vec<Line>,
}

/// Adds up. A sign counts once however often it was seen, at its most reliable; what an unproven person adds to the
/// proven, over all groups, stays within `anonymous_cap`. More evidence for a playbook never lowers its odds.
pub fn add_up(prior: i32, evidence: &[Evidence], anonymous_cap: i32) -> Odds {
    let mut best = strongest(evidence);
    best.sort_by(|(a, _), (b, _)| (&a.group, &a.sign, !a.verified).cmp(&(&b.group, &b.sign, !b.verified)));

    let prior = prior.clamp(-FURTHEST, FURTHEST);
    let mut lines = vec![Line::Prior { points: prior }];
    let (mut proven, mut raised, mut lowered) = (0, 0, 0);
    for group in best.chunk_by(|(a, _), (b, _)| a.group == b.group) {
        let cap = group[0].0.cap.clamp(0, FURTHEST);
        let sum = |verified: bool| {
            group.iter().filter(|(item, _)| item.verified == verified).map(|(_, points)| points).sum::<i32>()
        };
        let (by_proof, by_word) = (sum(true), sum(false));
        // The cap goes over the whole sum: capping the proven part first would let a proof of what was only said before
        // lower the odds of a group with signs both ways.
        let whole = (by_proof + by_word).clamp(-cap, cap);
        proven += by_proof.clamp(-cap, cap);
        let said = whole - by_proof.clamp(-cap, cap);
        raised += said.max(0);
        lowered += said.min(0);
        lines.extend(group.iter().map(|(item, points)| line(item, *points)));
        if whole != by_proof + by_word {
            lines.push(Line::GroupCap { group: group[0].0.group.clone(), points: whole - by_proof - by_word });
        }
    }
    let limit = anonymous_cap.max(0);
    // What speaks against is taken off after the cap: much said for a playbook would swallow it otherwise.
    let (unproven, capped) = (raised + lowered, (raised.min(limit) + lowered).max(-limit));
    if capped != unproven {
        lines.push(Line::AnonymousCap { points: capped - unproven });
    }
    Odds { log_odds: prior + proven + capped, lines }
}

/// Each sign at its most reliable, with its points: the proven whole, and what somebody unproven who is trusted more
/// adds to it.
fn strongest(evidence: &[Evidence]) -> Vec<(&Evidence, i32)> {
    let mut signs: BTreeMap<(&str, &str), [Option<&Evidence>; 2]> = BTreeMap::new();
    for item in evidence {
        let place = &mut signs.entry((&item.group, &item.sign)).or_default()[usize::from(item.verified)];
        if place.is_none_or(|other| rank(item) > rank(other)) {
            *place = Some(item);
        }
    }
    let mut kept = Vec::new();
    for [said, proven] in signs.into_values() {
        let proof = proven.map_or(0, points);
        kept.extend(proven.map(|item| (item, proof)));
        let added = said.map(|item| (item, points(item) - proof));
        kept.extend(
            added.filter(|(item, added)| proven.is_none() || added.signum() == item.weight.signum() && *added != 0),
        );
    }
    kept
}

/// Which of several sightings of one sign is kept; nothing in it depends on the order of arrival.
fn rank(item: &Evidence) -> impl Ord + use<'_> {
    (points(item).abs(), item.reliability, item.weight, item.cap, &item.because)
}

/// The weight as far as its origin can be trusted, rounded half away from zero.
fn points(item: &Evidence) -> i32 {
    let scaled = item.weight.clamp(-FURTHEST, FURTHEST) * i32::from(item.reliability.min(1_000));
    (scaled.abs() + 500) / 1_000 * scaled.signum()
}

fn line(item: &Evidence, points: i32) -> Line {
    Line::Evidence {
        group: item.group.clone(),
        sign: item.sign.clone(),
        weight: item.weight,
        reliability: item.reliability,
        points,
        because: item.because.clone(),
    }
}
