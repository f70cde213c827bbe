//! How far people are with the steps they were given; the last word on a step stands.

use super::db::{Result, Row, Sql, Tx, args};
pub use crate::guidance::StepState;
use crate::id::{Id, of};
use crate::time::Timestamp;

pub(super) const STATEMENTS: &[Sql] = &[PUT, OF_INCIDENT];

const PUT: Sql = Sql::both(
    "insert into step_word (incident, step, state, at, person, reason) values ($1, $2, $3, $4, $5, $6)
     on conflict (incident, step) do update set state = excluded.state, at = excluded.at, person = excluded.person,
         reason = excluded.reason",
);

const OF_INCIDENT: Sql =
    Sql::both("select step, state, at, person, reason from step_word where incident = $1 order by at, step");

/// One step and how far it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    pub step: String,
    pub state: StepState,
    pub at: Timestamp,
    /// The member of staff whose word it is; nothing for the person's own.
    pub person: Option<String>,
    /// Sealed; why it was waived.
    pub reason: Option<Vec<u8>>,
}

/// Keeps the state of a step in place of an earlier one.
pub async fn put(tx: &mut Tx, incident: Id<of::Incident>, step: &Step) -> Result<()> {
    let word =
        args![incident, &step.step, step.state.as_str(), step.at, step.person.as_deref(), step.reason.as_deref()];
    tx.run_exactly(1, PUT, word).await
}

/// The steps of an incident that anyone has said something about, oldest word first.
pub async fn of_incident(tx: &mut Tx, incident: Id<of::Incident>) -> Result<Vec<Step>> {
    tx.all(OF_INCIDENT, args![incident], |row: &Row| {
        Ok(Step {
            step: row.get("step")?,
            state: row.parse("state")?,
            at: row.get("at")?,
            person: row.maybe("person")?,
            reason: row.maybe("reason")?,
        })
    })
    .await
}
