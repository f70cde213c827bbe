//! When staff are at work, where the operator said so: weekly windows in one time zone.

use std::str::FromStr;

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;

use crate::time::{Span, Timestamp};

const DAY_MINUTES: i32 = 24 * 60;
/// Days looked ahead for the next opening: a week and its edges.
const AHEAD: i32 = 8;
const DAYS: [(&str, Weekday); 7] = [
    ("mon", Weekday::Monday),
    ("tue", Weekday::Tuesday),
    ("wed", Weekday::Wednesday),
    ("thu", Weekday::Thursday),
    ("fri", Weekday::Friday),
    ("sat", Weekday::Saturday),
    ("sun", Weekday::Sunday),
];

/// The hours of staff.
#[derive(Debug, Clone)]
pub struct Hours(Vec<(TimeZone, Vec<Window>)>);

/// On these days, from a minute of the day to another, which may lie on the next day.
#[derive(Debug, Clone)]
struct Window {
    days: Vec<Weekday>,
    from: i32,
    until: i32,
}

/// What cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadHours {
    #[error("{0:?}: hours look like \"mon-fri 09:00-18:00\"")]
    Window(String),
    #[error("{0:?} is no time zone such as \"Asia/Singapore\" or \"UTC\"")]
    Zone(String),
}

impl Hours {
    /// Reads windows like `mon-fri 09:00-18:00`; nothing when there are none, which means always.
    pub fn read(windows: &[String], zone: &str) -> Result<Option<Self>, BadHours> {
        let zone = TimeZone::get(zone).map_err(|_| BadHours::Zone(zone.to_owned()))?;
        let windows = windows.iter().map(|window| window.parse()).collect::<Result<Vec<Window>, _>>()?;
        Ok((!windows.is_empty()).then(|| Self(vec![(zone, windows)])))
    }

    /// The hours of several together: somebody is at work while any of them is. Nothing when there are none.
    pub fn together(all: Vec<Self>) -> Option<Self> {
        let parts: Vec<_> = all.into_iter().flat_map(|hours| hours.0).collect();
        (!parts.is_empty()).then_some(Self(parts))
    }

    /// When this shift ends; nothing while nobody is at work.
    pub fn ends_at(&self, now: Timestamp) -> Option<Timestamp> {
        let spans = self.spans(now, AHEAD);
        let mut end = now;
        // One window may go over into the next.
        while let Some((_, until)) = spans.iter().find(|(from, until)| *from <= end && end < *until) {
            end = *until;
        }
        (end > now).then_some(end)
    }

    /// When staff are back; nothing when they are at work.
    pub fn back_at(&self, now: Timestamp) -> Option<Timestamp> {
        let spans = self.spans(now, AHEAD);
        if spans.iter().any(|(from, until)| *from <= now && now < *until) {
            return None;
        }
        spans.into_iter().map(|(from, _)| from).filter(|from| *from > now).min()
    }

    /// How much of the time between two moments staff were at work.
    pub fn open_within(&self, since: Timestamp, until: Timestamp) -> Span {
        let days = i32::try_from(until.since(since).millis() / 86_400_000).unwrap_or(AHEAD).clamp(0, 31) + 2;
        let mut spans = self.spans(since, days);
        spans.sort_unstable();
        // Several may be at work at once; time counts once.
        let (mut open, mut reached) = (0, since);
        for (from, to) in spans {
            let (from, to) = (from.max(reached), to.min(until));
            if to > from {
                open += to.since(from).millis();
                reached = to;
            }
        }
        Span::from_millis(open)
    }

    /// Every window from the day before a moment for so many days.
    fn spans(&self, around: Timestamp, days: i32) -> Vec<(Timestamp, Timestamp)> {
        let Ok(moment) = jiff::Timestamp::from_millisecond(around.millis()) else { return Vec::new() };
        let mut spans = Vec::new();
        for (zone, windows) in &self.0 {
            let Ok(mut date) = moment.to_zoned(zone.clone()).date().yesterday() else { continue };
            for _ in 0..=days {
                for window in windows.iter().filter(|window| window.days.contains(&date.weekday())) {
                    let ends = (at_minute(zone, date, window.from), at_minute(zone, date, window.until));
                    if let (Some(from), Some(until)) = ends {
                        spans.push((from, until));
                    }
                }
                let Ok(next) = date.tomorrow() else { break };
                date = next;
            }
        }
        spans
    }
}

fn at_minute(zone: &TimeZone, date: Date, minute: i32) -> Option<Timestamp> {
    let date = if minute >= DAY_MINUTES { date.tomorrow().ok()? } else { date };
    let minute = minute % DAY_MINUTES;
    let time = date.at(i8::try_from(minute / 60).ok()?, i8::try_from(minute % 60).ok()?, 0, 0);
    let at = time.to_zoned(zone.clone()).ok()?.timestamp();
    Some(Timestamp::from_millis(at.as_millisecond()))
}

impl FromStr for Window {
    type Err = BadHours;

    fn from_str(text: &str) -> Result<Self, BadHours> {
        let bad = || BadHours::Window(text.to_owned());
        let (days, times) = text.trim().split_once(' ').ok_or_else(bad)?;
        let (first, last) = days.split_once('-').unwrap_or((days, days));
        let place = |name: &str| DAYS.iter().position(|(day, _)| *day == name);
        let (first, last) = (place(first).ok_or_else(bad)?, place(last).ok_or_else(bad)?);
        let count = (last + 7 - first) % 7 + 1;
        let days = DAYS.iter().cycle().skip(first).take(count).map(|(_, day)| *day).collect();
        let (from, until) = times.trim().split_once('-').ok_or_else(bad)?;
        let (from, until) = (minute(from).ok_or_else(bad)?, minute(until).ok_or_else(bad)?);
        if from >= DAY_MINUTES {
            return Err(bad());
        }
        Ok(Self { days, from, until: if until <= from { until + DAY_MINUTES } else { until } })
    }
}

/// The minute of a day that `09:30` is; `24:00` is its end.
fn minute(time: &str) -> Option<i32> {
    let (hour, minute) = time.trim().split_once(':')?;
    let two = |text: &str| (text.len() == 2).then(|| text.parse::<u8>().ok()).flatten();
    let (hour, minute) = (i32::from(two(hour)?), i32::from(two(minute)?));
    (minute < 60 && hour * 60 + minute <= DAY_MINUTES).then_some(hour * 60 + minute)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hours(windows: &[&str], zone: &str) -> Hours {
        let windows: Vec<String> = windows.iter().map(|window| (*window).to_owned()).collect();
        Hours::read(&windows, zone).unwrap().unwrap()
    }

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn staff_who_sleep_are_back_when_their_next_window_opens() {
        // 2 March 2026 is a Monday.
        let office = hours(&["mon-fri 09:00-18:00"], "Asia/Singapore");
        assert_eq!(office.back_at(at("2026-03-02T02:00:00Z")), None, "10:00 in Singapore");
        assert_eq!(office.back_at(at("2026-03-02T10:00:00Z")), Some(at("2026-03-03T01:00:00Z")));
        assert_eq!(office.back_at(at("2026-03-06T10:00:00Z")), Some(at("2026-03-09T01:00:00Z")), "over the weekend");
        let night = hours(&["sat-sun 22:00-06:00"], "UTC");
        assert_eq!(night.back_at(at("2026-03-09T05:59:00Z")), None, "Sunday's night ends on Monday");
        assert_eq!(night.back_at(at("2026-03-09T06:00:00Z")), Some(at("2026-03-14T22:00:00Z")));
    }

    #[test]
    fn only_time_at_work_counts() {
        let office = hours(&["mon-fri 09:00-18:00"], "UTC");
        let day = office.open_within(at("2026-03-02T00:00:00Z"), at("2026-03-03T00:00:00Z"));
        assert_eq!(day.minutes(), 9 * 60);
        assert_eq!(office.open_within(at("2026-03-02T17:00:00Z"), at("2026-03-03T10:00:00Z")).minutes(), 120);
        assert_eq!(office.open_within(at("2026-03-07T00:00:00Z"), at("2026-03-08T00:00:00Z")).minutes(), 0);
        assert_eq!(hours(&["mon-sun 00:00-24:00"], "UTC").back_at(at("2026-03-07T23:59:59Z")), None);
    }

    #[test]
    fn several_shifts_together_are_one_day_and_overlaps_count_once() {
        let shifts =
            vec![hours(&["mon-fri 09:00-18:00"], "Asia/Singapore"), hours(&["mon-fri 08:00-16:00"], "Europe/Berlin")];
        let desk = Hours::together(shifts).unwrap();
        // Singapore works from 01:00 to 10:00, Berlin from 07:00 to 15:00 UTC.
        assert_eq!(desk.back_at(at("2026-03-02T09:30:00Z")), None);
        assert_eq!(desk.ends_at(at("2026-03-02T02:00:00Z")), Some(at("2026-03-02T15:00:00Z")));
        assert_eq!(desk.back_at(at("2026-03-02T15:00:00Z")), Some(at("2026-03-03T01:00:00Z")));
        let day = desk.open_within(at("2026-03-02T00:00:00Z"), at("2026-03-03T00:00:00Z"));
        assert_eq!(day.minutes(), 14 * 60);
        assert!(Hours::together(Vec::new()).is_none());
        assert_eq!(desk.ends_at(at("2026-03-07T12:00:00Z")), None);
    }

    #[test]
    fn what_cannot_be_read_is_refused() {
        for wrong in ["", "mon", "mon 9-18", "mon 09:00", "mon-fri 25:00-26:00", "moon 09:00-10:00", "mon 24:00-25:00"]
        {
            assert!(Hours::read(&[wrong.to_owned()], "UTC").is_err(), "{wrong}");
        }
        assert!(Hours::read(&[], "Mars/Olympus").is_err());
        assert!(Hours::read(&[], "UTC").unwrap().is_none());
    }
}
