//! Orders that wait for a second person: whoever may be that person has to learn of them.

use serde::Serialize;

use crate::containment::{Action, Danger, RELEASE_WAITS};
use crate::id::{Id, of};
use crate::respond::Respond;
use crate::store::Result;
use crate::store::proposed::{self, ProposedRow};
use crate::time::Timestamp;

/// An order that waits for a second person.
#[derive(Debug, Clone, Serialize)]
pub struct Proposal {
    pub order: Id<of::Order>,
    pub incident: Id<of::Incident>,
    /// The reference of the case; of an incident that nobody reported the end of its id.
    pub reference: String,
    pub kind: String,
    pub level: i64,
    pub action: Action,
    pub requester: String,
    pub requested: Timestamp,
    /// From when on a second person may approve.
    pub opens: Timestamp,
    /// It lapses then.
    pub lapses: Timestamp,
}

impl Respond {
    /// The orders that wait for a second person, the one that lapses soonest first; 200 at most.
    pub async fn proposals(&self) -> Result<Vec<Proposal>> {
        let (now, mut tx) = (self.room().now(), self.db.read().await?);
        Ok(proposed::waiting(&mut tx, now).await?.into_iter().map(proposal).collect())
    }
}

/// From when on a second person may say yes.
pub(in crate::respond) fn opens(action: Action, requested: Timestamp) -> Timestamp {
    if action.danger() == Danger::Release { requested.plus(RELEASE_WAITS) } else { requested }
}

fn proposal(row: ProposedRow) -> Proposal {
    let incident = row.incident.to_string();
    let tail = || incident.rsplit('-').next().unwrap_or_default().to_owned();
    Proposal {
        order: row.id,
        incident: row.incident,
        reference: row.reference.unwrap_or_else(tail),
        kind: row.kind,
        level: row.level,
        action: row.action,
        requester: row.requester,
        requested: row.requested,
        opens: opens(row.action, row.requested),
        lapses: row.expires,
    }
}
