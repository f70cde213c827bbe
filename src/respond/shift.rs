//! The desk: whose tiers and languages, who is at work, how much is in hand, what was promised, what shifts tell each other.

use std::sync::Arc;

use super::file::File;
use super::{Respond, Room, record};
use crate::audit::{Actor, Entry};
use crate::id::{Id, of};
use crate::queue::tier::PRACTICE;
use crate::queue::{BadHours, Hours, Tier};
use crate::seal::Place;
use crate::store::incidents::{self, IncidentRow};
use crate::store::promises;
use crate::store::queue::{self as claims, Claimant, Hold, Turn};
use crate::store::shift::{self, HandOverRow, Head, PersonRow};
use crate::store::{Error, Result, Tx};
use crate::time::{Span, Timestamp};

/// The pool of cases that a program from before there were tiers put into the queue: everybody's.
const UNSORTED: &str = "all";
/// Promises that are found missed at once; the rest waits for the next sweep, seconds later.
const BATCH: i64 = 200;
/// Pressing of a sort that are shown.
const SHOWN: i64 = 20;
/// Warnings begin with the last quarter of a promise, and the longest promise is a day.
const SOONEST: Span = Span::from_minutes(6 * 60);
/// Notes between shifts that are shown.
const NOTES: i64 = 10;

/// What a member of staff takes, as the desk has it.
pub(super) struct AtWork {
    name: String,
    tiers: Vec<Tier>,
    languages: Vec<String>,
    most: Option<i64>,
}

/// How the desk is to count on somebody, as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    pub name: String,
    pub first: bool,
    pub second: bool,
    pub languages: Vec<String>,
    pub most: Option<i64>,
    pub hours: Vec<String>,
    pub zone: String,
}

/// Somebody at the desk, or on the way there.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct ShiftPerson {
    pub name: String,
    pub first: bool,
    pub second: bool,
    pub languages: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub most: Option<i64>,
    pub hours: Vec<String>,
    pub zone: String,
    pub in_hand: i64,
    pub at_work: bool,
    /// When their shift ends, or when they are back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
}

/// What a shift told the next.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct HandedOver {
    pub at: Timestamp,
    pub person: String,
    pub text: String,
}

/// Who is at work with what, the least laden first.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Shift {
    pub people: Vec<ShiftPerson>,
    /// When somebody is back; nothing while somebody is at work.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub back: Option<Timestamp>,
    /// Open claims that one person may have.
    pub most: i64,
    pub handed_over: Vec<HandedOver>,
}

/// A case that asks for attention.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct PressingCase {
    pub incident: Id<of::Incident>,
    pub kind: String,
    pub level: i64,
    pub arrived: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub holder: Option<String>,
    pub reply_due: Timestamp,
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
}

impl Pressing {
    pub fn is_empty(&self) -> bool {
        self.level_one.is_empty() && self.missed.is_empty() && self.soon.is_empty()
    }
}

/// Whoever the desk was not told of takes everything.
pub(super) async fn person(tx: &mut Tx, name: &str) -> Result<AtWork> {
    let row = shift::of(tx, name).await?;
    let Some(row) = row else {
        return Ok(AtWork { name: name.to_owned(), tiers: Tier::ALL.to_vec(), languages: Vec::new(), most: None });
    };
    let tiers = [(row.second_tier, Tier::Second), (row.first_tier, Tier::First)];
    Ok(AtWork {
        tiers: tiers.into_iter().filter(|(takes, _)| *takes).map(|(_, tier)| tier).collect(),
        languages: row.languages.split_whitespace().map(str::to_owned).collect(),
        most: row.most,
        name: row.name,
    })
}

impl AtWork {
    /// Whether they have as many claims in hand as the desk allows.
    pub(super) async fn is_full(&self, tx: &mut Tx, usual: i64) -> Result<bool> {
        Ok(shift::count_held(tx, &self.name).await? >= self.most.unwrap_or(usual))
    }

    /// Takes the next case of their tiers: in a language of theirs while there is one, else any, so that nobody waits for a
    /// language while somebody is free.
    pub(super) async fn claim(&self, tx: &mut Tx, turn: Turn, claimant: Claimant<'_>) -> Result<Option<IncidentRow>> {
        let spoken: Vec<&str> = self.languages.iter().map(String::as_str).collect();
        for languages in [spoken.as_slice(), &[]] {
            // Somebody may take the same case by its name in between; then the one after it.
            for _ in 0..3 {
                let Some(head) = self.head(tx, turn, languages).await? else { break };
                if let Some(row) = claims::claim_one(tx, head.incident, claimant).await? {
                    return Ok(Some(row));
                }
            }
            if languages.is_empty() {
                break;
            }
        }
        Ok(None)
    }

    async fn head(&self, tx: &mut Tx, turn: Turn, languages: &[&str]) -> Result<Option<Head>> {
        let mut heads = Vec::new();
        for pool in self.tiers.iter().map(|tier| tier.as_str()).chain([UNSORTED]) {
            heads.extend(shift::head(tx, (pool, turn), languages).await?);
        }
        Ok(match turn {
            Turn::MostUrgent => heads.into_iter().min_by_key(|head| (head.lane, head.due, head.incident)),
            Turn::LongestWaiter => heads.into_iter().min_by_key(|head| (head.arrived, head.incident)),
        })
    }
}

/// When staff are at work: by the hours of each person that the desk knows, else those of the house.
pub(super) async fn hours(tx: &mut Tx, room: &Room) -> Result<Option<Hours>> {
    let people = shift::all(tx).await?;
    let known: Vec<Hours> = people.iter().filter_map(hours_of).collect();
    Ok(Hours::together(known).or_else(|| room.hours.clone()))
}

fn hours_of(row: &PersonRow) -> Option<Hours> {
    let windows: Vec<String> = row.hours.lines().map(str::to_owned).collect();
    Hours::read(&windows, &row.zone).ok().flatten()
}

/// The pool that a case stands in.
pub(super) async fn pool_of(tx: &mut Tx, file: &File) -> Result<String> {
    let kept = shift::pool(tx, file.id).await?;
    let standing = file.standing();
    Ok(kept.unwrap_or_else(|| Tier::of(standing.class, standing.level).as_str().to_owned()))
}

/// Promises that ran out: each is kept as missed and handed up to the second tier, by nobody but us.
pub(super) async fn run_out(tx: &mut Tx, room: &Room) -> Result<Vec<Entry>> {
    let now = room.now();
    let waiting = promises::level_one(tx, now.minus(room.playbooks.policy.alarm), SHOWN).await?.len();
    metrics::gauge!("holdfast_level_one_waiting").set(f64::from(u32::try_from(waiting).unwrap_or(u32::MAX)));
    let mut entries = Vec::new();
    for missed in promises::overdue(tx, now, BATCH).await? {
        promises::miss(tx, &missed, now).await?;
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
        let pressing = promises::pressing(&mut tx, now.plus(SOONEST), SHOWN * 5).await?;
        let (missed, coming): (Vec<promises::Pressing>, Vec<promises::Pressing>) =
            pressing.into_iter().partition(|case| case.reply_due <= now);
        let soon = coming.into_iter().filter(|case| is_soon(case, now));
        let most = usize::try_from(SHOWN).unwrap_or(20);
        Ok(Pressing {
            level_one: level_one.into_iter().map(pressing_case).collect(),
            missed: missed.into_iter().take(most).map(pressing_case).collect(),
            soon: soon.take(most).map(pressing_case).collect(),
        })
    }

    /// Who is at work with what, and what the last shifts told the next. Reading it is an audit entry.
    pub async fn shift(&self, by: &str) -> Result<Shift> {
        let (room, mut tx) = (self.room(), self.db.read().await?);
        let (now, most) = (room.now(), room.playbooks.policy.most_claims);
        let loads = shift::loads(&mut tx).await?;
        let rows = shift::all(&mut tx).await?;
        let house = hours(&mut tx, &room).await?;
        let notes = shift::handed_over(&mut tx, NOTES).await?;
        drop(tx);
        let load = |name: &str| loads.iter().find(|(holder, _)| holder == name).map_or(0, |(_, number)| *number);
        let mut people: Vec<ShiftPerson> = rows.iter().map(|row| at_shift(row, (load(&row.name), now))).collect();
        let known: Vec<&str> = rows.iter().map(|row| row.name.as_str()).collect();
        let others = loads.iter().filter(|(holder, _)| !known.contains(&holder.as_str()));
        people.extend(others.map(|(holder, number)| unknown(holder, *number)));
        people.sort_by(|one, other| {
            (!one.at_work, one.in_hand, &one.name).cmp(&(!other.at_work, other.in_hand, &other.name))
        });
        let mut handed_over = Vec::new();
        for note in notes {
            let id = note.id.to_string();
            let key = room.keys.open_data_key(note_place("data_key", &id), &note.data_key)?;
            let text = key.open(note_place("body", &id), &note.body).ok().and_then(|text| String::from_utf8(text).ok());
            let text = text.ok_or(Error::Corrupt { table: "hand_over", column: "body" })?;
            handed_over.push(HandedOver { at: note.at, person: note.person, text });
        }
        self.note(Entry::done(now, Actor::Staff(by.to_owned()), "shift.view", "desk:shift".to_owned())).await?;
        Ok(Shift { people, back: house.and_then(|hours| hours.back_at(now)), most, handed_over })
    }

    /// Keeps how the desk is to count on somebody. What the hours cannot be read from is refused.
    pub async fn set_shift(&self, by: &str, setting: Setting) -> Result<std::result::Result<(), BadHours>> {
        if let Err(bad) = Hours::read(&setting.hours, &setting.zone) {
            return Ok(Err(bad));
        }
        let (room, by) = (self.room(), by.to_owned());
        self.writer
            .act(move |tx| {
                let (room, by, setting) = (Arc::clone(&room), by.clone(), setting.clone());
                Box::pin(async move {
                    let now = room.now();
                    let row = PersonRow {
                        name: setting.name.clone(),
                        first_tier: setting.first,
                        second_tier: setting.second,
                        languages: setting.languages.join(" "),
                        most: setting.most,
                        hours: setting.hours.join("\n"),
                        zone: setting.zone.clone(),
                        changed: now,
                    };
                    shift::put(tx, &row).await?;
                    let entry = Entry::done(now, Actor::Staff(by), "shift.set", format!("person:{}", setting.name))
                        .with("first", setting.first)
                        .with("second", setting.second)
                        .with("languages", row.languages.clone())
                        .with("most", setting.most)
                        .with("hours", row.hours.clone());
                    record(tx, &[entry]).await
                })
            })
            .await?;
        Ok(Ok(()))
    }

    /// Moves a case to the other tier with a reason, out of one's own hands. False when it is closed or another's.
    pub async fn hand_to(&self, by: &str, (incident, tier): (Id<of::Incident>, Tier), reason: &str) -> Result<bool> {
        let (room, by, reason) = (self.room(), by.to_owned(), reason.to_owned());
        self.writer
            .act(move |tx| {
                let (room, by, reason) = (Arc::clone(&room), by.clone(), reason.clone());
                Box::pin(async move {
                    let now = room.now();
                    let Some(row) = incidents::get(tx, incident).await? else { return Ok(false) };
                    if !shift::move_to(tx, (incident, tier.as_str()), (&by, now)).await? {
                        return Ok(false);
                    }
                    super::staff::note(tx, &room, &row, (&by, &reason)).await?;
                    if row.holder.is_some() {
                        super::progress::note_by(tx, &room, (incident, &by), super::progress::What::HandedBack).await?;
                    }
                    let entry = Entry::done(now, Actor::Staff(by), "incident.tier", format!("incident:{incident}"));
                    record(tx, &[entry.with("tier", tier.as_str())]).await?;
                    Ok(true)
                })
            })
            .await
    }

    /// Ends a shift: what is in hand goes back to its old place, and the next shift is told. Says how many went back.
    pub async fn hand_over(&self, by: &str, text: &str) -> Result<usize> {
        let (room, by, text) = (self.room(), by.to_owned(), text.to_owned());
        self.writer
            .act(move |tx| {
                let (room, by, text) = (Arc::clone(&room), by.clone(), text.clone());
                Box::pin(async move {
                    let now = room.now();
                    let held = incidents::held_by(tx, &by).await?;
                    let mut back = 0;
                    for (waiting, until, fence) in held {
                        if until > now {
                            claims::release(tx, Hold { incident: waiting.place.id, by: &by, fence }, now).await?;
                            let at = (waiting.place.id, by.as_str());
                            super::progress::note_by(tx, &room, at, super::progress::What::HandedBack).await?;
                            back += 1;
                        }
                    }
                    let id: Id<of::Note> = Id::new(now, &*room.random);
                    let row = id.to_string();
                    let (key, data_key) = room.keys.new_data_key(note_place("data_key", &row), &*room.random);
                    let body = key.seal(note_place("body", &row), text.as_bytes(), &*room.random);
                    shift::hand_over(tx, &HandOverRow { id, at: now, person: by.clone(), data_key, body }).await?;
                    let entry = Entry::done(now, Actor::Staff(by), "shift.hand-over", "desk:shift".to_owned());
                    record(tx, &[entry.with("handed-back", back)]).await?;
                    Ok(back)
                })
            })
            .await
    }
}

fn note_place<'a>(column: &'a str, row: &'a str) -> Place<'a> {
    Place { table: "hand_over", column, row }
}

fn is_soon(case: &promises::Pressing, now: Timestamp) -> bool {
    let whole = case.reply_due.since(case.arrived).millis();
    case.reply_due.since(now).millis() <= whole / 4
}

fn pressing_case(case: promises::Pressing) -> PressingCase {
    let promises::Pressing { incident, kind, level, arrived, holder, reply_due } = case;
    PressingCase { incident, kind, level, arrived, holder, reply_due }
}

fn at_shift(row: &PersonRow, (in_hand, now): (i64, Timestamp)) -> ShiftPerson {
    let hours = hours_of(row);
    let back = hours.as_ref().and_then(|hours| hours.back_at(now));
    ShiftPerson {
        name: row.name.clone(),
        first: row.first_tier,
        second: row.second_tier,
        languages: row.languages.split_whitespace().map(str::to_owned).collect(),
        most: row.most,
        hours: row.hours.lines().map(str::to_owned).collect(),
        zone: row.zone.clone(),
        in_hand,
        at_work: back.is_none(),
        until: back.or_else(|| hours.and_then(|hours| hours.ends_at(now))),
    }
}

/// Somebody who holds cases and whom the desk was not told of.
fn unknown(name: &str, in_hand: i64) -> ShiftPerson {
    ShiftPerson {
        name: name.to_owned(),
        first: true,
        second: true,
        languages: Vec::new(),
        most: None,
        hours: Vec::new(),
        zone: String::new(),
        in_hand,
        at_work: true,
        until: None,
    }
}
