//! Copies of what came before: counted by event, the last ones of each kept, sealed.

use serde::Serialize;

use super::db::{Result, Row, Sql, Tx, args, hex, in_sight, millis, rows};
use super::deliveries::Asked;
use crate::id::{Id, of};
use crate::time::Timestamp;

/// Copies of one event that are kept.
pub const KEPT: i64 = 20;

/// The longest page.
const PAGE: i64 = 200;

pub(super) const STATEMENTS: &[Sql] = &[NUMBERS, PUT, PAGE_AFTER, COUNT, FORGET, LATEST, ONE];

const NUMBERS: Sql = Sql::forked(
    "select copy.endpoint as endpoint, copy.key as key, max(copy.number) as number from json_each($1) as given
     join copy on copy.endpoint = given.value ->> 'endpoint' and copy.key = given.value ->> 'key'
     group by copy.endpoint, copy.key",
    "select copy.endpoint as endpoint, copy.key as key, max(copy.number) as number
     from copy join json_to_recordset($1::json) as given (endpoint text, key text) using (endpoint, key)
     group by copy.endpoint, copy.key",
);

const PUT: Sql = Sql::forked(
    "insert into copy (id, endpoint, key, slot, number, signal, received, data_key, body)
     select value ->> 'id', value ->> 'endpoint', value ->> 'key', value ->> 'slot', value ->> 'number',
            value ->> 'signal', value ->> 'received', unhex(value ->> 'data_key'), unhex(value ->> 'body')
     from json_each($1) where true
     on conflict (endpoint, key, slot) do update set id = excluded.id, number = excluded.number,
         signal = excluded.signal, received = excluded.received, data_key = excluded.data_key, body = excluded.body",
    "insert into copy (id, endpoint, key, slot, number, signal, received, data_key, body)
     select id, endpoint, key, slot, number, signal, received, decode(data_key, 'hex'), decode(body, 'hex')
     from json_to_recordset($1::json) as given (
         id text, endpoint text, key text, slot bigint, number bigint, signal text, received bigint, data_key text,
         body text)
     on conflict (endpoint, key, slot) do update set id = excluded.id, number = excluded.number,
         signal = excluded.signal, received = excluded.received, data_key = excluded.data_key, body = excluded.body",
);

/// The condition that what came first is of no incident out of sight.
macro_rules! of_sight {
    ($who:literal, $at:literal) => {
        concat!(
            "not exists (select 1 from signal where signal.id = copy.signal and not ",
            in_sight!("signal.incident", $who, $at),
            ")"
        )
    };
}

const PAGE_AFTER: Sql = Sql::both(concat!(
    "select id, endpoint, key, slot, number, signal, received, data_key, body from copy
     where id > $1 and ($2 = '' or endpoint = $2) and ",
    of_sight!("$4", "$5"),
    " order by id limit $3"
));

const COUNT: Sql = Sql::both(concat!(
    "select endpoint, cast(sum(most) as bigint) as copies from (
         select endpoint, key, max(number) as most from copy where ",
    of_sight!("$1", "$2"),
    " group by endpoint, key) as each_event
     group by endpoint order by endpoint"
));

const FORGET: Sql =
    Sql::both("delete from copy where id in (select id from copy where received < $1 order by received limit $2)");

const LATEST: Sql = Sql::both(concat!(
    "select id, endpoint, key, slot, number, signal, received, data_key, body from copy
     where endpoint = $1 and ",
    of_sight!("$3", "$4"),
    " order by id desc limit $2"
));

const ONE: Sql = Sql::both(concat!(
    "select id, endpoint, key, slot, number, signal, received, data_key, body from copy where id = $1 and endpoint = $2 and ",
    of_sight!("$3", "$4")
));

/// One suppressed copy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CopyRow {
    pub id: Id<of::Copied>,
    pub endpoint: String,
    /// The key of the event or the delivery.
    pub key: String,
    slot: i64,
    /// The how-manieth copy this is, from 1.
    pub number: i64,
    pub signal: Option<String>,
    #[serde(serialize_with = "millis")]
    pub received: Timestamp,
    #[serde(serialize_with = "hex")]
    pub data_key: Vec<u8>,
    #[serde(serialize_with = "hex")]
    pub body: Vec<u8>,
}

impl CopyRow {
    /// A copy under an id that came at a moment, with what was sealed for it.
    pub fn new(
        (id, received): (Id<of::Copied>, Timestamp),
        (of, number): (&Asked, i64),
        (data_key, body): (Vec<u8>, Vec<u8>),
    ) -> Self {
        Self {
            id,
            endpoint: of.endpoint.clone(),
            key: of.key.clone(),
            slot: number.rem_euclid(KEPT),
            number,
            signal: None,
            received,
            data_key,
            body,
        }
    }
}

/// How many copies there were so far, of those that had any.
pub async fn numbers(tx: &mut Tx, asked: &[Asked]) -> Result<Vec<(Asked, i64)>> {
    tx.all(NUMBERS, args![rows("copy", asked)?], |row: &Row| {
        Ok((Asked { endpoint: row.get("endpoint")?, key: row.get("key")? }, row.get("number")?))
    })
    .await
}

/// Keeps copies; each takes the place of an older one of its event when there are many.
pub async fn put_many(tx: &mut Tx, copies: &[CopyRow]) -> Result<()> {
    tx.run_exactly(copies.len(), PUT, args![rows("copy", copies)?]).await
}

/// Copies after an id, the oldest first, of one endpoint or of all; 200 at most.
pub async fn page(tx: &mut Tx, after: Option<Id<of::Copied>>, (endpoint, limit): (&str, i64)) -> Result<Vec<CopyRow>> {
    // the empty text sorts before every id
    let after = after.map(|id| id.to_string()).unwrap_or_default();
    tx.all(PAGE_AFTER, args![after, endpoint, limit.clamp(0, PAGE), tx.who(), tx.at()], copy_row).await
}

/// The latest copies of a source, the newest first.
pub async fn latest(tx: &mut Tx, endpoint: &str, limit: i64) -> Result<Vec<CopyRow>> {
    tx.all(LATEST, args![endpoint, limit, tx.who(), tx.at()], copy_row).await
}

/// One copy of a source.
pub async fn one(tx: &mut Tx, id: Id<of::Copied>, endpoint: &str) -> Result<Option<CopyRow>> {
    tx.maybe(ONE, args![id, endpoint, tx.who(), tx.at()], copy_row).await
}

fn copy_row(row: &Row) -> Result<CopyRow> {
    Ok(CopyRow {
        id: row.get("id")?,
        endpoint: row.get("endpoint")?,
        key: row.get("key")?,
        slot: row.get("slot")?,
        number: row.get("number")?,
        signal: row.maybe("signal")?,
        received: row.get("received")?,
        data_key: row.get("data_key")?,
        body: row.get("body")?,
    })
}

/// How many copies were suppressed, by endpoint, as far back as they are remembered.
pub async fn counts(tx: &mut Tx) -> Result<Vec<(String, i64)>> {
    tx.all(COUNT, args![tx.who(), tx.at()], |row: &Row| Ok((row.get("endpoint")?, row.get("copies")?))).await
}

/// Forgets copies that came before a moment, the oldest first, at most `limit`.
pub async fn forget_before(tx: &mut Tx, before: Timestamp, limit: i64) -> Result<u64> {
    tx.run(FORGET, args![before, limit]).await
}
