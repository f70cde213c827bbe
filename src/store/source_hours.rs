//! What each source sent, hour by hour, and the silences that were noticed.

use serde::Serialize;

use super::db::{Result, Row, Sql, Tx, args, millis, rows};
use crate::time::Timestamp;

pub(super) const STATEMENTS: &[Sql] = &[ADD, SINCE, HEARD, NOTICE, SILENCES, HEARD_AGAIN, FORGET];

/// One row an hour and source.
pub const HOUR: i64 = 3_600_000;

// The column names of `excluded` are those of the hour's first row; `skew` keeps what is further from zero.
const ADD: Sql = Sql::forked(
    "insert into source_hour (endpoint, hour, deliveries, accepted, duplicates, ignored, set_aside, unmapped, conflicts,
                              skew, last_seen)
     select value ->> 'endpoint', value ->> 'hour', value ->> 'deliveries', value ->> 'accepted',
            value ->> 'duplicates', value ->> 'ignored', value ->> 'set_aside', value ->> 'unmapped',
            value ->> 'conflicts', value ->> 'skew', value ->> 'last_seen'
     from json_each($1) where true
     on conflict (endpoint, hour) do update set
         deliveries = source_hour.deliveries + excluded.deliveries, accepted = source_hour.accepted + excluded.accepted,
         duplicates = source_hour.duplicates + excluded.duplicates, ignored = source_hour.ignored + excluded.ignored,
         set_aside = source_hour.set_aside + excluded.set_aside, unmapped = source_hour.unmapped + excluded.unmapped,
         conflicts = source_hour.conflicts + excluded.conflicts,
         skew = case when abs(coalesce(excluded.skew, 0)) > abs(coalesce(source_hour.skew, 0)) then excluded.skew
                     else coalesce(source_hour.skew, excluded.skew) end,
         last_seen = max(source_hour.last_seen, excluded.last_seen)",
    "insert into source_hour (endpoint, hour, deliveries, accepted, duplicates, ignored, set_aside, unmapped, conflicts,
                              skew, last_seen)
     select endpoint, hour, deliveries, accepted, duplicates, ignored, set_aside, unmapped, conflicts, skew, last_seen
     from json_to_recordset($1::json) as given (
         endpoint text, hour bigint, deliveries bigint, accepted bigint, duplicates bigint, ignored bigint,
         set_aside bigint, unmapped bigint, conflicts bigint, skew bigint, last_seen bigint)
     order by endpoint, hour
     on conflict (endpoint, hour) do update set
         deliveries = source_hour.deliveries + excluded.deliveries, accepted = source_hour.accepted + excluded.accepted,
         duplicates = source_hour.duplicates + excluded.duplicates, ignored = source_hour.ignored + excluded.ignored,
         set_aside = source_hour.set_aside + excluded.set_aside, unmapped = source_hour.unmapped + excluded.unmapped,
         conflicts = source_hour.conflicts + excluded.conflicts,
         skew = case when abs(coalesce(excluded.skew, 0)) > abs(coalesce(source_hour.skew, 0)) then excluded.skew
                     else coalesce(source_hour.skew, excluded.skew) end,
         last_seen = greatest(source_hour.last_seen, excluded.last_seen)",
);

const SINCE: Sql = Sql::both(
    "select endpoint, max(hour) as hour, cast(sum(deliveries) as bigint) as deliveries,
            cast(sum(accepted) as bigint) as accepted, cast(sum(duplicates) as bigint) as duplicates,
            cast(sum(ignored) as bigint) as ignored, cast(sum(set_aside) as bigint) as set_aside,
            cast(sum(unmapped) as bigint) as unmapped, cast(sum(conflicts) as bigint) as conflicts,
            case when max(skew) >= -min(skew) then max(skew) else min(skew) end as skew, max(last_seen) as last_seen
     from source_hour where hour >= $1 group by endpoint order by endpoint",
);

const HEARD: Sql = Sql::both(
    "select endpoint, max(last_seen) as last_seen, count(*) as hours, max(hour - before) as longest from (
         select endpoint, hour, last_seen, lag(hour) over (partition by endpoint order by hour) as before
         from source_hour where hour >= $1) as hours
     group by endpoint order by endpoint",
);

const NOTICE: Sql = Sql::both(
    "insert into source_silence (endpoint, since, noticed) values ($1, $2, $3) on conflict (endpoint) do nothing",
);

const SILENCES: Sql = Sql::both("select endpoint, since from source_silence order by endpoint");

const HEARD_AGAIN: Sql = Sql::both("delete from source_silence where endpoint = $1");

const FORGET: Sql = Sql::both("delete from source_hour where hour < $1");

/// What a source sent within one hour, or within several taken together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Hour {
    pub endpoint: String,
    /// Hours since 1970.
    pub hour: i64,
    pub deliveries: i64,
    pub accepted: i64,
    pub duplicates: i64,
    pub ignored: i64,
    pub set_aside: i64,
    pub unmapped: i64,
    pub conflicts: i64,
    /// Milliseconds that the sender's clock was behind ours, where that was furthest.
    pub skew: Option<i64>,
    #[serde(serialize_with = "millis")]
    pub last_seen: Timestamp,
}

impl Hour {
    /// Nothing yet, in the hour of a moment.
    pub fn new(endpoint: &str, now: Timestamp) -> Self {
        Self {
            endpoint: endpoint.to_owned(),
            hour: hour(now),
            deliveries: 0,
            accepted: 0,
            duplicates: 0,
            ignored: 0,
            set_aside: 0,
            unmapped: 0,
            conflicts: 0,
            skew: None,
            last_seen: now,
        }
    }
}

/// The hour that a moment lies in.
pub fn hour(at: Timestamp) -> i64 {
    at.millis().div_euclid(HOUR)
}

/// How often a source was heard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heard {
    pub endpoint: String,
    pub last_seen: Timestamp,
    /// Hours in which something came.
    pub hours: i64,
    /// The most hours from one of them to the next.
    pub longest: i64,
}

/// Adds what came.
pub async fn add(tx: &mut Tx, hours: &[Hour]) -> Result<()> {
    tx.run_exactly(hours.len(), ADD, args![rows("source_hour", hours)?]).await
}

/// What came by source, from the hour that holds a moment.
pub async fn since(tx: &mut Tx, at: Timestamp) -> Result<Vec<Hour>> {
    tx.all(SINCE, args![hour(at)], |row: &Row| {
        Ok(Hour {
            endpoint: row.get("endpoint")?,
            hour: row.get("hour")?,
            deliveries: row.get("deliveries")?,
            accepted: row.get("accepted")?,
            duplicates: row.get("duplicates")?,
            ignored: row.get("ignored")?,
            set_aside: row.get("set_aside")?,
            unmapped: row.get("unmapped")?,
            conflicts: row.get("conflicts")?,
            skew: row.maybe("skew")?,
            last_seen: row.get("last_seen")?,
        })
    })
    .await
}

/// How often each source was heard, from the hour that holds a moment.
pub async fn heard(tx: &mut Tx, at: Timestamp) -> Result<Vec<Heard>> {
    tx.all(HEARD, args![hour(at)], |row: &Row| {
        Ok(Heard {
            endpoint: row.get("endpoint")?,
            last_seen: row.get("last_seen")?,
            hours: row.get("hours")?,
            longest: row.maybe("longest")?.unwrap_or(0),
        })
    })
    .await
}

/// Keeps that a source has been silent since a moment; false when that was noticed before.
pub async fn notice(tx: &mut Tx, (endpoint, since): (&str, Timestamp), now: Timestamp) -> Result<bool> {
    Ok(tx.run(NOTICE, args![endpoint, since, now]).await? == 1)
}

/// The sources that are silent, and since when.
pub async fn silences(tx: &mut Tx) -> Result<Vec<(String, Timestamp)>> {
    tx.all(SILENCES, args![], |row: &Row| Ok((row.get("endpoint")?, row.get("since")?))).await
}

/// A source is heard again; false when it was not silent.
pub async fn heard_again(tx: &mut Tx, endpoint: &str) -> Result<bool> {
    Ok(tx.run(HEARD_AGAIN, args![endpoint]).await? == 1)
}

/// Forgets hours that ended before a moment.
pub async fn forget_before(tx: &mut Tx, before: Timestamp) -> Result<u64> {
    tx.run(FORGET, args![hour(before)]).await
}
