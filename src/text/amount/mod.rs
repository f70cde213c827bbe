//! Sums of money and of assets as people write them: "3000多u", "1.2 ETH", "两万块".
//!
//! `number` reads the number and `unit` what is counted; what a sum is worth on a market is
//! left to others.

mod number;
mod unit;

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::{
    decimal::Decimal,
    fold::{Folded, fold},
};
pub use unit::Unit;

/// A sum as it was claimed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Amount {
    /// A plain decimal without sign or exponent, of at most 78 digits.
    pub value: String,
    pub unit: Unit,
    /// Said with "about", "多", "几" or the like; the value is then the round one named, and
    /// "几" counts as three.
    pub approximate: bool,
}

impl Amount {
    /// The sum in US cents, cut off below and at the largest `i64`; nothing when the unit is
    /// neither the dollar nor a coin that is held at one dollar.
    #[must_use]
    pub fn usd_cents(&self) -> Option<i64> {
        self.unit.is_dollar().then(|| Decimal::parse(&self.value))?.map(|value| value.hundredths())
    }
}

/// Finds the sums with a unit in a text, with their places, in order.
#[must_use]
pub fn amounts(text: &str) -> Vec<(Amount, Range<usize>)> {
    let folded = fold(text);
    let reader = Reader { text, folded: &folded, has_han: text.contains(is_han) };
    let mut found = Vec::new();
    let (mut at, mut free) = (0, 0);
    while let Some(c) = folded.as_str()[at..].chars().next() {
        if !number::begins_at(folded.as_str(), at, |mark| reader.is_as_written(mark)) {
            at += c.len_utf8();
            continue;
        }
        if let Some((amount, range)) = reader.read(at, free) {
            at = range.end;
            free = range.end;
            found.push((amount, folded.original_range(range)));
        } else {
            let digits = folded.as_str()[at..].bytes().take_while(u8::is_ascii_digit).count();
            at += digits.max(c.len_utf8());
        }
    }
    found
}

struct Reader<'a> {
    text: &'a str,
    folded: &'a Folded,
    has_han: bool,
}

impl Reader<'_> {
    /// Reads the sum whose number begins at `start`; a sign before it lies after `free`.
    fn read(&self, start: usize, free: usize) -> Option<(Amount, Range<usize>)> {
        let text = self.folded.as_str();
        let number = number::read(text, start, |at| self.is_as_written(at))?;
        let before = unit::before(text, start, free);
        if matches!(before, unit::Before::Foreign) {
            return None;
        }
        let counted = unit::after(&number, self);
        let (begin, value, unit, end, roughly) = match (before, counted) {
            (unit::Before::Sign { unit, at }, counted) => {
                let value = counted.number.value;
                (at, value, unit, counted.number_end, counted.roughly)
            }
            (
                unit::Before::Word { .. } | unit::Before::Nothing,
                unit::Counted { unit: Some((unit, end)), number, roughly, .. },
            ) => (start, number.value, unit, end, roughly),
            (unit::Before::Word { unit, at }, counted) => {
                (at, counted.number.value, unit, counted.number_end, counted.roughly)
            }
            (unit::Before::Nothing | unit::Before::Foreign, _) => return None,
        };
        if !value.fits() {
            return None;
        }
        let approximate = roughly || number::is_rough_before(&text[..begin]);
        Some((Amount { value: value.to_string(), unit, approximate }, begin..end))
    }

    /// True when the mark at this place was not put there by folding: "50、100" is a list and
    /// "50。100" two sentences.
    fn is_as_written(&self, at: usize) -> bool {
        let written = &self.text[self.folded.original_range(at..at + 1)];
        matches!(written, "." | "," | "．")
    }

    /// True when the original letters of this range are capital.
    fn is_capital(&self, range: Range<usize>) -> bool {
        let written = &self.text[self.folded.original_range(range)];
        written.chars().all(char::is_uppercase)
    }
}

fn is_han(c: char) -> bool {
    ('\u{3400}'..='\u{9FFF}').contains(&c)
}

#[cfg(test)]
mod tests;
