//! Breaking the glass: an hour in a case of a circle one is not in, for a reason, in front of its people and the auditors.

use std::sync::Arc;

use crate::audit::{Actor, Entry, Outcome};
use crate::id::{Id, of};
use crate::respond::alarms::Cause;
use crate::respond::{Respond, Room, record, staff};
use crate::store::alarms::{self, NewAlarm};
use crate::store::circles::{self, SeatRow};
use crate::store::{Result, Sight, Tx, incidents, privacy};
use crate::time::Span;

/// How long it lets somebody in.
const OPEN: Span = Span::from_minutes(60);
/// Rings as loud as anything.
const LEVEL: i64 = 1;

impl Respond {
    /// Lets somebody into the case of this reference or id, if it is closed to a circle they are not in. Says nothing: there
    /// being no such case looks the same, and each try is an audit entry. The reason is scrubbed and cleaned by now.
    pub async fn break_glass(&self, by: Id<of::Person>, (name, reason): (&str, &str)) -> Result<()> {
        let (room, name, reason) = (self.room(), name.trim().to_owned(), reason.to_owned());
        self.writer
            .act(move |tx| {
                let (room, name, reason) = (Arc::clone(&room), name.clone(), reason.clone());
                Box::pin(async move {
                    let asker = tx.sight();
                    tx.look_as(Sight::House);
                    let done = break_it(tx, &room, by, (&name, &reason)).await;
                    tx.look_as(asker);
                    done
                })
            })
            .await?;
        self.posted.notify_waiters();
        Ok(())
    }
}

async fn break_it(tx: &mut Tx, room: &Room, by: Id<of::Person>, (name, reason): (&str, &str)) -> Result<()> {
    let (now, key) = (room.now(), by.to_string());
    let entry = |object: String| Entry::done(now, Actor::Staff(key.clone()), "circle.glass", object);
    let id = match name.parse() {
        Ok(id) => Some(id),
        Err(_) => circles::by_reference(tx, &name.to_uppercase()).await?,
    };
    let row = match id {
        Some(id) => incidents::get(tx, id).await?,
        None => None,
    };
    let closed = match &row {
        Some(row) => {
            // Another node may open it just now.
            privacy::lock(tx, &[row.id]).await?;
            circles::of(tx, row.id).await?.is_some()
        }
        None => false,
    };
    let Some(row) = row.filter(|_| closed) else {
        let refused = Entry { outcome: Outcome::Refused, ..entry("circle:none".to_owned()) };
        return record(tx, &[refused]).await;
    };
    let until = now.plus(OPEN);
    let seat = SeatRow { incident: row.id, person: key.clone(), at: now, given_by: key.clone(), member: false, until };
    if !circles::sit(tx, &seat).await? {
        // A member needs no glass.
        return record(tx, &[Entry { outcome: Outcome::Refused, ..entry(format!("incident:{}", row.id)) }]).await;
    }
    staff::note(tx, room, &row, (&key, reason)).await?;
    let new = NewAlarm {
        id: Id::new(now, &*room.random),
        cause: Cause::Glass.as_str(),
        object: &format!("{}/{key}", row.id),
        incident: Some(row.id),
        level: LEVEL,
        since: now,
        raised: now,
    };
    alarms::insert(tx, &new).await?;
    tracing::warn!(name: "circle.glass", "somebody on the staff was let into a closed case; the audit trail says who");
    metrics::counter!("holdfast_glass_broken_total").increment(1);
    record(tx, &[entry(format!("incident:{}", row.id)).with("until", until.to_string())]).await
}
