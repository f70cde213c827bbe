//! Alarms to staff: raised once for what they are about, climbing until they are seen, ended when it holds no more.

use super::db::{Result, Row, Sql, Tx, args, in_sight};
use crate::id::{Id, of};
use crate::time::Timestamp;

macro_rules! columns {
    () => {
        "alarm.id, alarm.cause, alarm.object, alarm.incident, alarm.level, alarm.since, alarm.raised, alarm.told,
         alarm.due, alarm.seen_by, alarm.seen, alarm.ended"
    };
}

pub(super) const STATEMENTS: &[Sql] =
    &[UNTOLD, INSERT, GET, OPEN, OPEN_OF, DUE, OVER, MOVED, RAISE, TELL, SEEN, END, FORGET, CASES];

const UNTOLD: Sql = Sql::both(
    "select id, level, arrived from incident
     where state = 'open' and claimable and pool <> 'practice' and lane = $1 and level <= $2
         and not exists (select 1 from alarm where alarm.cause = 'waits' and alarm.object = incident.id
                             and alarm.ended is null)
     order by level, arrived, id limit $3",
);

// Another node may have been first.
const INSERT: Sql = Sql::both(
    "insert into alarm (id, cause, object, incident, level, since, raised, told, due)
     values ($1, $2, $3, $4, $5, $6, $7, '{}', $7) on conflict do nothing",
);

const GET: Sql = Sql::both(concat!(
    "select ",
    columns!(),
    " from alarm where id = $1 and (alarm.incident is null or ",
    in_sight!("alarm.incident", "$2", "$3"),
    ")"
));

const OPEN: Sql = Sql::both(concat!(
    "select ",
    columns!(),
    " from alarm where ended is null and (alarm.incident is null or ",
    in_sight!("alarm.incident", "$2", "$3"),
    ") order by level, raised, id limit $1"
));

const OPEN_OF: Sql =
    Sql::both(concat!("select ", columns!(), " from alarm where ended is null and cause = $1 order by id limit 1000"));

const DUE: Sql = Sql::both(concat!(
    "select ",
    columns!(),
    " from alarm where due is not null and due <= $1 order by level, raised, id limit $2"
));

const OVER: Sql = Sql::both(concat!(
    "select ",
    columns!(),
    " from alarm join incident on incident.id = alarm.incident
     where alarm.ended is null and alarm.cause = 'waits'
         and (incident.state <> 'open' or incident.lane <> $1 or incident.level > $2)
     order by alarm.id limit $3"
));

const MOVED: Sql = Sql::both(
    "select alarm.id, incident.level from alarm join incident on incident.id = alarm.incident
     where alarm.ended is null and alarm.cause = 'waits' and alarm.level <> incident.level order by alarm.id limit $1",
);

// What became worse is told anew, to whoever had seen it as well.
const RAISE: Sql = Sql::both(
    "update alarm set due = case when level > $2 then $3 else due end,
         seen = case when level > $2 then null else seen end, seen_by = case when level > $2 then null else seen_by end,
         told = case when level > $2 then '{}' else told end, level = $2
     where id = $1 and ended is null",
);

const TELL: Sql = Sql::both("update alarm set told = $2, due = $3 where id = $1 and ended is null and seen is null");

const SEEN: Sql =
    Sql::both("update alarm set seen_by = $2, seen = $3, due = null where id = $1 and ended is null and seen is null");

const END: Sql = Sql::both("update alarm set ended = $2, due = null where id = $1 and ended is null");

const FORGET: Sql = Sql::both(
    "delete from alarm where id in (select id from alarm where ended is not null and ended < $1 order by ended limit $2)",
);

const CASES: Sql = Sql::both(concat!(
    "select incident.id, incident.kind,
            (select min(reference) from reporter_case where reporter_case.incident = incident.id) as reference
     from incident where incident.id in (select alarm.incident from alarm where alarm.ended is null) and ",
    in_sight!("incident.id", "$2", "$3"),
    " order by incident.id limit $1"
));

/// An alarm as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlarmRow {
    pub id: Id<of::Alarm>,
    /// As `respond` calls it, such as `waits` or `source-silent`.
    pub cause: String,
    pub object: String,
    pub incident: Option<Id<of::Incident>>,
    pub level: i64,
    pub since: Timestamp,
    pub raised: Timestamp,
    /// Our own JSON.
    pub told: String,
    pub due: Option<Timestamp>,
    pub seen_by: Option<String>,
    pub seen: Option<Timestamp>,
    pub ended: Option<Timestamp>,
}

/// An alarm to be raised.
#[derive(Clone, Debug)]
pub struct NewAlarm<'a> {
    pub id: Id<of::Alarm>,
    pub cause: &'a str,
    pub object: &'a str,
    pub incident: Option<Id<of::Incident>>,
    pub level: i64,
    pub since: Timestamp,
    pub raised: Timestamp,
}

/// An incident that waits and of which nobody was told.
#[derive(Clone, Copy, Debug)]
pub struct Untold {
    pub incident: Id<of::Incident>,
    pub level: i64,
    pub arrived: Timestamp,
}

/// A case that an alarm is about.
#[derive(Clone, Debug)]
pub struct Alarmed {
    pub incident: Id<of::Incident>,
    pub kind: String,
    /// Of the first case there is about it.
    pub reference: Option<String>,
}

fn alarm_row(row: &Row) -> Result<AlarmRow> {
    Ok(AlarmRow {
        id: row.get("id")?,
        cause: row.get("cause")?,
        object: row.get("object")?,
        incident: row.maybe("incident")?,
        level: row.get("level")?,
        since: row.get("since")?,
        raised: row.get("raised")?,
        told: row.get("told")?,
        due: row.maybe("due")?,
        seen_by: row.maybe("seen_by")?,
        seen: row.maybe("seen")?,
        ended: row.maybe("ended")?,
    })
}

/// Incidents of a lane up to a level that wait without an alarm, the gravest first.
pub async fn untold(tx: &mut Tx, (lane, level): (i64, i64), limit: i64) -> Result<Vec<Untold>> {
    let read =
        |row: &Row| Ok(Untold { incident: row.get("id")?, level: row.get("level")?, arrived: row.get("arrived")? });
    tx.all(UNTOLD, args![lane, level, limit], read).await
}

/// Raises an alarm; false when one about the same is open.
pub async fn insert(tx: &mut Tx, new: &NewAlarm<'_>) -> Result<bool> {
    let incident = new.incident.map(|incident| incident.to_string());
    let args = args![new.id, new.cause, new.object, incident.as_deref(), new.level, new.since, new.raised];
    Ok(tx.run(INSERT, args).await? == 1)
}

/// One alarm.
pub async fn get(tx: &mut Tx, id: Id<of::Alarm>) -> Result<Option<AlarmRow>> {
    tx.maybe(GET, args![id, tx.who(), tx.at()], alarm_row).await
}

/// Alarms that hold, the gravest first.
pub async fn open(tx: &mut Tx, limit: i64) -> Result<Vec<AlarmRow>> {
    tx.all(OPEN, args![limit, tx.who(), tx.at()], alarm_row).await
}

/// The cases that alarms which hold are about.
pub async fn cases(tx: &mut Tx, limit: i64) -> Result<Vec<Alarmed>> {
    tx.all(CASES, args![limit, tx.who(), tx.at()], |row: &Row| {
        Ok(Alarmed { incident: row.get("id")?, kind: row.get("kind")?, reference: row.maybe("reference")? })
    })
    .await
}

/// Alarms of one cause that hold.
pub async fn open_of(tx: &mut Tx, cause: &str) -> Result<Vec<AlarmRow>> {
    tx.all(OPEN_OF, args![cause], alarm_row).await
}

/// Alarms of which somebody may have to be told, the gravest first.
pub async fn due(tx: &mut Tx, now: Timestamp, limit: i64) -> Result<Vec<AlarmRow>> {
    tx.all(DUE, args![now, limit], alarm_row).await
}

/// Alarms about incidents that wait no more, or no more in this lane up to this level.
pub async fn over(tx: &mut Tx, (lane, level): (i64, i64), limit: i64) -> Result<Vec<AlarmRow>> {
    tx.all(OVER, args![lane, level, limit], alarm_row).await
}

/// Alarms whose incident has another level by now.
pub async fn moved(tx: &mut Tx, limit: i64) -> Result<Vec<(Id<of::Alarm>, i64)>> {
    tx.all(MOVED, args![limit], |row| Ok((row.get("id")?, row.get("level")?))).await
}

/// Gives an alarm another level; when that is graver, everybody is told anew.
pub async fn set_level(tx: &mut Tx, id: Id<of::Alarm>, (level, now): (i64, Timestamp)) -> Result<()> {
    tx.run(RAISE, args![id, level, now]).await.map(drop)
}

/// Keeps who was told, and when to look again; nothing happens to one that was seen or has ended.
pub async fn tell(tx: &mut Tx, id: Id<of::Alarm>, (told, due): (&str, Option<Timestamp>)) -> Result<()> {
    tx.run(TELL, args![id, told, due]).await.map(drop)
}

/// Somebody saw it; false when it was seen before or has ended.
pub async fn see(tx: &mut Tx, id: Id<of::Alarm>, (by, at): (&str, Timestamp)) -> Result<bool> {
    Ok(tx.run(SEEN, args![id, by, at]).await? == 1)
}

/// It holds no more; false when that was known.
pub async fn end(tx: &mut Tx, id: Id<of::Alarm>, at: Timestamp) -> Result<bool> {
    Ok(tx.run(END, args![id, at]).await? == 1)
}

/// Forgets alarms that ended before a moment, `limit` at most, and says how many went.
pub async fn forget_before(tx: &mut Tx, before: Timestamp, limit: i64) -> Result<u64> {
    tx.run(FORGET, args![before, limit]).await
}
