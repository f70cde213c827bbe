//! Lists of what is known to be bad, and their entries in canonical form. A list names the writing of it that is in force;
//! others are on their way in or out.

use super::db::{Result, Row, Sql, Tx, args, rows};
use crate::time::Timestamp;

pub(super) const STATEMENTS: &[Sql] =
    &[PUT_LIST, REPLACE_LIST, LISTS, ADD, REMOVE, CLEAR, STRAY, ENTRIES, DROP, CLAIM, FETCHES, FETCHED, FORGET];

const PUT_LIST: Sql = Sql::both(
    "insert into known_list (name, category, version, entries, changed, person, generation)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict (name) do nothing",
);

const REPLACE_LIST: Sql = Sql::both(
    "update known_list set category = $2, version = $3, entries = $4, changed = $5, person = $6, generation = $7
     where name = $1 and version = $8",
);

const LISTS: Sql =
    Sql::both("select name, category, version, entries, changed, person, generation from known_list order by name");

const ADD: Sql = Sql::forked(
    "insert into known_bad_entry (list, generation, value) select $2, $3, value from json_each($1) where true
     on conflict (list, generation, value) do nothing",
    "insert into known_bad_entry (list, generation, value) select $2, $3, json_array_elements_text($1::json)
     on conflict (list, generation, value) do nothing",
);

const REMOVE: Sql = Sql::forked(
    "delete from known_bad_entry where list = $2 and generation = $3 and value in (select value from json_each($1))",
    "delete from known_bad_entry where list = $2 and generation = $3
         and value = any (array(select json_array_elements_text($1::json)))",
);

const CLEAR: Sql = Sql::both(
    "delete from known_bad_entry where list = $1 and generation = $2 and value <= (select max(first.value) from
         (select value from known_bad_entry where list = $1 and generation = $2 order by value limit $3) as first)",
);

const STRAY: Sql = Sql::both(
    "select distinct generation from known_bad_entry where list = $1 and generation not in
         (select generation from known_list where name = $1)",
);

const ENTRIES: Sql = Sql::both(
    "select value from known_bad_entry where list = $1 and generation = $2 and value > $3 order by value limit $4",
);

const DROP: Sql = Sql::both("delete from known_list where name = $1");

const CLAIM: Sql = Sql::both(
    "insert into known_fetch (list, etag, modified, checked, word) values ($1, '', '', $2, '')
     on conflict (list) do update set checked = excluded.checked where known_fetch.checked <= $3",
);

const FETCHES: Sql =
    Sql::both("select list, etag, modified, checked, succeeded, word, was, would from known_fetch order by list");

const FETCHED: Sql = Sql::both(
    "update known_fetch set etag = $2, modified = $3, checked = $4, succeeded = $5, word = $6, was = $7, would = $8
     where list = $1",
);

const FORGET: Sql = Sql::both("delete from known_fetch where list = $1");

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
    /// The writing that is in force.
    pub generation: i64,
}

/// What is known of fetching a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FetchRow {
    pub list: String,
    pub etag: String,
    pub modified: String,
    pub checked: Timestamp,
    pub succeeded: Option<Timestamp>,
    pub word: String,
    /// Entries that were there and would be there, while a person has to look.
    pub held: Option<(i64, i64)>,
}

/// Keeps a list's description: a new one, or in place of the version that it was made from. Whether that was so still.
pub async fn put_list(tx: &mut Tx, list: &ListRow, before: Option<&str>) -> Result<bool> {
    let ListRow { name, category, version, entries, changed, person, generation } = list;
    let run = match before {
        None => tx.run(PUT_LIST, args![name, category, version, *entries, *changed, person, *generation]).await?,
        Some(before) => {
            tx.run(REPLACE_LIST, args![name, category, version, *entries, *changed, person, *generation, before])
                .await?
        }
    };
    Ok(run == 1)
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
            generation: row.get("generation")?,
        })
    })
    .await
}

/// Adds entries to a writing of a list; those it holds already stay.
pub async fn add(tx: &mut Tx, (list, generation): (&str, i64), values: &[String]) -> Result<u64> {
    tx.run(ADD, args![rows("known_bad_entry", values)?, list, generation]).await
}

/// Takes entries off a writing of a list.
pub async fn remove(tx: &mut Tx, (list, generation): (&str, i64), values: &[String]) -> Result<u64> {
    tx.run(REMOVE, args![rows("known_bad_entry", values)?, list, generation]).await
}

/// Takes some entries off a writing of a list, whichever; how many.
pub async fn clear(tx: &mut Tx, (list, generation): (&str, i64), limit: i64) -> Result<u64> {
    tx.run(CLEAR, args![list, generation, limit]).await
}

/// The writings of a list that are not in force.
pub async fn stray(tx: &mut Tx, list: &str) -> Result<Vec<i64>> {
    tx.all(STRAY, args![list], |row: &Row| row.get("generation")).await
}

/// Takes a list away; `Conflict` when there is none. Its entries are stray from then on.
pub async fn drop(tx: &mut Tx, list: &str) -> Result<()> {
    tx.run(FORGET, args![list]).await?;
    tx.run_exactly(1, DROP, args![list]).await
}

/// Entries of a writing of a list after one of them, in order.
pub async fn entries(tx: &mut Tx, (list, generation): (&str, i64), (after, limit): (&str, i64)) -> Result<Vec<String>> {
    tx.all(ENTRIES, args![list, generation, after, limit], |row: &Row| row.get("value")).await
}

/// Takes the turn to fetch a list, when nobody looked since a moment; whether it did.
pub async fn claim(tx: &mut Tx, list: &str, (now, since): (Timestamp, Timestamp)) -> Result<bool> {
    Ok(tx.run(CLAIM, args![list, now, since]).await? == 1)
}

/// What is known of every list that is fetched.
pub async fn fetches(tx: &mut Tx) -> Result<Vec<FetchRow>> {
    tx.all(FETCHES, args![], |row: &Row| {
        let (was, would): (Option<i64>, Option<i64>) = (row.maybe("was")?, row.maybe("would")?);
        Ok(FetchRow {
            list: row.get("list")?,
            etag: row.get("etag")?,
            modified: row.get("modified")?,
            checked: row.get("checked")?,
            succeeded: row.maybe("succeeded")?,
            word: row.get("word")?,
            held: was.zip(would),
        })
    })
    .await
}

/// Writes down what came of fetching a list.
pub async fn fetched(tx: &mut Tx, row: &FetchRow) -> Result<()> {
    let (was, would) = row.held.unzip();
    let FetchRow { list, etag, modified, checked, succeeded, word, .. } = row;
    tx.run_exactly(1, FETCHED, args![list, etag, modified, *checked, *succeeded, word, was, would]).await
}
