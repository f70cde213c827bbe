//! Whole and decimal numbers of up to 78 digits, by their digits and never through a float (IN-09).

use super::{Converted, Unfit};
use crate::signal::Decimal;

/// Digits that fit 256 bits.
const MOST_DIGITS: usize = 78;

/// Limbs of nine digits that hold 78 of them.
const LIMBS: usize = 9;

/// A whole number from decimal digits or from hexadecimal after `0x`; `0x` alone is no value.
pub fn int256(text: &str) -> Converted {
    if let Some(digits) = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
        return if digits.is_empty() { Ok(None) } else { from_hex(digits).map(Some).ok_or(Unfit) };
    }
    if text.is_empty() || text.len() > MOST_DIGITS || !text.bytes().all(|digit| digit.is_ascii_digit()) {
        return Err(Unfit);
    }
    let digits = text.trim_start_matches('0');
    Ok(Some(if digits.is_empty() { "0" } else { digits }.to_owned()))
}

/// A decimal number; an exponent, as some senders write small sums, is multiplied out.
pub fn decimal(text: &str) -> Converted {
    let number: Decimal = expanded(text).and_then(|plain| plain.parse().ok()).ok_or(Unfit)?;
    Ok(Some(number.to_string()))
}

/// Hundredths of a unit.
pub fn minor_units(text: &str) -> Converted {
    let (sign, digits) = text.strip_prefix('-').map_or(("", text), |digits| ("-", digits));
    let Some(whole) = int256(digits)? else { return Err(Unfit) };
    let number: Decimal = format!("{sign}{whole}").parse().map_err(|_| Unfit)?;
    Ok(Some(number.scaled_down(2).to_string()))
}

/// How many decimals a token has; more than a thousand are a joke of its author.
pub fn places(text: &str) -> Option<u32> {
    int256(text).ok()??.parse().ok().filter(|places| *places <= 1_000)
}

/// A number without its exponent, when what comes out has at most 78 digits before and after the point.
pub fn expanded(text: &str) -> Option<String> {
    let Some((mantissa, exponent)) = text.split_once(['e', 'E']) else { return Some(text.to_owned()) };
    let exponent: i32 = exponent.parse().ok()?;
    let (sign, digits) = mantissa.strip_prefix('-').map_or(("", mantissa), |digits| ("-", digits));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let plain = whole.len() + fraction.len() <= MOST_DIGITS
        && whole.bytes().chain(fraction.bytes()).all(|digit| digit.is_ascii_digit());
    let shift = usize::try_from(exponent.unsigned_abs()).ok()?;
    if whole.is_empty() || !plain || shift > MOST_DIGITS {
        return None;
    }
    Some(if exponent >= 0 {
        let moved = format!("{fraction:0<shift$}");
        let (up, rest) = moved.split_at(shift);
        point(sign, &format!("{whole}{up}"), rest)
    } else {
        let padded = format!("{whole:0>width$}", width = shift + 1);
        let (rest, down) = padded.split_at(padded.len() - shift);
        point(sign, rest, &format!("{down}{fraction}"))
    })
}

fn point(sign: &str, whole: &str, fraction: &str) -> String {
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    let fraction = fraction.trim_end_matches('0');
    if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

fn from_hex(digits: &str) -> Option<String> {
    let significant = digits.trim_start_matches('0');
    if significant.len() > 64 {
        return None;
    }
    // Least significant first.
    let mut limbs = [0_u64; LIMBS];
    for digit in significant.chars() {
        let mut carry = u64::from(digit.to_digit(16)?);
        for limb in &mut limbs {
            let sum = *limb * 16 + carry;
            *limb = sum % 1_000_000_000;
            carry = sum / 1_000_000_000;
        }
    }
    let text = limbs.iter().rev().fold(String::new(), |text, limb| format!("{text}{limb:09}"));
    let text = text.trim_start_matches('0');
    Some(if text.is_empty() { "0" } else { text }.to_owned())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const MOST: &str = "115792089237316195423570985008687907853269984665640564039457584007913129639935";

    #[test]
    fn the_largest_amount_of_a_token_is_read_exactly() {
        assert_eq!(int256(&format!("0x{}", "f".repeat(64))), Ok(Some(MOST.to_owned())));
        assert_eq!(int256(MOST), Ok(Some(MOST.to_owned())));
        assert_eq!(
            int256("0x0000000000000000000000000000000000000000000000000000000011783b21"),
            Ok(Some("293092129".to_owned()))
        );
        assert_eq!(int256("007"), Ok(Some("7".to_owned())));
        assert_eq!(int256("0x00"), Ok(Some("0".to_owned())));
        assert_eq!(int256("0x"), Ok(None));
        for wrong in ["", "-1", "1.0", "1e3", "ff", "0xg", &"1".repeat(79), &format!("0x1{}", "0".repeat(64))] {
            assert_eq!(int256(wrong), Err(Unfit), "{wrong}");
        }
    }

    #[test]
    fn exponents_are_multiplied_out() {
        for (text, plain) in [
            ("1e-7", "0.0000001"),
            ("1.5E+3", "1500"),
            ("-12.345e1", "-123.45"),
            ("5000.00", "5000"),
            ("0e0", "0"),
            ("1.25e1", "12.5"),
        ] {
            assert_eq!(decimal(text), Ok(Some(plain.to_owned())), "{text}");
        }
        for wrong in ["1e99", "e5", "1e", "1e5.5", "NaN", "1e-2147483648", "1e2147483648", ".5e1"] {
            assert_eq!(decimal(wrong), Err(Unfit), "{wrong}");
        }
    }

    #[test]
    fn minor_units_are_hundredths() {
        assert_eq!(minor_units("123456"), Ok(Some("1234.56".to_owned())));
        assert_eq!(minor_units("-5"), Ok(Some("-0.05".to_owned())));
        assert_eq!(minor_units("1.5"), Err(Unfit));
    }

    #[test]
    fn decimals_of_a_token_are_bounded() {
        assert_eq!(places("18"), Some(18));
        assert_eq!(places("0x12"), Some(18));
        assert_eq!(places("1000"), Some(1_000));
        assert_eq!(places("1001"), None);
        assert_eq!(places("-1"), None);
    }

    proptest! {
        #[test]
        fn hexadecimal_and_decimal_say_the_same(number in any::<u128>()) {
            prop_assert_eq!(int256(&format!("{number:#x}")), int256(&number.to_string()));
        }
    }
}
