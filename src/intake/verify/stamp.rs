//! Signed times: reading them strictly and holding them against the clock, in both directions (HK-02).

use super::{Fault, Header, Refused};
use axum::http::HeaderMap;
use jiff::{civil::DateTime, tz::TimeZone};
use serde::Deserialize;

/// Seconds a signed time may lie before or after the clock of this server, unless a source file says otherwise.
pub(super) const TOLERANCE_SECONDS: u32 = 300;

/// A wider window than this is a clock that needs mending.
const TOLERANCE_LIMIT: u32 = 900;

/// RFC 9110, section 5.6.7: the form of `Date`.
const HTTP_DATE: &str = "%a, %d %b %Y %H:%M:%S GMT";

/// Where a scheme carries its signed time.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TimestampRule {
    header: Header,
    /// What stands before the time in one element of a comma-separated header, such as `t=`; empty for a plain header.
    #[serde(default)]
    prefix: String,
    #[serde(default)]
    unit: Unit,
    #[serde(default = "tolerance_seconds")]
    tolerance_seconds: u32,
}

const fn tolerance_seconds() -> u32 {
    TOLERANCE_SECONDS
}

/// How a signed time is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    #[default]
    Seconds,
    Milliseconds,
    HttpDate,
    /// RFC 3339 with a zone.
    Iso,
}

/// A signed time as it was written and as it is meant.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stamp<'a> {
    pub(super) text: &'a str,
    pub(super) at_ms: i64,
    unit: Unit,
    tolerance_seconds: u32,
}

impl TimestampRule {
    pub(super) fn check(&self) -> Result<(), Fault> {
        if (1..=TOLERANCE_LIMIT).contains(&self.tolerance_seconds) {
            Ok(())
        } else {
            Err(Fault::Tolerance(self.tolerance_seconds))
        }
    }

    pub(super) fn read<'a>(&self, headers: &'a HeaderMap) -> Result<Stamp<'a>, Refused> {
        let value = self.header.only_text(headers)?;
        let text = if self.prefix.is_empty() { value } else { element(value, &self.prefix)? };
        Stamp::read(text, self.unit, self.tolerance_seconds)
    }
}

impl<'a> Stamp<'a> {
    pub(super) fn read(text: &'a str, unit: Unit, tolerance_seconds: u32) -> Result<Self, Refused> {
        let at_ms = match unit {
            Unit::Seconds => whole(text).map(|seconds| seconds * 1000),
            Unit::Milliseconds => whole(text),
            Unit::HttpDate => http_date(text),
            Unit::Iso => text.parse().ok().map(crate::time::Timestamp::millis),
        };
        Ok(Self { text, at_ms: at_ms.ok_or(Refused::Malformed)?, unit, tolerance_seconds })
    }

    /// Refuses a time outside the window. Whole seconds are held against the whole second that the clock shows.
    pub(super) fn within(&self, now_ms: i64) -> Result<(), Refused> {
        let now_ms = match self.unit {
            Unit::Seconds | Unit::HttpDate => now_ms.saturating_sub(now_ms.rem_euclid(1000)),
            Unit::Milliseconds | Unit::Iso => now_ms,
        };
        let tolerance_ms = i64::from(self.tolerance_seconds) * 1000;
        let age_ms = now_ms.saturating_sub(self.at_ms);
        if age_ms > tolerance_ms {
            Err(Refused::Stale)
        } else if age_ms < -tolerance_ms {
            Err(Refused::Future)
        } else {
            Ok(())
        }
    }
}

/// One to thirteen ASCII digits without sign, space or leading zero. Thirteen digits of seconds still fit as
/// milliseconds.
fn whole(text: &str) -> Option<i64> {
    let plain = (1..=13).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if !plain || (text.len() > 1 && text.starts_with('0')) {
        return None;
    }
    text.parse().ok()
}

/// Only the one form senders must write: the parser also takes others, so the text must come out as it went in.
fn http_date(text: &str) -> Option<i64> {
    let date = DateTime::strptime(HTTP_DATE, text).ok()?;
    if date.strftime(HTTP_DATE).to_string() != text {
        return None;
    }
    TimeZone::UTC.to_timestamp(date).ok().map(jiff::Timestamp::as_millisecond)
}

/// The one element of a comma-separated list that begins with a prefix, without the prefix.
fn element<'a>(list: &'a str, prefix: &str) -> Result<&'a str, Refused> {
    let mut found = list.split(',').filter_map(|element| element.trim_ascii().strip_prefix(prefix));
    let first = found.next().ok_or(Refused::Malformed)?;
    if found.next().is_some() {
        return Err(Refused::Malformed);
    }
    Ok(first)
}
