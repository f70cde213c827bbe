//! What operators see and do of their sources: what came, what was set aside, who is silent, what is quiet for a time.
//!
//! `silence` decides when quiet is too long, `quiet` holds windows and rules, `shelves` opens what was kept.

mod quiet;
mod shelves;
mod silence;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

pub use self::quiet::{LONGEST_SNOOZE, LONGEST_WINDOW, NewQuiet, Quiet};
pub(super) use self::quiet::{aside, row as aside_row};
pub use self::shelves::{Kept, Shelved};
pub use self::silence::Known;
use super::{Respond, record};
use crate::audit::{Actor, Entry};
use crate::store::source_hours::Hour;
use crate::store::{Result, quiet as rules, source_hours};
use crate::time::{Span, Timestamp};

/// How far back a source's habit is looked at.
const HABIT: Span = Span::from_days(14);

/// What came from a source within a time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Came {
    pub deliveries: i64,
    /// Events that became signals.
    pub accepted: i64,
    pub duplicates: i64,
    pub ignored: i64,
    /// Set aside under a window or rule.
    pub set_aside: i64,
    pub unmapped: i64,
    /// The same delivery id with another body.
    pub conflicts: i64,
}

/// One source as its operator sees it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Liveness {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_seen: Option<Timestamp>,
    /// Set while it has been silent for too long.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub silent_since: Option<Timestamp>,
    /// In the hour that runs and the one before.
    pub last_hours: Came,
    pub last_day: Came,
    /// Deliveries a day within the last week.
    pub daily: i64,
    /// Milliseconds that the sender's clock was behind ours at the worst of the day; nothing where no time is signed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clock_skew_ms: Option<i64>,
}

fn came(hour: &Hour) -> Came {
    let Hour { deliveries, accepted, duplicates, ignored, set_aside, unmapped, conflicts, .. } = *hour;
    Came { deliveries, accepted, duplicates, ignored, set_aside, unmapped, conflicts }
}

impl Respond {
    /// What came from each source, by its endpoint.
    pub async fn pulses(&self) -> Result<BTreeMap<String, Liveness>> {
        let now = self.room().now();
        let mut tx = self.db.read().await?;
        let mut pulses: BTreeMap<String, Liveness> = BTreeMap::new();
        for heard in source_hours::heard(&mut tx, now.minus(Span::from_days(30))).await? {
            pulses.entry(heard.endpoint).or_default().last_seen = Some(heard.last_seen);
        }
        for hour in source_hours::since(&mut tx, now.minus(Span::from_days(7))).await? {
            pulses.entry(hour.endpoint).or_default().daily = hour.deliveries / 7;
        }
        for hour in source_hours::since(&mut tx, now.minus(Span::from_days(1))).await? {
            let pulse = pulses.entry(hour.endpoint.clone()).or_default();
            pulse.last_day = came(&hour);
            pulse.clock_skew_ms = hour.skew;
        }
        for hour in source_hours::since(&mut tx, now.minus(Span::from_minutes(60))).await? {
            pulses.entry(hour.endpoint.clone()).or_default().last_hours = came(&hour);
        }
        for (endpoint, since) in source_hours::silences(&mut tx).await? {
            pulses.entry(endpoint).or_default().silent_since = Some(since);
        }
        Ok(pulses)
    }

    /// The sources that are silent for too long.
    pub async fn silent_sources(&self) -> Result<Vec<String>> {
        let mut tx = self.db.read().await?;
        Ok(source_hours::silences(&mut tx).await?.into_iter().map(|(endpoint, _)| endpoint).collect())
    }

    /// Looks which of the sources, each with the longest silence its settings allow, have gone silent or are heard again, and
    /// which windows and rules are over; writes each down once, on however many nodes it runs.
    pub async fn watch_sources(&self, sources: &BTreeMap<String, Option<Span>>) -> Result<()> {
        let (room, sources) = (self.room(), sources.clone());
        let silent = self
            .writer
            .act(move |tx| {
                let (room, sources) = (Arc::clone(&room), sources.clone());
                Box::pin(async move {
                    let now = room.now();
                    let mut entries = Vec::new();
                    for (rule, endpoint) in rules::over(tx, now).await? {
                        let entry = Entry::done(now, Actor::System, "source.quiet-over", format!("quiet:{rule}"));
                        entries.push(entry.with("endpoint", endpoint));
                    }
                    let mut windows: BTreeMap<String, Timestamp> = BTreeMap::new();
                    for rule in rules::latest(tx, "", 200).await?.into_iter().filter(|rule| rule.kind.is_empty()) {
                        let ended = rule.ended.unwrap_or(rule.ends);
                        if rule.begins <= now {
                            windows.entry(rule.endpoint).and_modify(|at| *at = ended.max(*at)).or_insert(ended);
                        }
                    }
                    let mut silent: BTreeMap<String, Timestamp> =
                        source_hours::silences(tx).await?.into_iter().collect();
                    for heard in source_hours::heard(tx, now.minus(HABIT)).await? {
                        let Some(allowed) = sources.get(&heard.endpoint) else { continue };
                        let known = Known {
                            last_seen: heard.last_seen,
                            hours: heard.hours,
                            longest: heard.longest,
                            allowed: *allowed,
                            window_ended: windows.get(&heard.endpoint).copied(),
                        };
                        let name = heard.endpoint;
                        let object = format!("endpoint:{name}");
                        match known.silent_since(now) {
                            Some(since) if source_hours::notice(tx, (&name, since), now).await? => {
                                silent.insert(name, since);
                                let entry = Entry::done(now, Actor::System, "source.silent", object);
                                entries.push(entry.with("since", since.to_string()));
                            }
                            Some(_) => {}
                            // A window that opened, or settings that changed, is no word from it.
                            None if silent.get(&name).is_some_and(|since| known.last_seen <= *since) => {}
                            None => {
                                if silent.remove(&name).is_some() && source_hours::heard_again(tx, &name).await? {
                                    entries.push(Entry::done(now, Actor::System, "source.heard-again", object));
                                }
                            }
                        }
                    }
                    // A source that is not connected any more is nobody's alarm.
                    for name in silent.keys().filter(|name| !sources.contains_key(*name)) {
                        source_hours::heard_again(tx, name).await?;
                    }
                    silent.retain(|name, _| sources.contains_key(name));
                    source_hours::forget_before(tx, now.minus(Span::from_days(30))).await?;
                    record(tx, &entries).await?;
                    Ok(silent.len())
                })
            })
            .await?;
        metrics::gauge!("holdfast_sources_silent").set(f64::from(u32::try_from(silent).unwrap_or(u32::MAX)));
        Ok(())
    }
}
