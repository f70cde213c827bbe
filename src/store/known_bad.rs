//! Lists of what is known to be bad, and their entries in canonical form.

use super::db::{Result, Row, Sql, Tx, args, rows};
use crate::time::Timestamp;

pub(super) const STATEMENTS: &[Sql] = &[PUT_LIST, LISTS, ADD, REMOVE, CLEAR, ENTRIES, DROP];

const PUT_LIST: Sql = Sql::both(
    "insert into known_list (name, category, version, entries, changed, person) values ($1, $2, $3, $4, $5, $6)
     on conflict (name) do update set category = excluded.category, version = excluded.version,
         entries = excluded.entries, changed = excluded.changed, person = excluded.person",
);

const LISTS: Sql = Sql::both("select name, category, version, entries, changed, person from known_list order by name");

const ADD: Sql = Sql::forked(
    "insert into known_bad (list, value) select $2, value from json_each($1) where true
     on conflict (list, value) do nothing",
    "insert into known_bad (list, value) select $2, json_array_elements_text($1::json)
     on conflict (list, value) do nothing",
);

const REMOVE: Sql = Sql::forked(
    "delete from known_bad where list = $2 and value in (select value from json_each($1))",
    "delete from known_bad where list = $2 and value = any (array(select json_array_elements_text($1::json)))",
);

const CLEAR: Sql = Sql::both("delete from known_bad where list = $1");

const ENTRIES: Sql =
    Sql::both("select list, value from known_bad where (list, value) > ($1, $2) order by list, value limit $3");

const DROP: Sql = Sql::both("delete from known_list where name = $1");

/// One list without its entries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListRow {
    pub name: String,
    pub category: String,
    pub version: String,
    pub entries: i64,
    pub changed: Timestamp,
    /// Who changed it last.
    pub person: String,
}

/// Keeps a list's description, new or in place of the one before.
pub async fn put_list(tx: &mut Tx, list: &ListRow) -> Result<()> {
    let args = args![&list.name, &list.category, &list.version, list.entries, list.changed, &list.person];
    tx.run_exactly(1, PUT_LIST, args).await
}

/// Every list, by name.
pub async fn lists(tx: &mut Tx) -> Result<Vec<ListRow>> {
    tx.all(LISTS, args![], |row: &Row| {
        Ok(ListRow {
            name: row.get("name")?,
            category: row.get("category")?,
            version: row.get("version")?,
            entries: row.get("entries")?,
            changed: row.get("changed")?,
            person: row.get("person")?,
        })
    })
    .await
}

/// Adds entries to a list; those it holds already stay.
pub async fn add(tx: &mut Tx, list: &str, values: &[String]) -> Result<u64> {
    tx.run(ADD, args![rows("known_bad", values)?, list]).await
}

/// Takes entries off a list.
pub async fn remove(tx: &mut Tx, list: &str, values: &[String]) -> Result<u64> {
    tx.run(REMOVE, args![rows("known_bad", values)?, list]).await
}

/// Takes everything off a list.
pub async fn clear(tx: &mut Tx, list: &str) -> Result<u64> {
    tx.run(CLEAR, args![list]).await
}

/// Takes an empty list away; `Conflict` when there is none.
pub async fn drop(tx: &mut Tx, list: &str) -> Result<()> {
    tx.run_exactly(1, DROP, args![list]).await
}

/// Entries after one of a list, in order, as list and value.
pub async fn entries(tx: &mut Tx, after: (&str, &str), limit: i64) -> Result<Vec<(String, String)>> {
    tx.all(ENTRIES, args![after.0, after.1, limit], |row: &Row| Ok((row.get("list")?, row.get("value")?))).await
}
