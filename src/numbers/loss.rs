//! The loss averted, with its counterfactual: the same people taking up cases at the same moments, the oldest first.
//!
//! As in the surge simulation of `scoring`: what help saves of a case halves with every half-life it waits. Steps that
//! people got in the first answer are not counted, nor is anything a hold stopped: only what the order of the queue did.

use super::measure::{number, rounded};
use crate::scoring::exact;
use crate::time::{Span, Timestamp};

/// A case that somebody took up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Taken {
    pub arrived: Timestamp,
    pub taken: Timestamp,
    pub stake_cents: i64,
    pub half_life: Span,
    /// Thousandths.
    pub help_works: i64,
}

impl Taken {
    /// Cents that help saves when it comes after a wait.
    fn saved_after(&self, wait: Span) -> f64 {
        let half_lives = number(wait.millis().max(0)) / number(self.half_life.millis().max(1));
        number(self.stake_cents.max(0)) * number(self.help_works.clamp(0, 1_000)) / 1_000.0 * exact::exp2(-half_lives)
    }
}

/// What the order of the queue was worth.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Averted {
    pub cases: i64,
    /// Cents that help at once would have saved.
    pub at_once: i64,
    /// Cents that help saved, by the waits there were.
    pub saved: i64,
    /// Cents that it would have saved had the oldest always been taken first.
    pub oldest_first: i64,
}

impl Averted {
    /// Cents that the order saved beyond oldest first; below nothing when it did worse.
    pub fn gained(&self) -> i64 {
        self.saved.saturating_sub(self.oldest_first)
    }
}

/// Reckons what was saved, and what would have been with the same claims at the same moments but oldest first.
///
/// By the time of the k-th claim at least k cases have arrived, so oldest first gives the k-th claim the k-th arrival.
pub fn averted(taken: &[Taken]) -> Averted {
    let mut by_arrival: Vec<&Taken> = taken.iter().collect();
    by_arrival.sort_by_key(|case| case.arrived);
    let mut moments: Vec<Timestamp> = taken.iter().map(|case| case.taken.max(case.arrived)).collect();
    moments.sort_unstable();
    let sum = |of: &mut dyn Iterator<Item = f64>| rounded(of.sum());
    Averted {
        cases: i64::try_from(taken.len()).unwrap_or(i64::MAX),
        at_once: sum(&mut taken.iter().map(|case| case.saved_after(Span::ZERO))),
        saved: sum(&mut taken.iter().map(|case| case.saved_after(case.taken.since(case.arrived)))),
        oldest_first: sum(&mut by_arrival
            .iter()
            .zip(&moments)
            .map(|(case, moment)| case.saved_after(moment.since(case.arrived)))),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn case(arrived: i64, taken: i64, dollars: i64) -> Taken {
        let at = |minute: i64| Timestamp::from_millis(minute * 60_000);
        Taken {
            arrived: at(arrived),
            taken: at(taken),
            stake_cents: dollars * 100,
            half_life: Span::from_minutes(10),
            help_works: 1_000,
        }
    }

    #[test]
    fn taking_the_great_loss_first_is_worth_what_the_small_one_did_not_lose() {
        // Both taken at 10 and 20 minutes; oldest first would have let the great one wait for 20.
        let found = averted(&[case(0, 20, 100), case(0, 10, 8_000)]);
        assert_eq!((found.cases, found.at_once, found.saved), (2, 810_000, 402_500));
        assert!(averted(&[case(0, 20, 100), case(1, 10, 8_000)]).gained() > 180_000);
        let fair = averted(&[case(0, 10, 8_000), case(1, 20, 100)]);
        assert_eq!(fair.gained(), 0, "the order was oldest first");
    }

    proptest! {
        #[test]
        fn nothing_saves_more_than_help_at_once_and_oldest_first_gains_nothing_over_itself(
            given in prop::collection::vec((0i64..500, 0i64..300, 0i64..100_000), 0..40)
        ) {
            let cases: Vec<Taken> = given.iter().map(|(at, wait, dollars)| case(*at, at + wait, *dollars)).collect();
            let found = averted(&cases);
            prop_assert!(0 <= found.saved && found.saved <= found.at_once);
            prop_assert!(0 <= found.oldest_first && found.oldest_first <= found.at_once);
            let mut arrivals: Vec<i64> = cases.iter().map(|case| case.arrived.millis()).collect();
            let mut moments: Vec<i64> = cases.iter().map(|case| case.taken.millis()).collect();
            arrivals.sort_unstable();
            moments.sort_unstable();
            prop_assert!(arrivals.iter().zip(&moments).all(|(arrival, moment)| arrival <= moment), "nobody is taken before they come");
        }

        #[test]
        fn equal_stakes_gain_nothing_that_their_waits_do_not_say(given in prop::collection::vec((0i64..500, 0i64..300), 1..30)) {
            let mut cases: Vec<Taken> = given.iter().map(|(at, wait)| case(*at, at + wait, 100)).collect();
            let there = averted(&cases);
            cases.reverse();
            prop_assert_eq!(there.saved, averted(&cases).saved, "the order of the rows does not matter");
        }
    }
}
