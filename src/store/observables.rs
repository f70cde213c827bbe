//! What was seen in an incident's signals, by keyed digest, so that incidents of different subjects can be tied.

use serde::Serialize;

use super::db::{Result, Row, Sql, Tx, args, in_sight, millis, rows};
use crate::id::{Id, of};
use crate::time::Timestamp;

/// The most incidents one observable is followed to.
const LIMIT: i64 = 1_000;

pub(super) const STATEMENTS: &[Sql] = &[PUT_MANY, COPY, INCIDENTS_WITH];

// `where true` keeps SQLite from reading `on conflict` as a join
const PUT_MANY: Sql = Sql::forked(
    "insert into observable (incident, kind, digest, first_seen)
     select value ->> 'incident', value ->> 'kind', value ->> 'digest', value ->> 'first_seen'
     from json_each($1) where true on conflict (incident, kind, digest) do nothing",
    "insert into observable (incident, kind, digest, first_seen)
     select incident, kind, digest, first_seen
     from json_to_recordset($1::json) as given (incident text, kind text, digest text, first_seen bigint)
     order by incident, kind, digest on conflict (incident, kind, digest) do nothing",
);

const COPY: Sql = Sql::both(
    "insert into observable (incident, kind, digest, first_seen)
     select $2, kind, digest, first_seen from observable where incident = $1
     on conflict (incident, kind, digest) do nothing",
);

const INCIDENTS_WITH: Sql = Sql::both(concat!(
    "select incident, first_seen from observable where kind = $1 and digest = $2 and first_seen >= $3 and ",
    in_sight!("observable.incident", "$5", "$6"),
    " order by first_seen, incident limit $4"
));

/// One thing seen in one incident.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Observable {
    pub incident: Id<of::Incident>,
    /// Address, domain, device and so on.
    pub kind: String,
    pub digest: String,
    #[serde(serialize_with = "millis")]
    pub first_seen: Timestamp,
}

/// Keeps what was seen and says how much of it was new; what was seen before keeps its first moment.
pub async fn put_many(tx: &mut Tx, observables: &[Observable]) -> Result<u64> {
    tx.run(PUT_MANY, args![rows("observable", observables)?]).await
}

/// Says of an incident that it has what another has; what it had keeps its first moment.
pub async fn copy(tx: &mut Tx, from: Id<of::Incident>, into: Id<of::Incident>) -> Result<u64> {
    tx.run(COPY, args![from, into]).await
}

/// The incidents in which this was first seen at or after a moment, the earliest first; 1,000 at most.
pub async fn incidents_with(
    tx: &mut Tx,
    kind: &str,
    digest: &str,
    since: Timestamp,
) -> Result<Vec<(Id<of::Incident>, Timestamp)>> {
    let args = args![kind, digest, since, LIMIT, tx.who(), tx.at()];
    tx.all(INCIDENTS_WITH, args, |row: &Row| Ok((row.get("incident")?, row.get("first_seen")?))).await
}
