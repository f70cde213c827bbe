//! Words that staff began and did not send, sealed; they outlive the claim they were written under.

use crate::id::{Id, of};
use crate::store::db::{Result, Row, Sql, Tx, args};
use crate::time::Timestamp;

pub(in crate::store) const STATEMENTS: &[Sql] = &[KEEP, DROP, OF_INCIDENT, FORGET];

const KEEP: Sql = Sql::both(
    "insert into desk_draft (incident, person, field, at, body) values ($1, $2, $3, $4, $5)
     on conflict (incident, person, field) do update set at = excluded.at, body = excluded.body",
);

const DROP: Sql = Sql::both("delete from desk_draft where incident = $1 and person = $2 and field = $3");

const OF_INCIDENT: Sql = Sql::both(
    "select person, field, at, body from desk_draft where incident = $1 order by at desc, person, field limit 20",
);

const FORGET: Sql = Sql::both(
    "delete from desk_draft where (incident, person, field) in (
         select incident, person, field from desk_draft where at < $1 order by at limit $2)",
);

/// Words as they are kept; `body` is sealed under the incident's data key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftRow {
    pub person: String,
    /// `reply` or `note`.
    pub field: String,
    pub at: Timestamp,
    pub body: Vec<u8>,
}

/// Keeps a draft in place of the one before.
pub async fn keep(tx: &mut Tx, incident: Id<of::Incident>, draft: &DraftRow) -> Result<()> {
    let args = args![incident, &draft.person, &draft.field, draft.at, &draft.body];
    tx.run_exactly(1, KEEP, args).await
}

/// Lets a draft go: it was sent or emptied.
pub async fn drop(tx: &mut Tx, incident: Id<of::Incident>, (person, field): (&str, &str)) -> Result<()> {
    tx.run(DROP, args![incident, person, field]).await.map(std::mem::drop)
}

/// The drafts of an incident, the latest first; 20 at most.
pub async fn of_incident(tx: &mut Tx, incident: Id<of::Incident>) -> Result<Vec<DraftRow>> {
    tx.all(OF_INCIDENT, args![incident], |row: &Row| {
        Ok(DraftRow {
            person: row.get("person")?,
            field: row.get("field")?,
            at: row.get("at")?,
            body: row.get("body")?,
        })
    })
    .await
}

/// Lets go of drafts that nobody touched since a moment, and says how many.
pub async fn forget_before(tx: &mut Tx, moment: Timestamp, limit: i64) -> Result<u64> {
    tx.run(FORGET, args![moment, limit]).await
}
