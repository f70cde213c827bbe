//! The road: takes in a group of reports and alerts within one transaction, judges each, keeps it and makes its answer.

mod alert;
mod batch;
mod report;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use self::batch::Batch;
pub(super) use self::report::replace_answer;
use super::Room;
use super::view::ReportAnswer;
use crate::audit::{Actor, Entry};
use crate::id::{Id, of};
use crate::signal::{Facts, Origin, Reading};
use crate::store::{self, Result, Tx};
use crate::time::{Span, Timestamp};

/// What comes in at a door. Not `Debug`: facts are a person's words.
pub enum Arrival {
    Report(ReportArrival),
    Alert(AlertArrival),
}

/// A report, read and scrubbed.
pub struct ReportArrival {
    pub reading: Reading,
    /// Digests of the `Idempotency-Key` and of the body, when a key was sent.
    pub repeat: Option<(String, String)>,
    /// The account that an app's signed link names.
    pub shown: Option<ShownAccount>,
    /// How much later than now it takes its place in the queue: nothing, but for the slower lane.
    pub set_back: Span,
}

/// An account that is signed in to an app, by the app's word. It says nothing about whose hands the device is in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownAccount {
    pub app: String,
    pub account: String,
}

/// A verified delivery of a source, mapped and scrubbed.
pub struct AlertArrival {
    pub endpoint: String,
    pub origin: Origin,
    /// The sender's id of the delivery, when its scheme has one.
    pub delivery: Option<String>,
    /// SHA-256 of the raw body, hex.
    pub body: String,
    pub events: Vec<Incoming>,
    /// Elements that the mapping leaves out on purpose.
    pub ignored: usize,
    /// A body that verified but does not fit: kept for the operator.
    pub unreadable: Option<Unreadable>,
    /// The body with secrets out of it, kept when the delivery contradicts an earlier one.
    pub scrubbed: Vec<u8>,
    /// Whether a tenth of intake is kept free for its source.
    pub critical: bool,
    /// Whether it alone may bring about an order: its source may, and it is signed over its words.
    pub orders: bool,
    /// Milliseconds that the sender's clock is behind ours, where it signs a time.
    pub skew: Option<i64>,
}

/// What could not be read, and the scrubbed body.
pub struct Unreadable {
    pub reason: String,
    pub body: Vec<u8>,
}

/// One element of a delivery as a signal to be.
pub struct Incoming {
    pub facts: Facts,
    pub at: Timestamp,
    /// Whom it may be about, the likeliest first.
    pub candidates: Vec<Candidate>,
    /// The mapping's idempotency key, a digest.
    pub key: String,
    /// Ties repeats of an unattributed alert together.
    pub thread: Option<String>,
}

/// A name for a subject, in one of a few spaces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// `identity`, `wallet`, `device`.
    pub space: &'static str,
    /// The vocabulary field it came from.
    pub field: String,
    /// Normal form.
    pub value: String,
}

/// What became of an arrival.
#[derive(Debug, Clone)]
pub enum Outcome {
    Reported(Box<ReportAnswer>),
    /// The same key came with another body.
    ReportDiffers,
    Alerted(AlertAnswer),
    /// The same delivery id came with another body; kept and shown.
    AlertConflicts,
}

/// The answer to a source: counts and the ids of signals.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlertAnswer {
    pub accepted: usize,
    pub duplicates: usize,
    pub ignored: usize,
    pub unmapped: usize,
    pub signals: Vec<Id<of::Signal>>,
}

/// Takes in a group; the outcomes stand in the order of the arrivals. Nothing is acknowledged before the commit.
pub async fn accept(tx: &mut Tx, room: &Room, arrivals: &[Arc<Arrival>]) -> Result<Vec<Outcome>> {
    let mut batch = Batch::load(tx, room, arrivals).await?;
    let mut taken = Vec::with_capacity(arrivals.len());
    for arrival in arrivals {
        taken.push(match &**arrival {
            Arrival::Report(report) => {
                let shown = batch::shown(arrival);
                batch.report(tx, room, (report, shown)).await?
            }
            Arrival::Alert(alert) => Taken::Done(batch.alert(tx, room, alert).await?),
        });
    }
    if batch.may_order() {
        // Before anything is written, as whoever places an order does: the count of others is then known.
        store::orders::one_at_a_time(tx).await?;
    }
    batch.keep(tx, room).await?;
    batch.order(tx, room).await?;
    let mut outcomes = Vec::with_capacity(taken.len());
    for taken in taken {
        outcomes.push(match taken {
            Taken::Done(outcome) => outcome,
            Taken::Report(pending) => Outcome::Reported(Box::new(batch.answer(tx, room, *pending).await?)),
        });
    }
    super::record(tx, &batch.entries).await?;
    Ok(outcomes)
}

/// An arrival half-way: a report's answer needs its place in the queue, which is known once the group is kept.
enum Taken {
    Done(Outcome),
    Report(Box<report::Pending>),
}

/// The entry for a delivery that was taken in.
fn delivered(at: Timestamp, endpoint: &str, answer: &AlertAnswer) -> Entry {
    Entry::done(at, Actor::Endpoint(endpoint.to_owned()), "alert.accept", format!("endpoint:{endpoint}"))
        .with("accepted", answer.accepted)
        .with("duplicates", answer.duplicates)
        .with("ignored", answer.ignored)
        .with("unmapped", answer.unmapped)
}
