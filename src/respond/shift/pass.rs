//! Handing a case to the other tier, and a shift to the next.

use std::sync::Arc;

use crate::audit::{Actor, Entry};
use crate::id::{Id, of};
use crate::queue::Tier;
use crate::respond::progress::{self, What};
use crate::respond::{Respond, record, staff};
use crate::seal::Place;
use crate::store::queue::{self as claims, Hold};
use crate::store::shift::{self, HandOverRow};
use crate::store::{Result, incidents};

impl Respond {
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
                    staff::note(tx, &room, &row, (&by, &reason)).await?;
                    if row.holder.is_some() {
                        progress::note_by(tx, &room, (incident, &by), What::HandedBack).await?;
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
                            progress::note_by(tx, &room, at, What::HandedBack).await?;
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

pub(super) fn note_place<'a>(column: &'a str, row: &'a str) -> Place<'a> {
    Place { table: "hand_over", column, row }
}
