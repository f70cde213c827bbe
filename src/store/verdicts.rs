//! What staff found an incident to be, with their reason, sealed.

use std::collections::BTreeMap;

use super::db::{Result, Row, Sql, Tx, args, rows};
use crate::id::{Id, of};
use crate::time::Timestamp;

pub(super) const STATEMENTS: &[Sql] = &[INSERT, OF_INCIDENT, OF_INCIDENTS];

const INSERT: Sql = Sql::both(
    "insert into verdict (id, incident, at, person, verdict, kind, reason) values ($1, $2, $3, $4, $5, $6, $7)",
);

const OF_INCIDENT: Sql = Sql::both(
    "select id, incident, at, person, verdict, kind, reason from verdict where incident = $1 order by at, id",
);

const OF_INCIDENTS: Sql = Sql::forked(
    "select incident, verdict from verdict where incident in (select value from json_each($1)) order by incident, at, id",
    "select incident, verdict from verdict
     where incident = any (array(select json_array_elements_text($1::json))) order by incident, at, id",
);

/// A verdict as it is kept; `reason` is sealed under its incident's data key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerdictRow {
    pub id: Id<of::Verdict>,
    pub incident: Id<of::Incident>,
    pub at: Timestamp,
    /// Who on the staff gave it.
    pub person: String,
    pub verdict: String,
    /// The kind it was found to be, where it was one.
    pub kind: Option<String>,
    pub reason: Vec<u8>,
}

/// Keeps a verdict.
pub async fn insert(tx: &mut Tx, verdict: &VerdictRow) -> Result<()> {
    let args = args![
        verdict.id,
        verdict.incident,
        verdict.at,
        &verdict.person,
        &verdict.verdict,
        verdict.kind.as_deref(),
        &verdict.reason
    ];
    tx.run_exactly(1, INSERT, args).await
}

/// The verdicts on an incident, oldest first.
pub async fn of_incident(tx: &mut Tx, incident: Id<of::Incident>) -> Result<Vec<VerdictRow>> {
    tx.all(OF_INCIDENT, args![incident], |row: &Row| {
        Ok(VerdictRow {
            id: row.get("id")?,
            incident: row.get("incident")?,
            at: row.get("at")?,
            person: row.get("person")?,
            verdict: row.get("verdict")?,
            kind: row.maybe("kind")?,
            reason: row.get("reason")?,
        })
    })
    .await
}

/// The last verdict on each of many incidents that has one.
pub async fn last_of(tx: &mut Tx, incidents: &[Id<of::Incident>]) -> Result<BTreeMap<Id<of::Incident>, String>> {
    let read = |row: &Row| Ok((row.get("incident")?, row.get("verdict")?));
    Ok(tx.all(OF_INCIDENTS, args![rows("verdict", incidents)?], read).await?.into_iter().collect())
}
