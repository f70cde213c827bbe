//! Taking a deed back: ten seconds for one case, five minutes for many. It is a deed of its own with its own entry, and
//! never lowers a protection: it gives back, takes again or opens again.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::attention::Stir;
use crate::audit::{Actor, Entry};
use crate::id::{Id, of};
use crate::respond::progress::{self, What as Told};
use crate::respond::rest::stir_if_reported;
use crate::respond::{Respond, Room, record};
use crate::store::desk::undo::{self, UndoRow};
use crate::store::incidents::{self, Decision, IncidentRow, State};
use crate::store::queue::{self as claims, Claimant, Hold};
use crate::store::{Result, Tx};
use crate::time::{Span, Timestamp};

/// How long one deed can be taken back.
pub(in crate::respond) const ONE: Span = Span::from_seconds(10);
/// How long a deed on many cases can.
pub(super) const MANY: Span = Span::from_minutes(5);

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    Claim,
    Release,
    Close,
}

impl What {
    const ALL: [Self; 3] = [Self::Claim, Self::Release, Self::Close];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Claim => "claim",
            Self::Release => "release",
            Self::Close => "close",
        }
    }
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Left {
    id: Id<of::Incident>,
    version: i64,
}

/// A deed that can still be taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undoable {
    pub id: Id<of::Undo>,
    pub what: What,
    pub until: Timestamp,
    pub cases: usize,
}

/// What came of taking a deed back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Undone {
    pub what: What,
    pub back: usize,
    /// Cases that changed meanwhile and stay as they are.
    pub left: usize,
}

/// Keeps a deed on cases, each with its version after it, so that it can be taken back.
pub(in crate::respond) async fn remember(
    tx: &mut Tx,
    room: &Room,
    (by, what): (&str, What),
    (cases, span): (&[(Id<of::Incident>, i64)], Span),
) -> Result<()> {
    let cases: Vec<Left> = cases.iter().map(|(id, version)| Left { id: *id, version: *version }).collect();
    let row = UndoRow {
        id: Id::new(room.now(), &*room.random),
        person: by.to_owned(),
        at: room.now(),
        until: room.now().plus(span),
        what: what.as_str().to_owned(),
        cases: serde_json::to_string(&cases).expect("ids and numbers are plain data"),
    };
    undo::keep(tx, &row).await
}

impl Respond {
    /// The last deed of a person, as far as it can still be taken back: what happened to a case since counts for it.
    pub async fn undoable(&self, by: &str) -> Result<Option<Undoable>> {
        let mut tx = self.db.read().await?;
        let now = self.room().now();
        let Some(row) = undo::latest(&mut tx, by, now).await? else { return Ok(None) };
        let Some(what) = what_of(&row) else { return Ok(None) };
        let mut cases = 0;
        for left in read(&row) {
            let current = incidents::get(&mut tx, left.id).await?.filter(|current| current.version == left.version);
            if let Some(current) = current
                && can(&mut tx, (what, by, now), &current).await?
            {
                cases += 1;
            }
        }
        Ok((cases > 0).then_some(Undoable { what, id: row.id, until: row.until, cases }))
    }

    /// Takes a deed back as far as nothing else happened since; nothing when it is too late.
    pub async fn undo(&self, id: Id<of::Undo>, by: &str) -> Result<Option<Undone>> {
        let (room, by) = (self.room(), by.to_owned());
        self.writer
            .act(move |tx| {
                let (room, by) = (Arc::clone(&room), by.clone());
                Box::pin(async move { take_back(tx, &room, (id, &by)).await })
            })
            .await
    }
}

fn what_of(row: &UndoRow) -> Option<What> {
    What::ALL.into_iter().find(|what| what.as_str() == row.what)
}

fn read(row: &UndoRow) -> Vec<Left> {
    serde_json::from_str(&row.cases).unwrap_or_default()
}

async fn take_back(tx: &mut Tx, room: &Room, (id, by): (Id<of::Undo>, &str)) -> Result<Option<Undone>> {
    let Some(row) = undo::take(tx, id, (by, room.now())).await? else { return Ok(None) };
    let Some(what) = what_of(&row) else { return Ok(None) };
    let (mut done, mut entries) = (Undone { what, back: 0, left: 0 }, Vec::new());
    for case in read(&row) {
        let current = incidents::get(tx, case.id).await?.filter(|current| current.version == case.version);
        let back = match &current {
            Some(current) => restore(tx, room, (what, by, current)).await?,
            None => false,
        };
        if back {
            done.back += 1;
            let entry =
                Entry::done(room.now(), Actor::Staff(by.to_owned()), "incident.undo", format!("incident:{}", case.id));
            entries.push(entry.with("undone", what.as_str()));
        } else {
            done.left += 1;
        }
    }
    record(tx, &entries).await?;
    Ok(Some(done))
}

/// Whether a deed on a case that nothing else happened to can be taken back.
async fn can(tx: &mut Tx, (what, by, now): (What, &str, Timestamp), row: &IncidentRow) -> Result<bool> {
    Ok(match what {
        What::Claim => {
            let mine = row.state == State::Held && row.holder.as_deref() == Some(by);
            mine && row.lease_until.is_some_and(|until| until > now)
        }
        What::Release => row.state == State::Open,
        What::Close => row.state == State::Closed && !newer_open(tx, row).await?,
    })
}

async fn restore(tx: &mut Tx, room: &Room, (what, by, row): (What, &str, &IncidentRow)) -> Result<bool> {
    let now = room.now();
    if !can(tx, (what, by, now), row).await? {
        return Ok(false);
    }
    let told = match what {
        What::Claim => {
            claims::release(tx, Hold { incident: row.id, by, fence: row.fence }, now).await?;
            Told::HandedBack
        }
        What::Release => {
            let claimant = Claimant { by, now, lease: room.playbooks.policy.order.lease };
            if claims::claim_one(tx, row.id, claimant).await?.is_none() {
                return Ok(false);
            }
            Told::Taken
        }
        What::Close => {
            let decision = Decision { incident: row.id, version: row.version, by, at: now };
            incidents::set_state(tx, &decision, State::Open).await?;
            stir_if_reported(tx, room, row.id, Stir::StaffReopen).await?;
            Told::Reopened
        }
    };
    progress::note_by(tx, room, (row.id, by), told).await?;
    Ok(true)
}

/// Whether the subject has another open incident by now, beside which this one cannot be open.
pub(super) async fn newer_open(tx: &mut Tx, row: &IncidentRow) -> Result<bool> {
    let Some(subject) = row.subject.clone() else { return Ok(false) };
    Ok(!incidents::open_for_subjects(tx, &[subject]).await?.is_empty())
}
