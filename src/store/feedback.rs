//! What people say of us afterwards: one row a case, and rows without one. Free text is sealed.

use super::db::{Result, Row, Sql, Tx, args, in_sight};
use crate::id::{Id, of};
use crate::time::Timestamp;

pub(super) const STATEMENTS: &[Sql] = &[PUT, OF_CASE, OF_INCIDENT, PAGE, TALLY, FORGET];

const PUT: Sql = Sql::both(
    "insert into feedback (id, case_id, at, lane, level, language, satisfaction, solved, speed, body, data_key)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     on conflict (case_id) do update set at = excluded.at, lane = excluded.lane, level = excluded.level,
         satisfaction = coalesce(excluded.satisfaction, feedback.satisfaction),
         solved = coalesce(excluded.solved, feedback.solved), speed = coalesce(excluded.speed, feedback.speed),
         body = coalesce(excluded.body, feedback.body)",
);

const OF_CASE: Sql = Sql::both(
    "select id, case_id, at, lane, level, language, satisfaction, solved, speed, body, data_key
     from feedback where case_id = $1",
);

const OF_INCIDENT: Sql = Sql::both(
    "select feedback.id, feedback.case_id, feedback.at, feedback.lane, feedback.level, feedback.language,
         feedback.satisfaction, feedback.solved, feedback.speed, feedback.body, feedback.data_key
     from feedback join reporter_case on reporter_case.id = feedback.case_id
     where reporter_case.incident = $1 order by feedback.at, feedback.id",
);

const PAGE: Sql = Sql::both(
    "select id, case_id, at, lane, level, language, satisfaction, solved, speed, body, data_key
     from feedback where case_id is null and at >= $1 and at < $2 order by at desc, id desc limit $3",
);

const TALLY: Sql = Sql::both(concat!(
    "select lane, level, language, count(*) as given, count(satisfaction) as rated,
         cast(coalesce(sum(satisfaction), 0) as bigint) as stars,
         count(case when solved = 'yes' then 1 end) as solved_yes,
         count(case when solved = 'partly' then 1 end) as solved_partly,
         count(case when solved = 'no' then 1 end) as solved_no,
         count(case when speed = 'fast' then 1 end) as fast,
         count(case when speed = 'fine' then 1 end) as fine,
         count(case when speed = 'slow' then 1 end) as slow
     from feedback where at >= $1 and at < $2
         and not exists (select 1 from reporter_case where reporter_case.id = feedback.case_id and not ",
    in_sight!("reporter_case.incident", "$3", "$4"),
    ") group by lane, level, language order by lane, level, language"
));

const FORGET: Sql = Sql::both(
    "delete from feedback where id in (select id from feedback where case_id is null and at < $1 order by at, id limit $2)",
);

/// Feedback as it is kept; what is left out of a later row stays as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedbackRow {
    pub id: Id<of::Feedback>,
    pub case: Option<Id<of::Case>>,
    pub at: Timestamp,
    /// `security`, `routine`, or `none` without a case.
    pub lane: String,
    /// 1 to 5; 0 without a case.
    pub level: i64,
    pub language: String,
    /// 1 to 5.
    pub satisfaction: Option<i64>,
    pub solved: Option<String>,
    pub speed: Option<String>,
    pub body: Option<Vec<u8>>,
    /// Only without a case.
    pub data_key: Option<Vec<u8>>,
}

/// Counts of one lane, level and language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub lane: String,
    pub level: i64,
    pub language: String,
    pub given: i64,
    pub rated: i64,
    /// The sum over those who rated.
    pub stars: i64,
    /// Yes, partly, no.
    pub solved: [i64; 3],
    /// Fast, fine, slow.
    pub speed: [i64; 3],
}

pub(super) fn feedback_row(row: &Row) -> Result<FeedbackRow> {
    Ok(FeedbackRow {
        id: row.get("id")?,
        case: row.maybe("case_id")?,
        at: row.get("at")?,
        lane: row.get("lane")?,
        level: row.get("level")?,
        language: row.get("language")?,
        satisfaction: row.maybe("satisfaction")?,
        solved: row.maybe("solved")?,
        speed: row.maybe("speed")?,
        body: row.maybe("body")?,
        data_key: row.maybe("data_key")?,
    })
}

/// Keeps feedback; a case's row takes the new answers in.
pub async fn put(tx: &mut Tx, row: &FeedbackRow) -> Result<()> {
    let args = args![
        row.id,
        row.case.map(|case| case.to_string()).as_deref(),
        row.at,
        &row.lane,
        row.level,
        &row.language,
        row.satisfaction,
        row.solved.as_deref(),
        row.speed.as_deref(),
        row.body.as_deref(),
        row.data_key.as_deref(),
    ];
    tx.run_exactly(1, PUT, args).await
}

/// What the holder of a case said.
pub async fn of_case(tx: &mut Tx, case: Id<of::Case>) -> Result<Option<FeedbackRow>> {
    tx.maybe(OF_CASE, args![case], feedback_row).await
}

/// What the reporters of an incident said, oldest first.
pub async fn of_incident(tx: &mut Tx, incident: Id<of::Incident>) -> Result<Vec<FeedbackRow>> {
    tx.all(OF_INCIDENT, args![incident], feedback_row).await
}

/// What people without a case said within a window, the newest first.
pub async fn page(tx: &mut Tx, (since, until): (Timestamp, Timestamp), limit: i64) -> Result<Vec<FeedbackRow>> {
    tx.all(PAGE, args![since, until, limit], feedback_row).await
}

/// Counts within a window, by lane, level and language.
pub async fn tally(tx: &mut Tx, (since, until): (Timestamp, Timestamp)) -> Result<Vec<Tally>> {
    tx.all(TALLY, args![since, until, tx.who(), tx.at()], |row: &Row| {
        Ok(Tally {
            lane: row.get("lane")?,
            level: row.get("level")?,
            language: row.get("language")?,
            given: row.get("given")?,
            rated: row.get("rated")?,
            stars: row.get("stars")?,
            solved: [row.get("solved_yes")?, row.get("solved_partly")?, row.get("solved_no")?],
            speed: [row.get("fast")?, row.get("fine")?, row.get("slow")?],
        })
    })
    .await
}

/// Forgets feedback without a case from before a moment.
pub async fn forget_before(tx: &mut Tx, before: Timestamp, limit: i64) -> Result<u64> {
    tx.run(FORGET, args![before, limit]).await
}
