//! The outbox: rows written with their cause, taken under a lease, settled under the turn they were taken with.

use std::fmt;
use std::str::FromStr;

use super::db::{Result, Row, Sql, Tx, args};
use crate::id::{Id, of};
use crate::time::Timestamp;

macro_rules! columns {
    () => {
        "id, target, fence, lane, kind, object, key, body, created, due, give_up, attempts, turn, state, word, settled"
    };
}

pub(super) const STATEMENTS: &[Sql] = &[
    NUMBER,
    PUT,
    TAKE,
    SETTLE,
    AGAIN,
    FREE,
    OF_OBJECT,
    STOP,
    RESUME,
    WAITING,
    IN_LANE,
    DEAD,
    DEAD_COUNTS,
    REVIVE,
    FORGET,
];

// The target's row stays locked until the commit, so that numbers and commits come in one order.
const NUMBER: Sql = Sql::both(
    "insert into outbox_target (name, fence) values ($1, 1)
     on conflict (name) do update set fence = outbox_target.fence + 1 returning fence",
);

const PUT: Sql = Sql::both(
    "insert into outbox (id, target, fence, lane, kind, object, key, body, created, due, give_up, attempts, turn, state)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $11, $10, 0, 0, 'waiting')",
);

// Of a lane only the oldest that waits: a later one never overtakes it.
const TAKE: Sql = Sql::forked(
    concat!(
        "update outbox set lease_until = $3, turn = turn + 1, attempts = attempts + 1
         where state = 'waiting' and id in (
             select id from outbox as head where target = $1 and state = 'waiting' and due <= $2
                 and (lease_until is null or lease_until <= $2)
                 and not exists (select 1 from outbox as before where before.lane = head.lane
                     and before.state = 'waiting' and before.fence < head.fence)
             order by due, fence limit $4)
         returning ",
        columns!()
    ),
    concat!(
        "update outbox set lease_until = $3, turn = turn + 1, attempts = attempts + 1
         where state = 'waiting' and (lease_until is null or lease_until <= $2) and id = any (array(
             select id from outbox as head where target = $1 and state = 'waiting' and due <= $2
                 and (lease_until is null or lease_until <= $2)
                 and not exists (select 1 from outbox as before where before.lane = head.lane
                     and before.state = 'waiting' and before.fence < head.fence)
             order by due, fence limit $4 for update skip locked))
         returning ",
        columns!()
    ),
);

const SETTLE: Sql = Sql::both(
    "update outbox set state = $3, settled = $4, word = $5, lease_until = null
     where id = $1 and turn = $2 and state = 'waiting'",
);

const AGAIN: Sql = Sql::both(
    "update outbox set due = $3, word = $4, lease_until = null where id = $1 and turn = $2 and state = 'waiting'",
);

const FREE: Sql = Sql::both("update outbox set lease_until = null where state = 'waiting' and lease_until is not null");

const OF_OBJECT: Sql =
    Sql::both(concat!("select ", columns!(), " from outbox where object = $1 order by created, id limit 20"));

const STOP: Sql = Sql::both(
    "update outbox set state = 'done', settled = $2, word = $3, lease_until = null, turn = turn + 1
     where object = $1 and state = 'waiting'",
);

// What was stopped for this reason and for no other waits again.
const RESUME: Sql = Sql::both(
    "update outbox set state = 'waiting', settled = null, lease_until = null, turn = turn + 1, due = $2, give_up = $3
     where object = $1 and kind = 'order' and state = 'done' and word = $4",
);

const WAITING: Sql = Sql::both(
    "select count(*) as waiting from (select 1 from outbox where target = $1 and state = 'waiting' limit 10000) as rows",
);

const IN_LANE: Sql = Sql::both(
    "select count(*) as waiting from (select 1 from outbox where lane = $1 and state = 'waiting' limit 1) as rows",
);

const DEAD: Sql = Sql::both(concat!(
    "select ",
    columns!(),
    " from outbox where state = 'dead' order by settled desc, id desc limit $1"
));

const DEAD_COUNTS: Sql = Sql::both(
    "select target, count(*) as dead, max(settled) as latest from outbox where state = 'dead' group by target",
);

// Its attempts count anew, and so does the time after which it is given up.
const REVIVE: Sql = Sql::both(
    "update outbox set state = 'waiting', settled = null, lease_until = null, attempts = 0, turn = turn + 1,
         due = $2, give_up = $3 where id = $1 and state = 'dead'",
);

const FORGET: Sql = Sql::both(
    "delete from outbox where id in (select id from outbox
         where state <> 'waiting' and kind in ('alarm', 'notice', 'account') and settled < $1 order by settled limit $2)",
);

/// What a row carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Order,
    /// To staff.
    Alarm,
    /// To the holder of a case.
    Notice,
    /// To somebody on the staff, about their own account.
    Account,
}

impl Kind {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Order => "order",
            Self::Alarm => "alarm",
            Self::Notice => "notice",
            Self::Account => "account",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The text is no kind of row.
#[derive(Debug)]
pub struct NotAKind;

impl FromStr for Kind {
    type Err = NotAKind;

    fn from_str(text: &str) -> std::result::Result<Self, NotAKind> {
        match text {
            "order" => Ok(Self::Order),
            "alarm" => Ok(Self::Alarm),
            "notice" => Ok(Self::Notice),
            "account" => Ok(Self::Account),
            _ => Err(NotAKind),
        }
    }
}

/// A row to be put in.
#[derive(Clone, Debug)]
pub struct NewRow {
    pub id: Id<of::Posted>,
    pub target: String,
    pub lane: String,
    pub kind: Kind,
    pub object: String,
    pub key: String,
    pub body: Option<String>,
    pub created: Timestamp,
    /// When it may leave first.
    pub due: Timestamp,
    pub give_up: Timestamp,
}

/// A row as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboxRow {
    pub id: Id<of::Posted>,
    pub target: String,
    pub fence: i64,
    pub lane: String,
    pub kind: Kind,
    pub object: String,
    pub key: String,
    pub body: Option<String>,
    pub created: Timestamp,
    pub due: Timestamp,
    pub give_up: Timestamp,
    pub attempts: i64,
    pub turn: i64,
    /// `waiting`, `done` or `dead`.
    pub state: String,
    pub word: Option<String>,
    pub settled: Option<Timestamp>,
}

fn outbox_row(row: &Row) -> Result<OutboxRow> {
    Ok(OutboxRow {
        id: row.get("id")?,
        target: row.get("target")?,
        fence: row.get("fence")?,
        lane: row.get("lane")?,
        kind: row.parse("kind")?,
        object: row.get("object")?,
        key: row.get("key")?,
        body: row.maybe("body")?,
        created: row.get("created")?,
        due: row.get("due")?,
        give_up: row.get("give_up")?,
        attempts: row.get("attempts")?,
        turn: row.get("turn")?,
        state: row.get("state")?,
        word: row.maybe("word")?,
        settled: row.maybe("settled")?,
    })
}

/// Puts a row in and says its fencing number.
pub async fn put(tx: &mut Tx, row: &NewRow) -> Result<i64> {
    let fence: i64 = tx.one(NUMBER, args![&row.target], |row| row.get("fence")).await?;
    let args = args![
        row.id,
        &row.target,
        fence,
        &row.lane,
        row.kind.as_str(),
        &row.object,
        &row.key,
        row.body.as_deref(),
        row.created,
        row.give_up,
        row.due
    ];
    tx.run_exactly(1, PUT, args).await?;
    Ok(fence)
}

/// Until when rows are taken, and how many.
#[derive(Clone, Copy, Debug)]
pub struct Lease {
    pub now: Timestamp,
    pub until: Timestamp,
    pub most: i64,
}

/// Takes rows of a target that are due.
pub async fn take(tx: &mut Tx, target: &str, lease: Lease) -> Result<Vec<OutboxRow>> {
    tx.all(TAKE, args![target, lease.now, lease.until, lease.most], outbox_row).await
}

/// A row as it was taken.
#[derive(Clone, Copy, Debug)]
pub struct Taken {
    pub id: Id<of::Posted>,
    pub turn: i64,
}

/// Ends a row: sent, or given up as a dead letter. False when somebody else has taken it since.
pub async fn settle(tx: &mut Tx, taken: Taken, (dead, at, word): (bool, Timestamp, &str)) -> Result<bool> {
    let state = if dead { "dead" } else { "done" };
    Ok(tx.run(SETTLE, args![taken.id, taken.turn, state, at, word]).await? == 1)
}

/// Puts a row back for another attempt. False when somebody else has taken it since.
pub async fn again(tx: &mut Tx, taken: Taken, (due, word): (Timestamp, &str)) -> Result<bool> {
    Ok(tx.run(AGAIN, args![taken.id, taken.turn, due, word]).await? == 1)
}

/// Ends all leases: whoever held them is gone, or is told apart by its turn.
pub async fn free(tx: &mut Tx) -> Result<u64> {
    tx.run(FREE, args![]).await
}

/// The rows about an order or incident, oldest first; 20 at most.
pub async fn of_object(tx: &mut Tx, object: &str) -> Result<Vec<OutboxRow>> {
    tx.all(OF_OBJECT, args![object], outbox_row).await
}

/// Ends what still waits about an object; attempts under way are told apart by their turn.
pub async fn stop(tx: &mut Tx, object: &str, (at, word): (Timestamp, &str)) -> Result<u64> {
    tx.run(STOP, args![object, at, word]).await
}

/// Has what was stopped with a word go on; how many rows that were.
pub async fn resume(tx: &mut Tx, object: &str, (due, give_up): (Timestamp, Timestamp), word: &str) -> Result<u64> {
    tx.run(RESUME, args![object, due, give_up, word]).await
}

/// How many rows of a target wait, counted to 10,000.
pub async fn waiting(tx: &mut Tx, target: &str) -> Result<i64> {
    tx.one(WAITING, args![target], |row| row.get("waiting")).await
}

/// Whether anything waits in a lane.
pub async fn waits_in(tx: &mut Tx, lane: &str) -> Result<bool> {
    tx.one(IN_LANE, args![lane], |row| row.get::<i64>("waiting")).await.map(|waiting| waiting > 0)
}

/// Dead letters, the latest first.
pub async fn dead(tx: &mut Tx, limit: i64) -> Result<Vec<OutboxRow>> {
    tx.all(DEAD, args![limit], outbox_row).await
}

/// How many dead letters each target has, and when the latest was given up.
pub async fn dead_counts(tx: &mut Tx) -> Result<Vec<(String, i64, Timestamp)>> {
    tx.all(DEAD_COUNTS, args![], |row| Ok((row.get("target")?, row.get("dead")?, row.get("latest")?))).await
}

/// Has a dead letter sent again; false when there is none of this id.
pub async fn revive(tx: &mut Tx, id: Id<of::Posted>, (now, give_up): (Timestamp, Timestamp)) -> Result<bool> {
    Ok(tx.run(REVIVE, args![id, now, give_up]).await? == 1)
}

/// Forgets letters to people and staff that were settled before a moment, `limit` at most, and says how many went.
pub async fn forget_before(tx: &mut Tx, before: Timestamp, limit: i64) -> Result<u64> {
    tx.run(FORGET, args![before, limit]).await
}
