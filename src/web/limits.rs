//! How often something may be done: by a client, an account, a source. Kept in this process only.

use std::collections::BTreeMap;
use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hash};
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use governor::clock::Clock as _;
use governor::middleware::NoOpMiddleware;
use governor::nanos::Nanos;
use governor::state::keyed::DashMapStateStore;

use crate::time::{Clock, Span, Timestamp};

/// Beyond this many keys, newcomers share.
const KEYS: usize = 100_000;
/// How many places the sharing ones are spread over.
const SHARED: u64 = 4096;
/// Sweeping looks at every key, so it is not done for each check.
const SWEEP: Span = Span::from_seconds(10);

/// `burst` at once, filled up again evenly within `per`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quota {
    pub burst: NonZeroU32,
    /// At least a millisecond.
    pub per: Span,
}

/// Over the limit; open again after this many seconds, at least 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetryAfter(pub u64);

impl From<RetryAfter> for super::problem::Problem {
    fn from(RetryAfter(seconds): RetryAfter) -> Self {
        Self::too_many(seconds)
    }
}

/// Keys are kept as keyed digests: of one size however long the text, and unreadable in a memory dump.
type Key = [u64; 2];
type Store = DashMapStateStore<Key>;

/// One limit for many keys.
pub struct Limit {
    governor: governor::RateLimiter<Key, Store, Steady, NoOpMiddleware<Nanos>>,
    clock: Steady,
    digest: [RandomState; 2],
    swept: Mutex<Nanos>,
    /// How many checks are free, of keys that were counted without need.
    owed: Mutex<BTreeMap<Key, u32>>,
    quota: Quota,
}

impl Limit {
    pub fn new(quota: Quota, clock: Arc<dyn Clock>) -> Self {
        let clock = Steady::new(clock);
        let millis = u64::try_from(quota.per.millis()).unwrap_or(0).max(1);
        let each = Duration::from_millis(millis) / quota.burst.get();
        let pace = governor::Quota::with_period(each.max(Duration::from_nanos(1)))
            // Only for a period of 0.
            .unwrap_or(governor::Quota::per_second(quota.burst))
            .allow_burst(quota.burst);
        Self {
            governor: governor::RateLimiter::dashmap_with_clock(pace, clock.clone()),
            clock,
            digest: [RandomState::new(), RandomState::new()],
            swept: Mutex::new(Nanos::new(0)),
            owed: Mutex::default(),
            quota,
        }
    }

    /// What it was made with.
    pub fn quota(&self) -> Quota {
        self.quota
    }

    /// Counts one for the key (a [`Prefix`](super::client::Prefix), a text), or says when to come back.
    pub fn check(&self, key: impl Hash) -> Result<(), RetryAfter> {
        let mut key = self.digest(&key);
        if self.pays_back(&key) {
            return Ok(());
        }
        if self.governor.len() >= KEYS && !self.sweep() {
            // A flood of keys neither fills the memory nor lifts the limit; it may slow down others that fall into
            // the same place.
            key = [key[0] % SHARED, u64::MAX];
        }
        self.governor.check_key(&key).map_err(|over| {
            let wait = over.wait_time_from(self.clock.now());
            RetryAfter(wait.as_secs() + u64::from(wait.subsec_nanos() > 0 || wait.is_zero()))
        })
    }

    /// Takes back that one was counted for the key: what a limit on failures is told of a success. Good until the next
    /// sweep, and for no more than a burst.
    pub fn give_back(&self, key: impl Hash) {
        let mut owed = self.owed.lock().unwrap_or_else(PoisonError::into_inner);
        if owed.len() < KEYS {
            let free = owed.entry(self.digest(&key)).or_default();
            *free = (*free + 1).min(self.quota.burst.get());
        }
    }

    fn pays_back(&self, key: &Key) -> bool {
        let mut owed = self.owed.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(free) = owed.get_mut(key) else { return false };
        *free -= 1;
        if *free == 0 {
            owed.remove(key);
        }
        true
    }

    fn digest(&self, key: impl Hash) -> Key {
        self.digest.each_ref().map(|digest| digest.hash_one(&key))
    }

    /// Forgets the keys that have their whole burst again; whether there is room now. Does nothing when called again
    /// within 10 seconds. Call it every few minutes.
    pub fn sweep(&self) -> bool {
        let now = self.clock.now();
        let mut swept = self.swept.lock().unwrap_or_else(PoisonError::into_inner);
        let since = now.as_u64().saturating_sub(swept.as_u64());
        if since < u64::try_from(SWEEP.millis()).unwrap_or(0) * 1_000_000 {
            return false;
        }
        *swept = now;
        self.owed.lock().unwrap_or_else(PoisonError::into_inner).clear();
        self.governor.retain_recent();
        self.governor.shrink_to_fit();
        self.governor.len() < KEYS
    }
}

/// The house clock made to run only forwards: a limit must not hang for an hour because the clock was set back one.
#[derive(Clone)]
struct Steady {
    clock: Arc<dyn Clock>,
    seen: Arc<Mutex<(Timestamp, Nanos)>>,
}

impl Steady {
    /// Starts far enough from 0 for governor to look back, and for the first sweep to be due.
    fn new(clock: Arc<dyn Clock>) -> Self {
        let start = Nanos::new(1_000_000_000_000_000);
        let seen = Arc::new(Mutex::new((clock.now(), start)));
        Self { clock, seen }
    }
}

impl governor::clock::Clock for Steady {
    type Instant = Nanos;

    fn now(&self) -> Nanos {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let now = self.clock.now();
        let passed = u64::try_from(now.since(seen.0).millis()).unwrap_or(0);
        *seen = (now, seen.1 + Nanos::new(passed.saturating_mul(1_000_000)));
        seen.1
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;
    use std::sync::atomic::{AtomicI64, Ordering};

    use super::*;
    use crate::web::client::Prefix;

    #[derive(Default)]
    struct Hand(AtomicI64);

    impl Hand {
        fn turn(&self, by: Span) {
            self.0.fetch_add(by.millis(), Ordering::Relaxed);
        }
    }

    impl Clock for Hand {
        fn now(&self) -> Timestamp {
            Timestamp::from_millis(1_700_000_000_000 + self.0.load(Ordering::Relaxed))
        }
    }

    fn three_a_minute() -> (Arc<Hand>, Limit) {
        let clock = Arc::new(Hand::default());
        let quota = Quota { burst: NonZeroU32::new(3).unwrap(), per: Span::from_minutes(1) };
        (Arc::clone(&clock), Limit::new(quota, clock))
    }

    #[test]
    fn a_burst_passes_and_the_next_is_told_when_to_come_back() {
        let (clock, limit) = three_a_minute();
        let key = Prefix::of(Ipv4Addr::new(192, 0, 2, 1).into());
        for _ in 0..3 {
            assert_eq!(limit.check(key), Ok(()));
        }
        assert_eq!(limit.check(key), Err(RetryAfter(20)));
        assert_eq!(limit.check("another"), Ok(()));
        clock.turn(Span::from_seconds(20));
        assert_eq!(limit.check(key), Ok(()));
        assert_eq!(limit.check(key), Err(RetryAfter(20)));
    }

    #[test]
    fn what_is_given_back_was_not_counted() {
        let (_, limit) = three_a_minute();
        for _ in 0..100 {
            assert_eq!(limit.check("a large house"), Ok(()));
            limit.give_back("a large house");
        }
        for _ in 0..100 {
            limit.give_back("a large house");
        }
        let passed = (0..100).filter(|_| limit.check("a large house").is_ok()).count();
        assert_eq!(passed, 3 + 2, "a burst is all that can be owed, and one of three was counted");
    }

    #[test]
    fn a_clock_set_back_does_not_lengthen_the_wait() {
        let (clock, limit) = three_a_minute();
        while limit.check("account").is_ok() {}
        clock.turn(Span::from_minutes(-60));
        assert_eq!(limit.check("account"), Err(RetryAfter(20)));
        clock.turn(Span::from_seconds(20));
        assert_eq!(limit.check("account"), Ok(()));
    }

    #[test]
    fn a_flood_of_keys_keeps_memory_bounded_and_the_limit_in_force() {
        let (clock, limit) = three_a_minute();
        for key in 0..KEYS + 20_000 {
            let _ = limit.check(key);
        }
        assert!(limit.governor.len() <= KEYS + 4096);
        while limit.check("late").is_ok() {}
        assert!(limit.check("late").is_err());
        clock.turn(Span::from_minutes(2));
        assert!(limit.sweep());
        assert!(limit.governor.is_empty());
        assert_eq!(limit.check("late"), Ok(()));
    }
}
