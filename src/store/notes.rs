//! Notes that staff keep for themselves on an incident, sealed.

use super::db::{Result, Row, Sql, Tx, args};
use crate::id::{Id, of};
use crate::time::Timestamp;

pub(super) const STATEMENTS: &[Sql] = &[INSERT, OF_INCIDENT];

const INSERT: Sql = Sql::both("insert into note (id, incident, at, person, body) values ($1, $2, $3, $4, $5)");

const OF_INCIDENT: Sql =
    Sql::both("select id, incident, at, person, body from note where incident = $1 order by at, id");

/// A note as it is kept; `body` is sealed under its incident's data key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteRow {
    pub id: Id<of::Note>,
    pub incident: Id<of::Incident>,
    pub at: Timestamp,
    /// Who on the staff wrote it.
    pub person: String,
    pub body: Vec<u8>,
}

/// Keeps a note.
pub async fn insert(tx: &mut Tx, note: &NoteRow) -> Result<()> {
    tx.run_exactly(1, INSERT, args![note.id, note.incident, note.at, &note.person, &note.body]).await
}

/// The notes of an incident, oldest first.
pub async fn of_incident(tx: &mut Tx, incident: Id<of::Incident>) -> Result<Vec<NoteRow>> {
    tx.all(OF_INCIDENT, args![incident], |row: &Row| {
        Ok(NoteRow {
            id: row.get("id")?,
            incident: row.get("incident")?,
            at: row.get("at")?,
            person: row.get("person")?,
            body: row.get("body")?,
        })
    })
    .await
}
