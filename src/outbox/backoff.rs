//! How long to wait before the next attempt: twice as long each time, a part of it by chance so that a backend that comes
//! back is not met by everybody at once.

use crate::time::Span;

const FIRST: i64 = 2_000;
const LONGEST: i64 = 300_000;

/// The wait after so many attempts, between half of the full wait and all of it, as `chance` has it.
pub fn wait(attempts: i64, chance: u64) -> Span {
    let doublings = u32::try_from(attempts.clamp(1, 20) - 1).unwrap_or(0);
    let whole = FIRST.saturating_mul(1_i64 << doublings).min(LONGEST);
    let half = whole / 2;
    let part = u64::try_from(half + 1).map_or(0, |parts| chance % parts);
    Span::from_millis(half + i64::try_from(part).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn waits_grow_to_five_minutes_and_never_vanish(attempts in -3i64..200, chance in any::<u64>()) {
            let waited = wait(attempts, chance).millis();
            prop_assert!((1_000..=300_000).contains(&waited));
            prop_assert!(wait(attempts, u64::MAX).millis() <= wait(attempts + 1, u64::MAX).millis() * 2);
        }
    }

    #[test]
    fn the_first_waits_are_short() {
        let longest: Vec<i64> = (1..=9).map(|attempts| wait(attempts, 1 << 40).millis()).collect();
        assert!(longest[0] <= 2_000 && longest[1] <= 4_000 && longest[8] <= 300_000, "{longest:?}");
    }
}
