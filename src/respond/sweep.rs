//! What time does: leases that ended come back, memory of deliveries and first answers fades.

use super::progress::{self, What};
use super::{Respond, first, record, wishes};
use crate::audit::{Actor, Entry};
use crate::store::{Result, copies, deliveries, idempotency, queue, refusals};
use crate::time::Span;

/// Delivery ids are remembered this long (HK-03).
const DELIVERIES: Span = Span::from_days(7);
/// A first answer can be had again for this long (DESIGN §9.10).
const ANSWERS: Span = Span::from_days(1);
/// Counts of refusals at the door of cases are kept this long.
const REFUSALS: Span = Span::from_days(30);
/// Rows forgotten at once, so that a sweep never holds the writer for long.
const BATCH: i64 = 1_000;

/// Sweeps once; safe to run anywhere, any number of times.
pub async fn sweep(respond: &Respond) -> Result<()> {
    let room = respond.room();
    let returned = respond
        .writer
        .act(move |tx| {
            let room = std::sync::Arc::clone(&room);
            Box::pin(async move {
                let now = room.now();
                let returned = queue::expire_leases(tx, now).await?;
                deliveries::forget_before(tx, now.minus(DELIVERIES), BATCH).await?;
                copies::forget_before(tx, now.minus(DELIVERIES), BATCH).await?;
                idempotency::forget_before(tx, now.minus(ANSWERS), BATCH).await?;
                let ended = returned
                    .iter()
                    .map(|id| Entry::done(now, Actor::System, "incident.lease-ended", format!("incident:{id}")));
                let entries: Vec<Entry> = ended.chain(wishes::sweep(tx, &room).await?).collect();
                for id in &returned {
                    progress::note(tx, &room, *id, What::HandedBack).await?;
                }
                refusals::forget_before(tx, now.minus(REFUSALS)).await?;
                first::sweep(tx, &room).await?;
                record(tx, &entries).await?;
                Ok(returned.len())
            })
        })
        .await?;
    if returned > 0 {
        tracing::info!(name: "sweep.leases", returned, "{returned} claims came back");
    }
    Ok(())
}
