//! How far people are with the steps they were given: every word on a step stays, the last one on it stands.

use super::db::{Result, Row, Sql, Tx, args};
pub use crate::guidance::StepState;
use crate::id::{Id, of};
use crate::time::Timestamp;

pub(super) const STATEMENTS: &[Sql] = &[SAY, OF_INCIDENT];

const SAY: Sql = Sql::both(
    "insert into step_said (incident, number, step, kind, state, at, person, reason)
     values ($1, (select coalesce(max(number), 0) + 1 from step_said where incident = $1), $2, $3, $4, $5, $6, $7)",
);

const OF_INCIDENT: Sql =
    Sql::both("select step, kind, state, at, person, reason from step_said where incident = $1 order by number");

/// One word on a step and how far it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    pub step: String,
    /// The playbook whose step it is.
    pub kind: Option<String>,
    pub state: StepState,
    pub at: Timestamp,
    /// The member of staff whose word it is; nothing for the person's own.
    pub person: Option<String>,
    /// Sealed; why it was waived.
    pub reason: Option<Vec<u8>>,
}

/// Adds a word on a step. [`Conflict`](super::Error::Conflict) when another node says something at the same time.
pub async fn say(tx: &mut Tx, incident: Id<of::Incident>, step: &Step) -> Result<()> {
    let (kind, person) = (step.kind.as_deref(), step.person.as_deref());
    let word = args![incident, &step.step, kind, step.state.as_str(), step.at, person, step.reason.as_deref()];
    tx.run_exactly(1, SAY, word).await
}

/// Every word on the steps of an incident, the oldest first.
pub async fn of_incident(tx: &mut Tx, incident: Id<of::Incident>) -> Result<Vec<Step>> {
    tx.all(OF_INCIDENT, args![incident], |row: &Row| {
        Ok(Step {
            step: row.get("step")?,
            kind: row.maybe("kind")?,
            state: row.parse("state")?,
            at: row.get("at")?,
            person: row.maybe("person")?,
            reason: row.maybe("reason")?,
        })
    })
    .await
}
