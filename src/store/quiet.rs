//! Windows and rules under which alerts are set aside for a time, and what was set aside under them, sealed.

use serde::Serialize;

use super::db::{Result, Row, Sql, Tx, args, hex, millis, rows};
use crate::id::{Id, of};
use crate::time::Timestamp;

pub(super) const STATEMENTS: &[Sql] = &[INSERT, RUNNING, LATEST, END, OVER, KEEP, KEPT, ONE, FORGET];

const INSERT: Sql = Sql::both(
    "insert into quiet_rule (id, endpoint, kind, begins, ends, person, data_key, reason, created)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
);

const RUNNING: Sql = Sql::both(
    "select id, endpoint, kind, begins, ends, person, data_key, reason, created, ended, ended_by from quiet_rule
     where ended is null and ends > $1 order by id",
);

const LATEST: Sql = Sql::both(
    "select id, endpoint, kind, begins, ends, person, data_key, reason, created, ended, ended_by from quiet_rule
     where $1 = '' or endpoint = $1 order by id desc limit $2",
);

const END: Sql = Sql::both("update quiet_rule set ended = $2, ended_by = $3 where id = $1 and ended is null");

const OVER: Sql =
    Sql::both("update quiet_rule set ended = ends where ended is null and ends <= $1 returning id, endpoint");

const KEEP: Sql = Sql::forked(
    "insert into set_aside (id, endpoint, rule, kind, received, data_key, body)
     select value ->> 'id', value ->> 'endpoint', value ->> 'rule', value ->> 'kind', value ->> 'received',
            unhex(value ->> 'data_key'), unhex(value ->> 'body')
     from json_each($1)",
    "insert into set_aside (id, endpoint, rule, kind, received, data_key, body)
     select id, endpoint, rule, kind, received, decode(data_key, 'hex'), decode(body, 'hex')
     from json_to_recordset($1::json) as given (
         id text, endpoint text, rule text, kind text, received bigint, data_key text, body text)",
);

const KEPT: Sql = Sql::both(
    "select id, endpoint, rule, kind, received, data_key, body from set_aside
     where endpoint = $1 order by id desc limit $2",
);

const ONE: Sql = Sql::both(
    "select id, endpoint, rule, kind, received, data_key, body from set_aside where id = $1 and endpoint = $2",
);

const FORGET: Sql = Sql::both(
    "delete from set_aside where id in (select id from set_aside where received < $1 order by received limit $2)",
);

/// A maintenance window of a source, or a snooze of one kind of its alerts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleRow {
    pub id: Id<of::Quiet>,
    pub endpoint: String,
    /// Empty for a window.
    pub kind: String,
    pub begins: Timestamp,
    pub ends: Timestamp,
    pub person: String,
    pub data_key: Vec<u8>,
    pub reason: Vec<u8>,
    pub created: Timestamp,
    pub ended: Option<Timestamp>,
    pub ended_by: Option<String>,
}

/// An alert that was set aside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AsideRow {
    pub id: Id<of::SetAside>,
    pub endpoint: String,
    pub rule: Id<of::Quiet>,
    pub kind: String,
    #[serde(serialize_with = "millis")]
    pub received: Timestamp,
    #[serde(serialize_with = "hex")]
    pub data_key: Vec<u8>,
    #[serde(serialize_with = "hex")]
    pub body: Vec<u8>,
}

fn rule_row(row: &Row) -> Result<RuleRow> {
    Ok(RuleRow {
        id: row.get("id")?,
        endpoint: row.get("endpoint")?,
        kind: row.get("kind")?,
        begins: row.get("begins")?,
        ends: row.get("ends")?,
        person: row.get("person")?,
        data_key: row.get("data_key")?,
        reason: row.get("reason")?,
        created: row.get("created")?,
        ended: row.maybe("ended")?,
        ended_by: row.maybe("ended_by")?,
    })
}

fn aside_row(row: &Row) -> Result<AsideRow> {
    Ok(AsideRow {
        id: row.get("id")?,
        endpoint: row.get("endpoint")?,
        rule: row.get("rule")?,
        kind: row.get("kind")?,
        received: row.get("received")?,
        data_key: row.get("data_key")?,
        body: row.get("body")?,
    })
}

/// Keeps a new rule.
pub async fn insert(tx: &mut Tx, rule: &RuleRow) -> Result<()> {
    let args = args![
        rule.id,
        &rule.endpoint,
        &rule.kind,
        rule.begins,
        rule.ends,
        &rule.person,
        &rule.data_key,
        &rule.reason,
        rule.created
    ];
    tx.run_exactly(1, INSERT, args).await
}

/// Rules that are not over at a moment, those that have not begun included, the oldest first.
pub async fn running(tx: &mut Tx, now: Timestamp) -> Result<Vec<RuleRow>> {
    tx.all(RUNNING, args![now], rule_row).await
}

/// The latest rules of a source, or of all when it is empty, the newest first.
pub async fn latest(tx: &mut Tx, endpoint: &str, limit: i64) -> Result<Vec<RuleRow>> {
    tx.all(LATEST, args![endpoint, limit], rule_row).await
}

/// Ends a rule before its time; `Conflict` when there is none or it is over.
pub async fn end(tx: &mut Tx, id: Id<of::Quiet>, (now, person): (Timestamp, &str)) -> Result<()> {
    tx.run_exactly(1, END, args![id, now, person]).await
}

/// Marks the rules whose time is over, and names them with their source.
pub async fn over(tx: &mut Tx, now: Timestamp) -> Result<Vec<(Id<of::Quiet>, String)>> {
    tx.all(OVER, args![now], |row: &Row| Ok((row.get("id")?, row.get("endpoint")?))).await
}

/// Keeps alerts that were set aside.
pub async fn keep(tx: &mut Tx, alerts: &[AsideRow]) -> Result<()> {
    tx.run_exactly(alerts.len(), KEEP, args![rows("set_aside", alerts)?]).await
}

/// The latest alerts of a source that were set aside, the newest first.
pub async fn kept(tx: &mut Tx, endpoint: &str, limit: i64) -> Result<Vec<AsideRow>> {
    tx.all(KEPT, args![endpoint, limit], aside_row).await
}

/// One alert of a source that was set aside.
pub async fn one(tx: &mut Tx, id: Id<of::SetAside>, endpoint: &str) -> Result<Option<AsideRow>> {
    tx.maybe(ONE, args![id, endpoint], aside_row).await
}

/// Forgets alerts that came before a moment, the oldest first, at most `limit`.
pub async fn forget_before(tx: &mut Tx, before: Timestamp, limit: i64) -> Result<u64> {
    tx.run(FORGET, args![before, limit]).await
}
