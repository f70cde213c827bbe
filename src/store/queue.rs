//! Taking incidents out of the queue and giving them back: claims, leases, fences.

use super::circles;
use super::db::{Result, Row, Sight, Sql, Tx, args, in_sight};
use super::incidents::{self, IncidentRow, columns, incident_row};
use crate::id::{Id, of};
use crate::time::{Span, Timestamp};

pub(super) const STATEMENTS: &[Sql] =
    &[CLAIM_MOST_URGENT, CLAIM_LONGEST_WAITER, CLAIM_ONE, RENEW, RELEASE, EXPIRE_LEASES, BUMP_CLAIMS];

// A claim guards twice: inside, so that two nodes do not queue for one row; outside, because the row may have changed
// between being found and being written.

const CLAIM_MOST_URGENT: Sql = Sql::forked(
    concat!(
        "update incident set state = 'held', holder = $2, updated = $3, lease_until = $4, fence = fence + 1,
             version = version + 1
         where state = 'open' and id = (
             select id from incident where pool = $1 and state = 'open' and claimable and ",
        in_sight!("incident.id", "$5", "$6"),
        " order by lane, due, id limit 1)
         returning ",
        columns!()
    ),
    concat!(
        "update incident set state = 'held', holder = $2, updated = $3, lease_until = $4, fence = fence + 1,
             version = version + 1
         where state = 'open' and id = (
             select id from incident where pool = $1 and state = 'open' and claimable and ",
        in_sight!("incident.id", "$5", "$6"),
        " order by lane, due, id limit 1 for update skip locked)
         returning ",
        columns!()
    ),
);

const CLAIM_LONGEST_WAITER: Sql = Sql::forked(
    concat!(
        "update incident set state = 'held', holder = $2, updated = $3, lease_until = $4, fence = fence + 1,
             version = version + 1
         where state = 'open' and id = (
             select id from incident where pool = $1 and state = 'open' and claimable and ",
        in_sight!("incident.id", "$5", "$6"),
        " order by arrived, id limit 1)
         returning ",
        columns!()
    ),
    concat!(
        "update incident set state = 'held', holder = $2, updated = $3, lease_until = $4, fence = fence + 1,
             version = version + 1
         where state = 'open' and id = (
             select id from incident where pool = $1 and state = 'open' and claimable and ",
        in_sight!("incident.id", "$5", "$6"),
        " order by arrived, id limit 1 for update skip locked)
         returning ",
        columns!()
    ),
);

const CLAIM_ONE: Sql = Sql::both(concat!(
    "update incident set state = 'held', holder = $2, updated = $3, lease_until = $4, fence = fence + 1,
         version = version + 1
     where state = 'open' and id = $1 and ",
    in_sight!("incident.id", "$5", "$6"),
    " returning ",
    columns!()
));

const RENEW: Sql = Sql::both(
    "update incident set lease_until = $5
     where id = $1 and state = 'held' and holder = $2 and fence = $3 and lease_until > $4",
);

const RELEASE: Sql = Sql::both(
    "update incident set state = 'open', holder = null, lease_until = null, updated = $4, version = version + 1
     where id = $1 and state = 'held' and holder = $2 and fence = $3 and lease_until > $4",
);

const EXPIRE_LEASES: Sql = Sql::forked(
    "update incident set state = 'open', holder = null, lease_until = null, updated = $1, version = version + 1
     where state = 'held' and id in (
         select id from incident where state = 'held' and lease_until <= $1 order by lease_until limit 1000)
     returning id",
    "update incident set state = 'open', holder = null, lease_until = null, updated = $1, version = version + 1
     where state = 'held' and id = any (array(
         select id from incident where state = 'held' and lease_until <= $1 order by lease_until limit 1000
         for update skip locked))
     returning id",
);

const BUMP_CLAIMS: Sql = Sql::both(
    "insert into pool_state (pool, claims) values ($1, 1)
     on conflict (pool) do update set claims = pool_state.claims + 1 returning claims",
);

/// Who claims, when, and for how long unless renewed.
#[derive(Clone, Copy, Debug)]
pub struct Claimant<'a> {
    pub by: &'a str,
    pub now: Timestamp,
    pub lease: Span,
}

/// Whose turn it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// By lane, then due, then id.
    MostUrgent,
    /// By arrival, over both lanes.
    LongestWaiter,
}

/// What a holder shows to write: the fence is the one their claim gave.
#[derive(Clone, Copy, Debug)]
pub struct Hold<'a> {
    pub incident: Id<of::Incident>,
    pub by: &'a str,
    pub fence: i64,
}

/// Takes the next open, claimable incident of a pool, none when there is none.
pub async fn claim_next(tx: &mut Tx, pool: &str, turn: Turn, claimant: Claimant<'_>) -> Result<Option<IncidentRow>> {
    let sql = match turn {
        Turn::MostUrgent => CLAIM_MOST_URGENT,
        Turn::LongestWaiter => CLAIM_LONGEST_WAITER,
    };
    let until = claimant.now.plus(claimant.lease);
    let taken = tx.maybe(sql, args![pool, claimant.by, claimant.now, until, tx.who(), tx.at()], incident_row).await?;
    unless_closed(tx, taken, claimant.now).await
}

/// Takes this incident, none when it is not open. On PostgreSQL it waits for another writer of the same row.
pub async fn claim_one(tx: &mut Tx, incident: Id<of::Incident>, claimant: Claimant<'_>) -> Result<Option<IncidentRow>> {
    let until = claimant.now.plus(claimant.lease);
    let args = args![incident, claimant.by, claimant.now, until, tx.who(), tx.at()];
    let taken = tx.maybe(CLAIM_ONE, args, incident_row).await?;
    unless_closed(tx, taken, claimant.now).await
}

/// On PostgreSQL a claim that waited for another writer of the row knows circles from before the wait. What was closed to a
/// list meanwhile goes back.
async fn unless_closed(tx: &mut Tx, taken: Option<IncidentRow>, now: Timestamp) -> Result<Option<IncidentRow>> {
    let Some(row) = taken else { return Ok(None) };
    if tx.sight() == Sight::House || incidents::get(tx, row.id).await?.is_some() {
        return Ok(Some(row));
    }
    circles::free(tx, row.id, now).await?;
    Ok(None)
}

/// Lengthens a lease to `now` plus `lease` and says until when; the version stays.
/// [`Conflict`](super::Error::Conflict) when the lease has ended or the incident is in other hands.
pub async fn renew(tx: &mut Tx, hold: Hold<'_>, now: Timestamp, lease: Span) -> Result<Timestamp> {
    let until = now.plus(lease);
    tx.run_exactly(1, RENEW, args![hold.incident, hold.by, hold.fence, now, until]).await?;
    Ok(until)
}

/// Gives an incident back to the queue, where it takes its old place.
/// [`Conflict`](super::Error::Conflict) when the lease has ended or the incident is in other hands.
pub async fn release(tx: &mut Tx, hold: Hold<'_>, now: Timestamp) -> Result<()> {
    tx.run_exactly(1, RELEASE, args![hold.incident, hold.by, hold.fence, now]).await
}

/// Gives back what leases that have ended still hold, 1,000 at most, and says which. Each is given back once, however
/// many nodes sweep.
pub async fn expire_leases(tx: &mut Tx, now: Timestamp) -> Result<Vec<Id<of::Incident>>> {
    tx.all(EXPIRE_LEASES, args![now], |row: &Row| row.get("id")).await
}

/// Counts a claim of the pool and says which it is, from 1. On PostgreSQL claims of one pool wait for each other from
/// here to the commit.
pub async fn bump_claims(tx: &mut Tx, pool: &str) -> Result<i64> {
    tx.one(BUMP_CLAIMS, args![pool], |row| row.get("claims")).await
}
