//! What was promised and runs out, and what asks for attention now.

use crate::audit::{Actor, Entry};
use crate::id::{Id, of};
use crate::queue::Tier;
use crate::queue::tier::PRACTICE;
use crate::respond::{Respond, Room};
use crate::store::{Result, Tx, promises, shift};
use crate::time::{Span, Timestamp};

/// Promises that are found missed at once; the rest waits for the next sweep, seconds later.
const BATCH: i64 = 200;
/// Cases of a sort that are shown.
const SHOWN: i64 = 20;
/// Warnings begin with the last quarter of a promise, and the longest promise is a day.
const SOONEST: Span = Span::from_minutes(6 * 60);

/// A case that asks for attention.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct PressingCase {
    pub incident: Id<of::Incident>,
    pub kind: String,
    pub level: i64,
    pub arrived: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub holder: Option<String>,
    /// When it was promised by; of level 1 in nobody's hands, when it came.
    pub due: Timestamp,
}

/// What asks for attention now.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Pressing {
    /// Level 1 in nobody's hands.
    pub level_one: Vec<PressingCase>,
    /// Whose first reply is late.
    pub missed: Vec<PressingCase>,
    /// Whose first reply is due within the last quarter of its time.
    pub soon: Vec<PressingCase>,
    /// Whose resolution is late.
    pub unresolved: Vec<PressingCase>,
}

impl Pressing {
    pub fn is_empty(&self) -> bool {
        self.level_one.is_empty() && self.missed.is_empty() && self.soon.is_empty() && self.unresolved.is_empty()
    }
}

/// Promises that ran out: each is kept as missed once, and a reply that the first tier owes is handed up to the second.
pub(in crate::respond) async fn run_out(tx: &mut Tx, room: &Room) -> Result<Vec<Entry>> {
    let now = room.now();
    let waiting = promises::level_one(tx, now.minus(room.playbooks.policy.alarm), SHOWN).await?.len();
    metrics::gauge!("holdfast_level_one_waiting").set(f64::from(u32::try_from(waiting).unwrap_or(u32::MAX)));
    let mut entries = Vec::new();
    for missed in promises::overdue(tx, now, BATCH).await? {
        if !promises::miss(tx, &missed, now).await? {
            continue;
        }
        let up = missed.is_reply
            && missed.pool == Tier::First.as_str()
            && shift::move_to(tx, (missed.incident, Tier::Second.as_str()), ("", now)).await?;
        let what = if missed.is_reply { "first-reply" } else { "resolution" };
        let entry = Entry::done(now, Actor::System, "incident.promise-missed", format!("incident:{}", missed.incident));
        if missed.pool != PRACTICE {
            entries.push(entry.with("promise", what).with("level", missed.level).with("handed-up", up));
        }
    }
    if !entries.is_empty() {
        metrics::counter!("holdfast_promises_missed_total").increment(u64::try_from(entries.len()).unwrap_or(0));
    }
    Ok(entries)
}

impl Respond {
    /// What asks for attention now.
    pub async fn pressing(&self) -> Result<Pressing> {
        let (room, mut tx) = (self.room(), self.db.read().await?);
        let now = room.now();
        let level_one = promises::level_one(&mut tx, now.minus(room.playbooks.policy.alarm), SHOWN).await?;
        let missed = promises::pressing(&mut tx, (Timestamp::from_millis(0), now), SHOWN).await?;
        let coming = promises::pressing(&mut tx, (now, now.plus(SOONEST)), SHOWN * 5).await?;
        let soon = coming.into_iter().filter(|case| is_soon(case, now));
        let unresolved = promises::unresolved(&mut tx, now, SHOWN).await?;
        let most = usize::try_from(SHOWN).unwrap_or(20);
        Ok(Pressing {
            level_one: level_one.into_iter().map(pressing_case).collect(),
            missed: missed.into_iter().map(pressing_case).collect(),
            soon: soon.take(most).map(pressing_case).collect(),
            unresolved: unresolved.into_iter().map(pressing_case).collect(),
        })
    }
}

fn is_soon(case: &promises::Pressing, now: Timestamp) -> bool {
    let whole = case.due.since(case.arrived).millis();
    case.due.since(now).millis() <= whole / 4
}

fn pressing_case(case: promises::Pressing) -> PressingCase {
    let promises::Pressing { incident, kind, level, arrived, holder, due } = case;
    PressingCase { incident, kind, level, arrived, holder, due }
}
