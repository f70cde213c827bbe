//! Counting over the signals of one subject: how many, how many different, which together, which after which.
//!
//! Signals are taken by the time of what happened, so the order in which they arrive does not matter.

use std::collections::{BTreeMap, BTreeSet};

use super::matcher::Matcher;
use super::set::Correlation;
use crate::signal::Signal;

/// The signals of an incident and those before it on one line of time.
pub(super) struct Line<'a> {
    /// By the time of what happened; with the place in the incident, when the signal belongs to it.
    seen: Vec<(&'a Signal, Option<usize>)>,
}

impl<'a> Line<'a> {
    pub fn of(signals: &'a [Signal], earlier: &'a [Signal]) -> Self {
        let own = signals.iter().zip((0..).map(Some));
        let mut seen: Vec<_> = own.chain(earlier.iter().map(|signal| (signal, None))).collect();
        seen.sort_by_key(|(signal, _)| (signal.at, signal.id));
        Self { seen }
    }

    /// What lies within a span of some signal of the incident; nothing further away can be in one run with it.
    fn near(&self, within: crate::time::Span) -> &[(&'a Signal, Option<usize>)] {
        let mut own = self.seen.iter().filter(|(_, own)| own.is_some()).map(|(signal, _)| signal.at);
        let Some(first) = own.next() else { return &[] };
        let last = own.next_back().unwrap_or(first).plus(within);
        let begin = self.seen.partition_point(|(signal, _)| signal.at.plus(within) < first);
        let end = self.seen.partition_point(|(signal, _)| signal.at <= last);
        &self.seen[begin..end]
    }
}

/// The places on a stretch of the line that a matcher fits, in order: each signal is looked at once.
struct Fitting(Vec<usize>);

impl Fitting {
    fn of(span: &[(&Signal, Option<usize>)], matcher: &Matcher) -> Self {
        Self((0..span.len()).filter(|place| matcher.fits(&span[*place].0.facts)).collect())
    }

    /// Those from one place on and before another.
    fn between(&self, from: usize, end: usize) -> &[usize] {
        let first = self.0.partition_point(|place| *place < from);
        let last = self.0.partition_point(|place| *place < end);
        &self.0[first..last.max(first)]
    }

    fn has(&self, place: usize) -> bool {
        self.0.binary_search(&place).is_ok()
    }
}

impl Correlation {
    /// The place of the latest signal of the incident in the first run that fulfils the correlation. A run of nothing but
    /// earlier signals fulfils nothing: it was judged in its own time.
    pub(super) fn last_of(&self, line: &Line<'_>) -> Option<usize> {
        let mut own = line.seen.iter().filter(|(_, own)| own.is_some());
        if !own.any(|(signal, _)| self.matchers().any(|matcher| matcher.fits(&signal.facts))) {
            return None;
        }
        let span = line.near(self.within);
        let first = Fitting::of(span, &self.matches);
        let together: Vec<Fitting> = self.together.iter().map(|matcher| Fitting::of(span, matcher)).collect();
        let then: Vec<Fitting> = self.then.iter().map(|matcher| Fitting::of(span, matcher)).collect();
        // The last own signal that the first matcher fits, up to each place.
        let mut last = None;
        let latest = span.iter().enumerate().map(|(place, (_, own))| {
            last = if own.is_some() && first.has(place) { Some(place) } else { last };
            last
        });
        let latest: Vec<Option<usize>> = latest.collect();
        let mut values = Values::default();
        let (mut begin, mut end) = (0, 0);
        for (start, (signal, _)) in span.iter().enumerate() {
            // A plain count or an ordered run begins with the matcher itself.
            let begins = first.has(start) || together.iter().any(|fitting| fitting.has(start));
            if !begins || (together.is_empty() && !first.has(start)) {
                continue;
            }
            let until = signal.at.plus(self.within);
            while end < span.len() && span[end].0.at <= until {
                values.add(self.values(span[end].0, first.has(end)));
                end += 1;
            }
            while begin < start {
                values.take(self.values(span[begin].0, first.has(begin)));
                begin += 1;
            }
            let counted = first.between(start, end).len();
            let enough = self.count.is_none_or(|least| counted >= least as usize)
                && self.distinct.as_ref().is_none_or(|(_, least)| values.0.len() >= *least as usize);
            if !enough {
                continue;
            }
            let Some(further) = further((start, end), &first, (&together, &then)) else { continue };
            let counted = latest[end - 1].filter(|place| *place >= start);
            let used = further.into_iter().filter(|place| span[*place].1.is_some()).chain(counted).max();
            if let Some(used) = used {
                return span[used].1;
            }
        }
        None
    }

    fn matchers(&self) -> impl Iterator<Item = &Matcher> {
        std::iter::once(&self.matches).chain(&self.together).chain(&self.then)
    }

    /// What a signal adds to the different values that are counted.
    fn values<'a>(&self, signal: &'a Signal, counts: bool) -> &'a [String] {
        match &self.distinct {
            Some((field, _)) if counts => signal.facts.get(field),
            Some(_) | None => &[],
        }
    }
}

/// Different values in a window that moves on, each with how often it is there.
#[derive(Default)]
struct Values<'a>(BTreeMap<&'a String, usize>);

impl<'a> Values<'a> {
    fn add(&mut self, values: &'a [String]) {
        for value in values {
            *self.0.entry(value).or_default() += 1;
        }
    }

    fn take(&mut self, values: &'a [String]) {
        for value in values {
            let left = self.0.get_mut(value).map_or(0, |count| {
                *count -= 1;
                *count
            });
            if left == 0 {
                self.0.remove(value);
            }
        }
    }
}

/// What a window uses beside the signals that are counted; nothing when something of it is missing.
fn further(
    (start, end): (usize, usize),
    first: &Fitting,
    (together, then): (&[Fitting], &[Fitting]),
) -> Option<Vec<usize>> {
    let mut used = if together.is_empty() { Vec::new() } else { assigned((start, end), first, together)? };
    // The matchers of `then` must follow one another after the first signal.
    let mut from = start + 1;
    for fitting in then {
        let place = *fitting.between(from, end).first()?;
        used.push(place);
        from = place + 1;
    }
    Some(used)
}

/// A signal of its own for the matcher and each of `together`, in any order; nothing when they do not all find one.
fn assigned((start, end): (usize, usize), first: &Fitting, together: &[Fitting]) -> Option<Vec<usize>> {
    // As many candidates as there are matchers are enough for each: one of them is always free.
    let most = together.len() + 1;
    let candidates = |fitting: &Fitting| fitting.between(start, end).iter().copied().take(most).collect::<Vec<usize>>();
    let wanted: Vec<Vec<usize>> = std::iter::once(first).chain(together).map(candidates).collect();
    let mut taken = BTreeMap::new();
    (0..wanted.len()).all(|number| seat(number, &wanted, (&mut taken, &mut BTreeSet::new()))).then_some(())?;
    Some(taken.into_keys().collect())
}

type Seats<'a> = (&'a mut BTreeMap<usize, usize>, &'a mut BTreeSet<usize>);

/// Finds a signal for a matcher, moving others on where they can (augmenting paths).
fn seat(number: usize, wanted: &[Vec<usize>], (taken, tried): Seats<'_>) -> bool {
    for place in &wanted[number] {
        if !tried.insert(*place) {
            continue;
        }
        let free = match taken.get(place).copied() {
            None => true,
            Some(other) => seat(other, wanted, (&mut *taken, &mut *tried)),
        };
        if free {
            taken.insert(*place, number);
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

    impl Correlation {
        fn over(&self, signals: &[Signal], earlier: &[Signal]) -> Option<usize> {
            self.last_of(&Line::of(signals, earlier))
        }
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
        assert_eq!(five.over(&[at(0, "a"), at(4, "a"), at(9, "a")], &[]), Some(2));
        assert_eq!(five.over(&[at(0, "a"), at(6, "a"), at(12, "a")], &[]), None);
        assert_eq!(five.over(&[at(0, "a"), at(6, "a"), at(12, "a"), at(15, "a")], &[]), Some(3));
    }

    #[test]
    fn different_values_are_counted_once_each() {
        let distinct = Correlation { distinct: Some(("ip".to_owned(), 2)), ..correlation("a") };
        assert_eq!(distinct.over(&[at(1, "a"), at(1, "a")], &[]), None);
        assert_eq!(distinct.over(&[at(1, "a"), at(2, "a")], &[]), Some(1));
    }

    #[test]
    fn a_sequence_has_an_order_and_what_is_seen_together_has_none() {
        let then = Correlation { then: vec![matcher("b"), matcher("a")], ..correlation("a") };
        assert_eq!(then.over(&[at(0, "a"), at(1, "b"), at(2, "a")], &[]), Some(2));
        assert_eq!(then.over(&[at(0, "b"), at(1, "a"), at(2, "a")], &[]), None);
        let together = Correlation { together: vec![matcher("b"), matcher("a")], ..correlation("a") };
        assert_eq!(together.over(&[at(0, "b"), at(1, "a"), at(2, "a")], &[]), Some(2));
        assert_eq!(together.over(&[at(0, "b"), at(1, "a"), at(2, "b")], &[]), None, "one signal serves one matcher");
        assert_eq!(together.over(&[at(0, "b"), at(1, "a"), at(12, "a")], &[]), None);
    }

    #[test]
    fn what_was_seen_before_the_incident_counts_but_never_alone() {
        let three = Correlation { count: Some(3), ..correlation("a") };
        let before = [at(0, "a"), at(1, "a"), at(2, "a")];
        assert_eq!(three.over(&[at(3, "b")], &before), None);
        assert_eq!(three.over(&[at(4, "b"), at(5, "a")], &before), Some(1));
        assert_eq!(three.over(&[at(30, "a")], &before), None);
    }

    /// Every run looked at by itself, signal by signal: what the window must come to.
    fn plainly(correlation: &Correlation, signals: &[Signal], earlier: &[Signal]) -> Option<usize> {
        let line = Line::of(signals, earlier).seen;
        (0..line.len()).find_map(|first| {
            let end = line[first].0.at.plus(correlation.within);
            let span: Vec<_> = line[first..].iter().take_while(|(signal, _)| signal.at <= end).collect();
            let fits = |place: usize, matcher: &Matcher| matcher.fits(&span[place].0.facts);
            let counted: Vec<usize> = (0..span.len()).filter(|place| fits(*place, &correlation.matches)).collect();
            if counted.first() != Some(&0) || correlation.count.is_some_and(|least| counted.len() < least as usize) {
                return None;
            }
            let (field, least) = correlation.distinct.clone().unwrap_or_default();
            let values: BTreeSet<&String> = counted.iter().flat_map(|place| span[*place].0.facts.get(&field)).collect();
            let mut rest = 1..span.len();
            let then: Option<Vec<usize>> =
                correlation.then.iter().map(|matcher| rest.find(|place| fits(*place, matcher))).collect();
            let used = counted.into_iter().chain(then.filter(|_| values.len() >= least as usize)?);
            used.filter(|place| span[*place].1.is_some()).max().and_then(|place| span[place].1)
        })
    }

    proptest! {
        #[test]
        fn a_window_that_moves_on_finds_what_looking_at_every_run_finds(
            minutes in prop::collection::btree_set(0_i64..60, 1..24),
            kinds in prop::collection::vec(prop::sample::select(vec!["a", "b", "c"]), 24),
            own in prop::collection::vec(any::<bool>(), 24),
        ) {
            let signals = minutes.iter().zip(&kinds).map(|(minute, kind)| at(*minute, kind)).zip(&own);
            let (own, earlier): (Vec<_>, Vec<_>) = signals.partition(|(_, own)| **own);
            let [own, earlier] = [own, earlier].map(|some| some.into_iter().map(|(signal, _)| signal).collect::<Vec<_>>());
            for correlation in [
                Correlation { count: Some(3), ..correlation("a") },
                Correlation { distinct: Some(("ip".to_owned(), 2)), ..correlation("a") },
                Correlation { then: vec![matcher("b"), matcher("a")], ..correlation("a") },
                Correlation { count: Some(2), then: vec![matcher("b")], ..correlation("a") },
            ] {
                prop_assert_eq!(correlation.over(&own, &earlier), plainly(&correlation, &own, &earlier));
            }
        }

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
                let found = |signals: &[Signal]| correlation.over(signals, &[]).map(|place| signals[place].id);
                prop_assert_eq!(found(&signals), found(&turned));
            }
        }
    }
}
