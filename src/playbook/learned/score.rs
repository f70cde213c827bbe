//! From a text to evidence for and against each kind, in integers.

use std::ops::Range;

use super::features;
use super::sums::{log_of_sum, root};
use super::weights::{Calibration, Weights};
use crate::playbook::Class;
use crate::text::Folded;

/// What a text looks like, before anything is made of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scores {
    /// Centi-decibans by channel, the class as a whole last.
    pub channels: Vec<i32>,
    /// Evidence that it is an incident, as the scores stand: not yet calibrated.
    pub margin: i32,
    /// How many features of the text are known.
    pub known: usize,
}

/// A known feature of a text and its place in the folded text.
pub(super) struct Seen {
    pub place: usize,
    pub at: Range<usize>,
}

impl Weights {
    /// Scores a text.
    pub fn scores(&self, text: &Folded) -> Scores {
        self.sum(&self.seen(text))
    }

    /// Each known feature once, at its first place.
    pub(super) fn seen(&self, text: &Folded) -> Vec<Seen> {
        let mut seen = Vec::new();
        features::of(text, &mut |hash, at| {
            if let Some(place) = self.place(hash) {
                seen.push(Seen { place, at });
            }
        });
        seen.sort_by_key(|seen| (seen.place, seen.at.start));
        seen.dedup_by_key(|seen| seen.place);
        seen
    }

    pub(super) fn sum(&self, seen: &[Seen]) -> Scores {
        let mut sums = vec![0_i64; self.steps.len()];
        let mut square = u64::from(self.calibration.shrink);
        for seen in seen {
            let scale = self.scales[seen.place];
            square += u64::from(scale) * u64::from(scale);
            for (channel, weight) in self.entries_of(seen.place) {
                sums[usize::from(*channel)] += i64::from(scale) * i64::from(*weight);
            }
        }
        // The length of the features, in 256ths, so that the root keeps its fraction.
        let length = i64::try_from(root(square << 16)).unwrap_or(i64::MAX).max(1);
        let score = |channel: usize| {
            let moved = sums[channel].saturating_mul(i64::from(self.steps[channel])) / (length << 8);
            i32::try_from(moved.clamp(-FURTHEST, FURTHEST)).unwrap_or(0).saturating_add(self.bias[channel])
        };
        let channels: Vec<i32> = (0..sums.len()).map(score).collect();
        let margin = self.margin(&channels);
        Scores { channels, margin, known: seen.len() }
    }

    fn margin(&self, channels: &[i32]) -> i32 {
        let of = |class: Class| {
            let logs = self.kinds.iter().zip(channels).filter(move |((_, of), _)| *of == class).map(|(_, log)| *log);
            log_of_sum(logs)
        };
        let (security, routine) = (of(Class::Security), of(Class::Routine));
        let apart = i64::from(security) - i64::from(routine);
        let share = i64::from(self.calibration.class_share);
        let whole = i64::from(channels[self.class_channel()]);
        let mixed = (apart * (1_000 - share) + whole * share) / 1_000;
        i32::try_from(mixed.clamp(-FURTHEST, FURTHEST)).unwrap_or(0)
    }

    /// Weight of evidence for each kind, in the order of `kinds`, in centi-decibans: for a kind of an incident against no
    /// incident, for a routine kind against incidents.
    pub fn evidence(&self, scores: &Scores) -> Vec<i32> {
        let class = self.calibration.class_evidence(scores.margin);
        let spread = i64::from(self.calibration.kind_spread);
        let log = |kind: usize| i32::try_from(i64::from(scores.channels[kind]) * spread / 1_000).unwrap_or(0);
        let total =
            |of: Class| log_of_sum((0..self.kinds.len()).filter(move |kind| self.kinds[*kind].1 == of).map(log));
        let (security, routine) = (total(Class::Security), total(Class::Routine));
        let even = |of: Class| log_of_sum(self.kinds.iter().filter(|(_, class)| *class == of).map(|_| 0));
        let (of_security, of_routine) = (even(Class::Security), even(Class::Routine));
        let evidence = |(kind, (_, of)): (usize, &(String, Class))| {
            let evidence = match of {
                Class::Security => class + log(kind) - security + of_security,
                Class::Routine => -class + log(kind) - routine + of_routine,
            };
            i32::try_from(i64::from(evidence).clamp(-FURTHEST, FURTHEST)).unwrap_or(0)
        };
        self.kinds.iter().enumerate().map(evidence).collect()
    }
}

const FURTHEST: i64 = 9_000;

impl Calibration {
    /// Evidence for an incident at a margin: straight between knots, level beyond the last.
    pub fn class_evidence(&self, margin: i32) -> i32 {
        let after = self.class.partition_point(|(knot, _)| *knot <= margin);
        let Some((low, from)) = after.checked_sub(1).and_then(|before| self.class.get(before)) else {
            return self.class.first().map_or(0, |(_, evidence)| *evidence);
        };
        let Some((high, to)) = self.class.get(after) else { return *from };
        let (way, part) = (i64::from(*to) - i64::from(*from), i64::from(margin) - i64::from(*low));
        let width = (i64::from(*high) - i64::from(*low)).max(1);
        i32::try_from(i64::from(*from) + way * part / width).unwrap_or(0)
    }
}
