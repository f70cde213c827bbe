//! Arrivals, closings and backlog step by step over a window.

use super::rows::Slot;
use crate::time::{Span, Timestamp};

/// A window cut into equal steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Steps {
    pub since: Timestamp,
    pub step: Span,
    pub number: i64,
}

impl Steps {
    /// Hours for two days and less, else days; the last one ends with the window.
    pub fn of((since, until): (Timestamp, Timestamp)) -> Self {
        // the end itself is not within
        let whole = until.since(since).millis().saturating_sub(1).max(1);
        let step = if whole <= 2 * 86_400_000 { 3_600_000 } else { 86_400_000 };
        let number = (whole + step - 1) / step;
        Self {
            since: until.minus(Span::from_millis(number.saturating_mul(step))),
            step: Span::from_millis(step),
            number,
        }
    }

    pub fn begin(&self, slot: i64) -> Timestamp {
        self.since.plus(Span::from_millis(self.step.millis().saturating_mul(slot)))
    }
}

/// What happened within one step, and what was open at its end.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Day {
    pub security: i64,
    pub routine: i64,
    pub closed: i64,
    pub backlog: i64,
}

/// The steps in order. What is open now is known; going back, each step gives away what came and takes up what was closed.
pub fn days(steps: &Steps, slots: &[Slot], open: i64) -> Vec<Day> {
    let mut days = vec![Day::default(); usize::try_from(steps.number.clamp(0, 1_000)).unwrap_or(0)];
    for slot in slots {
        let Some(day) = usize::try_from(slot.slot).ok().and_then(|slot| days.get_mut(slot)) else { continue };
        match (slot.closed, slot.lane) {
            (true, _) => day.closed += slot.number,
            (false, 0) => day.security += slot.number,
            (false, _) => day.routine += slot.number,
        }
    }
    let mut left = open;
    for day in days.iter_mut().rev() {
        day.backlog = left.max(0);
        left = left.saturating_sub(day.security).saturating_sub(day.routine).saturating_add(day.closed);
    }
    days
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_backlog_is_what_a_count_at_each_moment_finds(given in prop::collection::vec((-20i64..72, prop::option::of(0i64..90)), 0..60)) {
            let hour = 3_600_000;
            let steps = Steps { since: Timestamp::from_millis(0), step: Span::from_millis(hour), number: 72 };
            // Arrived in an hour, closed some hours later; what closes after the window is open now.
            let cases: Vec<(i64, Option<i64>)> =
                given.iter().map(|(arrived, stay)| (*arrived, stay.map(|stay| arrived + stay).filter(|closed| *closed < 72))).collect();
            let mut slots = Vec::new();
            for (arrived, closed) in &cases {
                slots.push(Slot { closed: false, slot: *arrived, lane: arrived.rem_euclid(2), number: 1 });
                slots.extend(closed.map(|slot| Slot { closed: true, slot, lane: 0, number: 1 }));
            }
            slots.retain(|slot| slot.slot >= 0);
            let open = i64::try_from(cases.iter().filter(|(_, closed)| closed.is_none()).count()).unwrap();
            for (at, day) in (0..).zip(days(&steps, &slots, open)) {
                let counted = cases.iter().filter(|(arrived, closed)| *arrived <= at && closed.is_none_or(|closed| closed > at)).count();
                prop_assert_eq!(day.backlog, i64::try_from(counted).unwrap(), "hour {}", at);
            }
        }
    }

    #[test]
    fn short_windows_are_cut_into_hours_and_the_last_step_ends_with_the_window() {
        let at = Timestamp::from_millis;
        let day = Steps::of((at(0), at(86_400_000)));
        assert_eq!((day.number, day.step.minutes()), (24, 60));
        let week = Steps::of((at(0), at(7 * 86_400_000)));
        assert_eq!((week.number, week.begin(7)), (7, at(7 * 86_400_000)));
    }
}
