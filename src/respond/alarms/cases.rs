//! Alarms about cases that somebody knows of and nobody moves: an order that waits for a second person, a first reply that
//! is late.

use super::{BATCH, Cause, end};
use crate::audit::{Actor, Entry};
use crate::id::{Id, of};
use crate::respond::{Room, orders};
use crate::store::alarms::{self, NewAlarm};
use crate::store::{Result, Tx, promises, proposed};
use crate::time::{Span, Timestamp};

/// For so long an order may wait for a second person before it rings.
const PATIENCE: Span = Span::from_minutes(1);
/// Whoever takes a case has so long to reply before it rings, however late it was by then.
const TO_REPLY: Span = Span::from_minutes(5);

/// Something about a case that rings.
struct Ring {
    /// Two about the same are one.
    object: String,
    incident: Id<of::Incident>,
    level: i64,
    since: Timestamp,
}

/// Raises and ends the alarms about orders that wait and replies that are late, of cases up to a level; without a channel
/// that is to hear of any, there are none.
pub(super) async fn sweep(tx: &mut Tx, room: &Room, level: i64) -> Result<Vec<Entry>> {
    let now = room.now();
    let (mut waiting, mut late) = (Vec::new(), Vec::new());
    if level > 0 {
        for order in proposed::waiting(tx, now).await? {
            let since = orders::opens(order.action, order.requested);
            if order.level <= level && since.plus(PATIENCE) <= now {
                let (object, incident) = (order.id.to_string(), order.incident);
                waiting.push(Ring { object, incident, level: order.level, since });
            }
        }
        for case in promises::late_in_hand(tx, (now, now.minus(TO_REPLY)), (level, BATCH)).await? {
            let (object, incident) = (case.incident.to_string(), case.incident);
            late.push(Ring { object, incident, level: case.level, since: case.due });
        }
    }
    let mut entries = hold(tx, room, (Cause::Approval, waiting)).await?;
    entries.extend(hold(tx, room, (Cause::Late, late)).await?);
    Ok(entries)
}

/// Holds the alarms of a cause against what rings now.
async fn hold(tx: &mut Tx, room: &Room, (cause, mut rings): (Cause, Vec<Ring>)) -> Result<Vec<Entry>> {
    let now = room.now();
    for row in alarms::open_of(tx, cause.as_str()).await? {
        let Some(place) = rings.iter().position(|ring| ring.object == row.object) else {
            end(tx, room, &row).await?;
            continue;
        };
        let ring = rings.swap_remove(place);
        if ring.level != row.level {
            alarms::set_level(tx, row.id, (ring.level, now)).await?;
        }
    }
    let mut entries = Vec::new();
    for Ring { object, incident, level, since } in rings {
        let id = Id::new(now, &*room.random);
        let (cause, incident_of) = (cause.as_str(), Some(incident));
        let new = NewAlarm { id, cause, object: &object, incident: incident_of, level, since, raised: now };
        if alarms::insert(tx, &new).await? {
            let entry = Entry::done(now, Actor::System, "alarm.raise", format!("incident:{incident}"));
            entries.push(entry.with("cause", cause).with("level", level));
        }
    }
    Ok(entries)
}
