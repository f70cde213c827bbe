//! Which signs fire: each signal is looked at once, and only signs filed under what it holds are tried.

use std::collections::BTreeSet;
use std::ops::Range;

use super::set::{Correlation, Filed, Set, SignRef, Test};
use super::stance::Stance;
use crate::signal::Signal;
use crate::text::fold;

/// A sign that fired and what it rests on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fired {
    pub sign: SignRef,
    /// Place of the signal among those looked at.
    pub signal: usize,
    /// The words found, for phrases and frames.
    pub words: Option<String>,
}

/// Signal kinds whose text is a person's own words; what a machine sends as a title never counts as a phrase.
const SPOKEN: [&str; 2] = ["report", "message"];

impl Set {
    /// Every sign that fires on these signals of one incident, in the order of signs.
    pub fn recognise(&self, signals: &[Signal]) -> Vec<Fired> {
        let mut fired = Vec::new();
        for (place, signal) in signals.iter().enumerate() {
            self.by_fields(signal, place, &mut fired);
            if SPOKEN.contains(&signal.kind()) {
                for text in signal.facts.get("text") {
                    self.by_words(text, place, &mut fired);
                }
            }
        }
        for sign in self.correlations(signals) {
            let Test::Correlate(correlation) = &self.sign(sign).test else { continue };
            if let Some(signal) = correlation.last_of(signals) {
                fired.push(Fired { sign, signal, words: None });
            }
        }
        fired.sort();
        fired
    }

    fn by_fields(&self, signal: &Signal, place: usize, fired: &mut Vec<Fired>) {
        let mut attempt = |sign: &SignRef| {
            let Test::Match(matcher) = &self.sign(*sign).test else { return };
            if matcher.fits(&signal.facts) {
                fired.push(Fired { sign: *sign, signal: place, words: None });
            }
        };
        self.network.matches.candidates(signal, &mut attempt);
    }

    /// Correlations of whose first matcher some signal holds what it needs.
    fn correlations(&self, signals: &[Signal]) -> BTreeSet<SignRef> {
        let mut found = BTreeSet::new();
        for signal in signals {
            self.network.correlations.candidates(signal, &mut |sign| {
                found.insert(*sign);
            });
        }
        found
    }

    fn by_words(&self, text: &str, place: usize, fired: &mut Vec<Fired>) {
        let folded = self.network.frames.mend(fold(text));
        let stance = Stance::of(&folded);
        for hit in self.network.phrases.find(&folded, &stance) {
            let signs = self.network.by_phrase[hit.phrase].iter();
            for sign in signs.filter(|sign| hit.told || !self.sign(**sign).for_incident) {
                fired.push(Fired { sign: *sign, signal: place, words: Some(quote(text, &hit.at)) });
            }
        }
        for (sign, at) in self.network.frames.find(&folded, &stance) {
            fired.push(Fired { sign, signal: place, words: Some(quote(text, &folded.original_range(at))) });
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

impl Correlation {
    /// The place of the latest signal of a run that fulfils the correlation. Order of arrival does not matter:
    /// signals are taken by the time of what happened.
    fn last_of(&self, signals: &[Signal]) -> Option<usize> {
        let mut by_time: Vec<usize> = (0..signals.len()).collect();
        by_time.sort_by_key(|place| (signals[*place].at, signals[*place].id));
        let matching: Vec<usize> =
            by_time.iter().copied().filter(|place| self.matches.fits(&signals[*place].facts)).collect();
        matching.iter().enumerate().find_map(|(first, start)| {
            let end = signals[*start].at.plus(self.within);
            let window: Vec<usize> =
                matching[first..].iter().copied().take_while(|place| signals[*place].at <= end).collect();
            self.counts(signals, &window)?;
            self.sequence(signals, &by_time, (*start, *window.last()?))
        })
    }

    fn counts(&self, signals: &[Signal], window: &[usize]) -> Option<()> {
        if self.count.is_some_and(|least| window.len() < least as usize) {
            return None;
        }
        if let Some((field, least)) = &self.distinct {
            let values: BTreeSet<&String> = window.iter().flat_map(|place| signals[*place].facts.get(field)).collect();
            if values.len() < *least as usize {
                return None;
            }
        }
        Some(())
    }

    /// The matchers of `then` must follow one another after the first signal, within the span.
    fn sequence(&self, signals: &[Signal], by_time: &[usize], (start, mut last): (usize, usize)) -> Option<usize> {
        let end = signals[start].at.plus(self.within);
        let mut rest = by_time
            .iter()
            .copied()
            .skip_while(|place| *place != start)
            .skip(1)
            .take_while(|place| signals[*place].at <= end);
        for matcher in &self.then {
            last = rest.find(|place| matcher.fits(&signals[*place].facts))?;
        }
        Some(last)
    }
}
