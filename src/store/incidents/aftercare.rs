//! Closed security incidents whose people are to be warned once more.

use crate::id::{Id, of};
use crate::store::db::{Result, Row, Sql, Tx, args};
use crate::time::Timestamp;

pub(super) const STATEMENTS: &[Sql] = &[UNWARNED, WARNED];

const UNWARNED: Sql = Sql::both(
    "select id from incident
     where state = 'closed' and class = 'security' and (warned is null or warned < closed) and closed <= $1
     order by closed, id limit $2",
);

const WARNED: Sql = Sql::both(
    "update incident set warned = $2
     where id = $1 and state = 'closed' and (warned is null or warned < closed)",
);

/// Those closed at or before a moment and not warned since.
pub async fn unwarned(tx: &mut Tx, closed_before: Timestamp, limit: i64) -> Result<Vec<Id<of::Incident>>> {
    tx.all(UNWARNED, args![closed_before, limit], |row: &Row| row.get("id")).await
}

/// Notes that the people of an incident were warned; false when that was noted since it closed.
pub async fn warned(tx: &mut Tx, incident: Id<of::Incident>, at: Timestamp) -> Result<bool> {
    tx.run(WARNED, args![incident, at]).await.map(|rows| rows == 1)
}
