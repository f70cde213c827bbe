//! Signals that a person set aside: false, or moved to another case.

use crate::id::{Id, of};
use crate::store::db::{Result, Row, Sql, Tx, args, rows};
use crate::time::Timestamp;

pub(in crate::store) const STATEMENTS: &[Sql] = &[SET, BACK, OF_INCIDENTS];

const SET: Sql = Sql::both(
    "insert into signal_aside (signal, incident, what, into_incident, at, person, reason)
     values ($1, $2, $3, $4, $5, $6, $7)",
);

const BACK: Sql = Sql::both("delete from signal_aside where signal = $1 and incident = $2 and what = 'false'");

const OF_INCIDENTS: Sql = Sql::forked(
    "select signal, incident, what, into_incident, at, person, reason from signal_aside
     where incident in (select value from json_each($1)) order by at, signal",
    "select signal, incident, what, into_incident, at, person, reason from signal_aside
     where incident = any (array(select json_array_elements_text($1::json))) order by at, signal",
);

/// A signal that is set aside; `reason` is sealed under the incident's data key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AsideRow {
    pub signal: Id<of::Signal>,
    pub incident: Id<of::Incident>,
    /// `false` or `moved`.
    pub what: String,
    pub into: Option<Id<of::Incident>>,
    pub at: Timestamp,
    pub person: String,
    pub reason: Vec<u8>,
}

/// Sets a signal aside. [`Conflict`](crate::store::Error::Conflict) when it is already.
pub async fn set(tx: &mut Tx, row: &AsideRow) -> Result<()> {
    let into = row.into.map(|id| id.to_string());
    let args = args![row.signal, row.incident, &row.what, into.as_deref(), row.at, &row.person, &row.reason];
    tx.run_exactly(1, SET, args).await
}

/// Lets a signal that was called false speak again; false when it was not set aside so.
pub async fn back(tx: &mut Tx, signal: Id<of::Signal>, incident: Id<of::Incident>) -> Result<bool> {
    tx.run(BACK, args![signal, incident]).await.map(|rows| rows == 1)
}

/// What is set aside of these incidents, in the order it was done.
pub async fn of_incidents(tx: &mut Tx, incidents: &[Id<of::Incident>]) -> Result<Vec<AsideRow>> {
    tx.all(OF_INCIDENTS, args![rows("signal_aside", incidents)?], |row: &Row| {
        Ok(AsideRow {
            signal: row.get("signal")?,
            incident: row.get("incident")?,
            what: row.get("what")?,
            into: row.maybe("into_incident")?,
            at: row.get("at")?,
            person: row.get("person")?,
            reason: row.get("reason")?,
        })
    })
    .await
}
