//! Sums of chances in centi-decibans, in integers: tables made once with `+ - * /`, then only look-ups.

use std::sync::LazyLock;

use crate::scoring::exact;

/// One, as chances are counted here.
const ONE: u64 = 1 << 40;
/// Below this distance under the greatest, a chance adds nothing that is kept.
const DEEPEST: usize = 6_000;
/// Log of the most summands, in centi-decibans.
const HIGHEST: usize = 2_400;

static DOWN: LazyLock<Vec<u64>> = LazyLock::new(|| (0..=DEEPEST).map(|down| scaled(-signed(down))).collect());
static UP: LazyLock<Vec<u64>> = LazyLock::new(|| (0..=HIGHEST).map(|up| scaled(signed(up))).collect());

fn signed(place: usize) -> i32 {
    i32::try_from(place).unwrap_or(i32::MAX)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "2^40 times at most 10^2.4 is far below 2^52"
)]
fn scaled(log: i32) -> u64 {
    (exact::odds(log) * ONE as f64 + 0.5) as u64
}

/// The logarithm of the sum of numbers given by their logarithms; the lowest there is for none.
pub fn log_of_sum(logs: impl Iterator<Item = i32> + Clone) -> i32 {
    let Some(greatest) = logs.clone().max() else { return i32::MIN / 4 };
    let sum: u64 = logs
        .map(|log| usize::try_from(i64::from(greatest) - i64::from(log)).unwrap_or(DEEPEST))
        .map(|down| DOWN.get(down).copied().unwrap_or(0))
        .sum();
    let above = UP.partition_point(|up| *up <= sum).saturating_sub(1);
    greatest.saturating_add(signed(above))
}

/// The whole square root.
pub fn root(square: u64) -> u64 {
    if square < 2 {
        return square;
    }
    // Newton from above comes down to the root and no further.
    let mut root = 1_u64 << (square.ilog2() / 2 + 1);
    loop {
        let next = u64::midpoint(root, square / root);
        if next >= root {
            return root;
        }
        root = next;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_root_is_the_largest_whose_square_fits(square in 0_u64..u64::MAX / 4) {
            let root = root(square);
            prop_assert!(root * root <= square && (root + 1) * (root + 1) > square);
        }

        #[test]
        fn sums_of_chances_agree_with_real_numbers(logs in prop::collection::vec(-4_000_i32..4_000, 1..60)) {
            let real: f64 = logs.iter().map(|log| 10_f64.powf(f64::from(*log) / 1_000.0)).sum();
            let ours = f64::from(log_of_sum(logs.iter().copied()));
            prop_assert!((real.log10() * 1_000.0 - ours).abs() <= 2.0);
        }
    }

    #[test]
    fn the_ends_hold() {
        assert_eq!(log_of_sum([].into_iter()), i32::MIN / 4);
        assert_eq!(log_of_sum([9_000, -9_000].into_iter()), 9_000);
        assert_eq!(log_of_sum([0; 200].into_iter()), 2_301);
    }
}
