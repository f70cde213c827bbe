//! Personal data that was shown whole: who, which field, why.

use crate::id::{Id, of};
use crate::store::db::{Result, Sql, Tx, args};
use crate::time::Timestamp;

pub(in crate::store) const STATEMENTS: &[Sql] = &[KEEP, SINCE];

const KEEP: Sql =
    Sql::both("insert into reveal (id, incident, person, field, at, reason) values ($1, $2, $3, $4, $5, $6)");

const SINCE: Sql = Sql::both("select count(*) as reveals from reveal where person = $1 and at > $2");

/// A reveal; `reason` is sealed under the incident's data key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevealRow {
    pub id: Id<of::Reveal>,
    pub incident: Id<of::Incident>,
    pub person: String,
    pub field: String,
    pub at: Timestamp,
    pub reason: Vec<u8>,
}

/// Keeps one.
pub async fn keep(tx: &mut Tx, row: &RevealRow) -> Result<()> {
    tx.run_exactly(1, KEEP, args![row.id, row.incident, &row.person, &row.field, row.at, &row.reason]).await
}

/// How many a person had after a moment.
pub async fn since(tx: &mut Tx, person: &str, moment: Timestamp) -> Result<i64> {
    tx.one(SINCE, args![person, moment], |row| row.get("reveals")).await
}
