//! Who looked at an incident last when.

use crate::id::{Id, of};
use crate::store::db::{Result, Row, Sql, Tx, args};
use crate::time::Timestamp;

pub(in crate::store) const STATEMENTS: &[Sql] = &[SEEN, SINCE, FORGET];

const SEEN: Sql = Sql::both(
    "insert into desk_look (incident, person, at) values ($1, $2, $3)
     on conflict (incident, person) do update set at = excluded.at",
);

const SINCE: Sql =
    Sql::both("select person, at from desk_look where incident = $1 and at > $2 order by at desc, person limit 20");

const FORGET: Sql = Sql::both(
    "delete from desk_look where (incident, person) in (
         select incident, person from desk_look where at < $1 order by at limit $2)",
);

/// Notes that somebody looks.
pub async fn seen(tx: &mut Tx, incident: Id<of::Incident>, (person, at): (&str, Timestamp)) -> Result<()> {
    tx.run_exactly(1, SEEN, args![incident, person, at]).await
}

/// Who looked after a moment, the latest first; 20 at most.
pub async fn since(tx: &mut Tx, incident: Id<of::Incident>, moment: Timestamp) -> Result<Vec<(String, Timestamp)>> {
    tx.all(SINCE, args![incident, moment], |row: &Row| Ok((row.get("person")?, row.get("at")?))).await
}

/// Lets go of looks before a moment, and says how many.
pub async fn forget_before(tx: &mut Tx, moment: Timestamp, limit: i64) -> Result<u64> {
    tx.run(FORGET, args![moment, limit]).await
}
