//! Refusals at the door of cases, counted by the hour: however much is guessed, the rows stay few.

use super::db::{Result, Row, Sql, Tx, args};
use crate::id::{Id, of};
use crate::time::Timestamp;

pub(super) const STATEMENTS: &[Sql] = &[COUNT, SINCE, FORGET_BEFORE];

/// One row an hour and case.
const HOUR: i64 = 3_600_000;

const COUNT: Sql = Sql::both(
    "insert into refused_opening (hour, case_id, refusals) values ($1, $2, 1)
     on conflict (hour, case_id) do update set refusals = refused_opening.refusals + 1 returning refusals",
);

const SINCE: Sql = Sql::both(
    "select cast(coalesce(sum(refusals), 0) as bigint) as refusals from refused_opening where case_id = $1 and hour >= $2",
);

const FORGET_BEFORE: Sql = Sql::both("delete from refused_opening where hour < $1");

/// Counts a refusal and says which it is of its hour. Links that open no case share one count.
pub async fn count(tx: &mut Tx, case: Option<Id<of::Case>>, now: Timestamp) -> Result<i64> {
    tx.one(COUNT, args![hour(now), name(case)], |row| row.get("refusals")).await
}

/// Refusals in the hours from the one that holds `since`.
pub async fn since(tx: &mut Tx, case: Option<Id<of::Case>>, since: Timestamp) -> Result<i64> {
    tx.one(SINCE, args![name(case), hour(since)], |row: &Row| row.get("refusals")).await
}

/// Forgets the counts of hours that ended before a moment.
pub async fn forget_before(tx: &mut Tx, before: Timestamp) -> Result<u64> {
    tx.run(FORGET_BEFORE, args![hour(before)]).await
}

fn hour(at: Timestamp) -> i64 {
    at.millis().div_euclid(HOUR)
}

fn name(case: Option<Id<of::Case>>) -> String {
    case.map(|case| case.to_string()).unwrap_or_default()
}
