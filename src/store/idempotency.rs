//! First answers of requests that carry an idempotency key, sealed, so that a retry gets the same one.

use super::db::{Result, Row, Sql, Tx, args};
use crate::time::Timestamp;

pub(super) const STATEMENTS: &[Sql] = &[GET, PUT, REPLACE, FORGET_BEFORE];

const GET: Sql = Sql::both("select key, body, data_key, answer, created from idempotency where key = $1");

const PUT: Sql =
    Sql::both("insert into idempotency (key, body, data_key, answer, created) values ($1, $2, $3, $4, $5)");

const REPLACE: Sql = Sql::both("update idempotency set data_key = $2, answer = $3 where key = $1");

const FORGET_BEFORE: Sql = Sql::both(
    "delete from idempotency where key in (
         select key from idempotency where created < $1 order by created limit $2)",
);

/// An answer kept for retries; `key` and `body` are digests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub key: String,
    pub body: String,
    pub data_key: Vec<u8>,
    pub answer: Vec<u8>,
    pub created: Timestamp,
}

/// The answer first given under a key; whether body and age fit is for the caller to say.
pub async fn get(tx: &mut Tx, key: &str) -> Result<Option<Answer>> {
    tx.maybe(GET, args![key], |row: &Row| {
        Ok(Answer {
            key: row.get("key")?,
            body: row.get("body")?,
            data_key: row.get("data_key")?,
            answer: row.get("answer")?,
            created: row.get("created")?,
        })
    })
    .await
}

/// Keeps a first answer. [`Conflict`](super::Error::Conflict) when another writer has answered under this key.
pub async fn put(tx: &mut Tx, answer: &Answer) -> Result<()> {
    let args = args![&answer.key, &answer.body, &answer.data_key, &answer.answer, answer.created];
    tx.run_exactly(1, PUT, args).await
}

/// Puts another answer in place of the one kept under a key, if there still is one.
pub async fn replace(tx: &mut Tx, key: &str, (data_key, answer): (&[u8], &[u8])) -> Result<()> {
    tx.run(REPLACE, args![key, data_key, answer]).await.map(drop)
}

/// Forgets answers given before a moment, the oldest first, `limit` at most, and says how many went.
pub async fn forget_before(tx: &mut Tx, before: Timestamp, limit: i64) -> Result<u64> {
    tx.run(FORGET_BEFORE, args![before, limit]).await
}
