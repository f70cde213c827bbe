//! Whom an alarm is told next, and when to look again. Pure.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::time::{Span, Timestamp};

/// A target of the settings as the flow knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Channel {
    pub name: String,
    /// Alarms from level 1 up to this go there; 0: none.
    pub alarms: u8,
    /// How long an alarm has to be unseen before it is told there.
    pub after: Span,
    /// How often it is told again while nobody has seen it; zero: once.
    pub again: Span,
    /// Whether it also wants to know when an alarm was seen and when it is over.
    pub follows: bool,
    /// Whether people are written to through it.
    pub notices: bool,
}

/// What a channel was told of an alarm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    pub times: u32,
    pub last: Timestamp,
}

/// Who was told.
pub type Ledger = BTreeMap<String, Told>;

/// When a channel is to be told next; never for one that an alarm of this level is not for, or that was told once for all.
fn next(channel: &Channel, (level, raised): (i64, Timestamp), told: &Ledger) -> Option<Timestamp> {
    if level > i64::from(channel.alarms) {
        return None;
    }
    match told.get(&channel.name) {
        None => Some(raised.plus(channel.after)),
        Some(_) if channel.again <= Span::ZERO => None,
        Some(told) => Some(told.last.plus(channel.again)),
    }
}

/// The channels that are to be told now.
pub fn now_due<'a>(
    channels: &'a [Channel],
    alarm: (i64, Timestamp),
    (told, now): (&Ledger, Timestamp),
) -> Vec<&'a Channel> {
    channels.iter().filter(|channel| next(channel, alarm, told).is_some_and(|at| at <= now)).collect()
}

/// When to look again, as long as nobody has seen it.
pub fn look_again(channels: &[Channel], alarm: (i64, Timestamp), told: &Ledger) -> Option<Timestamp> {
    channels.iter().filter_map(|channel| next(channel, alarm, told)).min()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minutes: i64) -> Timestamp {
        Timestamp::from_millis(0).plus(Span::from_minutes(minutes))
    }

    fn channel(name: &str, alarms: u8, (after, again): (i64, i64)) -> Channel {
        let (after, again) = (Span::from_minutes(after), Span::from_minutes(again));
        Channel { name: name.to_owned(), alarms, after, again, follows: false, notices: false }
    }

    #[test]
    fn an_alarm_climbs_from_the_chat_to_the_pager_and_rings_there_until_it_is_seen() {
        let channels = [channel("chat", 3, (0, 0)), channel("pager", 1, (5, 15)), channel("boss", 1, (30, 60))];
        let mut told = Ledger::new();
        let mut rung = Vec::new();
        for minute in 0..70 {
            for channel in now_due(&channels, (1, at(0)), (&told, at(minute))) {
                rung.push((minute, channel.name.clone()));
                let times = told.get(&channel.name).map_or(0, |told| told.times) + 1;
                told.insert(channel.name.clone(), Told { times, last: at(minute) });
            }
        }
        let rung: Vec<(i64, &str)> = rung.iter().map(|(minute, name)| (*minute, name.as_str())).collect();
        assert_eq!(
            rung,
            [(0, "chat"), (5, "pager"), (20, "pager"), (30, "boss"), (35, "pager"), (50, "pager"), (65, "pager")]
        );
        assert_eq!(look_again(&channels, (1, at(0)), &told), Some(at(80)));
    }

    #[test]
    fn the_level_picks_the_channels() {
        let channels = [channel("chat", 3, (0, 0)), channel("pager", 1, (0, 15))];
        let names = |level| {
            let due = now_due(&channels, (level, at(0)), (&Ledger::new(), at(0)));
            due.iter().map(|channel| channel.name.as_str()).collect::<Vec<_>>()
        };
        assert_eq!((names(1), names(3), names(4)), (vec!["chat", "pager"], vec!["chat"], vec![]));
        assert_eq!(look_again(&channels, (4, at(0)), &Ledger::new()), None);
    }
}
