//! Times as senders write them. Year 1 ("not ended") and epoch 0 ("unknown") say that there is none.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;

use super::{Converted, Unfit, number};
use crate::time::Timestamp;

/// 9999-12-30, the last day whose every offset still has a printed form.
const LAST_MILLIS: i64 = 253_402_128_000_000;

/// A written time; `zone` is the offset in seconds where the text names none.
pub fn written(text: &str, zone: Option<i32>) -> Converted {
    let (local, rest) = read(text).ok_or(Unfit)?;
    if local.year() <= 1 {
        return Ok(None);
    }
    let seconds = if rest.is_empty() { zone } else { offset(rest) };
    let offset = seconds.and_then(|seconds| Offset::from_seconds(seconds).ok()).ok_or(Unfit)?;
    let moment = offset.to_timestamp(local).map_err(|_| Unfit)?;
    Ok(Some(Timestamp::from_millis(moment.as_millisecond()).to_string()))
}

/// A time as mails write it.
pub fn mailed(text: &str) -> Converted {
    let moment = jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(text).map_err(|_| Unfit)?;
    match moment.as_millisecond() {
        millis @ 1..=LAST_MILLIS => Ok(Some(Timestamp::from_millis(millis).to_string())),
        _ => Err(Unfit),
    }
}

/// Seconds since 1970 times ten to the power of `places`, with or without a fraction.
pub fn epoch(text: &str, places: usize) -> Converted {
    let plain = number::expanded(text).ok_or(Unfit)?;
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    if whole.is_empty() || !whole.bytes().chain(fraction.bytes()).all(|digit| digit.is_ascii_digit()) {
        return Err(Unfit);
    }
    let digits = if places >= 3 {
        whole.get(..whole.len().saturating_sub(places - 3)).unwrap_or_default().to_owned()
    } else {
        let wanted = 3 - places;
        format!("{whole}{:0<wanted$}", fraction.get(..wanted.min(fraction.len())).unwrap_or_default())
    };
    let digits = if digits.is_empty() { "0" } else { &digits };
    let millis: i64 = digits.parse().map_err(|_| Unfit)?;
    match millis {
        0 => Ok(None),
        1..=LAST_MILLIS => Ok(Some(Timestamp::from_millis(millis).to_string())),
        _ => Err(Unfit),
    }
}

/// A day, or a time with its zone, as source files name them.
pub fn moment(text: &str) -> Option<Timestamp> {
    let text = if text.len() == 10 { format!("{text}T00:00:00Z") } else { text.to_owned() };
    written(&text, None).ok()??.parse().ok()
}

/// The time of day somewhere, and what is written after it.
fn read(text: &str) -> Option<(DateTime, &str)> {
    let mut rest = text;
    let year = digits(&mut rest, 4)?;
    let month = after(&mut rest, &['-'])?;
    let day = after(&mut rest, &['-'])?;
    let hour = after(&mut rest, &['T', 't', ' '])?;
    let minute = after(&mut rest, &[':'])?;
    // A leap second has no moment of its own.
    let second = after(&mut rest, &[':'])?.min(59);
    let nanosecond = fraction(&mut rest)?;
    let date = Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    let time =
        Time::new(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, i8::try_from(second).ok()?, nanosecond).ok()?;
    Some((DateTime::from_parts(date, time), rest.trim_start()))
}

/// A written offset in seconds.
fn offset(text: &str) -> Option<i32> {
    if ["Z", "z", "UTC", "(UTC)"].contains(&text) {
        return Some(0);
    }
    let mut rest = text.strip_prefix(['+', '-'])?;
    let hours = digits(&mut rest, 2)?;
    let minutes = if rest.is_empty() { 0 } else { digits(&mut rest.strip_prefix(':').unwrap_or(rest), 2)? };
    let ends = matches!(text.len(), 3 | 5 | 6) && hours <= 23 && minutes <= 59;
    let seconds = i32::try_from(hours * 3_600 + minutes * 60).ok()?;
    ends.then_some(if text.starts_with('-') { -seconds } else { seconds })
}

fn fraction(rest: &mut &str) -> Option<i32> {
    let Some(text) = rest.strip_prefix(['.', ',']) else { return Some(0) };
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=9).contains(&length) {
        return None;
    }
    let (digits, after) = text.split_at(length);
    *rest = after;
    format!("{digits:0<9}").parse().ok()
}

fn after(rest: &mut &str, marks: &[char]) -> Option<u32> {
    *rest = rest.strip_prefix(marks)?;
    digits(rest, 2)
}

fn digits(rest: &mut &str, count: usize) -> Option<u32> {
    let (number, after) = rest.split_at_checked(count)?;
    if !number.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    *rest = after;
    number.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_written_form_reads_as_the_same_moment() {
        for text in [
            "2026-03-01T08:00:00.25+08:00",
            "2026-03-01 08:00:00.250000000 +0800",
            "2026-03-01t00:00:00.250z",
            "2026-02-28T19:00:00,25-05",
            "2026-03-01 00:00:00.25 (UTC)",
            "2026-03-01 00:00:00.25 UTC",
        ] {
            assert_eq!(written(text, None), Ok(Some("2026-03-01T00:00:00.250Z".to_owned())), "{text}");
        }
        assert_eq!(written("2026-12-31T23:59:60Z", None), Ok(Some("2026-12-31T23:59:59.000Z".to_owned())));
    }

    #[test]
    fn a_time_without_zone_needs_a_converter_that_gives_one() {
        assert_eq!(written("2026-03-01 00:00:00", None), Err(Unfit));
        assert_eq!(written("2026-03-01 00:00:00", Some(0)), Ok(Some("2026-03-01T00:00:00.000Z".to_owned())));
    }

    #[test]
    fn the_time_of_a_mail_is_read() {
        assert_eq!(mailed("Sun, 1 Mar 2026 08:00:00 +0800"), Ok(Some("2026-03-01T00:00:00.000Z".to_owned())));
        assert_eq!(mailed("yesterday"), Err(Unfit));
    }

    #[test]
    fn not_ended_and_unknown_are_no_times() {
        assert_eq!(written("0001-01-01T00:00:00Z", None), Ok(None));
        assert_eq!(epoch("0", 0), Ok(None));
        assert_eq!(epoch("0.0", 3), Ok(None));
    }

    #[test]
    fn epochs_go_through_whole_numbers() {
        let moment = Ok(Some("2022-10-12T13:40:59.123Z".to_owned()));
        assert_eq!(epoch("1665582059.1239", 0), moment);
        assert_eq!(epoch("1665582059123", 3), moment);
        assert_eq!(epoch("1665582059123456789", 9), moment);
        assert_eq!(epoch("1.665582059123e9", 0), moment);
        assert_eq!(epoch("999999", 9), Ok(None));
        for wrong in ["-1", "", "x", "99999999999999", "1e70"] {
            assert_eq!(epoch(wrong, 0), Err(Unfit), "{wrong}");
        }
    }

    #[test]
    fn days_and_hours_that_do_not_exist_are_refused() {
        for wrong in [
            "2026-02-30T00:00:00Z",
            "2026-13-01T00:00:00Z",
            "2026-01-01T24:00:00Z",
            "2026-01-01T00:00:00.1234567890Z",
            "2026-01-01T00:00:00+99:00",
            "2026-01-01T00:00:00+08:00x",
            "2026-01-01",
            "２026-01-01T00:00:00Z",
            "9999-12-31T23:59:59-23:59",
        ] {
            assert_eq!(written(wrong, None), Err(Unfit), "{wrong}");
        }
        assert!(moment("2015-01-01").is_some());
    }
}
