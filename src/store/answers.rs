//! What people answered to a playbook's questions; the last answer to a question stands.

use super::db::{Result, Row, Sql, Tx, args, rows};
use crate::id::{Id, of};
use crate::time::Timestamp;

pub(super) const STATEMENTS: &[Sql] = &[PUT, OF_INCIDENT, OF_INCIDENTS];

const PUT: Sql = Sql::both(
    "insert into answered (incident, question, choice, at) values ($1, $2, $3, $4)
     on conflict (incident, question) do update set choice = excluded.choice, at = excluded.at",
);

const OF_INCIDENT: Sql =
    Sql::both("select question, choice, at from answered where incident = $1 order by at, question");

const OF_INCIDENTS: Sql = Sql::forked(
    "select incident, question, choice, at from answered
     where incident in (select value from json_each($1)) order by at, question",
    "select incident, question, choice, at from answered
     where incident = any (array(select json_array_elements_text($1::json))) order by at, question",
);

/// One answered question; question and choice are ids of the playbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    pub question: String,
    pub choice: String,
    pub at: Timestamp,
}

/// Keeps an answer in place of an earlier one.
pub async fn put(tx: &mut Tx, incident: Id<of::Incident>, answered: &Answered) -> Result<()> {
    let args = args![incident, &answered.question, &answered.choice, answered.at];
    tx.run_exactly(1, PUT, args).await
}

/// The answers of an incident, oldest first.
pub async fn of_incident(tx: &mut Tx, incident: Id<of::Incident>) -> Result<Vec<Answered>> {
    tx.all(OF_INCIDENT, args![incident], |row: &Row| {
        Ok(Answered { question: row.get("question")?, choice: row.get("choice")?, at: row.get("at")? })
    })
    .await
}

/// The answers of several incidents, oldest first, each with its incident.
pub async fn of_incidents(tx: &mut Tx, incidents: &[Id<of::Incident>]) -> Result<Vec<(Id<of::Incident>, Answered)>> {
    tx.all(OF_INCIDENTS, args![rows("answered", incidents)?], |row: &Row| {
        let answered = Answered { question: row.get("question")?, choice: row.get("choice")?, at: row.get("at")? };
        Ok((row.get("incident")?, answered))
    })
    .await
}
