//! What was done about an incident, in words its reporter may read, and how fast a lane is served. The reporter is told no names.

use std::fmt;
use std::str::FromStr;

use super::db::{Result, Row, Sql, Tx, args};
use super::incidents::Place;
use crate::id::{Id, of};
use crate::time::Timestamp;

pub(super) const STATEMENTS: &[Sql] = &[INSERT, OF_INCIDENT, SERVED_SINCE, WAITING_BEFORE, MARK];

// The lane is that of the moment; whether it is the first of its kind is found out in the statement itself.
const INSERT: Sql = Sql::both(
    "insert into progress (id, incident, at, what, lane, is_first, person)
     select $1, id, $3, $4, lane, not exists (select 1 from progress where incident = $2 and what = $4), $5
     from incident where id = $2",
);

const OF_INCIDENT: Sql =
    Sql::both("select at, what from progress where incident = $1 order by at desc, id desc limit $2");

const SERVED_SINCE: Sql = Sql::both(
    "select count(*) as served from (
         select 1 from progress join incident on incident.id = progress.incident
         where progress.lane = $1 and progress.at >= $2 and progress.what = 'taken' and progress.is_first
             and incident.pool = $3 limit 10000
     ) as served",
);

const WAITING_BEFORE: Sql = Sql::both(
    "select count(*) as waiting from (
         select 1 from incident
         where state = 'open' and claimable and pool = $1 and lane = $2 and (due, id) < ($3, $4)
         order by due, id limit 1000
     ) as waiting",
);

const MARK: Sql = Sql::both(
    "select incident.version, incident.state,
            (select count(*) from message where message.incident = incident.id) as messages,
            (select count(*) from progress where progress.incident = incident.id) as done,
            (select coalesce(max(at), 0) from step_said where step_said.incident = incident.id) as ticked,
            (select count(*) from case_request where case_request.case_id = reporter_case.id) as asked,
            (select count(*) from case_request where case_request.case_id = reporter_case.id and decided is not null)
                as decided,
            (select coalesce(max(changed), 0) from containment_order where containment_order.incident = incident.id)
                as ordered,
            incident.pool, incident.lane, incident.due, incident.id
     from reporter_case join incident on incident.id = reporter_case.incident where reporter_case.id = $1",
);

/// Something that was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// A member of staff took it in hand.
    Taken,
    /// It went back to the queue, at its old place.
    HandedBack,
    Answered,
    /// Staff put it higher.
    Raised,
    Closed,
    Reopened,
    /// The wallet backend was asked to hold something.
    HoldAsked,
}

impl What {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Taken => "taken",
            Self::HandedBack => "handed-back",
            Self::Answered => "answered",
            Self::Raised => "raised",
            Self::Closed => "closed",
            Self::Reopened => "reopened",
            Self::HoldAsked => "hold-asked",
        }
    }
}

impl fmt::Display for What {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The text names nothing that is done.
#[derive(Debug)]
pub struct NotDone;

impl FromStr for What {
    type Err = NotDone;

    fn from_str(text: &str) -> std::result::Result<Self, NotDone> {
        let all = [
            Self::Taken,
            Self::HandedBack,
            Self::Answered,
            Self::Raised,
            Self::Closed,
            Self::Reopened,
            Self::HoldAsked,
        ];
        all.into_iter().find(|what| what.as_str() == text).ok_or(NotDone)
    }
}

/// One thing that was done, to be kept.
#[derive(Clone, Copy, Debug)]
pub struct Done<'a> {
    pub id: Id<of::Progress>,
    pub incident: Id<of::Incident>,
    pub at: Timestamp,
    pub what: What,
    /// Who on the staff did it; for the numbers of the desk, never for the reporter.
    pub person: Option<&'a str>,
}

/// Keeps what was done.
pub async fn insert(tx: &mut Tx, done: Done<'_>) -> Result<()> {
    let args = args![done.id, done.incident, done.at, done.what.as_str(), done.person];
    tx.run_exactly(1, INSERT, args).await
}

/// What was done about an incident last, oldest first; `limit` at most.
pub async fn of_incident(tx: &mut Tx, incident: Id<of::Incident>, limit: i64) -> Result<Vec<(Timestamp, What)>> {
    let read = |row: &Row| Ok((row.get("at")?, row.parse("what")?));
    let mut done = tx.all(OF_INCIDENT, args![incident, limit], read).await?;
    done.reverse();
    Ok(done)
}

/// How many of a pool's lane were taken up for the first time since a moment; stops counting at 10,000.
pub async fn served_since(tx: &mut Tx, (pool, lane): (&str, i64), since: Timestamp) -> Result<i64> {
    tx.one(SERVED_SINCE, args![lane, since, pool], |row| row.get("served")).await
}

/// How many of the same lane wait before this place; stops counting at 1,000.
pub async fn waiting_before(tx: &mut Tx, pool: &str, place: Place) -> Result<i64> {
    tx.one(WAITING_BEFORE, args![pool, place.lane, place.due, place.id], |row| row.get("waiting")).await
}

/// Everything that tells one state of a case's page from the next, and the place its incident has in the queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    pub version: i64,
    pub state: String,
    pub messages: i64,
    pub done: i64,
    pub ticked: i64,
    pub asked: i64,
    pub decided: i64,
    /// When an order last moved on.
    pub ordered: i64,
    pub pool: String,
    pub place: Place,
}

/// The mark of a case as it is now; nothing when there is no such case.
pub async fn mark(tx: &mut Tx, case: Id<of::Case>) -> Result<Option<Mark>> {
    tx.maybe(MARK, args![case], |row| {
        Ok(Mark {
            version: row.get("version")?,
            state: row.get("state")?,
            messages: row.get("messages")?,
            done: row.get("done")?,
            ticked: row.get("ticked")?,
            asked: row.get("asked")?,
            decided: row.get("decided")?,
            ordered: row.get("ordered")?,
            pool: row.get("pool")?,
            place: Place { lane: row.get("lane")?, due: row.get("due")?, id: row.get("id")? },
        })
    })
    .await
}
