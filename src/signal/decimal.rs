//! Decimal numbers of up to 78 digits, compared exactly: token amounts pass 64 bits and never touch a float (IN-09).

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

/// Digits that fit 256 bits.
const MOST_DIGITS: usize = 78;

/// A plain decimal number: sign, digits, optional fraction; no exponent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decimal {
    negative: bool,
    /// Without leading zeros; empty for zero.
    whole: String,
    /// Without trailing zeros.
    fraction: String,
}

/// The text is not a plain decimal number of at most 78 digits.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("not a decimal number of at most 78 digits")]
pub struct NotADecimal;

impl Decimal {
    /// Divides by ten to the power of `places`: base units to whole units.
    #[must_use]
    pub fn scaled_down(&self, places: u32) -> Self {
        let places = usize::try_from(places).unwrap_or(usize::MAX).min(1_000);
        let mut digits = self.whole.clone();
        while digits.len() < places {
            digits.insert(0, '0');
        }
        let fraction = digits.split_off(digits.len() - places) + &self.fraction;
        Self::from_parts(self.negative, &digits, &fraction)
    }

    /// The number in hundredths (dollars to cents), rounded towards zero; the nearest end when it does not fit.
    pub fn hundredths(&self) -> i64 {
        let mut fraction = self.fraction.clone();
        fraction.push_str("00");
        let text = format!("{}{}", self.whole, &fraction[..2]);
        let size: i64 = text.parse().unwrap_or(if text.is_empty() { 0 } else { i64::MAX });
        if self.negative { -size } else { size }
    }

    fn from_parts(negative: bool, whole: &str, fraction: &str) -> Self {
        let whole = whole.trim_start_matches('0').to_owned();
        let fraction = fraction.trim_end_matches('0').to_owned();
        let negative = negative && !(whole.is_empty() && fraction.is_empty());
        Self { negative, whole, fraction }
    }

    fn size(&self, other: &Self) -> Ordering {
        self.whole
            .len()
            .cmp(&other.whole.len())
            .then_with(|| self.whole.cmp(&other.whole))
            .then_with(|| self.fraction.cmp(&other.fraction))
    }
}

impl FromStr for Decimal {
    type Err = NotADecimal;

    fn from_str(text: &str) -> Result<Self, NotADecimal> {
        let (negative, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (whole, fraction) = match digits.split_once('.') {
            Some((_, "")) => return Err(NotADecimal),
            Some(parts) => parts,
            None => (digits, ""),
        };
        let plain = !whole.is_empty() && whole.bytes().chain(fraction.bytes()).all(|digit| digit.is_ascii_digit());
        if !plain || whole.len() + fraction.len() > MOST_DIGITS {
            return Err(NotADecimal);
        }
        Ok(Self::from_parts(negative, whole, fraction))
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.negative { "-" } else { "" };
        let whole = if self.whole.is_empty() { "0" } else { &self.whole };
        let point = if self.fraction.is_empty() { "" } else { "." };
        write!(f, "{sign}{whole}{point}{}", self.fraction)
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.negative, other.negative) {
            (false, false) => self.size(other),
            (true, true) => other.size(self),
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
        }
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn base_units_become_whole_units_exactly() {
        assert_eq!(decimal("1234500000000000000").scaled_down(18).to_string(), "1.2345");
        assert_eq!(decimal("5").scaled_down(6).to_string(), "0.000005");
        assert_eq!(decimal("100").scaled_down(0).to_string(), "100");
    }

    #[test]
    fn cents_round_towards_zero_and_stop_at_the_end() {
        assert_eq!(decimal("12.349").hundredths(), 1_234);
        assert_eq!(decimal("0").hundredths(), 0);
        assert_eq!(decimal("-0.5").hundredths(), -50);
        assert_eq!(decimal(&"9".repeat(70)).hundredths(), i64::MAX);
    }

    #[test]
    fn exponents_signs_and_empty_parts_are_refused() {
        for wrong in ["", "-", ".5", "5.", "1e3", "+1", "1_000", " 1", "０"] {
            assert_eq!(wrong.parse::<Decimal>(), Err(NotADecimal), "{wrong}");
        }
        assert_eq!("1".repeat(79).parse::<Decimal>(), Err(NotADecimal));
    }

    proptest! {
        #[test]
        fn order_is_that_of_the_numbers(a in -1_000_000_i64..1_000_000, b in -1_000_000_i64..1_000_000, places in 0_u32..8) {
            let (x, y) = (decimal(&a.to_string()).scaled_down(places), decimal(&b.to_string()).scaled_down(places));
            prop_assert_eq!(x.cmp(&y), a.cmp(&b));
        }

        #[test]
        fn print_then_read_is_identity(text in "-?[0-9]{1,40}(\\.[0-9]{1,30})?") {
            let number = decimal(&text);
            prop_assert_eq!(decimal(&number.to_string()), number);
        }
    }
}
