//! What cases were promised: a first reply and a resolution by a moment, kept, missed or still running.

use serde::Serialize;

use super::db::{Result, Row, Sql, Tx, args, in_sight, rows};
use super::progress::What;
use crate::id::{Id, of};
use crate::numbers::{Breach, Counted};
use crate::time::Timestamp;

pub(super) const STATEMENTS: &[Sql] = &[
    PUT_MANY,
    REPLIED,
    TAKEN,
    RESOLVED,
    REOPENED,
    OVERDUE,
    MISS_REPLY,
    MISS_RESOLUTION,
    PRESSING,
    LEVEL_ONE,
    BREACHES,
    UNRESOLVED,
    REPLIES,
    RESOLUTIONS,
    OF_INCIDENT,
    LATE,
];

// Nearer moments stand: what rises in level is owed sooner, what was promised is not taken back, and what was kept is kept.
// The end of a case that was opened again is counted from then.
const PUT_MANY: Sql = Sql::forked(
    "insert into promise (incident, reply_due, resolve_due)
     select value ->> 'incident', value ->> 'reply_due', value ->> 'resolve_due' from json_each($1) where true
     on conflict (incident) do update set
         reply_due = case when promise.replied is null and excluded.reply_due < promise.reply_due then excluded.reply_due else promise.reply_due end,
         resolve_due = case when promise.resolved is null
                                 and excluded.resolve_due + promise.resolve_shift < promise.resolve_due
                            then excluded.resolve_due + promise.resolve_shift else promise.resolve_due end",
    "insert into promise (incident, reply_due, resolve_due)
     select incident, reply_due, resolve_due
     from json_to_recordset($1::json) as given (incident text, reply_due bigint, resolve_due bigint)
     on conflict (incident) do update set
         reply_due = case when promise.replied is null and excluded.reply_due < promise.reply_due then excluded.reply_due else promise.reply_due end,
         resolve_due = case when promise.resolved is null
                                 and excluded.resolve_due + promise.resolve_shift < promise.resolve_due
                            then excluded.resolve_due + promise.resolve_shift else promise.resolve_due end",
);

const REPLIED: Sql = Sql::both("update promise set replied = $2 where incident = $1 and replied is null");

const TAKEN: Sql = Sql::both(
    "update promise set replied = $2 where incident = $1 and replied is null
         and not exists (select 1 from reporter_case where reporter_case.incident = $1)",
);

const RESOLVED: Sql = Sql::both("update promise set resolved = $2 where incident = $1 and resolved is null");

// What was closed and comes back has as long again as it had, however often, and is missed anew.
const REOPENED: Sql = Sql::both(
    "update promise set resolved = null, resolve_missed = null,
         resolve_due = resolve_due - resolve_shift
             + $2 - (select arrived from incident where incident.id = promise.incident),
         resolve_shift = $2 - (select arrived from incident where incident.id = promise.incident)
     where incident = $1 and resolved is not null",
);

const OVERDUE: Sql = Sql::both(
    "select due.incident, due.what, incident.level, incident.pool from (
         select incident, 'reply' as what, reply_due as at from promise
         where reply_due <= $1 and replied is null and resolved is null and reply_missed is null
         union all
         select incident, 'resolution', resolve_due from promise
         where resolve_due <= $1 and resolved is null and resolve_missed is null
     ) as due join incident on incident.id = due.incident
     where incident.state <> 'closed' and incident.claimable order by due.at, due.incident, due.what limit $2",
);

const MISS_REPLY: Sql =
    Sql::both("update promise set reply_missed = $2 where incident = $1 and reply_missed is null and replied is null");

const MISS_RESOLUTION: Sql = Sql::both(
    "update promise set resolve_missed = $2 where incident = $1 and resolve_missed is null and resolved is null",
);

const PRESSING: Sql = Sql::both(concat!(
    "select incident.id, incident.kind, incident.level, incident.arrived, incident.holder, promise.reply_due as due
     from promise join incident on incident.id = promise.incident
     where promise.reply_due > $3 and promise.reply_due <= $1 and promise.replied is null and promise.resolved is null
         and incident.state <> 'closed' and incident.claimable and incident.pool <> 'practice' and ",
    in_sight!("incident.id", "$4", "$5"),
    " order by promise.reply_due, incident.id limit $2"
));

const UNRESOLVED: Sql = Sql::both(concat!(
    "select incident.id, incident.kind, incident.level, incident.arrived, incident.holder,
            promise.resolve_due as due
     from promise join incident on incident.id = promise.incident
     where promise.resolve_due <= $1 and promise.resolved is null
         and incident.state <> 'closed' and incident.claimable and incident.pool <> 'practice' and ",
    in_sight!("incident.id", "$3", "$4"),
    " order by promise.resolve_due, incident.id limit $2"
));

const LEVEL_ONE: Sql = Sql::both(concat!(
    "select incident.id, incident.kind, incident.level, incident.arrived, incident.holder,
            incident.arrived as due
     from incident where state = 'open' and claimable and lane = 0 and level = 1 and arrived <= $1
         and pool <> 'practice' and ",
    in_sight!("incident.id", "$3", "$4"),
    " order by due, id limit $2"
));

const REPLIES: Sql = Sql::both(concat!(
    "select state, cast(level as text) as name, count(*) as number from (
         select case when promise.reply_missed is not null
                        or promise.replied is not null and promise.replied > promise.reply_due then 'reply-missed'
                     when promise.replied is not null then 'reply-met' else 'reply-running' end as state, incident.level
         from promise join incident on incident.id = promise.incident
         where incident.arrived >= $1 and incident.arrived < $2 and incident.claimable and incident.pool <> 'practice'
             and (promise.replied is not null or promise.resolved is null or promise.reply_missed is not null)
             and ",
    in_sight!("incident.id", "$3", "$4"),
    ") as told group by state, level order by level, state"
));

const RESOLUTIONS: Sql = Sql::both(concat!(
    "select state, cast(level as text) as name, count(*) as number from (
         select case when promise.resolve_missed is not null
                        or promise.resolved is not null and promise.resolved > promise.resolve_due then 'resolution-missed'
                     when promise.resolved is not null then 'resolution-met' else 'resolution-running' end as state,
                incident.level
         from promise join incident on incident.id = promise.incident
         where incident.arrived >= $1 and incident.arrived < $2 and incident.claimable and incident.pool <> 'practice'
             and ",
    in_sight!("incident.id", "$3", "$4"),
    ") as told group by state, level order by level, state"
));

const BREACHES: Sql = Sql::both(concat!(
    "select told.id, told.kind, told.promise, told.level, told.due, told.done from (
         select incident.id, incident.kind, 'reply' as promise, incident.level, promise.reply_due as due,
                promise.replied as done
         from promise join incident on incident.id = promise.incident
         where incident.arrived >= $1 and incident.arrived < $2 and incident.claimable and incident.pool <> 'practice'
             and (promise.reply_missed is not null or promise.replied > promise.reply_due)
         union all
         select incident.id, incident.kind, 'resolution', incident.level, promise.resolve_due, promise.resolved
         from promise join incident on incident.id = promise.incident
         where incident.arrived >= $1 and incident.arrived < $2 and incident.claimable and incident.pool <> 'practice'
             and (promise.resolve_missed is not null or promise.resolved > promise.resolve_due)
     ) as told where ",
    in_sight!("told.id", "$4", "$5"),
    " order by told.due desc, told.id, told.promise limit $3"
));

const OF_INCIDENT: Sql = Sql::both("select reply_due, replied, resolve_due, resolved from promise where incident = $1");

// Of what nobody has taken `waits` tells.
const LATE: Sql = Sql::both(concat!(
    "select incident.id, incident.kind, incident.level, incident.arrived, incident.holder, promise.reply_due as due
     from promise join incident on incident.id = promise.incident
     where promise.reply_due <= $1 and promise.replied is null and promise.resolved is null
         and incident.state = 'held' and incident.claimable and incident.pool <> 'practice' and incident.level <= $2
         and not exists (select 1 from progress where progress.incident = incident.id and progress.what = 'taken'
                             and progress.at > $6) and ",
    in_sight!("incident.id", "$4", "$5"),
    " order by incident.level, promise.reply_due, incident.id limit $3"
));

/// What one case is promised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Promise {
    pub incident: Id<of::Incident>,
    /// Milliseconds since 1970.
    pub reply_due: i64,
    pub resolve_due: i64,
}

/// A promise whose time has run out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overdue {
    pub incident: Id<of::Incident>,
    pub is_reply: bool,
    pub level: i64,
    pub pool: String,
}

/// What a case was promised and what became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Owed {
    pub reply_due: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replied: Option<Timestamp>,
    pub resolve_due: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resolved: Option<Timestamp>,
}

/// A case that waits for its first reply, or for anybody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pressing {
    pub incident: Id<of::Incident>,
    pub kind: String,
    pub level: i64,
    pub arrived: Timestamp,
    pub holder: Option<String>,
    pub due: Timestamp,
}

/// Keeps what cases are promised; a nearer moment stands.
pub async fn put_many(tx: &mut Tx, promises: &[Promise]) -> Result<()> {
    tx.run_exactly(promises.len(), PUT_MANY, args![rows("promise", promises)?]).await
}

/// What a deed does to the promises of its case.
pub async fn did(tx: &mut Tx, incident: Id<of::Incident>, (what, at): (What, Timestamp)) -> Result<()> {
    match what {
        What::Answered => tx.run(REPLIED, args![incident, at]).await.map(drop),
        What::Taken => tx.run(TAKEN, args![incident, at]).await.map(drop),
        What::Closed => tx.run(RESOLVED, args![incident, at]).await.map(drop),
        What::Reopened => tx.run(REOPENED, args![incident, at]).await.map(drop),
        What::HandedBack | What::Raised | What::HoldAsked => Ok(()),
    }
}

/// Promises whose time ran out by now and of which nobody has said so yet.
pub async fn overdue(tx: &mut Tx, now: Timestamp, limit: i64) -> Result<Vec<Overdue>> {
    tx.all(OVERDUE, args![now, limit], |row: &Row| {
        let what: String = row.get("what")?;
        Ok(Overdue {
            incident: row.get("incident")?,
            is_reply: what == "reply",
            level: row.get("level")?,
            pool: row.get("pool")?,
        })
    })
    .await
}

/// Keeps that a promise was missed; false when another node did, or it was kept in between.
pub async fn miss(tx: &mut Tx, missed: &Overdue, at: Timestamp) -> Result<bool> {
    let sql = if missed.is_reply { MISS_REPLY } else { MISS_RESOLUTION };
    Ok(tx.run(sql, args![missed.incident, at]).await? == 1)
}

fn pressing_row(row: &Row) -> Result<Pressing> {
    Ok(Pressing {
        incident: row.get("id")?,
        kind: row.get("kind")?,
        level: row.get("level")?,
        arrived: row.get("arrived")?,
        holder: row.maybe("holder")?,
        due: row.get("due")?,
    })
}

/// Cases whose first reply is due after one moment and by another, the nearest first.
pub async fn pressing(tx: &mut Tx, (after, until): (Timestamp, Timestamp), limit: i64) -> Result<Vec<Pressing>> {
    tx.all(PRESSING, args![until, limit, after, tx.who(), tx.at()], pressing_row).await
}

/// Cases of level 1 that nobody has in hand and that came before a moment; new evidence does not make them younger.
pub async fn level_one(tx: &mut Tx, since: Timestamp, limit: i64) -> Result<Vec<Pressing>> {
    tx.all(LEVEL_ONE, args![since, limit, tx.who(), tx.at()], pressing_row).await
}

/// What one case was promised; nothing when it was promised nothing.
pub async fn of_incident(tx: &mut Tx, incident: Id<of::Incident>) -> Result<Option<Owed>> {
    tx.maybe(OF_INCIDENT, args![incident], |row: &Row| {
        Ok(Owed {
            reply_due: row.get("reply_due")?,
            replied: row.maybe("replied")?,
            resolve_due: row.get("resolve_due")?,
            resolved: row.maybe("resolved")?,
        })
    })
    .await
}

/// Cases up to a level that somebody took before a moment and has in hand and whose first reply is late, the gravest first.
pub async fn late_in_hand(
    tx: &mut Tx,
    (now, taken_by): (Timestamp, Timestamp),
    (level, limit): (i64, i64),
) -> Result<Vec<Pressing>> {
    tx.all(LATE, args![now, level, limit, tx.who(), tx.at(), taken_by], pressing_row).await
}

/// Cases that should have been closed by a moment, the latest promise last.
pub async fn unresolved(tx: &mut Tx, now: Timestamp, limit: i64) -> Result<Vec<Pressing>> {
    tx.all(UNRESOLVED, args![now, limit, tx.who(), tx.at()], pressing_row).await
}

/// Promises of the cases of a window, kept, missed and running by level.
pub async fn report(tx: &mut Tx, (since, until): (Timestamp, Timestamp)) -> Result<Vec<Counted>> {
    let read = |row: &Row| Ok(Counted { name: row.get("name")?, what: row.get("state")?, number: row.get("number")? });
    let mut counted = tx.all(REPLIES, args![since, until, tx.who(), tx.at()], read).await?;
    counted.extend(tx.all(RESOLUTIONS, args![since, until, tx.who(), tx.at()], read).await?);
    Ok(counted)
}

/// Promises of the cases of a window that were not kept, the latest first.
pub async fn breaches(tx: &mut Tx, (since, until): (Timestamp, Timestamp), limit: i64) -> Result<Vec<Breach>> {
    tx.all(BREACHES, args![since, until, limit, tx.who(), tx.at()], |row: &Row| {
        Ok(Breach {
            incident: row.get("id")?,
            kind: row.get("kind")?,
            promise: row.get("promise")?,
            level: row.get("level")?,
            due: row.get("due")?,
            done: row.maybe("done")?,
        })
    })
    .await
}
