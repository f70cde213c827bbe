//! Exact decimal numbers without a sign, of at most 78 digits (IN-09).

use std::fmt;

/// As many digits as the largest number of 256 bits has.
const MOST_DIGITS: usize = 78;

/// A number: its digits, the last `scale` of which stand behind the point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decimal {
    digits: Vec<u8>,
    scale: usize,
}

impl Decimal {
    pub fn zero() -> Self {
        Self { digits: Vec::new(), scale: 0 }
    }

    pub fn digit(digit: u8) -> Self {
        Self { digits: vec![digit], scale: 0 }.settled()
    }

    /// Reads ASCII digits with at most one point; nothing when there is anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        if whole.is_empty() && fraction.is_empty() {
            return None;
        }
        let mut digits = Vec::with_capacity(text.len());
        for byte in whole.bytes().chain(fraction.bytes()) {
            digits.push(byte.is_ascii_digit().then(|| byte - b'0')?);
        }
        Some(Self { digits, scale: fraction.len() }.settled())
    }

    /// This number times ten to the given power.
    pub fn shifted(mut self, power: usize) -> Self {
        let kept = self.scale.saturating_sub(power);
        let zeros = power.saturating_sub(self.scale);
        self.digits.resize(self.digits.len() + zeros, 0);
        self.scale = kept;
        self.settled()
    }

    /// This number divided by ten.
    pub fn tenth(mut self) -> Self {
        self.scale += 1;
        self.settled()
    }

    pub fn plus(&self, other: &Self) -> Self {
        let scale = self.scale.max(other.scale);
        let aligned = |number: &Self| {
            let mut digits = number.digits.clone();
            digits.resize(digits.len() + scale - number.scale, 0);
            digits.reverse();
            digits
        };
        let (left, right) = (aligned(self), aligned(other));
        let mut digits = Vec::with_capacity(left.len().max(right.len()) + 1);
        let mut carry = 0;
        for place in 0..left.len().max(right.len()) {
            let sum = carry + left.get(place).unwrap_or(&0) + right.get(place).unwrap_or(&0);
            digits.push(sum % 10);
            carry = sum / 10;
        }
        digits.push(carry);
        digits.reverse();
        Self { digits, scale }.settled()
    }

    pub fn is_zero(&self) -> bool {
        self.digits.is_empty()
    }

    pub fn is_one(&self) -> bool {
        self.digits == [1] && self.scale == 0
    }

    pub fn fits(&self) -> bool {
        self.digits.len().max(self.scale) <= MOST_DIGITS
    }

    /// The number in hundredths, cut off below; the largest `i64` when it is larger.
    pub fn hundredths(&self) -> i64 {
        let cents = self.clone().shifted(2);
        let whole = cents.digits.len().saturating_sub(cents.scale);
        cents.digits[..whole].iter().fold(0i64, |sum, digit| sum.saturating_mul(10).saturating_add(i64::from(*digit)))
    }

    /// Without zeros that say nothing.
    fn settled(mut self) -> Self {
        while self.scale > 0 && self.digits.last().is_none_or(|digit| *digit == 0) {
            self.digits.pop();
            self.scale -= 1;
        }
        let zeros = self.digits.iter().take_while(|digit| **digit == 0).count();
        self.digits.drain(..zeros);
        self
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let padded = (self.scale + 1).saturating_sub(self.digits.len());
        let digits: String =
            std::iter::repeat_n(&0, padded).chain(&self.digits).map(|digit| char::from(b'0' + digit)).collect();
        let (whole, fraction) = digits.split_at(digits.len() - self.scale);
        f.write_str(whole)?;
        if fraction.is_empty() { Ok(()) } else { write!(f, ".{fraction}") }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(text: &str) -> String {
        Decimal::parse(text).unwrap().to_string()
    }

    #[test]
    fn numbers_are_shown_plainly() {
        assert_eq!(shown("007.50"), "7.5");
        assert_eq!(shown(".5"), "0.5");
        assert_eq!(shown("0.00"), "0");
        assert_eq!(shown("0.001"), "0.001");
        assert_eq!(Decimal::parse("1.2").unwrap().shifted(4).to_string(), "12000");
        assert_eq!(Decimal::parse("0.0012").unwrap().shifted(2).to_string(), "0.12");
        assert_eq!(Decimal::parse("").or(Decimal::parse("1.2.3")).or(Decimal::parse("-1")), None);
        assert_eq!(Decimal::parse("12.349").unwrap().hundredths(), 1234);
        assert_eq!(Decimal::parse(&"9".repeat(30)).unwrap().hundredths(), i64::MAX);
    }

    proptest! {
        #[test]
        fn sums_agree_with_whole_numbers(a in 0u64..1_000_000_000, b in 0u64..1_000_000_000, scale in 0usize..9) {
            let number = |n: u64| Decimal { digits: n.to_string().bytes().map(|b| b - b'0').collect(), scale }.settled();
            prop_assert_eq!(number(a).plus(&number(b)), number(a + b));
            let printed = number(a).to_string();
            prop_assert_eq!(Decimal::parse(&printed), Some(number(a)));
        }
    }
}
