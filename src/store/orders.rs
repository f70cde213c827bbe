//! Orders to wallet backends, and the approvals behind them. Which changes are allowed `containment` says.

use super::db::{Result, Row, Sql, Tx, args};
use crate::containment::{Action, Approval, State};
use crate::id::{Id, of};
use crate::time::Timestamp;

/// The longest list.
const LIST: i64 = 200;

/// Every column, as in `incidents`.
macro_rules! columns {
    () => {
        "id, incident, account, account_digest, action, target, until, undoes, requester, requested, expires, people, \
         automatic, reason, digest, state, changed, word, reviewer, reviewed, may_have_left"
    };
}

pub(super) const STATEMENTS: &[Sql] = &[
    ONE_AT_A_TIME,
    INSERT,
    GET,
    OF_INCIDENT,
    SET_STATE,
    LEFT,
    APPROVE,
    APPROVALS,
    OPEN_ON,
    UNDER_WAY,
    PLACED_SINCE,
    IN_FORCE,
    LAPSED,
    ALONE,
    REVIEW,
];

// SQLite has one writer; on PostgreSQL the lock is held to the end of the transaction. The number is this statement's own.
const ONE_AT_A_TIME: Sql = Sql::forked(
    "select 1 as locked from containment_order limit 1",
    "select 1 as locked from (select pg_advisory_xact_lock(7391001)) as held
         left join (select 1 from containment_order limit 1) as placed on true",
);

const INSERT: Sql = Sql::both(concat!(
    "insert into containment_order (",
    columns!(),
    ") values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, null, null, null, false)"
));

const GET: Sql = Sql::both(concat!("select ", columns!(), " from containment_order where id = $1"));

const OF_INCIDENT: Sql = Sql::both(concat!(
    "select ",
    columns!(),
    " from containment_order where incident = $1 order by requested desc, id desc limit $2"
));

const SET_STATE: Sql =
    Sql::both("update containment_order set state = $3, changed = $4, word = $5 where id = $1 and state = $2");

const LEFT: Sql = Sql::both("update containment_order set may_have_left = true where id = $1");

const APPROVE: Sql = Sql::both("insert into order_approval (order_id, person, at, digest) values ($1, $2, $3, $4)");

const APPROVALS: Sql =
    Sql::both("select person, at, digest from order_approval where order_id = $1 order by at, person");

const OPEN_ON: Sql = Sql::both(concat!(
    "select ",
    columns!(),
    " from containment_order where account_digest = $1 and action = $2
       and (state = 'proposed' or state in ('approved', 'sent', 'unknown') and exists (
                select 1 from outbox where outbox.object = containment_order.id and outbox.kind = 'order'
                    and outbox.state = 'waiting'))
      order by requested, id limit 200"
));

const UNDER_WAY: Sql = Sql::both(concat!(
    "select ",
    columns!(),
    " from containment_order where account_digest = $1 and action = $2
       and state in ('proposed', 'approved', 'sent', 'unknown')
      order by requested, id limit 200"
));

const PLACED_SINCE: Sql = Sql::both(
    "select id from containment_order where account_digest = $1 and action = $2 and requested > $3
       and (state in ('proposed', 'approved', 'sent', 'unknown') or state = 'confirmed' and until > $4)
     limit 1",
);

const IN_FORCE: Sql = Sql::both(concat!(
    "select ",
    columns!(),
    " from containment_order where account_digest = $1 and state = 'confirmed' and until > $2
      order by requested desc, id desc limit 200"
));

const LAPSED: Sql = Sql::both(concat!(
    "select ",
    columns!(),
    " from containment_order where state = 'proposed' and expires <= $1 order by expires limit 100"
));

const ALONE: Sql = Sql::both(
    "select count(*) as given from containment_order
     where requester = $1 and requested > $2 and people = 1 and not automatic",
);

const REVIEW: Sql = Sql::both(
    "update containment_order set reviewer = $2, reviewed = $3
     where id = $1 and people = 1 and reviewed is null and requester <> $2",
);

/// An order as it is kept; `account` and `reason` are sealed under the incident's data key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderRow {
    pub id: Id<of::Order>,
    pub incident: Id<of::Incident>,
    pub account: Vec<u8>,
    pub account_digest: String,
    pub action: Action,
    pub target: String,
    pub until: Option<Timestamp>,
    pub undoes: Option<Id<of::Order>>,
    pub requester: String,
    pub requested: Timestamp,
    pub expires: Timestamp,
    /// 1 or 2.
    pub people: i64,
    pub automatic: bool,
    pub reason: Vec<u8>,
    pub digest: String,
    pub state: State,
    pub changed: Timestamp,
    pub word: Option<String>,
    pub reviewer: Option<String>,
    pub reviewed: Option<Timestamp>,
    /// It left once, so a copy may be on its way whatever was said of it since.
    pub may_have_left: bool,
}

fn order_row(row: &Row) -> Result<OrderRow> {
    let state: String = row.get("state")?;
    Ok(OrderRow {
        id: row.get("id")?,
        incident: row.get("incident")?,
        account: row.get("account")?,
        account_digest: row.get("account_digest")?,
        action: row.parse("action")?,
        target: row.get("target")?,
        until: row.maybe("until")?,
        undoes: row.maybe("undoes")?,
        requester: row.get("requester")?,
        requested: row.get("requested")?,
        expires: row.get("expires")?,
        people: row.get("people")?,
        automatic: row.get("automatic")?,
        reason: row.get("reason")?,
        digest: row.get("digest")?,
        state: state.parse().map_err(|_| super::Error::Corrupt { table: "containment_order", column: "state" })?,
        changed: row.get("changed")?,
        word: row.maybe("word")?,
        reviewer: row.maybe("reviewer")?,
        reviewed: row.maybe("reviewed")?,
        may_have_left: row.get("may_have_left")?,
    })
}

/// Keeps a new order.
pub async fn insert(tx: &mut Tx, order: &OrderRow) -> Result<()> {
    let args = args![
        order.id,
        order.incident,
        &order.account,
        &order.account_digest,
        order.action.as_str(),
        &order.target,
        order.until,
        order.undoes.map(|id| id.to_string()).as_deref(),
        &order.requester,
        order.requested,
        order.expires,
        order.people,
        order.automatic,
        &order.reason,
        &order.digest,
        order.state.as_str(),
        order.changed,
    ];
    tx.run_exactly(1, INSERT, args).await
}

pub async fn get(tx: &mut Tx, id: Id<of::Order>) -> Result<Option<OrderRow>> {
    tx.maybe(GET, args![id], order_row).await
}

/// The orders of an incident, the latest first; 200 at most.
pub async fn of_incident(tx: &mut Tx, incident: Id<of::Incident>) -> Result<Vec<OrderRow>> {
    tx.all(OF_INCIDENT, args![incident, LIST], order_row).await
}

/// A step in an order's life.
#[derive(Clone, Copy, Debug)]
pub struct Turn<'a> {
    pub from: State,
    pub to: State,
    pub at: Timestamp,
    pub word: Option<&'a str>,
}

/// Moves an order on; [`Conflict`](super::Error::Conflict) when it is not in the state it was seen in.
pub async fn set_state(tx: &mut Tx, id: Id<of::Order>, turn: Turn<'_>) -> Result<()> {
    tx.run_exactly(1, SET_STATE, args![id, turn.from.as_str(), turn.to.as_str(), turn.at, turn.word]).await
}

/// Notes that it left.
pub async fn left(tx: &mut Tx, id: Id<of::Order>) -> Result<()> {
    tx.run_exactly(1, LEFT, args![id]).await
}

/// Keeps a person's word for an order; a second one of the same person is a [`Conflict`](super::Error::Conflict).
pub async fn approve(tx: &mut Tx, id: Id<of::Order>, approval: &Approval) -> Result<()> {
    tx.run_exactly(1, APPROVE, args![id, &approval.by, approval.at, &approval.digest]).await
}

/// The approvals of an order, oldest first.
pub async fn approvals(tx: &mut Tx, id: Id<of::Order>) -> Result<Vec<Approval>> {
    tx.all(APPROVALS, args![id], |row: &Row| {
        Ok(Approval { by: row.get("person")?, at: row.get("at")?, digest: row.get("digest")? })
    })
    .await
}

/// Makes whoever else places an order wait until this transaction ends, on any node.
pub async fn one_at_a_time(tx: &mut Tx) -> Result<()> {
    tx.maybe(ONE_AT_A_TIME, args![], |_| Ok(())).await.map(drop)
}

/// Orders of this kind on this account that are neither settled nor given up, the oldest first: what nobody sends or asks
/// after any more stands in no other's way.
pub async fn open_on(tx: &mut Tx, account: &str, action: Action) -> Result<Vec<OrderRow>> {
    tx.all(OPEN_ON, args![account, action.as_str()], order_row).await
}

/// Orders of this kind on this account that are not settled, those that nobody sends or asks after any more too.
pub async fn under_way(tx: &mut Tx, account: &str, action: Action) -> Result<Vec<OrderRow>> {
    tx.all(UNDER_WAY, args![account, action.as_str()], order_row).await
}

/// Whether such an order was asked for after a moment, and is under way or in force now.
pub async fn is_placed_since(
    tx: &mut Tx,
    (account, action): (&str, Action),
    (since, now): (Timestamp, Timestamp),
) -> Result<bool> {
    let found: Option<String> =
        tx.maybe(PLACED_SINCE, args![account, action.as_str(), since, now], |row| row.get("id")).await?;
    Ok(found.is_some())
}

/// Confirmed orders on an account whose effect has not ended.
pub async fn in_force(tx: &mut Tx, account: &str, now: Timestamp) -> Result<Vec<OrderRow>> {
    tx.all(IN_FORCE, args![account, now], order_row).await
}

/// Orders that waited for a second person in vain; 100 at most.
pub async fn lapsed(tx: &mut Tx, now: Timestamp) -> Result<Vec<OrderRow>> {
    tx.all(LAPSED, args![now], order_row).await
}

/// How many orders one person gave alone after a moment.
pub async fn alone_since(tx: &mut Tx, person: &str, since: Timestamp) -> Result<i64> {
    tx.one(ALONE, args![person, since], |row| row.get("given")).await
}

/// Notes that somebody else looked at it; [`Conflict`](super::Error::Conflict) when it needs none, has one, or is their own.
pub async fn review(tx: &mut Tx, id: Id<of::Order>, (by, at): (&str, Timestamp)) -> Result<()> {
    tx.run_exactly(1, REVIEW, args![id, by, at]).await
}
