//! Giving somebody the next case.

use std::sync::Arc;

use super::look::{self, IncidentDetail};
use super::progress::{self, What};
use super::{Refused, Respond, Room, desk, record, shift, staff};
use crate::queue;
use crate::store::queue::{self as claims, Claimant, Turn};
use crate::store::{Result, Tx};
use crate::text::Language;

/// Claims of all tiers are counted together, so that every so many go to the longest waiter.
const COUNTED_AS: &str = "all";

impl Respond {
    /// Takes the next incident of the pool: the most urgent, or on every tenth claim the longest waiter.
    pub async fn claim_next(
        &self,
        by: &str,
        language: Language,
    ) -> Result<std::result::Result<IncidentDetail, Refused>> {
        let (room, by) = (self.room(), by.to_owned());
        self.writer
            .act(move |tx| {
                let (room, by) = (Arc::clone(&room), by.clone());
                Box::pin(async move { claim_next(tx, &room, &by, language).await })
            })
            .await
    }
}

async fn claim_next(
    tx: &mut Tx,
    room: &Room,
    by: &str,
    language: Language,
) -> Result<std::result::Result<IncidentDetail, Refused>> {
    let policy = &room.playbooks.policy;
    let claimant = Claimant { by, now: room.now(), lease: policy.order.lease };
    let at = shift::person(tx, by).await?;
    // Money that is leaving now goes before any cap.
    let full = at.is_full(tx, policy.most_claims).await?;
    let (row, turn) = if full {
        let Some(row) = at.claim_level_one(tx, claimant).await? else { return Ok(Err(Refused::Full)) };
        (row, Turn::MostUrgent)
    } else {
        let number = claims::bump_claims(tx, COUNTED_AS).await?;
        let turn = if queue::takes_longest_waiter(number, policy) { Turn::LongestWaiter } else { Turn::MostUrgent };
        let row = at.claim(tx, (turn, policy.order.suits), claimant).await?;
        let Some(row) = row else { return Ok(Err(Refused::Empty)) };
        (row, turn)
    };
    progress::note_by(tx, room, (row.id, by), What::Taken).await?;
    desk::remember(tx, room, (by, desk::Took::Claim), (&[(row.id, row.version)], desk::ONE)).await?;
    let detail = look::detail(tx, room, &row, language).await?;
    record(tx, &[staff::entry(room, by, "incident.claim", &row).with("turn", turn_word(turn))]).await?;
    Ok(Ok(detail))
}

fn turn_word(turn: Turn) -> &'static str {
    match turn {
        Turn::MostUrgent => "most-urgent",
        Turn::LongestWaiter => "longest-waiter",
    }
}
