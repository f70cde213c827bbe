//! How long a wait is likely to last, from how fast a lane was served of late; nothing when that says too little.

use crate::time::{Span, Timestamp};

/// Fewer than this many served say nothing about the next.
const FEWEST: u32 = 3;
/// How far the two ends lie from the middle at most, in thousandths.
const WIDEST: i64 = 800;

/// How many of a lane were taken up for the first time within a span of time at work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Served {
    pub count: u32,
    pub over: Span,
}

/// Between these two moments a person likely takes it up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Likely {
    pub from: Timestamp,
    pub until: Timestamp,
}

/// When the case behind `ahead` others is likely taken up, counted from `start`, the moment staff work from. The range is
/// as wide as so few observations leave it: one deviation of the wait's sum and of the rate, rounded outwards.
pub fn likely(start: Timestamp, ahead: u32, served: Served) -> Option<Likely> {
    if served.count < FEWEST || served.over.millis() <= 0 {
        return None;
    }
    let turns = i64::from(ahead) + 1;
    let middle = i64::try_from(i128::from(served.over.millis()) * i128::from(turns) / i128::from(served.count)).ok()?;
    let spread = (1_000_000 / turns + 1_000_000 / i64::from(served.count)).isqrt().min(WIDEST);
    let part = |thousandths: i64| i64::try_from(i128::from(middle) * i128::from(thousandths) / 1_000).ok();
    let (low, high) = (part(1_000 - spread)?, part(1_000 + spread)?);
    let from = low / grain(low) * grain(low);
    let until = ((high + grain(high) - 1) / grain(high)).max(1) * grain(high);
    Some(Likely { from: start.plus(Span::from_millis(from)), until: start.plus(Span::from_millis(until)) })
}

/// What a length of time is rounded to: a minute, five, half an hour.
fn grain(millis: i64) -> i64 {
    match millis / 60_000 {
        ..10 => 60_000,
        10..120 => 5 * 60_000,
        120.. => 30 * 60_000,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NOON: Timestamp = Timestamp::from_millis(1_772_452_800_000);

    fn minutes(ahead: u32, count: u32, over: i64) -> Option<(i64, i64)> {
        let likely = likely(NOON, ahead, Served { count, over: Span::from_minutes(over) })?;
        Some((likely.from.since(NOON).minutes(), likely.until.since(NOON).minutes()))
    }

    #[test]
    fn a_lane_that_was_served_tells_how_long_a_wait_is() {
        assert_eq!(minutes(0, 12, 60), Some((1, 9)));
        assert_eq!(minutes(9, 30, 60), Some((10, 30)));
        assert_eq!(minutes(200, 10, 1_440), Some((19_590, 38_310)));
    }

    #[test]
    fn too_few_tell_nothing() {
        assert_eq!(minutes(0, 2, 1_440), None);
        assert_eq!(minutes(0, 5, 0), None);
    }

    proptest! {
        #[test]
        fn the_range_holds_the_plain_quotient_and_grows_with_those_ahead(ahead in 0u32..1_000, count in 3u32..500, over in 1i64..2_880) {
            let (from, until) = minutes(ahead, count, over).unwrap();
            let plain = over * (i64::from(ahead) + 1) / i64::from(count);
            prop_assert!(from <= plain && plain <= until && from < until);
            let behind = minutes(ahead + 50, count, over).unwrap();
            prop_assert!(behind.1 >= until);
        }
    }
}
