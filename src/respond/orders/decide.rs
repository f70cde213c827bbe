//! What people do to an order that is there: approve, take back, reverse, look at it afterwards.

use std::sync::Arc;

use super::ask::{self, NewOrder};
use super::view::{self, OrderView};
use super::{Refused, lift, opened, order, post};
use crate::audit::{Actor, Entry};
use crate::containment::{Event, State, may_approve, same_person};
use crate::id::{Id, of};
use crate::respond::{Respond, Room, file, record, staff};
use crate::store::incidents::{self, IncidentRow};
use crate::store::orders::{self, OrderRow, Turn};
use crate::store::{Error, Result, Tx, outbox};

/// What is done; words are scrubbed and cleaned by now.
#[derive(Clone)]
pub enum OrderDeed {
    /// `digest` is that of the order that was shown.
    Approve {
        digest: String,
    },
    Withdraw {
        reason: String,
    },
    /// Asks for the order that lifts it.
    Reverse {
        reason: String,
    },
    /// Another person has looked at what one did alone.
    Review,
}

impl Respond {
    /// Does something to an order of an incident, and gives the order as it is then; for a reversal the new one.
    pub async fn decide_order(
        &self,
        (incident, id): (Id<of::Incident>, Id<of::Order>),
        by: &str,
        deed: OrderDeed,
    ) -> Result<std::result::Result<OrderView, Refused>> {
        self.fetch_of(incident).await?;
        let (room, by) = (self.room(), by.to_owned());
        let outcome = self
            .writer
            .act(move |tx| {
                let (room, by, deed) = (Arc::clone(&room), by.clone(), deed.clone());
                Box::pin(async move { act(tx, &room, (incident, id), (&by, &deed)).await })
            })
            .await;
        self.posted.notify_one();
        match outcome {
            Err(Error::Conflict { .. }) => Ok(Err(Refused::Stale)),
            other => other,
        }
    }
}

async fn act(
    tx: &mut Tx,
    room: &Room,
    (incident, id): (Id<of::Incident>, Id<of::Order>),
    (by, deed): (&str, &OrderDeed),
) -> Result<std::result::Result<OrderView, Refused>> {
    let (Some(row), Some(kept)) = (incidents::get(tx, incident).await?, orders::get(tx, id).await?) else {
        return Ok(Err(Refused::Unknown));
    };
    if kept.incident != incident {
        return Ok(Err(Refused::Unknown));
    }
    let action = match deed {
        OrderDeed::Approve { digest } => {
            if let Err(refused) = approve(tx, room, (&row, &kept), (by, digest)).await? {
                return Ok(Err(refused));
            }
            "order.approve"
        }
        OrderDeed::Withdraw { .. } => {
            let Some(to) = kept.state.after(Event::Withdraw) else { return Ok(Err(Refused::Stale)) };
            // Sent once and then not known to the backend: a copy on its way is still good.
            if kept.may_have_left {
                return Ok(Err(Refused::MayHaveLeft));
            }
            orders::set_state(tx, id, Turn { from: kept.state, to, at: room.now(), word: None }).await?;
            outbox::stop(tx, &id.to_string(), (room.now(), "withdrawn")).await?;
            lift::resume(tx, room, (&kept, post::GIVE_UP)).await?;
            "order.withdraw"
        }
        OrderDeed::Reverse { reason } => return reverse(tx, room, (&row, &kept), (by, reason)).await,
        OrderDeed::Review => {
            if same_person(&kept.requester, by) {
                return Ok(Err(crate::containment::Refused::SamePerson.into()));
            }
            orders::review(tx, id, (by, room.now())).await?;
            "order.review"
        }
    };
    let Some(kept) = orders::get(tx, id).await? else { return Ok(Err(Refused::Unknown)) };
    let view = view::of_row(tx, room, (&row, &kept)).await?;
    let mut entry = entry(room, (by, action), &kept).with("digest", kept.digest.clone());
    if let OrderDeed::Withdraw { reason } = deed {
        staff::note(tx, room, &row, (by, reason)).await?;
        entry = entry.with("state", kept.state.as_str());
    }
    record(tx, &[entry]).await?;
    Ok(Ok(view))
}

fn entry(room: &Room, (by, action): (&str, &'static str), kept: &OrderRow) -> Entry {
    Entry::done(room.now(), Actor::Staff(by.to_owned()), action, format!("incident:{}", kept.incident))
        .with("order", kept.id.to_string())
        .with("order_action", kept.action.as_str())
}

/// A second person's word; the order leaves with the commit, so that it works once (RB-08).
async fn approve(
    tx: &mut Tx,
    room: &Room,
    (row, kept): (&IncidentRow, &OrderRow),
    (by, digest): (&str, &str),
) -> Result<std::result::Result<(), Refused>> {
    if kept.state != State::Proposed {
        return Ok(Err(Refused::Stale));
    }
    let key = file::data_key(room, row)?;
    let account = opened(&key, ("account", kept.id), &kept.account)?;
    let approval = match may_approve(&order(room, kept, &account), digest, (by, room.now())) {
        Ok(approval) => approval,
        Err(refused) => return Ok(Err(refused.into())),
    };
    if !lift::stands(tx, room, kept).await? {
        let over = post::step(tx, room, (kept, Event::Lapse), lift::OVERTAKEN).await?;
        record(tx, over.as_slice()).await?;
        return Ok(Err(Refused::Stale));
    }
    orders::approve(tx, kept.id, &approval).await?;
    let turn = Turn { from: State::Proposed, to: State::Approved, at: room.now(), word: None };
    orders::set_state(tx, kept.id, turn).await?;
    post::put(tx, room, kept).await?;
    Ok(Ok(()))
}

/// Asks for the inverse of an order that holds, or of which nobody knows whether it does.
async fn reverse(
    tx: &mut Tx,
    room: &Room,
    (row, kept): (&IncidentRow, &OrderRow),
    (by, reason): (&str, &str),
) -> Result<std::result::Result<OrderView, Refused>> {
    let Some(action) = kept.action.inverse() else { return Ok(Err(Refused::NoInverse)) };
    // What certainly has not left is taken back instead.
    let may_hold = kept.state != State::Approved || kept.may_have_left;
    if !may_hold || kept.state.after(Event::Reverse).is_none() {
        return Ok(Err(Refused::Stale));
    }
    let key = file::data_key(room, row)?;
    let account = opened(&key, ("account", kept.id), &kept.account)?;
    let new =
        NewOrder { action, account: Some(account), lasting: None, undoes: Some(kept.id), reason: reason.to_owned() };
    ask::place(tx, room, row, (by, &new)).await
}
