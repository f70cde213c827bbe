//! Signals: what was observed, kept as it came and never changed.

use serde::Serialize;

use super::db::{Result, Row, Sql, Tx, args, hex, millis, rows};
use crate::id::{Id, of};
use crate::time::Timestamp;

pub(super) const STATEMENTS: &[Sql] = &[INSERT_MANY, OF_INCIDENT, OF_INCIDENTS];

const INSERT_MANY: Sql = Sql::forked(
    "insert into signal (id, incident, endpoint, kind, at, received, reliability, verified, body)
     select value ->> 'id', value ->> 'incident', value ->> 'endpoint', value ->> 'kind', value ->> 'at',
            value ->> 'received', value ->> 'reliability', value ->> 'verified', unhex(value ->> 'body')
     from json_each($1)",
    "insert into signal (id, incident, endpoint, kind, at, received, reliability, verified, body)
     select id, incident, endpoint, kind, at, received, reliability, verified, decode(body, 'hex')
     from json_to_recordset($1::json) as given (
         id text, incident text, endpoint text, kind text, at bigint, received bigint, reliability bigint,
         verified boolean, body text)",
);

const OF_INCIDENT: Sql = Sql::both(
    "select id, incident, endpoint, kind, at, received, reliability, verified, body
     from signal where incident = $1 order by at, id",
);

const OF_INCIDENTS: Sql = Sql::forked(
    "select id, incident, endpoint, kind, at, received, reliability, verified, body
     from signal where incident in (select value from json_each($1)) order by incident, at, id",
    "select id, incident, endpoint, kind, at, received, reliability, verified, body
     from signal where incident = any (array(select json_array_elements_text($1::json))) order by incident, at, id",
);

/// A signal as it is kept; `body` is sealed under its incident's data key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SignalRow {
    pub id: Id<of::Signal>,
    pub incident: Id<of::Incident>,
    pub endpoint: String,
    pub kind: String,
    /// When it happened, as the source says.
    #[serde(serialize_with = "millis")]
    pub at: Timestamp,
    /// When it came here.
    #[serde(serialize_with = "millis")]
    pub received: Timestamp,
    /// Per mille.
    pub reliability: i64,
    pub verified: bool,
    #[serde(serialize_with = "hex")]
    pub body: Vec<u8>,
}

fn signal_row(row: &Row) -> Result<SignalRow> {
    Ok(SignalRow {
        id: row.get("id")?,
        incident: row.get("incident")?,
        endpoint: row.get("endpoint")?,
        kind: row.get("kind")?,
        at: row.get("at")?,
        received: row.get("received")?,
        reliability: row.get("reliability")?,
        verified: row.get("verified")?,
        body: row.get("body")?,
    })
}

/// Keeps signals; their incidents must be there already.
pub async fn insert_many(tx: &mut Tx, signals: &[SignalRow]) -> Result<()> {
    tx.run_exactly(signals.len(), INSERT_MANY, args![rows("signal", signals)?]).await
}

/// The signals of an incident, as they happened.
pub async fn of_incident(tx: &mut Tx, incident: Id<of::Incident>) -> Result<Vec<SignalRow>> {
    tx.all(OF_INCIDENT, args![incident], signal_row).await
}

/// The signals of many incidents in one query, incident by incident, as they happened.
pub async fn of_incidents(tx: &mut Tx, incidents: &[Id<of::Incident>]) -> Result<Vec<SignalRow>> {
    tx.all(OF_INCIDENTS, args![rows("signal", incidents)?], signal_row).await
}
