//! Lets go of what is kept no longer (PRIV-02), once a day, in batches; a legal hold wins. Does nothing when the clock looks
//! wrong, until a person confirms (PRIV-03): what is purged by a wrong clock does not come back.

use std::sync::Arc;

use super::{Respond, record};
use crate::audit::{Actor, Entry};
use crate::store::{Result, Tx, attachments, instance, privacy};
use crate::time::{Span, Timestamp};

const DAY: Span = Span::from_days(1);
/// A clock that went on by so much more or less than time did has been moved.
const JUMP: Span = Span::from_minutes(60);
/// A last run further away than this, either way, needs a person.
const AWAY: Span = Span::from_days(2);
/// How long a confirmation counts.
const CONFIRMED: Span = Span::from_minutes(60);
const INCIDENTS: i64 = 50;
const SIGNALS: i64 = 1_000;
/// Each is megabytes, so the writer is not held for many.
const ATTACHMENTS: i64 = 20;

const LAST: &str = "purge-last";
const CONFIRMATION: &str = "purge-confirmed";
const BRAKED: &str = "purge-braked";

/// How long closed cases are kept, and how long their signals and files.
#[derive(Debug, Clone, Copy)]
pub struct Keeping {
    pub cases: Span,
    pub signals: Span,
    pub attachments: Span,
}

/// The clock when the house began, and how much time has gone since by a clock that nobody can move.
#[derive(Debug, Clone, Copy)]
pub struct Pulse {
    pub began: Timestamp,
    pub elapsed: Span,
}

/// What came of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purged {
    /// The last run is less than a day ago, or this is the first look.
    NotDue,
    /// The clock or the last run looks wrong: nothing was purged.
    Braked,
    Done {
        cases: u64,
        signals: u64,
        attachments: u64,
    },
}

/// What is let go, in this order.
#[derive(Debug, Clone, Copy)]
enum What {
    Signals,
    Attachments,
    Cases,
}

impl What {
    fn as_str(self) -> &'static str {
        match self {
            Self::Signals => "signals",
            Self::Attachments => "attachments",
            Self::Cases => "cases",
        }
    }

    async fn batch(self, tx: &mut Tx, closed_before: Timestamp) -> Result<u64> {
        match self {
            Self::Signals => privacy::forget_signals(tx, closed_before, SIGNALS).await,
            Self::Attachments => attachments::forget(tx, closed_before, ATTACHMENTS).await,
            Self::Cases => {
                let due = privacy::due(tx, closed_before, INCIDENTS).await?;
                privacy::lock(tx, &due).await?;
                // One of them may have been held or reopened until the lock was there.
                let still = privacy::due(tx, closed_before, INCIDENTS).await?;
                let due: Vec<_> = due.into_iter().filter(|incident| still.contains(incident)).collect();
                if due.is_empty() { Ok(0) } else { privacy::erase(tx, &due).await }
            }
        }
    }
}

impl Respond {
    /// Purges when a day has gone since the last run. Ended in the middle it goes on where it stood: what is due stays due.
    pub async fn purge(&self, pulse: Pulse, keeping: Keeping) -> Result<Purged> {
        let now = self.room().now();
        let Some(last) = self.moment(LAST).await? else {
            self.remember(LAST, now).await?;
            return Ok(Purged::NotDue);
        };
        let confirmed = self.moment(CONFIRMATION).await?.is_some_and(|at| apart(now, at) <= CONFIRMED);
        let jumped = apart(now, pulse.began.plus(pulse.elapsed)) > JUMP;
        if !confirmed && (jumped || apart(now, last) > AWAY) {
            self.brake(now).await?;
            return Ok(Purged::Braked);
        }
        if !confirmed && now.since(last) < DAY {
            return Ok(Purged::NotDue);
        }
        let signals = self.let_go(What::Signals, now.minus(keeping.signals)).await?;
        let attachments = self.let_go(What::Attachments, now.minus(keeping.attachments)).await?;
        let cases = self.let_go(What::Cases, now.minus(keeping.cases)).await?;
        let now = self.room().now();
        self.writer
            .act(move |tx| {
                Box::pin(async move {
                    instance::put(tx, LAST, &now.millis().to_string()).await?;
                    instance::put(tx, CONFIRMATION, "").await?;
                    instance::put(tx, BRAKED, "").await
                })
            })
            .await?;
        if cases + signals + attachments > 0 {
            tracing::info!(
                name: "retention.purge",
                cases,
                signals,
                attachments,
                "{cases} cases, {signals} signals and {attachments} files were let go"
            );
        }
        Ok(Purged::Done { cases, signals, attachments })
    }

    /// A person says that the clock is right and the next run may purge; it comes within minutes.
    pub async fn confirm_purge(&self, by: &str) -> Result<()> {
        let now = self.room().now();
        self.remember(CONFIRMATION, now).await?;
        let actor = Actor::Staff(by.to_owned());
        self.note(Entry::done(now, actor, "retention.confirm", "house:retention".to_owned())).await
    }

    /// Says once a day that nothing is purged.
    async fn brake(&self, now: Timestamp) -> Result<()> {
        if self.moment(BRAKED).await?.is_some_and(|at| apart(now, at) < DAY) {
            return Ok(());
        }
        tracing::error!(
            name: "retention.braked",
            "nothing is purged: the clock jumped by more than an hour, or the last run is more than 48 hours away; \
             look at the clock, then run `holdfast retention confirm`"
        );
        metrics::counter!("holdfast_purge_braked_total").increment(1);
        self.remember(BRAKED, now).await?;
        self.note(Entry::done(now, Actor::System, "retention.braked", "house:retention".to_owned())).await
    }

    /// Lets go batch by batch, each with its entry in the trail, until a batch finds nothing; how many there were.
    async fn let_go(&self, what: What, closed_before: Timestamp) -> Result<u64> {
        let (room, mut gone) = (self.room(), 0);
        loop {
            let room = Arc::clone(&room);
            let batch = self
                .writer
                .act(move |tx| {
                    let room = Arc::clone(&room);
                    Box::pin(async move {
                        let count = what.batch(tx, closed_before).await?;
                        if count > 0 {
                            let house = "house:retention".to_owned();
                            let entry = Entry::done(room.now(), Actor::System, "retention.purge", house);
                            record(tx, &[entry.with(what.as_str(), count)]).await?;
                        }
                        Ok(count)
                    })
                })
                .await?;
            if batch == 0 {
                return Ok(gone);
            }
            gone += batch;
        }
    }

    async fn moment(&self, name: &'static str) -> Result<Option<Timestamp>> {
        let kept = instance::get(&mut self.db.read().await?, name).await?;
        Ok(kept.and_then(|text| text.parse().ok()).map(Timestamp::from_millis))
    }

    async fn remember(&self, name: &'static str, at: Timestamp) -> Result<()> {
        self.writer
            .act(move |tx| Box::pin(async move { instance::put(tx, name, &at.millis().to_string()).await }))
            .await
    }
}

/// How far two moments are from each other.
fn apart(one: Timestamp, other: Timestamp) -> Span {
    Span::from_millis(one.since(other).millis().saturating_abs())
}
