//! Alarms to staff: what is raised, whom it is told, until somebody acknowledges it by a claim or by saying that they saw it.
//!
//! `climb` says whom next; `letter` says what a letter holds: reference, kind, level, wait and the way to the console,
//! nothing of the person. What is alarmed about is looked for in the sweep, so that a node that dies forgets none.

mod cases;
pub mod climb;
mod letter;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::Serialize;

pub use self::climb::Channel;
use self::climb::{Ledger, Told, look_again, now_due};
pub use self::letter::{AlarmLetter, AlarmWords, Stage};
pub(super) use self::letter::{called, open};
use super::{Respond, Room, circle, orders, record};
use crate::audit::{Actor, Entry};
use crate::id::{Id, of};
use crate::playbook::Class;
use crate::queue;
use crate::respond::orders::Since;
use crate::store::alarms::{self, AlarmRow, NewAlarm};
use crate::store::outbox::{self, Kind, NewRow};
use crate::store::{Error, Result, Tx, source_hours};
use crate::time::{Span, Timestamp};

/// Looked at in one sweep.
const BATCH: i64 = 200;
/// More incidents at once than this are told as one letter: a channel that is flooded is muted by its readers.
const TOGETHER: usize = 5;
/// As grave as this is what is about no case that waits and no circle: a silent source, letters that did not arrive, a brake
/// that is in, orders that nobody looked at.
const HOUSE: i64 = 2;
/// What is not sent for so long is a dead letter.
pub(super) const GIVE_UP: Span = Span::from_days(3);
/// Alarms that ended, and letters about them, are kept this long.
const KEPT: Span = Span::from_days(30);

/// What an alarm is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cause {
    /// An incident that nobody has taken.
    Waits,
    SourceSilent,
    /// Letters to a target that were given up.
    DeadLetters,
    /// The house ordered as much by itself as it may, and has stopped.
    AutomaticBraked,
    /// What one person did alone was not looked at within a day.
    Unreviewed,
    /// Somebody was let into a closed case whose circle they are not in.
    Glass,
    /// Nobody of a closed case's circle can sign in any more; it stands open to the approvers.
    Orphaned,
    /// An order that a second person has to agree to.
    Approval,
    /// A case in somebody's hands whose first reply is late.
    Late,
}

impl Cause {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waits => "waits",
            Self::SourceSilent => "source-silent",
            Self::DeadLetters => "dead-letters",
            Self::AutomaticBraked => "automatic-braked",
            Self::Unreviewed => "unreviewed",
            Self::Glass => "glass",
            Self::Orphaned => "circle-orphaned",
            Self::Approval => "approval",
            Self::Late => "late",
        }
    }

    fn read(text: &str) -> Result<Self> {
        let all = [
            Self::Waits,
            Self::SourceSilent,
            Self::DeadLetters,
            Self::AutomaticBraked,
            Self::Unreviewed,
            Self::Glass,
            Self::Orphaned,
            Self::Approval,
            Self::Late,
        ];
        let cause = all.into_iter().find(|cause| cause.as_str() == text);
        cause.ok_or(Error::Corrupt { table: "alarm", column: "cause" })
    }
}

/// An alarm as staff see it.
#[derive(Debug, Clone, Serialize)]
pub struct Raised {
    pub id: Id<of::Alarm>,
    pub cause: Cause,
    /// What it is about: an incident or an order; the name of a source or target; `automatic`, `automatic-account` or
    /// `review` for the house; an incident and who broke its glass, with a slash between.
    pub object: String,
    #[serde(skip)]
    pub incident: Option<Id<of::Incident>>,
    pub level: i64,
    pub since: Timestamp,
    pub raised: Timestamp,
    /// Who was told, how often and when last.
    pub told: Ledger,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seen_by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seen: Option<Timestamp>,
}

fn raised(row: AlarmRow) -> Result<Raised> {
    let AlarmRow { id, cause, object, incident, level, since, raised, told, seen_by, seen, .. } = row;
    let (cause, told) = (Cause::read(&cause)?, ledger(&told)?);
    Ok(Raised { id, cause, object, incident, level, since, raised, told, seen_by, seen })
}

fn ledger(told: &str) -> Result<Ledger> {
    serde_json::from_str(told).map_err(|_| Error::Corrupt { table: "alarm", column: "told" })
}

impl Respond {
    /// The alarms that hold, the gravest first; 200 at most.
    pub async fn raised_alarms(&self) -> Result<Vec<Raised>> {
        alarms::open(&mut self.db.read().await?, BATCH).await?.into_iter().map(raised).collect()
    }

    /// Kind and reference of the cases that they are about; of an incident that nobody reported the end of its id.
    pub async fn alarmed_cases(&self) -> Result<BTreeMap<Id<of::Incident>, (String, String)>> {
        let rows = alarms::cases(&mut self.db.read().await?, BATCH).await?.into_iter();
        Ok(rows
            .map(|row| {
                let tail = || row.incident.to_string().rsplit('-').next().unwrap_or_default().to_owned();
                (row.incident, (row.kind, row.reference.unwrap_or_else(tail)))
            })
            .collect())
    }

    /// How many of them nobody has seen.
    pub async fn unseen_alarms(&self) -> Result<usize> {
        let rows = alarms::open(&mut self.db.read().await?, BATCH).await?;
        Ok(rows.iter().filter(|row| row.seen.is_none()).count())
    }

    /// Says that somebody saw an alarm, so that it climbs no further; `Conflict` when it was seen or is over.
    pub async fn see_alarm(&self, by: &str, id: Id<of::Alarm>) -> Result<()> {
        let (room, by) = (self.room(), by.to_owned());
        self.writer
            .act(move |tx| {
                let (room, by) = (Arc::clone(&room), by.clone());
                Box::pin(async move {
                    let row = alarms::get(tx, id).await?.ok_or(Error::Conflict { table: "alarm", source: None })?;
                    let seen = see(tx, &room, (&row, &by)).await?;
                    record(tx, &[seen.ok_or(Error::Conflict { table: "alarm", source: None })?]).await
                })
            })
            .await?;
        self.posted.notify_waiters();
        Ok(())
    }
}

/// Somebody saw an alarm; the entry to be recorded, or nothing when it was seen or is over.
pub(super) async fn see(tx: &mut Tx, room: &Room, (row, by): (&AlarmRow, &str)) -> Result<Option<Entry>> {
    let now = room.now();
    // Whoever broke the glass is not the one to put the alarm of it away, nor is another who was let in.
    let of_circle = matches!(Cause::read(&row.cause)?, Cause::Glass | Cause::Orphaned);
    if of_circle && row.object.ends_with(&format!("/{by}")) {
        return Ok(None);
    }
    if let Some(id) = row.incident.filter(|_| of_circle)
        && !circle::is_keeper(tx, room, (id, by)).await?
    {
        return Ok(None);
    }
    if !alarms::see(tx, row.id, (by, now)).await? {
        return Ok(None);
    }
    follow(tx, room, (row, Stage::Seen)).await?;
    // It is about what happened once, and does not hold on.
    if of_circle {
        end(tx, room, row).await?;
    }
    Ok(Some(Entry::done(now, Actor::Staff(by.to_owned()), "alarm.seen", object(row)?)))
}

/// What an alarm is about, as the trail calls it.
fn object(row: &AlarmRow) -> Result<String> {
    if let Some(incident) = row.incident {
        return Ok(format!("incident:{incident}"));
    }
    let what = match Cause::read(&row.cause)? {
        Cause::SourceSilent => "endpoint",
        Cause::AutomaticBraked | Cause::Unreviewed => "house",
        Cause::DeadLetters => "target",
        Cause::Waits | Cause::Glass | Cause::Orphaned | Cause::Approval | Cause::Late => "incident",
    };
    Ok(format!("{what}:{}", row.object))
}

/// Raises, ends and tells what is due.
pub(super) async fn sweep(tx: &mut Tx, room: &Room) -> Result<Vec<Entry>> {
    let most = room.channels.iter().map(|channel| channel.alarms).max().unwrap_or(0);
    let (now, reach) = (room.now(), (queue::lane(Class::Security), i64::from(most)));
    let mut entries = Vec::new();
    for row in alarms::over(tx, reach, BATCH).await? {
        end(tx, room, &row).await?;
    }
    for (id, level) in alarms::moved(tx, BATCH).await? {
        alarms::set_level(tx, id, (level, now)).await?;
    }
    for untold in alarms::untold(tx, reach, BATCH).await? {
        let object = untold.incident.to_string();
        let new = NewAlarm {
            id: Id::new(now, &*room.random),
            cause: Cause::Waits.as_str(),
            object: &object,
            incident: Some(untold.incident),
            level: untold.level,
            since: untold.arrived,
            raised: now,
        };
        if alarms::insert(tx, &new).await? {
            entries.push(
                Entry::done(now, Actor::System, "alarm.raise", format!("incident:{object}"))
                    .with("level", untold.level),
            );
        }
    }
    // Without a channel for alarms there are none, and those that were there end.
    let silent = if most == 0 { Vec::new() } else { source_hours::silences(tx).await? }
        .into_iter()
        .map(|(endpoint, since)| (endpoint, (None, since)))
        .collect();
    entries.extend(compare(tx, room, (Cause::SourceSilent, "endpoint"), silent).await?);
    let dead = if most == 0 { Vec::new() } else { outbox::dead_counts(tx).await? }
        .into_iter()
        .map(|(target, _, since)| (target, (None, since)))
        .collect();
    entries.extend(compare(tx, room, (Cause::DeadLetters, "target"), dead).await?);
    let since = if most == 0 { Since::default() } else { orders::braked_since(tx, now).await? };
    entries.extend(compare(tx, room, (Cause::AutomaticBraked, "house"), of_house("automatic", since)).await?);
    let since = if most == 0 { Since::default() } else { orders::overdue_since(tx, now).await? };
    entries.extend(compare(tx, room, (Cause::Unreviewed, "house"), of_house("review", since)).await?);
    entries.extend(cases::sweep(tx, room, reach.1).await?);
    tell(tx, room).await?;
    alarms::forget_before(tx, now.minus(KEPT), BATCH).await?;
    outbox::forget_before(tx, now.minus(KEPT), BATCH).await?;
    Ok(entries)
}

/// What is so, by object: since when, and in which case where only its circle may know.
type So = BTreeMap<String, (Option<Id<of::Incident>>, Timestamp)>;

/// What is so of the house itself, and of each closed case, whose people alone are told.
fn of_house(object: &str, since: Since) -> So {
    let house = since.house.map(|since| (object.to_owned(), (None, since)));
    let accounts = since.accounts.map(|since| (format!("{object}-account"), (None, since)));
    let closed = since.closed.into_iter().map(|(id, since)| (id.to_string(), (Some(id), since)));
    house.into_iter().chain(accounts).chain(closed).collect()
}

/// Holds the alarms of a cause against what is so.
async fn compare(tx: &mut Tx, room: &Room, (cause, what): (Cause, &str), so: So) -> Result<Vec<Entry>> {
    let now = room.now();
    let mut open = BTreeSet::new();
    for row in alarms::open_of(tx, cause.as_str()).await? {
        // Whoever saw it has not seen what came after that.
        if so.get(&row.object).is_some_and(|(_, since)| row.seen.is_none_or(|seen| *since <= seen)) {
            open.insert(row.object);
        } else {
            end(tx, room, &row).await?;
        }
    }
    let mut entries = Vec::new();
    for (object, (incident, since)) in so.into_iter().filter(|(object, _)| !open.contains(object)) {
        let id = Id::new(now, &*room.random);
        let new = NewAlarm { id, cause: cause.as_str(), object: &object, incident, level: HOUSE, since, raised: now };
        if alarms::insert(tx, &new).await? {
            let what = if incident.is_some() { "incident" } else { what };
            let entry = Entry::done(now, Actor::System, "alarm.raise", format!("{what}:{object}"));
            entries.push(entry.with("cause", cause.as_str()));
        }
    }
    Ok(entries)
}

/// What alarms of a cause about one object said is so no more.
pub(super) async fn end_about(tx: &mut Tx, room: &Room, (cause, object): (Cause, &str)) -> Result<()> {
    for row in alarms::open_of(tx, cause.as_str()).await?.iter().filter(|row| row.object == object) {
        end(tx, room, row).await?;
    }
    Ok(())
}

async fn end(tx: &mut Tx, room: &Room, row: &AlarmRow) -> Result<()> {
    if alarms::end(tx, row.id, room.now()).await? {
        follow(tx, room, (row, Stage::Over)).await?;
    }
    Ok(())
}

/// Tells those that follow an alarm and were told of it.
async fn follow(tx: &mut Tx, room: &Room, (row, stage): (&AlarmRow, Stage)) -> Result<()> {
    let told = ledger(&row.told)?;
    for channel in room.channels.iter().filter(|channel| channel.follows && told.contains_key(&channel.name)) {
        post(tx, room, (&channel.name, row), AlarmLetter { alarm: row.id, stage, many: 1 }).await?;
    }
    Ok(())
}

/// Puts letters into the outbox for whoever is to be told now.
async fn tell(tx: &mut Tx, room: &Room) -> Result<()> {
    let now = room.now();
    let mut rung: BTreeMap<&str, Vec<AlarmRow>> = BTreeMap::new();
    for row in alarms::due(tx, now, BATCH).await? {
        let mut told = ledger(&row.told)?;
        let level = (row.level, row.raised);
        for channel in now_due(&room.channels, level, (&told.clone(), now)) {
            let times = told.get(&channel.name).map_or(0, |told| told.times).saturating_add(1);
            told.insert(channel.name.clone(), Told { times, last: now });
            // A target that does not answer is not asked to say so.
            if row.cause != Cause::DeadLetters.as_str() || row.object != channel.name {
                rung.entry(&channel.name).or_default().push(row.clone());
            }
        }
        let text = serde_json::to_string(&told).map_err(|_| Error::Corrupt { table: "alarm", column: "told" })?;
        alarms::tell(tx, row.id, (&text, look_again(&room.channels, level, &told))).await?;
    }
    for (name, rows) in rung {
        let (waits, others): (Vec<_>, Vec<_>) = rows.iter().partition(|row| row.cause == Cause::Waits.as_str());
        let follows = room.channels.iter().any(|channel| channel.name == name && channel.follows);
        if waits.len() > TOGETHER && !follows {
            let letter = AlarmLetter { alarm: waits[0].id, stage: Stage::Raised, many: waits.len() };
            post(tx, room, (name, waits[0]), letter).await?;
        } else {
            for row in waits {
                post(tx, room, (name, row), AlarmLetter { alarm: row.id, stage: Stage::Raised, many: 1 }).await?;
            }
        }
        for row in others {
            post(tx, room, (name, row), AlarmLetter { alarm: row.id, stage: Stage::Raised, many: 1 }).await?;
        }
    }
    Ok(())
}

async fn post(tx: &mut Tx, room: &Room, (target, row): (&str, &AlarmRow), letter: AlarmLetter) -> Result<()> {
    let (now, id) = (room.now(), Id::new(room.now(), &*room.random));
    let body = serde_json::to_string(&letter).map_err(|_| Error::Corrupt { table: "outbox", column: "body" })?;
    let new = NewRow {
        id,
        target: target.to_owned(),
        // Of one alarm in order; alarms do not wait for each other.
        lane: format!("{target}:{}", row.id),
        kind: Kind::Alarm,
        object: row.incident.map_or_else(|| row.object.clone(), |incident| incident.to_string()),
        key: format!("alarm_{id}"),
        body: Some(body),
        created: now,
        due: now,
        give_up: now.plus(GIVE_UP),
    };
    outbox::put(tx, &new).await.map(drop)
}
