//! Signals: what was observed, kept as it came and never changed.

use serde::Serialize;

use super::db::{Result, Row, Sql, Tx, args, hex, millis, rows};
use crate::id::{Id, of};
use crate::time::Timestamp;

pub(super) const STATEMENTS: &[Sql] = &[INSERT_MANY, OF_INCIDENT, OF_ENDPOINT, RECENT, WITH_IDS, PAST];

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

const OF_ENDPOINT: Sql = Sql::both(
    "select id, incident, endpoint, kind, at, received, reliability, verified, body
     from signal where incident = $1 and endpoint = $2 order by at, id",
);

// The index gives each incident's first and last signals without reading those between.
const RECENT: Sql = Sql::forked(
    "select id, incident, endpoint, kind, at, received, reliability, verified, body from signal
     where id in (select last.id from json_each($1) as wanted, signal as last where last.id in (
               select id from signal where incident = wanted.value order by at desc, id desc limit $2))
        or id in (select first.id from json_each($1) as wanted, signal as first where first.id in (
               select id from signal where incident = wanted.value order by at, id limit $3))
     order by incident, at, id",
    "select id, incident, endpoint, kind, at, received, reliability, verified, body from signal
     where id in (select last.id from json_array_elements_text($1::json) as wanted, lateral (
               select id from signal where incident = wanted order by at desc, id desc limit $2) as last)
        or id in (select first.id from json_array_elements_text($1::json) as wanted, lateral (
               select id from signal where incident = wanted order by at, id limit $3) as first)
     order by incident, at, id",
);

const WITH_IDS: Sql = Sql::forked(
    "select id, incident, endpoint, kind, at, received, reliability, verified, body
     from signal where id in (select value from json_each($1)) order by incident, at, id",
    "select id, incident, endpoint, kind, at, received, reliability, verified, body
     from signal where id = any (array(select json_array_elements_text($1::json))) order by incident, at, id",
);

// What a person set aside speaks nowhere. The latest of each subject, so that a flood on one leaves the others theirs.
const PAST: Sql = Sql::forked(
    "select incident.subject as subject, incident.data_key as data_key, signal.id as id, signal.incident as incident,
            signal.endpoint as endpoint, signal.kind as kind, signal.at as at, signal.received as received,
            signal.reliability as reliability, signal.verified as verified, signal.body as body
     from incident join signal on signal.incident = incident.id
     where signal.id in (select id from (
         select signal.id as id, row_number() over (partition by incident.subject
                                                    order by signal.at desc, signal.id desc) as place
         from incident join signal on signal.incident = incident.id
         where incident.subject in (select value from json_each($1)) and incident.state = 'closed'
           and incident.closed between $2 and $3 and incident.id <> $4 and signal.at >= $2
           and signal.id not in (select signal_aside.signal from signal_aside)) as latest
       where place <= $5)
     order by signal.at desc, signal.id desc",
    "select incident.subject as subject, incident.data_key as data_key, signal.id as id, signal.incident as incident,
            signal.endpoint as endpoint, signal.kind as kind, signal.at as at, signal.received as received,
            signal.reliability as reliability, signal.verified as verified, signal.body as body
     from incident join signal on signal.incident = incident.id
     where signal.id in (select id from (
         select signal.id as id, row_number() over (partition by incident.subject
                                                    order by signal.at desc, signal.id desc) as place
         from incident join signal on signal.incident = incident.id
         where incident.subject = any (array(select json_array_elements_text($1::json))) and incident.state = 'closed'
           and incident.closed between $2 and $3 and incident.id <> $4 and signal.at >= $2
           and signal.id not in (select signal_aside.signal from signal_aside)) as latest
       where place <= $5)
     order by signal.at desc, signal.id desc",
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

/// The signals of an incident that came in by one endpoint, however many others came beside them, as they happened.
pub async fn of_endpoint(tx: &mut Tx, incident: Id<of::Incident>, endpoint: &str) -> Result<Vec<SignalRow>> {
    tx.all(OF_ENDPOINT, args![incident, endpoint], signal_row).await
}

/// The last and the first signals of many incidents in one query, incident by incident, as they happened; the most of
/// each incident are `last` and `first`.
pub async fn recent(tx: &mut Tx, incidents: &[Id<of::Incident>], (last, first): (i64, i64)) -> Result<Vec<SignalRow>> {
    tx.all(RECENT, args![rows("signal", incidents)?, last, first], signal_row).await
}

/// The signals with these ids; ids that are not there are left out.
pub async fn with_ids(tx: &mut Tx, ids: &[String]) -> Result<Vec<SignalRow>> {
    tx.all(WITH_IDS, args![rows("signal", ids)?], signal_row).await
}

/// A signal of a closed incident, with the key it is sealed under.
pub struct PastSignal {
    pub subject: String,
    /// The incident's data key, sealed.
    pub data_key: Vec<u8>,
    pub signal: SignalRow,
}

/// Which signals of closed incidents are asked for.
#[derive(Clone, Copy, Debug)]
pub struct Past {
    /// Nothing that happened, and no incident that was closed, before this moment.
    pub since: Timestamp,
    /// No incident that was closed after this one.
    pub until: Timestamp,
    /// An incident whose own signals are left out.
    pub except: Option<Id<of::Incident>>,
    /// The most of one subject.
    pub most: i64,
}

/// What was seen of subjects in incidents that are closed, the latest first.
pub async fn past(tx: &mut Tx, subjects: &[String], asked: Past) -> Result<Vec<PastSignal>> {
    let except = asked.except.map(|id| id.to_string()).unwrap_or_default();
    let args = args![rows("signal", subjects)?, asked.since, asked.until, except, asked.most];
    tx.all(PAST, args, |row: &Row| {
        Ok(PastSignal { subject: row.get("subject")?, data_key: row.get("data_key")?, signal: signal_row(row)? })
    })
    .await
}
