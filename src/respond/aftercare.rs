//! The message that warns of the second theft, in each closed security case some weeks after it closed.

use super::{Room, file, marks, notices};
use crate::audit::{Actor, Entry};
use crate::guidance::aftercare::{AGAIN_AFTER, weeks_later};
use crate::guidance::mail::Told;
use crate::id::Id;
use crate::seal::Place;
use crate::store::incidents;
use crate::store::messages::{self, Author, MessageRow};
use crate::store::{Result, Tx, cases};
use crate::text::Language;

/// Incidents warned in one sweep.
const BATCH: i64 = 20;

/// Writes the messages that are due; an incident without a reporter is passed over. Gives the entries for the trail.
pub(super) async fn warn(tx: &mut Tx, room: &Room) -> Result<Vec<Entry>> {
    let now = room.now();
    let due = incidents::unwarned(tx, now.minus(AGAIN_AFTER), BATCH).await?;
    let mut entries = Vec::new();
    for incident in due {
        // Another node may have been first.
        if !incidents::warned(tx, incident, now).await? {
            continue;
        }
        let Some(row) = incidents::get(tx, incident).await? else { continue };
        let cases = cases::of_incident(tx, incident).await?;
        let Some(case) = cases.first() else { continue };
        let text = weeks_later(case.language.parse().unwrap_or(Language::En));
        let id = Id::new(now, &*room.random);
        let place = id.to_string();
        let key = file::data_key(room, &row)?;
        let body = key.seal(Place { table: "message", column: "body", row: &place }, text.as_bytes(), &*room.random);
        messages::insert(tx, &MessageRow { id, incident, at: now, author: Author::Staff, body, unproven: false })
            .await?;
        marks::number(tx, room, (id, &text)).await?;
        notices::post(tx, room, incident, Told::SecondTheft).await?;
        entries.push(Entry::done(now, Actor::System, "incident.second-theft-warning", format!("incident:{incident}")));
    }
    Ok(entries)
}
