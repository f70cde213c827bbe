//! What one person alone or the house itself ordered, which somebody else looks at within a day (RB-09), and letting the
//! house go on after its brake went in (RB-10).

use std::sync::Arc;

use serde::Serialize;

use super::automatic::A_DAY;
use crate::audit::{Actor, Entry};
use crate::containment::{Action, State};
use crate::id::{Id, of};
use crate::respond::{Respond, Room, record};
use crate::seal::Place;
use crate::store::automatic::{self, ReviewRow};
use crate::store::{Error, Result, Sight, Tx};
use crate::time::{Span, Timestamp};

/// Within this time somebody else looks at it.
const WITHIN: Span = Span::from_days(1);

/// An order that somebody else has to look at.
#[derive(Debug, Clone, Serialize)]
pub struct OrderReview {
    pub order: Id<of::Order>,
    pub incident: Id<of::Incident>,
    /// The reference of the case; of an incident that nobody reported the end of its id.
    pub reference: String,
    pub kind: String,
    pub level: i64,
    pub action: Action,
    pub state: State,
    /// The house ordered it by itself.
    pub automatic: bool,
    pub requester: String,
    pub requested: Timestamp,
    pub due: Timestamp,
    pub overdue: bool,
}

/// What there is to look at.
#[derive(Debug, Clone, Serialize)]
pub struct Reviews {
    /// The oldest first, so what is overdue comes before everything else.
    pub orders: Vec<OrderReview>,
    /// Since when the house orders nothing by itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub braked: Option<Timestamp>,
    /// Accounts that were ordered on too often within a day.
    pub accounts_braked: usize,
}

/// The same in three numbers, for the first page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Standing {
    pub waiting: i64,
    pub overdue: i64,
    pub braked: Option<Timestamp>,
    pub accounts_braked: usize,
}

impl Respond {
    /// The orders that somebody else has to look at, and the brakes that are in.
    pub async fn reviews(&self) -> Result<Reviews> {
        let (now, mut tx) = (self.room().now(), self.db.read().await?);
        let orders = automatic::to_review(&mut tx).await?.into_iter().map(|row| review(row, now)).collect();
        let (braked, accounts_braked) = braked(&mut tx, now).await?;
        Ok(Reviews { orders, braked, accounts_braked })
    }

    /// How much of it there is.
    pub async fn review_standing(&self) -> Result<Standing> {
        let (now, mut tx) = (self.room().now(), self.db.read().await?);
        let (braked, accounts_braked) = braked(&mut tx, now).await?;
        Ok(Standing {
            waiting: automatic::count_to_review(&mut tx, now).await?,
            overdue: automatic::count_to_review(&mut tx, now.minus(WITHIN)).await?,
            braked,
            accounts_braked,
        })
    }

    /// Lets the house order by itself again; the reason is scrubbed and cleaned by now. `Conflict` when no brake is in.
    pub async fn release_brakes(&self, by: &str, reason: &str) -> Result<()> {
        let (room, by, reason) = (self.room(), by.to_owned(), reason.to_owned());
        self.writer
            .act(move |tx| {
                let (room, by, reason) = (Arc::clone(&room), by.clone(), reason.clone());
                Box::pin(async move { release(tx, &room, (&by, &reason)).await })
            })
            .await
    }
}

async fn release(tx: &mut Tx, room: &Room, (by, reason): (&str, &str)) -> Result<()> {
    let now = room.now();
    let standing = automatic::standing_in_sight(tx, now.minus(A_DAY)).await?;
    if standing.is_empty() {
        return Err(Error::Conflict { table: "automatic_brake", source: None });
    }
    let mut entries = Vec::new();
    for brake in standing {
        let id = brake.id.to_string();
        let place = |column| Place { table: "automatic_brake", column, row: &id };
        let (key, data_key) = room.keys.new_data_key(place("data_key"), &*room.random);
        let sealed = key.seal(place("reason"), reason.as_bytes(), &*room.random);
        automatic::release(tx, brake.id, (by, now), (&data_key, &sealed)).await?;
        let entry = Entry::done(now, Actor::Staff(by.to_owned()), "order.brake-release", format!("brake:{id}"));
        entries.push(entry.with("whole_house", brake.account.is_empty()));
    }
    record(tx, &entries).await
}

/// Since when the house is braked, and how many accounts are, as far as the orders on them are in sight.
async fn braked(tx: &mut Tx, now: Timestamp) -> Result<(Option<Timestamp>, usize)> {
    let standing = automatic::standing_in_sight(tx, now.minus(A_DAY)).await?;
    let house = standing.iter().find(|brake| brake.account.is_empty()).map(|brake| brake.since);
    Ok((house, standing.iter().filter(|brake| !brake.account.is_empty()).count()))
}

/// Since when something is so, for the alarms: what everybody may hear of, and what only the people of a closed case may.
#[derive(Debug, Default)]
pub(in crate::respond) struct Since {
    pub house: Option<Timestamp>,
    /// The latest of single accounts, which says nothing of the house.
    pub accounts: Option<Timestamp>,
    pub closed: Vec<(Id<of::Incident>, Timestamp)>,
}

/// Since when the brake of the house is in, and the latest of those on accounts.
pub(in crate::respond) async fn braked_since(tx: &mut Tx, now: Timestamp) -> Result<Since> {
    let (asker, lapsed) = (tx.sight(), now.minus(A_DAY));
    tx.look_as(Sight::NoCircles);
    let open = automatic::standing_in_sight(tx, lapsed).await;
    tx.look_as(asker);
    let open = open?;
    let mut closed = automatic::standing_closed(tx, lapsed).await?;
    closed.retain(|(brake, _, _)| !open.iter().any(|open| open.id == *brake));
    Ok(Since {
        house: open.iter().filter(|brake| brake.account.is_empty()).map(|brake| brake.since).min(),
        accounts: open.iter().filter(|brake| !brake.account.is_empty()).map(|brake| brake.since).max(),
        closed: closed.into_iter().map(|(_, incident, since)| (incident, since)).collect(),
    })
}

/// Since when an order has been overdue to be looked at.
pub(in crate::respond) async fn overdue_since(tx: &mut Tx, now: Timestamp) -> Result<Since> {
    let (asker, placed_by) = (tx.sight(), now.minus(WITHIN));
    tx.look_as(Sight::NoCircles);
    let oldest = automatic::oldest_to_review(tx, placed_by).await;
    tx.look_as(asker);
    let closed = automatic::closed_to_review(tx, placed_by).await?;
    Ok(Since {
        house: oldest?.map(|placed| placed.plus(WITHIN)),
        accounts: None,
        closed: closed.into_iter().map(|(incident, placed)| (incident, placed.plus(WITHIN))).collect(),
    })
}

fn review(row: ReviewRow, now: Timestamp) -> OrderReview {
    let incident = row.incident.to_string();
    let tail = || incident.rsplit('-').next().unwrap_or_default().to_owned();
    let due = row.requested.plus(WITHIN);
    OrderReview {
        order: row.id,
        incident: row.incident,
        reference: row.reference.unwrap_or_else(tail),
        kind: row.kind,
        level: row.level,
        action: row.action,
        state: row.state,
        automatic: row.automatic,
        requester: row.requester,
        requested: row.requested,
        due,
        overdue: due <= now,
    }
}
