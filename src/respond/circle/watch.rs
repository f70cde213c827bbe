//! Seats that end, and circles of which nobody is left.

use std::collections::BTreeMap;

use super::{candidates, free, seat};
use crate::access::Role;
use crate::audit::{Actor, Entry};
use crate::id::Id;
use crate::respond::Room;
use crate::respond::alarms::Cause;
use crate::store::alarms::{self, NewAlarm};
use crate::store::{Result, Tx, circles, incidents};

/// Rings as loud as anything.
const LEVEL: i64 = 1;

/// Lets out whoever was let in and whose hour is over; a case that no member can sign in to any more opens to the approvers,
/// and rings.
pub(in crate::respond) async fn watch(tx: &mut Tx, room: &Room) -> Result<Vec<Entry>> {
    for incident in circles::let_out(tx, room.now()).await? {
        free(tx, room, incident).await?;
    }
    let mut of_case: BTreeMap<_, Vec<String>> = BTreeMap::new();
    for (incident, person) in circles::members(tx).await? {
        of_case.entry(incident).or_default().push(person);
    }
    if of_case.is_empty() {
        return Ok(Vec::new());
    }
    let there = candidates(tx, room).await?;
    let can = |key: &String| there.iter().any(|person| person.id.to_string() == *key);
    let approvers: Vec<String> =
        there.iter().filter(|person| person.roles.has(Role::Approver)).map(|person| person.id.to_string()).collect();
    let mut entries = Vec::new();
    for (incident, _) in of_case.into_iter().filter(|(_, members)| !members.iter().any(can)) {
        // Without an approver it waits for one.
        if approvers.is_empty() {
            continue;
        }
        for approver in &approvers {
            circles::sit(tx, &seat(room, incident, (approver, ""))).await?;
        }
        free(tx, room, incident).await?;
        circles::orphaned(tx, incident, room.now()).await?;
        let Some(row) = incidents::get(tx, incident).await? else { continue };
        let new = NewAlarm {
            id: Id::new(room.now(), &*room.random),
            cause: Cause::Orphaned.as_str(),
            object: &row.id.to_string(),
            incident: Some(row.id),
            level: LEVEL,
            since: room.now(),
            raised: room.now(),
        };
        alarms::insert(tx, &new).await?;
        entries.push(Entry::done(room.now(), Actor::System, "circle.orphaned", format!("incident:{incident}")));
    }
    Ok(entries)
}
