//! How numbers and words of the product are written on a terminal.

use serde::Serialize;

use crate::playbook::Moment;
use crate::scoring::Chance;

/// A chance in percent; never 0 or 100, which no evidence reaches.
pub fn chance(chance: Chance) -> String {
    match chance.parts() {
        parts if parts < 1_000 => "under 0.1 %".to_owned(),
        parts if parts > 999_000 => "over 99.9 %".to_owned(),
        parts => format!("{}.{} %", parts / 10_000, parts % 10_000 / 1_000),
    }
}

/// Cents as dollars with thousands set apart.
pub fn dollars(cents: i64) -> String {
    let whole = (cents.unsigned_abs() / 100).to_string();
    let mut grouped = String::new();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let sign = if cents < 0 { "-" } else { "" };
    format!("{sign}{grouped}.{:02}", cents.unsigned_abs() % 100)
}

pub fn moment(moment: Moment) -> &'static str {
    match moment {
        Moment::Now => "now",
        Moment::FiveMinutes => "in 5 min",
        Moment::FirstHour => "first hour",
        Moment::FirstDay => "first day",
    }
}

/// The word of a product term as files and programs write it.
pub fn word(term: &impl Serialize) -> String {
    match serde_json::to_value(term) {
        Ok(serde_json::Value::String(word)) => word,
        Ok(other) => other.to_string(),
        Err(_) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_and_chances_are_written_for_people() {
        assert_eq!(dollars(123_456_789), "1,234,567.89");
        assert_eq!(dollars(5), "0.05");
        assert_eq!(dollars(-100_000), "-1,000.00");
        assert_eq!(chance(Chance::of(0)), "50.0 %");
        assert_eq!(chance(Chance::of(9_000)), "over 99.9 %");
        assert_eq!(chance(Chance::of(-9_000)), "under 0.1 %");
    }
}
