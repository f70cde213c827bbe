//! The learned sign as one layer of a set: which kinds a text reads like, which it does not, and on which words.
//!
//! It speaks for the few kinds that a text resembles most. Where phrases or frames of the same text speak for a kind, a
//! share of what they say is in the text as a whole too and counts once. It speaks against a kind only there, and never
//! beyond them: it tempers what single words say and takes nothing below where it stood.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use super::Weights;
use crate::playbook::set::{Group, Sign, Test};
use crate::playbook::shape::{Class, Sets, Words};
use crate::text::Folded;

/// The group of the learned sign in every playbook.
pub const GROUP: &str = "text.learned";
/// Places in the group.
pub const LIKE: u16 = 0;
pub const UNLIKE: u16 = 1;

/// At most so many kinds of a class are spoken for.
const MOST: usize = 8;
/// Weaker evidence than this is left unsaid.
const LEAST: i32 = 100;
/// Thousandths of what phrases and frames say that the text as a whole says too. Among reports of a writer nobody trained
/// on, they add less than half of their weight to it.
const SHARED: i32 = 400;

/// The weights file that is compiled in.
pub const BUILTIN: &[u8] = include_bytes!("../../../playbooks/text-sign.weights");

/// Weights of another version than this program reads say nothing, so that it can still train new ones; a test makes sure
/// that those in the tree are read.
static READ: LazyLock<Arc<Weights>> = LazyLock::new(|| Arc::new(Weights::read(BUILTIN).unwrap_or_default()));

/// The weights that are compiled in.
pub fn builtin() -> Arc<Weights> {
    Arc::clone(&READ)
}

/// Weights and the places of their kinds in a set.
pub struct Reader {
    weights: Arc<Weights>,
    /// Place in the set by channel, for kinds that the set has.
    places: Vec<Option<usize>>,
    /// Thousandths by which reports count.
    report: i32,
}

/// What the text as a whole says of a kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// Place in the set.
    pub kind: usize,
    /// Centi-decibans.
    pub weight: i32,
    /// The words that weigh most, as they are written.
    pub words: Option<String>,
}

impl Reader {
    /// Files weights under the kinds of a set; `class_of` answers place and class of a kind that the set has. `report` is
    /// by how many thousandths reports count: the evidence was measured on reports, so that is in it already.
    pub fn new(weights: Arc<Weights>, report: u16, class_of: impl Fn(&str) -> Option<(usize, Class)>) -> Self {
        let place =
            |(kind, class): &(String, Class)| class_of(kind).filter(|(_, of)| of == class).map(|(place, _)| place);
        let places = weights.kinds.iter().map(place).collect();
        Self { weights, places, report: i32::from(report.max(1)) }
    }

    /// What a text says, kind by kind. `spoken` is what its phrases say for kinds, by their place in the set.
    pub fn read(&self, (text, folded): (&str, &Folded), spoken: &BTreeMap<usize, i32>) -> Vec<Reading> {
        let seen = self.weights.seen(folded);
        if seen.is_empty() {
            return Vec::new();
        }
        let evidence = self.weights.evidence(&self.weights.sum(&seen));
        let mut heard: Vec<(usize, usize, i32)> = Vec::new();
        for class in [Class::Security, Class::Routine] {
            let mut of: Vec<(usize, usize, i32)> = (0..evidence.len())
                .filter(|channel| self.weights.kinds[*channel].1 == class)
                .filter_map(|channel| Some((channel, self.places[channel]?, self.as_weighed(evidence[channel]))))
                .collect();
            of.sort_by_key(|(channel, _, weight)| (-weight, *channel));
            let added = of.iter().enumerate().filter_map(|(rank, (channel, place, weight))| {
                let said = spoken.get(place).copied().unwrap_or(0);
                let weight = beside(*weight, said);
                (weight < 0 || rank < MOST && weight >= LEAST).then_some((*channel, *place, weight))
            });
            heard.extend(added);
        }
        let quoted = |(channel, kind, weight): (usize, usize, i32)| {
            let words = self.weights.strongest((channel, weight > 0), &seen, folded);
            let words: Vec<&str> = words.into_iter().filter_map(|at| text.get(folded.original_range(at))).collect();
            let words = (!words.is_empty()).then(|| words.join(" · ").chars().take(120).collect());
            Reading { kind, weight, words }
        };
        heard.into_iter().map(quoted).collect()
    }

    /// The weight that comes to this evidence once a report has been counted by its reliability.
    fn as_weighed(&self, evidence: i32) -> i32 {
        evidence.saturating_mul(1_000) / self.report
    }
}

/// What the text as a whole adds to what its phrases and frames said: never less than takes that back.
fn beside(weight: i32, said: i32) -> i32 {
    let shared = i64::from(said) * i64::from(SHARED) / 1_000;
    i32::try_from(i64::from(weight) - shared).unwrap_or(i32::MIN).max(-said)
}

/// The group that every playbook has for the learned sign.
pub fn group(cap: i32) -> Group {
    let sign = |id: &str, weight: i32, en: &str, zh: &str| Sign {
        id: id.to_owned(),
        weight,
        // The text is read whole, whatever is told or denied in it.
        for_incident: false,
        test: Test::Learned,
        because: Words { en: en.to_owned(), zh: zh.to_owned(), more: BTreeMap::new() },
        sets: Sets::default(),
    };
    let like = sign("reads-like", cap, "the text as a whole reads like such reports", "整段文字读起来像这类情况的报告");
    let unlike = sign(
        "reads-unlike",
        -cap,
        "the text as a whole bears it out less than single words do",
        "整段文字不像个别词句那样指向这类情况",
    );
    Group { id: GROUP.to_owned(), cap, signs: vec![like, unlike] }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn more_phrases_never_say_less_and_the_whole_takes_back_no_more_than_they_said(
            weight in -12_000_i32..12_000, said in 0_i32..9_000, more in 0_i32..3_000,
        ) {
            let together = |said: i32| said + beside(weight, said);
            prop_assert!(together(said + more) >= together(said));
            prop_assert!(together(said) >= 0);
            prop_assert!(beside(weight, said) <= weight.max(0), "what is shared counts once");
        }
    }

    #[test]
    fn a_report_counts_as_much_as_was_measured_on_reports() {
        let reader = Reader::new(Arc::new(Weights::default()), 800, |_| None);
        assert_eq!(reader.as_weighed(800), 1_000);
        assert_eq!(Reader::new(Arc::new(Weights::default()), 0, |_| None).as_weighed(7), 7_000);
    }
}
