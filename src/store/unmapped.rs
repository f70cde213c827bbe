//! Verified alerts that no mapping understood, sealed, so that nothing acknowledged is lost.

use super::db::{Result, Row, Sql, Tx, args};
use crate::id::{Id, of};
use crate::time::Timestamp;

/// The longest page.
const PAGE: i64 = 200;

pub(super) const STATEMENTS: &[Sql] = &[INSERT, PAGE_AFTER, COUNT, FORGET_BEFORE, LATEST, ONE];

const INSERT: Sql =
    Sql::both("insert into unmapped (id, endpoint, received, reason, data_key, body) values ($1, $2, $3, $4, $5, $6)");

const PAGE_AFTER: Sql =
    Sql::both("select id, endpoint, received, reason, data_key, body from unmapped where id > $1 order by id limit $2");

const COUNT: Sql = Sql::both("select count(*) as alerts from unmapped");

const FORGET_BEFORE: Sql = Sql::both(
    "delete from unmapped where id in (select id from unmapped where received < $1 order by received limit $2)",
);

const LATEST: Sql = Sql::both(
    "select id, endpoint, received, reason, data_key, body from unmapped where endpoint = $1 order by id desc limit $2",
);

const ONE: Sql =
    Sql::both("select id, endpoint, received, reason, data_key, body from unmapped where id = $1 and endpoint = $2");

/// An alert as it came; `reason` is our own word for why it was not understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnmappedRow {
    pub id: Id<of::Unmapped>,
    pub endpoint: String,
    pub received: Timestamp,
    pub reason: String,
    pub data_key: Vec<u8>,
    pub body: Vec<u8>,
}

/// Keeps an alert.
pub async fn insert(tx: &mut Tx, alert: &UnmappedRow) -> Result<()> {
    let args = args![alert.id, &alert.endpoint, alert.received, &alert.reason, &alert.data_key, &alert.body];
    tx.run_exactly(1, INSERT, args).await
}

/// Forgets alerts that came before a moment, the oldest first, `limit` at most, and says how many went.
pub async fn forget_before(tx: &mut Tx, before: Timestamp, limit: i64) -> Result<u64> {
    tx.run(FORGET_BEFORE, args![before, limit]).await
}

/// Alerts after an id, oldest first; 200 at most.
pub async fn page(tx: &mut Tx, after: Option<Id<of::Unmapped>>, limit: i64) -> Result<Vec<UnmappedRow>> {
    // the empty text sorts before every id
    let after = after.map(|id| id.to_string()).unwrap_or_default();
    tx.all(PAGE_AFTER, args![after, limit.clamp(0, PAGE)], unmapped_row).await
}

/// The latest alerts of a source, the newest first.
pub async fn latest(tx: &mut Tx, endpoint: &str, limit: i64) -> Result<Vec<UnmappedRow>> {
    tx.all(LATEST, args![endpoint, limit], unmapped_row).await
}

/// One alert of a source.
pub async fn one(tx: &mut Tx, id: Id<of::Unmapped>, endpoint: &str) -> Result<Option<UnmappedRow>> {
    tx.maybe(ONE, args![id, endpoint], unmapped_row).await
}

fn unmapped_row(row: &Row) -> Result<UnmappedRow> {
    Ok(UnmappedRow {
        id: row.get("id")?,
        endpoint: row.get("endpoint")?,
        received: row.get("received")?,
        reason: row.get("reason")?,
        data_key: row.get("data_key")?,
        body: row.get("body")?,
    })
}

/// How many alerts are kept.
pub async fn count(tx: &mut Tx) -> Result<i64> {
    tx.one(COUNT, args![], |row| row.get("alerts")).await
}
