//! Powers and logarithms that give the same bits on every machine (invariant 8).
//!
//! The standard library leaves `exp2`, `powf` and `log2` to the platform. Here only `+ - * /` are used, which
//! IEEE 754 fixes to the bit; the error stays below 1e-12, far under the rounding of what is kept.

use std::f64::consts::{LN_2, LN_10};

/// e to the power of `x`, for -0.5 <= x <= 0.5.
fn exp_small(x: f64) -> f64 {
    let mut sum = 1.0;
    let mut term = 1.0;
    for n in 1..=16 {
        term = term * x / f64::from(n);
        sum += term;
    }
    sum
}

/// 2 to the power of `x`; zero below -1000, the largest number above 1000.
pub fn exp2(x: f64) -> f64 {
    if x.is_nan() || x < -1_000.0 {
        return 0.0;
    }
    if x > 1_000.0 {
        return f64::MAX;
    }
    let whole = (x + 0.5).floor();
    let mut result = exp_small((x - whole) * LN_2);
    let step = if whole < 0.0 { 0.5 } else { 2.0 };
    let mut left = whole.abs();
    while left >= 1.0 {
        result *= step;
        left -= 1.0;
    }
    result
}

/// 10 to the power of thousandths: how much more likely than not, from centi-decibans.
pub fn odds(centidecibans: i32) -> f64 {
    exp2(f64::from(centidecibans) / 1_000.0 * (LN_10 / LN_2))
}

/// The logarithm to base 2 of `x` >= 1; zero for anything smaller.
pub fn log2(x: f64) -> f64 {
    if x.is_nan() || x <= 1.0 {
        return 0.0;
    }
    let mut whole = 0.0;
    let mut rest = x.min(f64::MAX);
    while rest >= 2.0 {
        rest *= 0.5;
        whole += 1.0;
    }
    // ln(rest) = 2 artanh((rest - 1) / (rest + 1)), with the argument at most 1/3.
    let y = (rest - 1.0) / (rest + 1.0);
    let square = y * y;
    let mut power = y;
    let mut sum = 0.0;
    for n in 0..24 {
        sum += power / f64::from(2 * n + 1);
        power *= square;
    }
    whole + 2.0 * sum / LN_2
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn agrees_with_the_platform_to_twelve_digits(x in -60.0_f64..60.0) {
            prop_assert!((exp2(x) / x.exp2() - 1.0).abs() < 1e-12);
            let large = x.abs() * 1e6 + 1.0;
            prop_assert!((log2(large) - large.log2()).abs() < 1e-11);
        }
    }

    #[test]
    fn the_ends_stay_finite() {
        assert!(exp2(1e9).is_finite() && exp2(-1e9) == 0.0 && exp2(f64::NAN) == 0.0);
        assert!(log2(f64::INFINITY) > 1_000.0 && log2(-3.0) == 0.0);
    }
}
