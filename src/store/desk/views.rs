//! Lists that somebody gave a name.

use crate::store::db::{Result, Row, Sql, Tx, args};
use crate::time::Timestamp;

/// The most views of one person.
const MOST: i64 = 50;

pub(in crate::store) const STATEMENTS: &[Sql] = &[KEEP, DROP, OF_PERSON, COUNT];

const KEEP: Sql = Sql::both(
    "insert into desk_view (person, name, query, created) values ($1, $2, $3, $4)
     on conflict (person, name) do update set query = excluded.query",
);

const DROP: Sql = Sql::both("delete from desk_view where person = $1 and name = $2");

const OF_PERSON: Sql = Sql::both("select name, query from desk_view where person = $1 order by name limit $2");

const COUNT: Sql = Sql::both("select count(*) as views from desk_view where person = $1 and name <> $2");

/// A named list; `query` is the one of its address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    pub name: String,
    pub query: String,
}

/// Keeps a view under its name; false when the person has 50 others.
pub async fn keep(tx: &mut Tx, person: &str, (view, at): (&View, Timestamp)) -> Result<bool> {
    let others: i64 = tx.one(COUNT, args![person, &view.name], |row| row.get("views")).await?;
    if others >= MOST {
        return Ok(false);
    }
    tx.run_exactly(1, KEEP, args![person, &view.name, &view.query, at]).await.map(|()| true)
}

/// Lets a view go.
pub async fn drop(tx: &mut Tx, person: &str, name: &str) -> Result<()> {
    tx.run(DROP, args![person, name]).await.map(std::mem::drop)
}

/// The views of one person, by name.
pub async fn of_person(tx: &mut Tx, person: &str) -> Result<Vec<View>> {
    tx.all(OF_PERSON, args![person, MOST], |row: &Row| Ok(View { name: row.get("name")?, query: row.get("query")? }))
        .await
}
