//! Lists over waiting incidents: small indexed reads without anything sealed.

use crate::id::{Id, of};
use crate::store::db::{Result, Row, Sql, Tx, args, in_sight};
use crate::time::{Span, Timestamp};

/// The longest page.
const PAGE: i64 = 200;

pub(super) const STATEMENTS: &[Sql] =
    &[PAGE_OF_ALL, PAGE_OF_LANE, AHEAD_OF, HELD_BY, COUNT_WAITING, COUNT_OPEN_BY_LANE];

const PAGE_OF_ALL: Sql = Sql::both(concat!(
    "select id, pool, class, lane, kind, level, arrived, head_start, due, confidence, language, danger, claimable,
            version
     from incident where state = 'open' and claimable and pool <> 'practice' and (lane, due, id) > ($1, $2, $3) and ",
    in_sight!("incident.id", "$5", "$6"),
    " order by lane, due, id limit $4"
));

const PAGE_OF_LANE: Sql = Sql::both(concat!(
    "select id, pool, class, lane, kind, level, arrived, head_start, due, confidence, language, danger, claimable,
            version
     from incident where state = 'open' and claimable and pool <> 'practice' and lane = $1 and (due, id) > ($2, $3) and ",
    in_sight!("incident.id", "$5", "$6"),
    " order by due, id limit $4"
));

const AHEAD_OF: Sql = Sql::both(
    "select count(*) as waiting from (
         select 1 from incident
         where state = 'open' and claimable and pool = $1 and (lane, due, id) < ($2, $3, $4)
         order by lane, due, id limit 10000
     ) as ahead",
);

const HELD_BY: Sql = Sql::both(concat!(
    "select id, pool, class, lane, kind, level, arrived, head_start, due, confidence, language, danger, claimable,
            version, lease_until, fence
     from incident where state = 'held' and holder = $1 and ",
    in_sight!("incident.id", "$2", "$3"),
    " order by lane, due, id limit 100"
));

const COUNT_WAITING: Sql = Sql::both(concat!(
    "select count(*) as waiting from (
         select 1 from incident where state = 'open' and claimable and pool <> 'practice' and lane = $1 and ",
    in_sight!("incident.id", "$2", "$3"),
    " limit 1000) as waiting"
));

const COUNT_OPEN_BY_LANE: Sql = Sql::both(
    "select lane, count(*) as waiting from incident where state = 'open' and pool <> 'practice' group by lane order by lane",
);

/// A place in the queue's order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub lane: i64,
    pub due: Timestamp,
    pub id: Id<of::Incident>,
}

/// A waiting incident as the list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    pub place: Place,
    pub pool: String,
    pub class: String,
    pub kind: String,
    pub level: i64,
    pub arrived: Timestamp,
    pub head_start: Span,
    /// Parts per million.
    pub confidence: i64,
    pub language: String,
    pub danger: bool,
    pub claimable: bool,
    pub version: i64,
}

fn waiting_row(row: &Row) -> Result<Waiting> {
    Ok(Waiting {
        place: Place { lane: row.get("lane")?, due: row.get("due")?, id: row.get("id")? },
        pool: row.get("pool")?,
        class: row.get("class")?,
        kind: row.get("kind")?,
        level: row.get("level")?,
        arrived: row.get("arrived")?,
        head_start: row.get("head_start")?,
        confidence: row.get("confidence")?,
        language: row.get("language")?,
        danger: row.get("danger")?,
        claimable: row.get("claimable")?,
        version: row.get("version")?,
    })
}

/// Open incidents in the queue's order after a place, of one lane or of both; 200 at most.
pub async fn page(tx: &mut Tx, lane: Option<i64>, after: Option<Place>, limit: i64) -> Result<Vec<Waiting>> {
    let limit = limit.clamp(0, PAGE);
    // the empty text sorts before every id
    let id = after.map(|place| place.id.to_string()).unwrap_or_default();
    let due = after.map_or(i64::MIN, |place| place.due.millis());
    match lane {
        // a place of an earlier lane lies before all of this one
        Some(lane) if after.is_some_and(|place| place.lane < lane) => {
            tx.all(PAGE_OF_LANE, args![lane, i64::MIN, "", limit, tx.who(), tx.at()], waiting_row).await
        }
        Some(lane) if after.is_some_and(|place| place.lane > lane) => Ok(Vec::new()),
        Some(lane) => tx.all(PAGE_OF_LANE, args![lane, due, id, limit, tx.who(), tx.at()], waiting_row).await,
        None => {
            let lane = after.map_or(i64::MIN, |place| place.lane);
            tx.all(PAGE_OF_ALL, args![lane, due, id, limit, tx.who(), tx.at()], waiting_row).await
        }
    }
}

/// How many of the pool are served before this place; stops counting at 10,000.
pub async fn ahead_of(tx: &mut Tx, pool: &str, place: Place) -> Result<i64> {
    tx.one(AHEAD_OF, args![pool, place.lane, place.due, place.id], |row| row.get("waiting")).await
}

/// Lanes and how many wait in each. Walks the whole index: for figures, not for requests.
pub async fn count_open_by_lane(tx: &mut Tx) -> Result<Vec<(i64, i64)>> {
    tx.all(COUNT_OPEN_BY_LANE, args![], |row| Ok((row.get("lane")?, row.get("waiting")?))).await
}

/// The cases in one person's hands, the most urgent first, with the end of each lease and its fence; 100 at most.
pub async fn held_by(tx: &mut Tx, person: &str) -> Result<Vec<(Waiting, Timestamp, i64)>> {
    tx.all(HELD_BY, args![person, tx.who(), tx.at()], |row| {
        Ok((waiting_row(row)?, row.get("lease_until")?, row.get("fence")?))
    })
    .await
}

/// How many of a lane wait to be claimed; stops counting at 1,000.
pub async fn count_waiting(tx: &mut Tx, lane: i64) -> Result<i64> {
    tx.one(COUNT_WAITING, args![lane, tx.who(), tx.at()], |row| row.get("waiting")).await
}
