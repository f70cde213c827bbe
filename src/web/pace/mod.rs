//! How fast reports of strangers get ahead: at once within the limits, or with a proof of work; else through a slower
//! lane. Nobody is turned away for having no script. Kept in this process only.

pub mod effort;

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use super::client::Prefix;
use crate::time::{Span, Timestamp};

/// What each report without proof, over the limits, is set back by in the queue, counted within [`WINDOW`].
const EACH: Span = Span::from_minutes(20);
/// Never further back than the longest head start, so that the slower lane ends.
const FURTHEST: Span = Span::from_minutes(240);
const WINDOW: Span = Span::from_minutes(60);
/// So long after a rush each report is still asked for proof.
const RUSH: Span = Span::from_minutes(1);
/// Clients remembered; beyond this many, newcomers count as one.
const CLIENTS: usize = 100_000;

/// How reports come in just now.
#[derive(Default)]
pub struct Pace {
    slow: Mutex<HashMap<Option<Prefix>, (Timestamp, u32)>>,
    rush: Mutex<Option<Timestamp>>,
    pub spent: effort::Spent,
}

impl Pace {
    /// Notes that more come than people send.
    pub fn rushes(&self, now: Timestamp) {
        *self.rush.lock().unwrap_or_else(PoisonError::into_inner) = Some(now);
    }

    /// Whether more came than people send, a minute ago or later.
    pub fn is_rush(&self, now: Timestamp) -> bool {
        let rush = *self.rush.lock().unwrap_or_else(PoisonError::into_inner);
        rush.is_some_and(|rush| now >= rush && now.since(rush) < RUSH)
    }

    /// How far a report in the slower lane is set back: the more of one client, the further.
    pub fn set_back(&self, client: Option<Prefix>, now: Timestamp) -> Span {
        let mut slow = self.slow.lock().unwrap_or_else(PoisonError::into_inner);
        let fresh = |begun: Timestamp| now >= begun && now.since(begun) < WINDOW;
        if slow.len() >= CLIENTS && !slow.contains_key(&client) {
            slow.retain(|_, (begun, _)| fresh(*begun));
        }
        let client = if slow.len() < CLIENTS || slow.contains_key(&client) { client } else { None };
        let (begun, count) = slow.entry(client).or_insert((now, 0));
        if !fresh(*begun) {
            (*begun, *count) = (now, 0);
        }
        *count = count.saturating_add(1);
        Span::from_millis(EACH.millis().saturating_mul(i64::from(*count)).min(FURTHEST.millis()))
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;

    const NOW: Timestamp = Timestamp::from_millis(1_700_000_000_000);

    fn client(number: u32) -> Prefix {
        Prefix::of(Ipv4Addr::from_bits(number).into())
    }

    #[test]
    fn the_more_one_client_sends_the_further_back_and_others_are_not_touched() {
        let pace = Pace::default();
        let minutes = |number| pace.set_back(Some(client(number)), NOW).minutes();
        assert_eq!([minutes(1), minutes(1), minutes(1)], [20, 40, 60]);
        assert_eq!(minutes(2), 20);
        for _ in 0..1_000 {
            assert!(minutes(1) <= 240, "the lane ends");
        }
        assert_eq!(
            pace.set_back(Some(client(1)), NOW.plus(Span::from_minutes(60))).minutes(),
            20,
            "an hour later it is over"
        );
    }

    #[test]
    fn a_flood_of_clients_keeps_memory_bounded() {
        let pace = Pace::default();
        for number in 0..150_000 {
            pace.set_back(Some(client(number)), NOW);
        }
        assert!(pace.slow.lock().unwrap().len() <= CLIENTS + 1);
        assert_eq!(pace.set_back(Some(client(3)), NOW).minutes(), 40, "who was there before is still known");
    }

    #[test]
    fn a_rush_is_over_after_a_minute() {
        let pace = Pace::default();
        assert!(!pace.is_rush(NOW));
        pace.rushes(NOW);
        assert!(pace.is_rush(NOW.plus(Span::from_seconds(59))));
        assert!(!pace.is_rush(NOW.plus(Span::from_seconds(60))));
        assert!(!pace.is_rush(NOW.minus(Span::from_minutes(5))), "a clock set back makes no rush");
    }
}
