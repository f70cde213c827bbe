//! What the installation remembers of itself, a text a name.

use super::db::{Result, Sql, Tx, args};

pub(super) const STATEMENTS: &[Sql] = &[GET, PUT, PUT_NEW];

const GET: Sql = Sql::both("select value from instance where name = $1");

const PUT: Sql = Sql::both(
    "insert into instance (name, value) values ($1, $2) on conflict (name) do update set value = excluded.value",
);

const PUT_NEW: Sql = Sql::both("insert into instance (name, value) values ($1, $2) on conflict (name) do nothing");

/// The value under a name.
pub async fn get(tx: &mut Tx, name: &str) -> Result<Option<String>> {
    tx.maybe(GET, args![name], |row| row.get("value")).await
}

/// Keeps a value in place of an earlier one.
pub async fn put(tx: &mut Tx, name: &str, value: &str) -> Result<()> {
    tx.run_exactly(1, PUT, args![name, value]).await
}

/// Keeps a value unless there is one, and gives the one that stands: of several nodes starting at once one decides.
pub async fn put_new(tx: &mut Tx, name: &str, value: &str) -> Result<String> {
    tx.run(PUT_NEW, args![name, value]).await?;
    tx.one(GET, args![name], |row| row.get("value")).await
}
