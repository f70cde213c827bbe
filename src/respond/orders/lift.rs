//! Lifting protection: a release lifts what there was when it was asked for, and nothing that was placed since (RB-11).

use super::post;
use crate::audit::Entry;
use crate::containment::{Event, State};
use crate::respond::Room;
use crate::store::orders::{self, OrderRow};
use crate::store::{Result, Tx, outbox};
use crate::time::Span;

/// The word of a release that lifts nothing any more: what it was for is over, or the account was held anew.
pub(super) const OVERTAKEN: &str = "overtaken";
/// The word of a letter that nobody sends while what it ordered is being lifted.
const REVERSED: &str = "reversed";

/// Whether a release still lifts what it was asked for, and nothing else; any other order stands by itself.
pub(super) async fn stands(tx: &mut Tx, room: &Room, kept: &OrderRow) -> Result<bool> {
    let Some(undone) = kept.undoes else { return Ok(true) };
    let Some(undone) = orders::get(tx, undone).await? else { return Ok(false) };
    let now = room.now();
    if undone.state.after(Event::Reverse).is_none() || undone.until.is_some_and(|until| until <= now) {
        return Ok(false);
    }
    let anew = (kept.account_digest.as_str(), undone.action);
    orders::is_placed_since(tx, anew, (kept.requested, now)).await.map(|placed| !placed)
}

/// Takes back what waits to lift the part of the account that an order is about: it was asked for before there was that order.
pub(super) async fn overtake(tx: &mut Tx, room: &Room, placed: &OrderRow) -> Result<Vec<Entry>> {
    let Some(release) = placed.action.inverse() else { return Ok(Vec::new()) };
    let mut entries = Vec::new();
    for asked in orders::under_way(tx, &placed.account_digest, release).await? {
        if asked.state == State::Proposed {
            entries.extend(post::step(tx, room, (&asked, Event::Withdraw), OVERTAKEN).await?);
        }
    }
    Ok(entries)
}

/// Nobody asks whether an order holds while it is being lifted, and the smaller number keeps a late copy out.
pub(super) async fn hush(tx: &mut Tx, room: &Room, release: &OrderRow) -> Result<()> {
    let Some(undone) = release.undoes else { return Ok(()) };
    outbox::stop(tx, &undone.to_string(), (room.now(), REVERSED)).await.map(drop)
}

/// A release came to nothing: what it was to lift is asked after again, for so long.
pub(super) async fn resume(tx: &mut Tx, room: &Room, (release, give_up): (&OrderRow, Span)) -> Result<()> {
    let Some(undone) = release.undoes else { return Ok(()) };
    let now = room.now();
    outbox::resume(tx, &undone.to_string(), (now, now.plus(give_up)), REVERSED).await.map(drop)
}
