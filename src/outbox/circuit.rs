//! The circuit breaker of one target: after five failures nothing is sent for half a minute, then one letter tries (NET-03).

use crate::time::{Span, Timestamp};

const FAILURES: u32 = 5;
const REST: Span = Span::from_seconds(30);

/// Counts failures in a row.
#[derive(Debug, Clone, Copy, Default)]
pub struct Circuit {
    failures: u32,
    opened: Option<Timestamp>,
}

impl Circuit {
    /// How many letters may leave now, of so many that could.
    pub fn lets(&self, most: i64, now: Timestamp) -> i64 {
        match self.opened {
            Some(opened) if now < opened.plus(REST) => 0,
            Some(_) => most.min(1),
            None => most,
        }
    }

    pub fn is_open(&self) -> bool {
        self.opened.is_some()
    }

    /// Takes in how one letter went.
    pub fn note(&mut self, answered: bool, now: Timestamp) {
        if answered {
            *self = Self::default();
            return;
        }
        self.failures = self.failures.saturating_add(1);
        if self.failures >= FAILURES {
            self.opened = Some(now);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_failures_rest_for_half_a_minute_then_one_letter_tries() {
        let at = |seconds: i64| Timestamp::from_millis(0).plus(Span::from_seconds(seconds));
        let mut circuit = Circuit::default();
        for second in 0..4 {
            circuit.note(false, at(second));
            assert_eq!(circuit.lets(8, at(second)), 8);
        }
        circuit.note(false, at(4));
        assert_eq!((circuit.lets(8, at(4)), circuit.lets(8, at(33)), circuit.lets(8, at(34))), (0, 0, 1));
        circuit.note(false, at(34));
        assert_eq!((circuit.lets(8, at(63)), circuit.lets(8, at(64))), (0, 1));
        circuit.note(true, at(64));
        assert_eq!(circuit.lets(8, at(64)), 8);
    }
}
