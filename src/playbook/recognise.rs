//! Which signs fire: each signal is looked at once, and only signs filed under what it holds are tried.

use std::collections::BTreeSet;
use std::ops::Range;

use super::set::{Filed, Set, SignRef, Test};
use crate::signal::Signal;
use crate::text::fold;

/// A sign that fired and what it rests on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fired {
    pub sign: SignRef,
    /// Place of the signal among those looked at.
    pub signal: usize,
    /// The words found, for phrases.
    pub words: Option<String>,
}

/// Signal kinds whose text is a person's own words; what a machine sends as a title never counts as a phrase.
const SPOKEN: [&str; 2] = ["report", "message"];

impl Set {
    /// Every sign that fires on these signals of one incident, in the order of signs.
    pub fn recognise(&self, signals: &[Signal]) -> Vec<Fired> {
        self.recognise_after(signals, &[])
    }

    /// The same, with what was seen of the subject before this incident: it counts in correlations, with at least one
    /// signal of the incident itself, and in nothing else.
    pub fn recognise_after(&self, signals: &[Signal], earlier: &[Signal]) -> Vec<Fired> {
        let mut fired = Vec::new();
        for (place, signal) in signals.iter().enumerate() {
            self.by_fields(signal, place, &mut fired);
            if SPOKEN.contains(&signal.kind()) {
                for text in signal.facts.get("text") {
                    self.by_phrases(text, place, &mut fired);
                }
            }
        }
        for sign in self.correlations(signals, earlier) {
            let Test::Correlate(correlation) = &self.sign(sign).test else { continue };
            if let Some(signal) = correlation.last_of(signals, earlier) {
                fired.push(Fired { sign, signal, words: None });
            }
        }
        fired.sort();
        fired
    }

    fn by_fields(&self, signal: &Signal, place: usize, fired: &mut Vec<Fired>) {
        self.network.conditions.lend(|scratch| {
            let holding = self.network.conditions.over_facts(&signal.facts, scratch);
            let signs = holding.iter().map(|number| self.network.by_condition[*number as usize]);
            fired.extend(signs.map(|sign| Fired { sign, signal: place, words: None }));
        });
    }

    /// Correlations of whose first matcher some signal holds what it needs.
    fn correlations(&self, signals: &[Signal], earlier: &[Signal]) -> BTreeSet<SignRef> {
        let mut found = BTreeSet::new();
        for signal in signals.iter().chain(earlier) {
            self.network.correlations.candidates(signal, &mut |sign| {
                found.insert(*sign);
            });
        }
        found
    }

    fn by_phrases(&self, text: &str, place: usize, fired: &mut Vec<Fired>) {
        for hit in self.network.phrases.find(&fold(text)) {
            for sign in &self.network.by_phrase[hit.phrase] {
                fired.push(Fired { sign: *sign, signal: place, words: Some(quote(text, &hit.at)) });
            }
        }
    }
}

impl Filed {
    /// Hands over every sign that the signal could make fire; one that lists a value twice comes twice.
    fn candidates(&self, signal: &Signal, take: &mut impl FnMut(&SignRef)) {
        for (field, values) in signal.facts.iter() {
            let Some(by_value) = self.by_value.get(field) else { continue };
            for value in values {
                let signs = by_value.get(value.as_str()).or_else(|| by_value.get(&value.to_lowercase()));
                signs.into_iter().flatten().for_each(&mut *take);
            }
        }
        self.open.iter().for_each(take);
    }
}

/// The words of a hit, cut to what a person takes in at a glance.
fn quote(text: &str, at: &Range<usize>) -> String {
    text.get(at.clone()).unwrap_or_default().chars().take(120).collect()
}
