//! When a source has been quiet for too long. Pure.

use crate::time::{Span, Timestamp};

/// Hours in which a source was heard before its habit counts.
const HABIT: i64 = 12;
const HOUR: i64 = 3_600_000;
/// A habit is never held to less than this.
const LEAST: Span = Span::from_minutes(120);

/// What is known of a source's sending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    pub last_seen: Timestamp,
    /// Hours of the last two weeks in which it was heard.
    pub hours: i64,
    /// The most hours from one of them to the next.
    pub longest: i64,
    /// The longest silence that the operator's settings allow.
    pub allowed: Option<Span>,
    /// When its last maintenance window ended; silence within one says nothing.
    pub window_ended: Option<Timestamp>,
}

impl Known {
    /// The silence after which somebody should look: what the settings say, else twice the longest gap there was. Nothing
    /// while a source is too new to have a habit.
    pub fn patience(&self) -> Option<Span> {
        let habit = || {
            let twice = self.longest.saturating_mul(2).saturating_add(1).saturating_mul(HOUR);
            (self.hours >= HABIT).then(|| Span::from_millis(twice).max(LEAST))
        };
        self.allowed.or_else(habit)
    }

    /// Since when the source has been silent, when that is too long.
    pub fn silent_since(&self, now: Timestamp) -> Option<Timestamp> {
        let heard = self.window_ended.map_or(self.last_seen, |ended| self.last_seen.max(ended.min(now)));
        (now.since(heard) > self.patience()?).then_some(self.last_seen)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LAST: Timestamp = Timestamp::from_millis(1_000 * HOUR);
    const HOURLY: Known = Known { last_seen: LAST, hours: 200, longest: 1, allowed: None, window_ended: None };

    fn after(hours: i64) -> Timestamp {
        Timestamp::from_millis(LAST.millis() + hours * HOUR)
    }

    #[test]
    fn a_source_is_held_to_its_own_habit() {
        assert_eq!(HOURLY.silent_since(after(3)), None);
        assert_eq!(HOURLY.silent_since(after(4)), Some(LAST));
        let daily = Known { hours: 14, longest: 24, ..HOURLY };
        assert_eq!(daily.silent_since(after(49)), None);
        assert_eq!(daily.silent_since(after(50)), Some(LAST));
    }

    #[test]
    fn a_new_source_has_no_habit_and_the_settings_go_before_any() {
        let new = Known { hours: 3, ..HOURLY };
        assert_eq!(new.silent_since(after(10_000)), None);
        let set = Known { allowed: Some(Span::from_minutes(30)), ..new };
        assert_eq!(set.silent_since(after(1)), Some(LAST));
    }

    #[test]
    fn silence_within_a_maintenance_window_does_not_count() {
        let tended = Known { window_ended: Some(after(10)), ..HOURLY };
        assert_eq!(tended.silent_since(after(9)), None, "it is not over");
        assert_eq!(tended.silent_since(after(13)), None);
        assert_eq!(tended.silent_since(after(14)), Some(LAST));
    }
}
