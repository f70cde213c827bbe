//! Orders that wait for a second person, as whoever looks may see them.

use super::db::{Result, Row, Sql, Tx, args, in_sight};
use crate::containment::Action;
use crate::id::{Id, of};
use crate::time::Timestamp;

pub(super) const STATEMENTS: &[Sql] = &[WAITING];

/// Rows of a list.
const LIST: i64 = 200;

// The orders first: there are few, and incidents are many.
const WAITING: Sql = Sql::both(concat!(
    "select asked.id, asked.incident, asked.action, asked.requester, asked.requested, asked.expires,
            incident.kind, incident.level,
            (select min(reference) from reporter_case where reporter_case.incident = asked.incident) as reference
     from (
         select id, incident, action, requester, requested, expires from containment_order
         where state = 'proposed' and expires > $1 and ",
    in_sight!("containment_order.incident", "$3", "$4"),
    "    order by expires, id limit $2
     ) as asked join incident on incident.id = asked.incident
     order by asked.expires, asked.id"
));

/// An order that nobody but its requester has said yes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProposedRow {
    pub id: Id<of::Order>,
    pub incident: Id<of::Incident>,
    pub action: Action,
    pub requester: String,
    pub requested: Timestamp,
    /// It lapses then.
    pub expires: Timestamp,
    pub kind: String,
    pub level: i64,
    /// Of the first case there is about it.
    pub reference: Option<String>,
}

/// What waits for a second person now, the one that lapses soonest first; 200 at most.
pub async fn waiting(tx: &mut Tx, now: Timestamp) -> Result<Vec<ProposedRow>> {
    tx.all(WAITING, args![now, LIST, tx.who(), tx.at()], |row: &Row| {
        Ok(ProposedRow {
            id: row.get("id")?,
            incident: row.get("incident")?,
            action: row.parse("action")?,
            requester: row.get("requester")?,
            requested: row.get("requested")?,
            expires: row.get("expires")?,
            kind: row.get("kind")?,
            level: row.get("level")?,
            reference: row.maybe("reference")?,
        })
    })
    .await
}
