//! How far imports came.

use super::db::{Result, Row, Sql, Tx, args};
use crate::time::Timestamp;

pub(super) const STATEMENTS: &[Sql] = &[GET, PUT];

const GET: Sql = Sql::both("select rows_done from import_run where file = $1 and endpoint = $2");

const PUT: Sql = Sql::both(
    "insert into import_run (file, endpoint, rows_done, updated) values ($1, $2, $3, $4)
     on conflict (file, endpoint) do update set rows_done = excluded.rows_done, updated = excluded.updated",
);

/// Rows of a file, by its digest, that are in already.
pub async fn done(tx: &mut Tx, file: &str, endpoint: &str) -> Result<i64> {
    let found = tx.maybe(GET, args![file, endpoint], |row: &Row| row.get("rows_done")).await?;
    Ok(found.unwrap_or(0))
}

/// Keeps how many rows of a file are in.
pub async fn put(tx: &mut Tx, (file, endpoint): (&str, &str), (rows, now): (i64, Timestamp)) -> Result<()> {
    tx.run_exactly(1, PUT, args![file, endpoint, rows, now]).await
}
