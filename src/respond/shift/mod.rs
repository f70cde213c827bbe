//! Who is at work with what: tiers, skills, languages, hours and caps of each person, and what shifts tell each other.

mod claim;
mod pass;
mod pressing;

use std::sync::Arc;

pub(super) use claim::{person, pool_of};
pub(super) use pressing::run_out;
pub use pressing::{Pressing, PressingCase};

use super::{Respond, Room, record};
use crate::audit::{Actor, Entry};
use crate::queue::{BadHours, Hours};
use crate::store::shift::{self, PersonRow};
use crate::store::{Error, Result, Tx};
use crate::time::{Span, Timestamp};

/// Notes between shifts that are shown.
const NOTES: i64 = 10;
/// How long they are kept.
const TOLD: Span = Span::from_days(90);

/// How the desk is to count on somebody, as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    pub name: String,
    pub first: bool,
    pub second: bool,
    pub languages: Vec<String>,
    /// Kinds that they know well; none for no preference.
    pub skills: Vec<String>,
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
    pub skills: Vec<String>,
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

/// When staff are at work: by the hours of each person that the shift knows and who can sign in, those of the house where a
/// person has none; those of the house alone when the shift knows nobody.
pub(super) async fn hours(tx: &mut Tx, room: &Room) -> Result<Option<Hours>> {
    let mut known = Vec::new();
    for row in shift::still_there(tx).await? {
        match hours_of(&row).or_else(|| room.hours.clone()) {
            Some(hours) => known.push(hours),
            // Somebody is always at work.
            None => return Ok(None),
        }
    }
    Ok(Hours::together(known).or_else(|| room.hours.clone()))
}

fn hours_of(row: &PersonRow) -> Option<Hours> {
    let windows: Vec<String> = row.hours.lines().map(str::to_owned).collect();
    Hours::read(&windows, &row.zone).ok().flatten()
}

/// Forgets what shifts told each other long ago.
pub(super) async fn forget(tx: &mut Tx, now: Timestamp) -> Result<()> {
    shift::forget_handed_over(tx, now.minus(TOLD)).await.map(drop)
}

impl Respond {
    /// Who is at work with what, and what the last shifts told the next. Reading it is an audit entry.
    pub async fn shift(&self, by: &str) -> Result<Shift> {
        let (room, mut tx) = (self.room(), self.db.read().await?);
        let (now, most) = (room.now(), room.playbooks.policy.most_claims);
        let loads = shift::loads(&mut tx).await?;
        let rows = shift::all(&mut tx).await?;
        let house = hours(&mut tx, &room).await?;
        let notes = shift::handed_over(&mut tx, NOTES).await?;
        let takers = Self::who_take_cases(&mut tx).await?;
        drop(tx);
        let load = |name: &str| loads.iter().find(|(holder, _)| holder == name).map_or(0, |(_, number)| *number);
        let mut people: Vec<ShiftPerson> = rows.iter().map(|row| at_shift(row, (load(&row.name), now))).collect();
        let known: Vec<&str> = rows.iter().map(|row| row.name.as_str()).collect();
        let others = loads.iter().filter(|(holder, _)| !known.contains(&holder.as_str()));
        people.extend(others.map(|(holder, number)| unknown(holder, *number)));
        for taker in takers {
            if !people.iter().any(|person| person.name == taker) {
                people.push(unknown(&taker, 0));
            }
        }
        people.sort_by(|one, other| {
            (!one.at_work, one.in_hand, &one.name).cmp(&(!other.at_work, other.in_hand, &other.name))
        });
        let mut handed_over = Vec::new();
        for note in notes {
            let id = note.id.to_string();
            let key = room.keys.open_data_key(pass::note_place("data_key", &id), &note.data_key)?;
            let text =
                key.open(pass::note_place("body", &id), &note.body).ok().and_then(|text| String::from_utf8(text).ok());
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
                        skills: setting.skills.join(" "),
                        most: setting.most,
                        hours: setting.hours.join("\n"),
                        zone: setting.zone.clone(),
                        changed: now,
                    };
                    shift::put(tx, &row).await?;
                    let entry = Entry::done(now, Actor::Staff(by), "shift.set", format!("person:{}", setting.name))
                        .with("first", setting.first)
                        .with("second", setting.second)
                        .with("most", setting.most);
                    record(tx, &[entry]).await
                })
            })
            .await?;
        Ok(Ok(()))
    }
}

fn at_shift(row: &PersonRow, (in_hand, now): (i64, Timestamp)) -> ShiftPerson {
    let hours = hours_of(row);
    let back = hours.as_ref().and_then(|hours| hours.back_at(now));
    ShiftPerson {
        name: row.name.clone(),
        first: row.first_tier,
        second: row.second_tier,
        languages: row.languages.split_whitespace().map(str::to_owned).collect(),
        skills: row.skills.split_whitespace().map(str::to_owned).collect(),
        most: row.most,
        hours: row.hours.lines().map(str::to_owned).collect(),
        zone: row.zone.clone(),
        in_hand,
        at_work: back.is_none(),
        until: back.or_else(|| hours.and_then(|hours| hours.ends_at(now))),
    }
}

/// Somebody who takes cases and of whom the shift was told nothing.
fn unknown(name: &str, in_hand: i64) -> ShiftPerson {
    ShiftPerson {
        name: name.to_owned(),
        first: true,
        second: true,
        languages: Vec::new(),
        skills: Vec::new(),
        most: None,
        hours: Vec::new(),
        zone: String::new(),
        in_hand,
        at_work: true,
        until: None,
    }
}
