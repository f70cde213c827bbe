//! Counting over the signals of one subject: how many, how many different, which together, which after which.
//!
//! Signals are taken by the time of what happened, so the order in which they arrive does not matter.

use std::collections::BTreeSet;

use super::matcher::Matcher;
use super::set::Correlation;
use crate::signal::Signal;

/// One signal on the line of time; its place in the incident, when it belongs to it.
type Seen<'a> = (&'a Signal, Option<usize>);

impl Correlation {
    /// The place of the latest signal of the incident in the first run that fulfils the correlation. A run of nothing but
    /// earlier signals fulfils nothing: it was judged in its own time.
    pub(super) fn last_of(&self, signals: &[Signal], earlier: &[Signal]) -> Option<usize> {
        let own = signals.iter().zip((0..).map(Some));
        let mut line: Vec<Seen<'_>> = own.chain(earlier.iter().map(|signal| (signal, None))).collect();
        line.sort_by_key(|(signal, _)| (signal.at, signal.id));
        (0..line.len()).find_map(|first| {
            let (start, _) = line[first];
            if !self.begins(start) {
                return None;
            }
            let end = start.at.plus(self.within);
            let length = line[first..].iter().take_while(|(signal, _)| signal.at <= end).count();
            self.run(&line[first..first + length])
        })
    }

    fn begins(&self, signal: &Signal) -> bool {
        self.matches.fits(&signal.facts) || self.together.iter().any(|matcher| matcher.fits(&signal.facts))
    }

    /// The latest own signal among those that fulfil the correlation within one span.
    fn run(&self, span: &[Seen<'_>]) -> Option<usize> {
        let mut used: BTreeSet<usize> = places(span, &self.matches).collect();
        if self.count.is_some_and(|least| used.len() < least as usize) {
            return None;
        }
        if let Some((field, least)) = &self.distinct {
            let values: BTreeSet<&String> = used.iter().flat_map(|place| span[*place].0.facts.get(field)).collect();
            if values.len() < *least as usize {
                return None;
            }
        }
        if self.together.is_empty() {
            // A plain count or an ordered run begins with the matcher itself.
            if !used.contains(&0) {
                return None;
            }
        } else {
            used.extend(self.assigned(span)?);
        }
        used.extend(self.sequence(span)?);
        used.into_iter().filter_map(|place| span[place].1.map(|own| (place, own))).max().map(|(_, own)| own)
    }

    /// The matchers of `then` must follow one another after the first signal.
    fn sequence(&self, span: &[Seen<'_>]) -> Option<Vec<usize>> {
        let mut rest = (1..span.len()).filter(|_| !self.then.is_empty());
        let next = |matcher: &Matcher| rest.find(|place| matcher.fits(&span[*place].0.facts));
        self.then.iter().map(next).collect()
    }

    /// A signal of its own for the matcher and each of `together`, in any order; nothing when they do not all find one.
    fn assigned(&self, span: &[Seen<'_>]) -> Option<Vec<usize>> {
        let wanted: Vec<Vec<usize>> = std::iter::once(&self.matches)
            .chain(&self.together)
            .map(|matcher| places(span, matcher).collect())
            .collect();
        let mut taken = vec![None; span.len()];
        for number in 0..wanted.len() {
            if !seat(number, &wanted, (&mut taken, &mut vec![false; span.len()])) {
                return None;
            }
        }
        Some((0..span.len()).filter(|place| taken[*place].is_some()).collect())
    }
}

fn places<'a>(span: &'a [Seen<'_>], matcher: &'a Matcher) -> impl Iterator<Item = usize> + 'a {
    (0..span.len()).filter(|place| matcher.fits(&span[*place].0.facts))
}

type Seats<'a> = (&'a mut Vec<Option<usize>>, &'a mut Vec<bool>);

/// Finds a signal for a matcher, moving others on where they can (augmenting paths).
fn seat(number: usize, wanted: &[Vec<usize>], (taken, tried): Seats<'_>) -> bool {
    for place in &wanted[number] {
        if std::mem::replace(&mut tried[*place], true) {
            continue;
        }
        let free = match taken[*place] {
            None => true,
            Some(other) => seat(other, wanted, (&mut *taken, &mut *tried)),
        };
        if free {
            taken[*place] = Some(number);
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::id::{Id, Random};
    use crate::signal::{Facts, Origin};
    use crate::time::{Span, Timestamp};

    struct Numbered(u64);

    impl Random for Numbered {
        fn fill(&self, buffer: &mut [u8]) {
            let bytes = self.0.to_le_bytes();
            buffer.iter_mut().enumerate().for_each(|(place, byte)| *byte = bytes[place % bytes.len()]);
        }
    }

    fn at(minute: i64, kind: &str) -> Signal {
        let at = Timestamp::from_millis(0).plus(Span::from_minutes(minute));
        let number = u64::try_from(minute).unwrap() * 31 + kind.len() as u64;
        Signal {
            id: Id::new(at, &Numbered(number)),
            origin: Origin { endpoint: "wallet".to_owned(), verified: true, reliability: 1_000 },
            at,
            received: at,
            facts: Facts::new().with("kind", kind).with("ip", format!("10.0.0.{minute}")),
        }
    }

    fn matcher(kind: &str) -> Matcher {
        let written = serde_saphyr::from_str(&format!("{{kind: {kind}}}")).unwrap();
        Matcher::new(&written, &|_| Some(crate::signal::FieldType::Word), &["kind"]).unwrap()
    }

    fn correlation(first: &str) -> Correlation {
        Correlation {
            matches: matcher(first),
            count: None,
            distinct: None,
            together: Vec::new(),
            then: Vec::new(),
            within: Span::from_minutes(10),
        }
    }

    #[test]
    fn a_count_needs_its_number_within_the_span() {
        let five = Correlation { count: Some(3), ..correlation("a") };
        assert_eq!(five.last_of(&[at(0, "a"), at(4, "a"), at(9, "a")], &[]), Some(2));
        assert_eq!(five.last_of(&[at(0, "a"), at(6, "a"), at(12, "a")], &[]), None);
        assert_eq!(five.last_of(&[at(0, "a"), at(6, "a"), at(12, "a"), at(15, "a")], &[]), Some(3));
    }

    #[test]
    fn different_values_are_counted_once_each() {
        let distinct = Correlation { distinct: Some(("ip".to_owned(), 2)), ..correlation("a") };
        assert_eq!(distinct.last_of(&[at(1, "a"), at(1, "a")], &[]), None);
        assert_eq!(distinct.last_of(&[at(1, "a"), at(2, "a")], &[]), Some(1));
    }

    #[test]
    fn a_sequence_has_an_order_and_what_is_seen_together_has_none() {
        let then = Correlation { then: vec![matcher("b"), matcher("a")], ..correlation("a") };
        assert_eq!(then.last_of(&[at(0, "a"), at(1, "b"), at(2, "a")], &[]), Some(2));
        assert_eq!(then.last_of(&[at(0, "b"), at(1, "a"), at(2, "a")], &[]), None);
        let together = Correlation { together: vec![matcher("b"), matcher("a")], ..correlation("a") };
        assert_eq!(together.last_of(&[at(0, "b"), at(1, "a"), at(2, "a")], &[]), Some(2));
        assert_eq!(together.last_of(&[at(0, "b"), at(1, "a"), at(2, "b")], &[]), None, "one signal serves one matcher");
        assert_eq!(together.last_of(&[at(0, "b"), at(1, "a"), at(12, "a")], &[]), None);
    }

    #[test]
    fn what_was_seen_before_the_incident_counts_but_never_alone() {
        let three = Correlation { count: Some(3), ..correlation("a") };
        let before = [at(0, "a"), at(1, "a"), at(2, "a")];
        assert_eq!(three.last_of(&[at(3, "b")], &before), None);
        assert_eq!(three.last_of(&[at(4, "b"), at(5, "a")], &before), Some(1));
        assert_eq!(three.last_of(&[at(30, "a")], &before), None);
    }

    proptest! {
        #[test]
        fn the_order_of_arrival_does_not_matter(
            minutes in prop::collection::btree_set(0_i64..40, 1..12),
            kinds in prop::collection::vec(prop::sample::select(vec!["a", "b", "c"]), 12),
            turn in 0_usize..12,
        ) {
            let signals: Vec<Signal> = minutes.iter().zip(&kinds).map(|(minute, kind)| at(*minute, kind)).collect();
            let mut turned = signals.clone();
            turned.rotate_left(turn % signals.len());
            for correlation in [
                Correlation { count: Some(2), ..correlation("a") },
                Correlation { then: vec![matcher("b")], ..correlation("a") },
                Correlation { together: vec![matcher("b"), matcher("c")], ..correlation("a") },
            ] {
                let found = |signals: &[Signal]| correlation.last_of(signals, &[]).map(|place| signals[place].id);
                prop_assert_eq!(found(&signals), found(&turned));
            }
        }
    }
}
