//! Which signs fire: each signal is looked at once, and only signs filed under what it holds are tried.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::correlate::Line;
use super::learned;
use super::set::{Filed, Set, SignRef, Test};
use super::stance::Stance;
use crate::signal::Signal;
use crate::text::{Folded, fold};

/// A sign that fired and what it rests on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fired {
    pub sign: SignRef,
    /// Place of the signal among those looked at.
    pub signal: usize,
    /// What it weighs this time; the weight of the sign, except for the learned one.
    pub weight: i32,
    /// The words found, for phrases, frames and the learned sign.
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
                    let folded = fold(text);
                    let before = fired.len();
                    self.by_words((text, &folded), place, &mut fired);
                    if self.layers.learned {
                        let learned = self.by_learning((text, &folded), place, &fired[before..]);
                        fired.extend(learned);
                    }
                }
            }
        }
        let line = Line::of(signals, earlier);
        for sign in self.correlations(signals, earlier) {
            let Test::Correlate(correlation) = &self.sign(sign).test else { continue };
            if let Some(signal) = correlation.last_of(&line) {
                fired.push(self.fired(sign, signal, None));
            }
        }
        fired.sort();
        fired
    }

    fn by_fields(&self, signal: &Signal, place: usize, fired: &mut Vec<Fired>) {
        self.network.conditions.lend(|scratch| {
            let holding = self.network.conditions.over_facts(&signal.facts, scratch);
            let signs = holding.iter().map(|number| self.network.by_condition[*number as usize]);
            fired.extend(signs.map(|sign| self.fired(sign, place, None)));
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

    fn by_words(&self, (text, folded): (&str, &Folded), place: usize, fired: &mut Vec<Fired>) {
        let mended = self.network.frames.mend(folded);
        let folded = mended.as_ref().unwrap_or(folded);
        let stance = Stance::of(folded);
        if self.layers.phrases {
            for hit in self.network.phrases.find(folded, &stance) {
                let signs = self.network.by_phrase[hit.phrase].iter();
                for sign in signs.filter(|sign| hit.told || !self.sign(**sign).for_incident) {
                    fired.push(self.fired(*sign, place, Some(quote(text, &hit.at))));
                }
            }
        }
        if self.layers.frames {
            for (sign, at) in self.network.frames.find(folded, &stance) {
                fired.push(self.fired(sign, place, Some(quote(text, &folded.original_range(at)))));
            }
        }
    }

    /// What the text as a whole says; `said` is what other layers found in the same text.
    fn by_learning(&self, text: (&str, &Folded), place: usize, said: &[Fired]) -> Vec<Fired> {
        let heard = self.learned.read(text, &self.spoken(said)).into_iter().filter_map(|reading| {
            let group = u16::try_from(self.kinds[reading.kind].groups.len().checked_sub(1)?).ok()?;
            let sign = if reading.weight > 0 { learned::LIKE } else { learned::UNLIKE };
            let sign = SignRef { kind: u32::try_from(reading.kind).ok()?, group, sign };
            Some(Fired { sign, signal: place, weight: reading.weight, words: reading.words })
        });
        heard.collect()
    }

    /// What signs say for each kind, by its place: each sign once, each group up to its cap.
    fn spoken(&self, said: &[Fired]) -> BTreeMap<usize, i32> {
        let signs: BTreeMap<SignRef, i32> = said.iter().map(|fired| (fired.sign, fired.weight)).collect();
        let mut groups: BTreeMap<(u32, u16), i32> = BTreeMap::new();
        for (sign, weight) in signs {
            *groups.entry((sign.kind, sign.group)).or_default() += weight.max(0);
        }
        let mut spoken = BTreeMap::new();
        for ((kind, group), weight) in groups {
            let kind = kind as usize;
            let cap = self.kinds[kind].groups[usize::from(group)].cap;
            *spoken.entry(kind).or_default() += weight.min(cap);
        }
        spoken
    }

    fn fired(&self, sign: SignRef, signal: usize, words: Option<String>) -> Fired {
        Fired { sign, signal, weight: self.sign(sign).weight, words }
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

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::*;
    use crate::id::{Id, Random};
    use crate::playbook::{builtin_files, compile};
    use crate::signal::{Facts, Origin};
    use crate::time::{Span, Timestamp};

    struct Numbered(u16);

    impl Random for Numbered {
        fn fill(&self, buffer: &mut [u8]) {
            let bytes = self.0.to_le_bytes();
            buffer.iter_mut().enumerate().for_each(|(place, byte)| *byte = bytes[place % 2]);
        }
    }

    fn seen(second: u16, kind: &str) -> Signal {
        let at = Timestamp::from_millis(0).plus(Span::from_seconds(i64::from(second)));
        let origin = Origin { endpoint: "wallet".to_owned(), verified: true, reliability: 1_000 };
        let facts = Facts::new().with("kind", kind).with("ip", format!("10.0.{}.{}", second / 250, second % 250));
        Signal { id: Id::new(at, &Numbered(second)), origin, at, received: at, facts }
    }

    /// About 20 ms in a debug build; looking at every run by itself took a second in a release build.
    #[test]
    #[expect(clippy::disallowed_methods, reason = "what is promised is a time")]
    fn two_thousand_signals_before_an_alert_do_not_hold_it_up() {
        let set = compile(&builtin_files(), String::new()).unwrap_or_else(|faults| panic!("{}", faults[0]));
        let earlier: Vec<Signal> = (0..2_000).map(|second| seen(second, "auth.login-failed")).collect();
        let now = [seen(2_001, "auth.login-failed")];
        let quickest = (0..5).map(|_| {
            let begun = Instant::now();
            let fired = set.recognise_after(&now, &earlier);
            assert!(fired.iter().any(|fired| set.sign(fired.sign).id == "burst-of-refusals"));
            begun.elapsed()
        });
        let quickest = quickest.min().unwrap();
        assert!(quickest.as_millis() < 200, "{quickest:?}");
    }
}
