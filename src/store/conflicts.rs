//! Alerts that came again under a known key with another body, sealed: a fault or a forgery of the source.

use super::db::{Result, Row, Sql, Tx, args};
use crate::id::{Id, of};
use crate::time::Timestamp;

/// The longest page.
const PAGE: i64 = 200;

pub(super) const STATEMENTS: &[Sql] = &[INSERT, PAGE_AFTER, FORGET_BEFORE];

const INSERT: Sql =
    Sql::both("insert into conflict (id, endpoint, key, received, data_key, body) values ($1, $2, $3, $4, $5, $6)");

const PAGE_AFTER: Sql =
    Sql::both("select id, endpoint, key, received, data_key, body from conflict where id > $1 order by id limit $2");

const FORGET_BEFORE: Sql = Sql::both(
    "delete from conflict where id in (select id from conflict where received < $1 order by received limit $2)",
);

/// An alert whose key was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConflictRow {
    pub id: Id<of::Conflict>,
    pub endpoint: String,
    pub key: String,
    pub received: Timestamp,
    pub data_key: Vec<u8>,
    pub body: Vec<u8>,
}

/// Keeps an alert.
pub async fn insert(tx: &mut Tx, alert: &ConflictRow) -> Result<()> {
    let args = args![alert.id, &alert.endpoint, &alert.key, alert.received, &alert.data_key, &alert.body];
    tx.run_exactly(1, INSERT, args).await
}

/// Forgets alerts that came before a moment, the oldest first, `limit` at most, and says how many went.
pub async fn forget_before(tx: &mut Tx, before: Timestamp, limit: i64) -> Result<u64> {
    tx.run(FORGET_BEFORE, args![before, limit]).await
}

/// Alerts after an id, oldest first; 200 at most.
pub async fn page(tx: &mut Tx, after: Option<Id<of::Conflict>>, limit: i64) -> Result<Vec<ConflictRow>> {
    // the empty text sorts before every id
    let after = after.map(|id| id.to_string()).unwrap_or_default();
    tx.all(PAGE_AFTER, args![after, limit.clamp(0, PAGE)], |row: &Row| {
        Ok(ConflictRow {
            id: row.get("id")?,
            endpoint: row.get("endpoint")?,
            key: row.get("key")?,
            received: row.get("received")?,
            data_key: row.get("data_key")?,
            body: row.get("body")?,
        })
    })
    .await
}
