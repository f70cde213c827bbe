//! What the operator announces to everybody: plain words in two languages that end by themselves.

use super::db::{Result, Row, Sql, Tx, args};
use crate::id::{Id, of};
use crate::time::Timestamp;

pub(super) const STATEMENTS: &[Sql] = &[INSERT, CHANGE, LIVE, LIST, CLEAR];

const INSERT: Sql = Sql::both(
    "insert into operator_notice (id, kind, en, zh, advice_en, advice_zh, begun, changed, expires)
     values ($1, $2, $3, $4, $5, $6, $7, $7, $8)",
);

const CHANGE: Sql = Sql::both(
    "update operator_notice set kind = $2, en = $3, zh = $4, advice_en = $5, advice_zh = $6, changed = $7, expires = $8
     where id = $1 and cleared is null",
);

const LIVE: Sql = Sql::both(
    "select id, kind, en, zh, advice_en, advice_zh, begun, changed, expires, cleared from operator_notice
     where cleared is null and expires > $1 order by begun, id limit 5",
);

const LIST: Sql = Sql::both(
    "select id, kind, en, zh, advice_en, advice_zh, begun, changed, expires, cleared from operator_notice
     order by begun desc, id desc limit 100",
);

const CLEAR: Sql = Sql::both("update operator_notice set cleared = $2 where id = $1 and cleared is null");

/// An announcement as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticeRow {
    pub id: Id<of::Notice>,
    pub kind: String,
    /// What happens and who is affected.
    pub en: String,
    pub zh: String,
    /// What to do about it; may be empty.
    pub advice_en: String,
    pub advice_zh: String,
    pub begun: Timestamp,
    pub changed: Timestamp,
    pub expires: Timestamp,
    pub cleared: Option<Timestamp>,
}

fn notice(row: &Row) -> Result<NoticeRow> {
    Ok(NoticeRow {
        id: row.get("id")?,
        kind: row.get("kind")?,
        en: row.get("en")?,
        zh: row.get("zh")?,
        advice_en: row.get("advice_en")?,
        advice_zh: row.get("advice_zh")?,
        begun: row.get("begun")?,
        changed: row.get("changed")?,
        expires: row.get("expires")?,
        cleared: row.maybe("cleared")?,
    })
}

/// Keeps a new announcement.
pub async fn insert(tx: &mut Tx, row: &NoticeRow) -> Result<()> {
    let NoticeRow { id, kind, en, zh, advice_en, advice_zh, begun, expires, .. } = row;
    tx.run_exactly(1, INSERT, args![*id, kind, en, zh, advice_en, advice_zh, *begun, *expires]).await
}

/// Puts other words in its place; [`Conflict`](super::Error::Conflict) when there is none or it is over.
pub async fn change(tx: &mut Tx, row: &NoticeRow) -> Result<()> {
    let NoticeRow { id, kind, en, zh, advice_en, advice_zh, changed, expires, .. } = row;
    tx.run_exactly(1, CHANGE, args![*id, kind, en, zh, advice_en, advice_zh, *changed, *expires]).await
}

/// Those in force, the oldest first, five at most.
pub async fn live(tx: &mut Tx, now: Timestamp) -> Result<Vec<NoticeRow>> {
    tx.all(LIVE, args![now], notice).await
}

/// The last hundred, the newest first.
pub async fn list(tx: &mut Tx) -> Result<Vec<NoticeRow>> {
    tx.all(LIST, args![], notice).await
}

/// Takes one down; [`Conflict`](super::Error::Conflict) when there is none or it is over.
pub async fn clear(tx: &mut Tx, id: Id<of::Notice>, now: Timestamp) -> Result<()> {
    tx.run_exactly(1, CLEAR, args![id, now]).await
}
