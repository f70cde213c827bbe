//! Whether an order may leave, and until when.

use super::{lift, opened, order};
use crate::containment::{Event, Order, Refused, leaves_until, may_be_sent};
use crate::respond::{Room, file};
use crate::store::incidents;
use crate::store::orders::{self, OrderRow};
use crate::store::{Result, Tx};
use crate::time::Timestamp;

/// Until when an order may leave now, else what becomes of it and why.
pub(super) async fn may_leave(
    tx: &mut Tx,
    room: &Room,
    (kept, order): (&OrderRow, &Order),
) -> Result<std::result::Result<Timestamp, (Event, &'static str)>> {
    // What was approved, what was asked for and what lies here now must be the same (RB-08).
    if order.digest() != kept.digest {
        return Ok(Err((Event::Refuse, "changed")));
    }
    let approvals = orders::approvals(tx, kept.id).await?;
    let stands = lift::stands(tx, room, kept).await?;
    Ok(match may_be_sent(order, &approvals, room.now()) {
        Ok(not_after) if stands => Ok(not_after),
        Ok(_) => Err((Event::Lapse, lift::OVERTAKEN)),
        Err(Refused::Expired) if kept.may_have_left => Err((Event::Doubt, "expired")),
        Err(Refused::Expired) => Err((Event::Lapse, "expired")),
        Err(Refused::Changed) => Err((Event::Refuse, "changed")),
        Err(Refused::NeedsTwo | Refused::SamePerson | Refused::TooEarly) => Err((Event::Refuse, "not-approved")),
    })
}

/// An order as it is kept, and its account; nothing when its incident is gone.
pub(super) async fn restored(tx: &mut Tx, room: &Room, kept: &OrderRow) -> Result<Option<(Order, String)>> {
    let Some(row) = incidents::get(tx, kept.incident).await? else { return Ok(None) };
    let key = file::data_key(room, &row)?;
    let account = opened(&key, ("account", kept.id), &kept.account)?;
    Ok(Some((order(room, kept, &account), account)))
}

/// Until when the order could leave, and so begin to have an effect.
pub(super) async fn until(tx: &mut Tx, room: &Room, kept: &OrderRow) -> Result<Option<Timestamp>> {
    let Some((order, _)) = restored(tx, room, kept).await? else { return Ok(None) };
    let approvals = orders::approvals(tx, kept.id).await?;
    Ok(leaves_until(&order, &approvals).ok())
}
