//! What one person can still take back.

use crate::id::{Id, of};
use crate::store::db::{Result, Row, Sql, Tx, args};
use crate::time::Timestamp;

pub(in crate::store) const STATEMENTS: &[Sql] = &[KEEP, LATEST, TAKE, FORGET];

const KEEP: Sql =
    Sql::both("insert into desk_undo (id, person, at, until, what, cases) values ($1, $2, $3, $4, $5, $6)");

const LATEST: Sql = Sql::both(
    "select id, person, at, until, what, cases from desk_undo where person = $1 and until >= $2
     order by at desc, id desc limit 1",
);

const TAKE: Sql = Sql::both(
    "delete from desk_undo where id = $1 and person = $2 and until >= $3
     returning id, person, at, until, what, cases",
);

const FORGET: Sql = Sql::both("delete from desk_undo where id in (select id from desk_undo where until < $1 limit $2)");

/// A deed that can be taken back; `cases` is JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UndoRow {
    pub id: Id<of::Undo>,
    pub person: String,
    pub at: Timestamp,
    pub until: Timestamp,
    pub what: String,
    pub cases: String,
}

fn undo_row(row: &Row) -> Result<UndoRow> {
    Ok(UndoRow {
        id: row.get("id")?,
        person: row.get("person")?,
        at: row.get("at")?,
        until: row.get("until")?,
        what: row.get("what")?,
        cases: row.get("cases")?,
    })
}

/// Keeps a deed for a while.
pub async fn keep(tx: &mut Tx, row: &UndoRow) -> Result<()> {
    tx.run_exactly(1, KEEP, args![row.id, &row.person, row.at, row.until, &row.what, &row.cases]).await
}

/// The last deed of a person that can still be taken back.
pub async fn latest(tx: &mut Tx, person: &str, now: Timestamp) -> Result<Option<UndoRow>> {
    tx.maybe(LATEST, args![person, now], undo_row).await
}

/// Takes a deed of this person out, once; nothing when it is not theirs, was taken back or is too old.
pub async fn take(tx: &mut Tx, id: Id<of::Undo>, (person, now): (&str, Timestamp)) -> Result<Option<UndoRow>> {
    tx.maybe(TAKE, args![id, person, now], undo_row).await
}

/// Lets go of what can no longer be taken back, and says how many.
pub async fn forget_before(tx: &mut Tx, moment: Timestamp, limit: i64) -> Result<u64> {
    tx.run(FORGET, args![moment, limit]).await
}
