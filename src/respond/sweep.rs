//! What time does: leases that ended come back, quiet routine cases close, memory of deliveries and first answers fades,
//! guesses and sessions too, what no mapping understood is let go, late warnings are written.

use std::sync::Arc;

use super::feedback::PUBLIC_FEEDBACK_DAYS;
use super::holder::{ABSOLUTE, GUESSES, IDLE};
use super::progress::{self, What};
use super::{Respond, Room, aftercare, alarms, circle, first, marks, orders, people, record, shift, wishes};
use crate::audit::{Actor, Entry};
use crate::store::{
    Result, Tx, cases, chats, conflicts, copies, deliveries, feedback, feedback_care, idempotency, queue, quiet,
    refusals, unmapped,
};
use crate::time::Span;

/// Delivery ids are remembered this long (HK-03).
const DELIVERIES: Span = Span::from_days(7);
/// Calls from chats are remembered this long: far beyond the window in which one is taken.
const CALLS: Span = Span::from_days(1);
/// A first answer can be had again for this long (DESIGN §9.10).
const ANSWERS: Span = Span::from_days(1);
/// Counts of refusals at the door of cases are kept this long.
const REFUSALS: Span = Span::from_days(30);
/// Rows forgotten at once, so that a sweep never holds the writer for long.
const BATCH: i64 = 1_000;
/// Batches of one sweep: what a flood leaves goes within minutes, and others get their turn between two batches.
const BATCHES: usize = 50;

/// How long what is kept for the operator alone is kept.
#[derive(Debug, Clone, Copy)]
pub struct Retention {
    pub unmapped: Span,
    pub conflicts: Span,
}

/// Sweeps once; safe to run anywhere, any number of times.
pub async fn sweep(respond: &Respond) -> Result<()> {
    let room = respond.room();
    let returned = respond
        .writer
        .act(move |tx| {
            let room = Arc::clone(&room);
            Box::pin(async move {
                let now = room.now();
                let returned = queue::expire_leases(tx, now).await?;
                let ended = returned
                    .iter()
                    .map(|id| Entry::done(now, Actor::System, "incident.lease-ended", format!("incident:{id}")));
                let mut entries: Vec<Entry> = ended.collect();
                entries.extend(shift::run_out(tx, &room).await?);
                entries.extend(wishes::sweep(tx, &room).await?);
                entries.extend(aftercare::warn(tx, &room).await?);
                entries.extend(orders::sweep(tx, &room).await?);
                entries.extend(circle::watch(tx, &room).await?);
                entries.extend(alarms::sweep(tx, &room).await?);
                for id in &returned {
                    progress::note(tx, &room, *id, What::HandedBack).await?;
                }
                refusals::forget_before(tx, now.minus(REFUSALS)).await?;
                first::sweep(tx, &room).await?;
                let said = now.minus(Span::from_days(i64::from(PUBLIC_FEEDBACK_DAYS)));
                feedback_care::forget_before(tx, said, BATCH).await?;
                feedback::forget_before(tx, said, BATCH).await?;
                marks::number_the_rest(tx, &room).await?;
                people::sweep(tx, now).await?;
                record(tx, &entries).await?;
                Ok(returned.len())
            })
        })
        .await?;
    let rested = respond.rest_cases().await?;
    if rested > 0 {
        tracing::info!(name: "sweep.rested", rested, "{rested} routine cases closed themselves");
    }
    if returned > 0 {
        tracing::info!(name: "sweep.leases", returned, "{returned} claims came back");
    }
    for _ in 0..BATCHES {
        let room = respond.room();
        let more = respond
            .writer
            .act(move |tx| {
                let room = Arc::clone(&room);
                Box::pin(async move { forget(tx, &room).await })
            })
            .await?;
        if !more {
            break;
        }
    }
    Ok(())
}

/// Forgets a batch of everything whose time is over; whether any batch was full, so that more may wait.
async fn forget(tx: &mut Tx, room: &Room) -> Result<bool> {
    let (now, retention) = (room.now(), room.retention);
    let longest = GUESSES.iter().map(|(_, span)| *span).max().unwrap_or(Span::ZERO);
    let gone = [
        deliveries::forget_before(tx, now.minus(DELIVERIES), BATCH).await?,
        copies::forget_before(tx, now.minus(DELIVERIES), BATCH).await?,
        idempotency::forget_before(tx, now.minus(ANSWERS), BATCH).await?,
        cases::forget_guesses(tx, now.minus(longest), BATCH).await?,
        cases::forget_sessions(tx, now.minus(IDLE), now.minus(ABSOLUTE), BATCH).await?,
        unmapped::forget_before(tx, now.minus(retention.unmapped), BATCH).await?,
        quiet::forget_before(tx, now.minus(retention.unmapped), BATCH).await?,
        conflicts::forget_before(tx, now.minus(retention.conflicts), BATCH).await?,
        chats::forget(tx, (now.minus(CALLS), now), BATCH).await?,
    ];
    let desk = super::desk::forget(tx, room, BATCH).await?;
    shift::forget(tx, now).await?;
    Ok(gone.into_iter().chain(desk).any(|count| i64::try_from(count).is_ok_and(|count| count >= BATCH)))
}
