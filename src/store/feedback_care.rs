//! Who looks after a piece of feedback, and what came of it.

use super::db::{Result, Row, Sql, Tx, args, in_sight};
use super::feedback::{FeedbackRow, feedback_row};
use crate::id::{Id, of};
use crate::time::Timestamp;

pub(super) const STATEMENTS: &[Sql] = &[INBOX, TAKE, SETTLE, EXISTS, FORGET];

// What asks for nothing is not in the box: stars without a word, unless they are few.
const INBOX: Sql = Sql::both(concat!(
    "select feedback.id, feedback.case_id, feedback.at, feedback.lane, feedback.level, feedback.language, feedback.satisfaction,
            feedback.solved, feedback.speed, feedback.body, feedback.data_key, reporter_case.incident,
            feedback_care.owner, feedback_care.outcome
     from feedback left join reporter_case on reporter_case.id = feedback.case_id
         left join feedback_care on feedback_care.feedback = feedback.id
     where (feedback.body is not null or feedback.satisfaction <= 2 or feedback.solved = 'no')
         and (feedback_care.outcome is null or $1)
         and (reporter_case.incident is null or ",
    in_sight!("reporter_case.incident", "$3", "$4"),
    ") order by feedback.at desc, feedback.id desc limit $2"
));

const TAKE: Sql = Sql::both(
    "insert into feedback_care (feedback, owner, since) values ($1, $2, $3)
     on conflict (feedback) do update set owner = excluded.owner, since = excluded.since, outcome = null, settled = null",
);

const SETTLE: Sql = Sql::both(
    "insert into feedback_care (feedback, owner, since, outcome, settled) values ($1, $2, $3, $4, $3)
     on conflict (feedback) do update set outcome = excluded.outcome, settled = excluded.settled",
);

const EXISTS: Sql = Sql::both(concat!(
    "select count(*) as number from feedback left join reporter_case on reporter_case.id = feedback.case_id
     where feedback.id = $1 and (reporter_case.incident is null or ",
    in_sight!("reporter_case.incident", "$2", "$3"),
    ")"
));

const FORGET: Sql = Sql::both(
    "delete from feedback_care where feedback in (
         select id from feedback where case_id is null and at < $1 order by at, id limit $2)",
);

/// A piece of feedback with who looks after it; a case's own words stay in its incident.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InboxRow {
    pub feedback: FeedbackRow,
    pub incident: Option<Id<of::Incident>>,
    pub owner: Option<String>,
    pub outcome: Option<String>,
}

/// What waits for somebody or for an outcome, the newest first; what is settled as well when asked.
pub async fn inbox(tx: &mut Tx, settled: bool, limit: i64) -> Result<Vec<InboxRow>> {
    tx.all(INBOX, args![settled, limit, tx.who(), tx.at()], |row: &Row| {
        Ok(InboxRow {
            feedback: feedback_row(row)?,
            incident: row.maybe("incident")?,
            owner: row.maybe("owner")?,
            outcome: row.maybe("outcome")?,
        })
    })
    .await
}

/// Gives it an owner, and opens it again.
pub async fn take(tx: &mut Tx, feedback: Id<of::Feedback>, (owner, at): (&str, Timestamp)) -> Result<()> {
    tx.run_exactly(1, TAKE, args![feedback, owner, at]).await
}

/// Keeps what came of it; whoever settles what nobody owned owns it.
pub async fn settle(
    tx: &mut Tx,
    (feedback, outcome): (Id<of::Feedback>, &str),
    (by, at): (&str, Timestamp),
) -> Result<()> {
    tx.run_exactly(1, SETTLE, args![feedback, by, at, outcome]).await
}

pub async fn exists(tx: &mut Tx, feedback: Id<of::Feedback>) -> Result<bool> {
    let number: i64 = tx.one(EXISTS, args![feedback, tx.who(), tx.at()], |row| row.get("number")).await?;
    Ok(number > 0)
}

/// Forgets who looked after what is about to be forgotten.
pub async fn forget_before(tx: &mut Tx, before: Timestamp, limit: i64) -> Result<u64> {
    tx.run(FORGET, args![before, limit]).await
}
