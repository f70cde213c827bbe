//! What happened to a case since somebody opened its page: for whoever was about to decide on what they saw.

use super::LOOKS;
use crate::audit::Outcome;
use crate::id::{Id, of};
use crate::respond::Respond;
use crate::store::desk::looks;
use crate::store::incidents::{self, State};
use crate::store::{Result, audit};
use crate::time::Timestamp;

/// Changes that are told.
const MOST: usize = 6;
/// Entries of the trail that are read.
const ENTRIES: i64 = 40;

/// What happened since.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Meanwhile {
    /// Who has the case now.
    pub holder: Option<String>,
    /// The latest first; nothing of what the reader did.
    pub changes: Vec<Changed>,
}

/// One thing that was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    pub at: Timestamp,
    /// Who of the staff.
    pub by: Option<String>,
    /// The word of the deed in the trail.
    pub what: String,
}

impl Respond {
    /// What happened to a case since this person looked at it last.
    pub async fn meanwhile(&self, id: Id<of::Incident>, by: &str) -> Result<Meanwhile> {
        let (now, mut tx) = (self.room().now(), self.db.read().await?);
        let Some(row) = incidents::get(&mut tx, id).await? else { return Ok(Meanwhile::default()) };
        let looked = looks::since(&mut tx, id, now.minus(LOOKS)).await?;
        let since = looked.into_iter().find(|(who, _)| who == by).map_or(now.minus(LOOKS), |(_, at)| at);
        let entries = audit::of_object(&mut tx, &format!("incident:{id}"), ("incident.view", ENTRIES)).await?;
        let changes = entries.into_iter().map(|written| written.entry).filter_map(|entry| {
            let who = entry.actor.strip_prefix("staff:").map(str::to_owned);
            let told = entry.at >= since && entry.outcome == Outcome::Done.as_str() && who.as_deref() != Some(by);
            told.then_some(Changed { at: entry.at, by: who, what: entry.action })
        });
        Ok(Meanwhile { changes: changes.take(MOST).collect(), holder: row.holder.filter(|_| row.state == State::Held) })
    }
}
