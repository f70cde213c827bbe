//! Whether the holder of a case lets its details be passed on: every word of theirs, the last of which stands.

use super::db::{Result, Sql, Tx, args};
use crate::id::{Id, of};
use crate::time::Timestamp;

pub(super) const STATEMENTS: &[Sql] = &[SAY, OF_CASE, OF_INCIDENT];

const SAY: Sql = Sql::both(
    "insert into case_consent (case_id, number, given, at)
     select $1, 1 + count(*), $2, $3 from case_consent where case_id = $1",
);

const OF_CASE: Sql = Sql::both("select given, at from case_consent where case_id = $1 order by number desc limit 1");

const OF_INCIDENT: Sql = Sql::both(
    "select reporter_case.reference, case_consent.at
     from reporter_case join case_consent on case_consent.case_id = reporter_case.id
     where reporter_case.incident = $1 and case_consent.given and case_consent.number =
         (select max(number) from case_consent as later where later.case_id = reporter_case.id)
     order by reporter_case.reference",
);

/// Keeps another word on it.
pub async fn say(tx: &mut Tx, case: Id<of::Case>, (given, at): (bool, Timestamp)) -> Result<()> {
    tx.run_exactly(1, SAY, args![case, given, at]).await
}

/// Since when it is given; nothing when it never was or was taken back.
pub async fn of_case(tx: &mut Tx, case: Id<of::Case>) -> Result<Option<Timestamp>> {
    let last = tx.all(OF_CASE, args![case], |row| Ok((row.get("given")?, row.get("at")?))).await?;
    Ok(last.into_iter().find_map(|(given, at): (bool, Timestamp)| given.then_some(at)))
}

/// The references of an incident's cases for which it is given, and since when.
pub async fn of_incident(tx: &mut Tx, incident: Id<of::Incident>) -> Result<Vec<(String, Timestamp)>> {
    tx.all(OF_INCIDENT, args![incident], |row| Ok((row.get("reference")?, row.get("at")?))).await
}
