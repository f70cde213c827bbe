//! How far people are with the steps they were given; the last word on a step stands.

use super::db::{Result, Row, Sql, Tx, args};
pub use crate::guidance::StepState;
use crate::id::{Id, of};
use crate::time::Timestamp;

pub(super) const STATEMENTS: &[Sql] = &[PUT, OF_INCIDENT];

const PUT: Sql = Sql::both(
    "insert into step_state (incident, step, state, at) values ($1, $2, $3, $4)
     on conflict (incident, step) do update set state = excluded.state, at = excluded.at",
);

const OF_INCIDENT: Sql = Sql::both("select step, state, at from step_state where incident = $1 order by at, step");

/// One step and how far it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    pub step: String,
    pub state: StepState,
    pub at: Timestamp,
}

/// Keeps the state of a step in place of an earlier one.
pub async fn put(tx: &mut Tx, incident: Id<of::Incident>, step: &Step) -> Result<()> {
    tx.run_exactly(1, PUT, args![incident, &step.step, step.state.as_str(), step.at]).await
}

/// The steps of an incident that anyone has said something about, oldest word first.
pub async fn of_incident(tx: &mut Tx, incident: Id<of::Incident>) -> Result<Vec<Step>> {
    tx.all(OF_INCIDENT, args![incident], |row: &Row| {
        Ok(Step { step: row.get("step")?, state: row.parse("state")?, at: row.get("at")? })
    })
    .await
}
