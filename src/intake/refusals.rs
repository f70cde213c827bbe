//! What was refused, counted in memory: however much is forged, nothing is written (HK-05).

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use super::NotTaken;
use crate::time::Timestamp;

const HOUR: i64 = 3_600_000;

/// Refusals by endpoint and reason. Names that are not configured share one count, so strangers cannot make it grow.
#[derive(Default)]
pub struct Refusals(Mutex<BTreeMap<(String, &'static str), Count>>);

#[derive(Debug, Clone, Copy, Default)]
struct Count {
    hour: i64,
    this: u64,
    before: u64,
}

impl Count {
    /// The count as of an hour.
    fn at(self, hour: i64) -> Self {
        match hour - self.hour {
            ..=0 => self,
            1 => Self { hour, this: 0, before: self.this },
            2.. => Self { hour, this: 0, before: 0 },
        }
    }
}

impl Refusals {
    /// Counts one; `endpoint` is nothing for a name that is not configured.
    pub fn count(&self, endpoint: Option<&str>, (reason, now): (NotTaken, Timestamp)) {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = counts.entry((endpoint.unwrap_or_default().to_owned(), reason.label())).or_default();
        *count = count.at(now.millis().div_euclid(HOUR));
        count.this += 1;
    }

    /// Refusals of the hour that runs and the one before, since this node began, by endpoint (empty: an unknown one) and
    /// reason.
    pub fn recent(&self, now: Timestamp) -> BTreeMap<String, BTreeMap<&'static str, u64>> {
        let counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut recent: BTreeMap<String, BTreeMap<&'static str, u64>> = BTreeMap::new();
        for ((endpoint, reason), count) in &*counts {
            let count = count.at(now.millis().div_euclid(HOUR));
            if count.this + count.before > 0 {
                recent.entry(endpoint.clone()).or_default().insert(reason, count.this + count.before);
            }
        }
        recent
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::verify::Refused;

    #[test]
    fn refusals_fade_after_two_hours() {
        let refusals = Refusals::default();
        let at = |hour: i64| Timestamp::from_millis(hour * HOUR + 5);
        for _ in 0..3 {
            refusals.count(Some("okta"), (NotTaken::Refused(Refused::BadSignature), at(10)));
        }
        refusals.count(None, (NotTaken::UnknownEndpoint, at(10)));
        refusals.count(Some("okta"), (NotTaken::Refused(Refused::BadSignature), at(11)));
        assert_eq!(refusals.recent(at(11))["okta"], BTreeMap::from([("bad-signature", 4)]));
        assert_eq!(refusals.recent(at(11))[""], BTreeMap::from([("unknown-endpoint", 1)]));
        assert_eq!(refusals.recent(at(12))["okta"]["bad-signature"], 1);
        assert!(refusals.recent(at(13)).is_empty());
    }
}
