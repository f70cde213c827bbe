//! One deed on many cases: shown first, case by case, then done in one transaction to those that are as they were shown.

use std::sync::Arc;

use super::drafts::{self, Field};
use super::list;
use super::undo::{self, What};
use crate::attention::Stir;
use crate::audit::{Actor, Entry};
use crate::id::{Id, of};
use crate::incident::Verdict;
use crate::playbook::Class;
use crate::queue;
use crate::respond::progress::{self, What as Told};
use crate::respond::rest::stir_if_reported;
use crate::respond::{Respond, Room, look, record, staff};
use crate::store::incidents::{self, IncidentRow, State};
use crate::store::queue::{self as claims, Hold};
use crate::store::{Result, Tx};
use crate::text::Language;

/// The most cases of one deed.
pub const MOST: usize = 200;

/// What is done to each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Bulk {
    /// Hands back what is in one's own hands.
    Release,
    /// Puts a note on each.
    Note { text: String },
    /// Closes routine requests with a reason; never an incident.
    CloseRoutine { reason: String },
}

impl Bulk {
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Release => "release",
            Self::Note { .. } => "note",
            Self::CloseRoutine { .. } => "close",
        }
    }
}

/// What would happen to a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    Done,
    /// Not in the hands of whoever asks.
    NotMine,
    /// An incident, or in danger: each is closed by itself.
    NotRoutine,
    /// In somebody else's hands, or closed already.
    NotOpen,
    /// Steps that have to be done first.
    StepsOpen,
    /// Another version than was shown.
    Changed,
}

/// A case and what would happen to it.
#[derive(Debug, Clone)]
pub struct Planned {
    pub id: Id<of::Incident>,
    pub version: i64,
    pub title: String,
    pub level: i64,
    pub lane: Class,
    pub fate: Fate,
}

/// How many were done, and how many not.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Many {
    pub done: usize,
    pub left: usize,
}

impl Respond {
    /// What a deed would do to each of these cases; changes nothing.
    pub async fn plan_bulk(
        &self,
        ids: &[Id<of::Incident>],
        (by, language): (&str, Language),
        bulk: &Bulk,
    ) -> Result<Vec<Planned>> {
        let (room, mut tx) = (self.room(), self.db.read().await?);
        let mut planned = Vec::new();
        for id in ids.iter().take(MOST) {
            let Some(row) = incidents::get(&mut tx, *id).await? else { continue };
            planned.push(Planned {
                id: row.id,
                version: row.version,
                title: list::title(&room.playbooks, &row.kind, language),
                level: row.level,
                lane: if row.lane == 0 { Class::Security } else { Class::Routine },
                fate: fate(&mut tx, &room, (&row, by, bulk)).await?,
            });
        }
        Ok(planned)
    }

    /// Does it to those cases that still have the version that was shown, in one transaction with an entry each. Release
    /// and closing can be taken back for five minutes.
    pub async fn do_bulk(&self, cases: Vec<(Id<of::Incident>, i64)>, by: &str, bulk: Bulk) -> Result<Many> {
        for (id, _) in &cases {
            self.fetch_of(*id).await?;
        }
        let (room, by, cases) = (self.room(), by.to_owned(), Arc::new((cases, bulk)));
        self.writer
            .act(move |tx| {
                let (room, by, cases) = (Arc::clone(&room), by.clone(), Arc::clone(&cases));
                Box::pin(async move { all(tx, &room, (&by, &cases.0, &cases.1)).await })
            })
            .await
    }
}

type Doing<'a> = (&'a str, &'a [(Id<of::Incident>, i64)], &'a Bulk);

async fn all(tx: &mut Tx, room: &Room, (by, cases, bulk): Doing<'_>) -> Result<Many> {
    let (mut many, mut left_at, mut entries) = (Many::default(), Vec::new(), Vec::new());
    for (id, version) in cases.iter().take(MOST) {
        let row = incidents::get(tx, *id).await?.filter(|row| row.version == *version);
        let fits = match &row {
            Some(row) => fate(tx, room, (row, by, bulk)).await? == Fate::Done,
            None => false,
        };
        let Some(row) = row.filter(|_| fits) else {
            many.left += 1;
            continue;
        };
        one(tx, room, (&row, by, bulk)).await?;
        many.done += 1;
        if let Some(after) = incidents::get(tx, *id).await? {
            left_at.push((after.id, after.version));
        }
        let action = match bulk {
            Bulk::Release => "incident.hand-back",
            Bulk::Note { .. } => "incident.note",
            Bulk::CloseRoutine { .. } => "incident.verdict",
        };
        let entry = Entry::done(room.now(), Actor::Staff(by.to_owned()), action, format!("incident:{id}"));
        entries.push(entry.with("bulk", cases.len()));
    }
    let what = match bulk {
        Bulk::Release => Some(What::Release),
        Bulk::CloseRoutine { .. } => Some(What::Close),
        Bulk::Note { .. } => None,
    };
    if let Some(what) = what.filter(|_| !left_at.is_empty()) {
        undo::remember(tx, room, (by, what), (&left_at, undo::MANY)).await?;
    }
    record(tx, &entries).await?;
    Ok(many)
}

async fn fate(tx: &mut Tx, room: &Room, (row, by, bulk): (&IncidentRow, &str, &Bulk)) -> Result<Fate> {
    let mine = row.holder.as_deref() == Some(by) && row.lease_until.is_some_and(|until| until > room.now());
    Ok(match bulk {
        Bulk::Release if mine => Fate::Done,
        Bulk::Release => Fate::NotMine,
        Bulk::CloseRoutine { .. } if row.lane != queue::lane(Class::Routine) || row.danger => Fate::NotRoutine,
        Bulk::CloseRoutine { .. } if row.state != State::Open && !mine => Fate::NotOpen,
        Bulk::CloseRoutine { .. } if !look::still_required(tx, room, row, Language::En).await?.is_empty() => {
            Fate::StepsOpen
        }
        Bulk::Note { .. } | Bulk::CloseRoutine { .. } => Fate::Done,
    })
}

async fn one(tx: &mut Tx, room: &Room, (row, by, bulk): (&IncidentRow, &str, &Bulk)) -> Result<()> {
    match bulk {
        Bulk::Release => {
            claims::release(tx, Hold { incident: row.id, by, fence: row.fence }, room.now()).await?;
            progress::note(tx, room, row.id, Told::HandedBack).await?;
        }
        Bulk::Note { text } => {
            staff::note(tx, room, row, (by, text)).await?;
            drafts::sent(tx, row.id, (by, Field::Note)).await?;
        }
        Bulk::CloseRoutine { reason } => {
            let judgement =
                staff::Judgement { by, version: row.version, verdict: Verdict::Answered, kind: None, reason };
            staff::judge(tx, room, row, &judgement).await?;
            stir_if_reported(tx, room, row.id, Stir::StaffClose).await?;
            progress::note(tx, room, row.id, Told::Closed).await?;
        }
    }
    Ok(())
}
