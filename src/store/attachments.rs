//! Files of incidents, sealed. Whose one is stands in every statement that finds one (RB-02).

use super::db::{Result, Row, Sql, Tx, args, in_sight};
use crate::id::{Id, of};
use crate::time::Timestamp;

pub(super) const STATEMENTS: &[Sql] = &[INSERT, COUNT, OF_CASE, OF_INCIDENT, ONE_OF_CASE, ONE_OF_INCIDENT, DUE];

const INSERT: Sql = Sql::both(
    "insert into attachment (id, incident, case_id, number, at, person, kind, size, body)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
);

const COUNT: Sql = Sql::both(
    "select coalesce(max(number), 0) as last,
         coalesce(sum(case when case_id = $2 then 1 else 0 end), 0) as theirs,
         coalesce(sum(case when case_id is null then 1 else 0 end), 0) as ours
     from attachment where incident = $1",
);

const OF_CASE: Sql = Sql::both(
    "select id, incident, case_id, number, at, person, kind, size from attachment
     where case_id = $1 order by number",
);

const OF_INCIDENT: Sql = Sql::both(
    "select id, incident, case_id, number, at, person, kind, size from attachment where incident = $1 order by number",
);

const ONE_OF_CASE: Sql = Sql::both(
    "select id, incident, case_id, number, at, person, kind, size, body from attachment where id = $1 and case_id = $2",
);

const ONE_OF_INCIDENT: Sql = Sql::both(concat!(
    "select id, incident, case_id, number, at, person, kind, size, body from attachment
     where id = $1 and incident = $2 and ",
    in_sight!("attachment.incident", "$3", "$4")
));

const DUE: Sql = Sql::both(
    "delete from attachment where id in (select attachment.id from attachment
         join incident on incident.id = attachment.incident
         where incident.state = 'closed' and incident.closed < $1
         and incident.id not in (select incident from legal_hold) limit $2)",
);

/// Who added a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum From {
    Holder(Id<of::Case>),
    Staff(String),
}

/// What is kept of a file beside its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttachmentRow {
    pub id: String,
    pub incident: Id<of::Incident>,
    pub from: From,
    /// From 1, in the order of the incident.
    pub number: i64,
    pub at: Timestamp,
    pub kind: String,
    /// Bytes before they were sealed.
    pub size: i64,
}

/// How many there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// The number of the last one.
    pub last: i64,
    /// Those of one case.
    pub theirs: i64,
    /// Those that staff added.
    pub ours: i64,
}

fn attachment_row(row: &Row) -> Result<AttachmentRow> {
    let (case, person): (Option<Id<of::Case>>, Option<String>) = (row.maybe("case_id")?, row.maybe("person")?);
    Ok(AttachmentRow {
        id: row.get("id")?,
        incident: row.get("incident")?,
        from: case.map_or_else(|| From::Staff(person.unwrap_or_default()), From::Holder),
        number: row.get("number")?,
        at: row.get("at")?,
        kind: row.get("kind")?,
        size: row.get("size")?,
    })
}

fn whole_row(row: &Row) -> Result<(AttachmentRow, Vec<u8>)> {
    Ok((attachment_row(row)?, row.get("body")?))
}

/// Keeps a file with its sealed bytes.
pub async fn insert(tx: &mut Tx, kept: &AttachmentRow, body: &[u8]) -> Result<()> {
    let (case, person) = match &kept.from {
        From::Holder(case) => (Some(case.to_string()), None),
        From::Staff(person) => (None, Some(person.as_str())),
    };
    let args =
        args![&kept.id, kept.incident, case.as_deref(), kept.number, kept.at, person, &kept.kind, kept.size, body];
    tx.run_exactly(1, INSERT, args).await
}

/// How many files an incident has; those of one case are told apart when there is one.
pub async fn count(tx: &mut Tx, incident: Id<of::Incident>, case: Option<Id<of::Case>>) -> Result<Count> {
    let count = |row: &Row| Ok(Count { last: row.get("last")?, theirs: row.get("theirs")?, ours: row.get("ours")? });
    tx.one(COUNT, args![incident, case.map(|case| case.to_string()).as_deref()], count).await
}

/// The files that the holder of a case added, oldest first.
pub async fn of_case(tx: &mut Tx, case: Id<of::Case>) -> Result<Vec<AttachmentRow>> {
    tx.all(OF_CASE, args![case], attachment_row).await
}

/// The files of an incident, oldest first.
pub async fn of_incident(tx: &mut Tx, incident: Id<of::Incident>) -> Result<Vec<AttachmentRow>> {
    tx.all(OF_INCIDENT, args![incident], attachment_row).await
}

/// One file of a case, with its sealed bytes.
pub async fn one_of_case(tx: &mut Tx, id: &str, case: Id<of::Case>) -> Result<Option<(AttachmentRow, Vec<u8>)>> {
    tx.maybe(ONE_OF_CASE, args![id, case], whole_row).await
}

/// One file of an incident, with its sealed bytes.
pub async fn one_of_incident(
    tx: &mut Tx,
    id: &str,
    incident: Id<of::Incident>,
) -> Result<Option<(AttachmentRow, Vec<u8>)>> {
    tx.maybe(ONE_OF_INCIDENT, args![id, incident, tx.who(), tx.at()], whole_row).await
}

/// Forgets files of incidents closed before a moment that nobody holds, and says how many went.
pub async fn forget(tx: &mut Tx, closed_before: Timestamp, limit: i64) -> Result<u64> {
    tx.run(DUE, args![closed_before, limit]).await
}
