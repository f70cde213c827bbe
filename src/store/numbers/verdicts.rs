//! What was found, by kind, sign and source, and which troubles are the most frequent.

use super::Window;
use crate::numbers::{Judged, Kind};
use crate::store::db::{Result, Row, Sql, Tx, args, in_sight};
use crate::time::Timestamp;

pub(super) const STATEMENTS: &[Sql] = &[BY_KIND, BY_SIGN, BY_SOURCE, KINDS];

/// The last verdict of the window on each incident. A macro because `concat!` takes nothing but literals.
macro_rules! last {
    () => {
        concat!(
            "with ranked as (
             select verdict.id, verdict.incident, verdict.verdict, verdict.kind, incident.kind as lead,
                    row_number() over (partition by verdict.incident order by verdict.at desc, verdict.id desc) as place
             from verdict join incident on incident.id = verdict.incident
             where verdict.at >= $1 and verdict.at < $2 and incident.pool <> 'practice' and ",
            in_sight!("incident.id", "$3", "$4"),
            "), last as (select id, incident, verdict, kind, lead from ranked where place = 1) "
        )
    };
}

macro_rules! counted {
    () => {
        "count(case when last.verdict = 'confirmed' then 1 end) as confirmed,
         count(case when last.verdict = 'false-alarm' then 1 end) as false_alarm,
         count(case when last.verdict = 'answered' then 1 end) as answered,
         count(case when last.verdict = 'duplicate' then 1 end) as duplicate "
    };
}

const BY_KIND: Sql = Sql::both(concat!(
    last!(),
    "select lead as name, '' as sign, ",
    counted!(),
    "from last group by lead order by count(*) desc, lead"
));

const BY_SIGN: Sql = Sql::both(concat!(
    last!(),
    "select verdict_sign.kind as name, verdict_sign.sign as sign, ",
    counted!(),
    "from last join verdict_sign on verdict_sign.verdict = last.id
     group by verdict_sign.kind, verdict_sign.sign order by count(*) desc, verdict_sign.kind, verdict_sign.sign"
));

const BY_SOURCE: Sql = Sql::both(concat!(
    last!(),
    "select told.endpoint as name, '' as sign, ",
    counted!(),
    "from last join (select distinct incident, endpoint from signal
                     where incident in (select incident from last)) as told on told.incident = last.incident
     group by told.endpoint order by count(*) desc, told.endpoint"
));

const KINDS: Sql = Sql::both(concat!(
    "with ranked as (
         select verdict.at, verdict.verdict, coalesce(verdict.kind, incident.kind) as name,
                row_number() over (partition by verdict.incident order by verdict.at desc, verdict.id desc) as place
         from verdict join incident on incident.id = verdict.incident
         where verdict.at >= $1 and verdict.at < $3 and incident.pool <> 'practice' and ",
    in_sight!("incident.id", "$4", "$5"),
    "), named as (
         select cast(0 as bigint) as found, kind as name, arrived as at from incident
         where arrived >= $1 and arrived < $3 and claimable and pool <> 'practice' and ",
    in_sight!("incident.id", "$4", "$5"),
    " union all
         select cast(1 as bigint), name, at from ranked where place = 1 and verdict in ('confirmed', 'answered')
     )
     select found, name, count(case when at >= $2 then 1 end) as this_time, count(case when at < $2 then 1 end) as last_time
     from named group by found, name order by found, name"
));

fn judged_row(row: &Row) -> Result<Judged> {
    Ok(Judged {
        name: row.get("name")?,
        sign: row.get("sign")?,
        confirmed: row.get("confirmed")?,
        false_alarm: row.get("false_alarm")?,
        answered: row.get("answered")?,
        duplicate: row.get("duplicate")?,
    })
}

pub(super) async fn by_kind(tx: &mut Tx, (since, until): Window) -> Result<Vec<Judged>> {
    tx.all(BY_KIND, args![since, until, tx.who(), tx.at()], judged_row).await
}

pub(super) async fn by_sign(tx: &mut Tx, (since, until): Window) -> Result<Vec<Judged>> {
    tx.all(BY_SIGN, args![since, until, tx.who(), tx.at()], judged_row).await
}

pub(super) async fn by_source(tx: &mut Tx, (since, until): Window) -> Result<Vec<Judged>> {
    tx.all(BY_SOURCE, args![since, until, tx.who(), tx.at()], judged_row).await
}

/// Kinds as the playbooks saw them and as staff found them, in the window and in one as long before it.
pub(super) async fn kinds(tx: &mut Tx, (since, until): Window) -> Result<Vec<Kind>> {
    let before: Timestamp = since.minus(until.since(since));
    tx.all(KINDS, args![before, since, until, tx.who(), tx.at()], |row: &Row| {
        let found: i64 = row.get("found")?;
        Ok(Kind {
            found: found == 1,
            name: row.get("name")?,
            now: row.get("this_time")?,
            before: row.get("last_time")?,
        })
    })
    .await
}
