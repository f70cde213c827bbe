//! The list that staff filter: pages by place, counts of every sort, and incidents by id or subject.

use crate::id::{Id, of};
use crate::queue::Tier;
use crate::store::db::{Result, Row, Sql, Tx, args, in_sight, rows};
use crate::store::incidents::{Place, State};
use crate::time::{Span, Timestamp};

/// The longest page.
const PAGE: i64 = 200;
/// Closed incidents that are counted.
const CLOSED: i64 = 5_000;

/// What the list shows of an incident; the sealed part holds the reasons.
macro_rules! listed {
    () => {
        "id, class, lane, kind, level, arrived, head_start, due, state, holder, lease_until, confidence, language, \
         danger, pool, version, data_key, assessment, closed"
    };
}

pub(in crate::store) const STATEMENTS: &[Sql] =
    &[OPEN, OF_HOLDER, CELLS, CLOSED_PAGE, CLOSED_CELLS, BY_IDS, OF_SUBJECTS, NEWEST, NEW_SINCE];

// The place is found in the index alone, which carries every filter; only the page's own rows are read.
const OPEN: Sql = Sql::forked(
    concat!(
        "select ",
        listed!(),
        " from incident where id in (
             select id from incident
             where state <> 'closed' and claimable and pool <> 'practice' and (lane, due, id) > ($1, $2, $3) and lane <= $4
               and ($5 = '' or state = $5) and ($6 = 0 or level = $6)
               and ($7 = '[]' or kind in (select value from json_each($7)))
               and ($8 = '' or language = $8) and ($9 = '' or holder = $9) and (danger or not $10)
               and ($11 = '' or pool = $11) and ",
        in_sight!("incident.id", "$13", "$14"),
        " order by lane, due, id limit $12)
         order by lane, due, id"
    ),
    concat!(
        "select ",
        listed!(),
        " from incident where id = any (array(
             select id from incident
             where state <> 'closed' and claimable and pool <> 'practice' and (lane, due, id) > ($1, $2, $3) and lane <= $4
               and ($5 = '' or state = $5) and ($6 = 0 or level = $6)
               and ($7 = '[]' or kind = any (array(select json_array_elements_text($7::json))))
               and ($8 = '' or language = $8) and ($9 = '' or holder = $9) and (danger or not $10)
               and ($11 = '' or pool = $11) and ",
        in_sight!("incident.id", "$13", "$14"),
        " order by lane, due, id limit $12))
         order by lane, due, id"
    ),
);

// What one person has in hand is little, and has an index of its own.
const OF_HOLDER: Sql = Sql::forked(
    concat!(
        "select ",
        listed!(),
        " from incident
         where state = 'held' and holder = $9 and claimable and pool <> 'practice' and (lane, due, id) > ($1, $2, $3)
           and lane <= $4 and ($5 = '' or state = $5) and ($6 = 0 or level = $6)
           and ($7 = '[]' or kind in (select value from json_each($7)))
           and ($8 = '' or language = $8) and (danger or not $10) and ($11 = '' or pool = $11) and ",
        in_sight!("incident.id", "$13", "$14"),
        " order by lane, due, id limit $12"
    ),
    concat!(
        "select ",
        listed!(),
        " from incident
         where state = 'held' and holder = $9 and claimable and pool <> 'practice' and (lane, due, id) > ($1, $2, $3)
           and lane <= $4 and ($5 = '' or state = $5) and ($6 = 0 or level = $6)
           and ($7 = '[]' or kind = any (array(select json_array_elements_text($7::json))))
           and ($8 = '' or language = $8) and (danger or not $10) and ($11 = '' or pool = $11) and ",
        in_sight!("incident.id", "$13", "$14"),
        " order by lane, due, id limit $12"
    ),
);

// All are counted in the index, and what is out of sight is taken away: circles are few, and asking for each case whether it
// has one takes ten times as long.
const CELLS: Sql = Sql::both(concat!(
    "select state, lane, level, kind, language, danger, holder, pool, cast(sum(number) as bigint) as incidents from (
         select state, lane, level, kind, language, danger, holder, pool, count(*) as number
         from incident where state <> 'closed' and claimable and pool <> 'practice'
         group by state, lane, level, kind, language, danger, holder, pool
         union all
         select state, lane, level, kind, language, danger, holder, pool, -1 from circle cross join incident
         where incident.id = circle.incident and state <> 'closed' and claimable and pool <> 'practice' and not ",
    in_sight!("incident.id", "$1", "$2"),
    ") as told group by state, lane, level, kind, language, danger, holder, pool having sum(number) > 0"
));

const CLOSED_PAGE: Sql = Sql::forked(
    concat!(
        "select ",
        listed!(),
        " from incident where state = 'closed' and pool <> 'practice' and (closed, id) < ($1, $2)
           and ($3 < 0 or lane = $3) and ($4 = 0 or level = $4)
           and ($5 = '[]' or kind in (select value from json_each($5)))
           and ($6 = '' or language = $6) and (danger or not $7) and ($8 = '' or pool = $8) and ",
        in_sight!("incident.id", "$10", "$11"),
        " order by closed desc, id desc limit $9"
    ),
    concat!(
        "select ",
        listed!(),
        " from incident where state = 'closed' and pool <> 'practice' and (closed, id) < ($1, $2)
           and ($3 < 0 or lane = $3) and ($4 = 0 or level = $4)
           and ($5 = '[]' or kind = any (array(select json_array_elements_text($5::json))))
           and ($6 = '' or language = $6) and (danger or not $7) and ($8 = '' or pool = $8) and ",
        in_sight!("incident.id", "$10", "$11"),
        " order by closed desc, id desc limit $9"
    ),
);

const CLOSED_CELLS: Sql = Sql::both(concat!(
    "select state, lane, level, kind, language, danger, holder, pool, count(*) as incidents from (
         select state, lane, level, kind, language, danger, holder, pool from incident
         where state = 'closed' and pool <> 'practice' and ",
    in_sight!("incident.id", "$2", "$3"),
    " order by closed desc, id desc limit $1) as latest
     group by state, lane, level, kind, language, danger, holder, pool"
));

const BY_IDS: Sql = Sql::forked(
    concat!(
        "select ",
        listed!(),
        " from incident where id in (select value from json_each($1)) and claimable and pool <> 'practice' and ",
        in_sight!("incident.id", "$3", "$4"),
        " order by lane, due, id limit $2"
    ),
    concat!(
        "select ",
        listed!(),
        " from incident where id = any (array(select json_array_elements_text($1::json))) and claimable and pool <> 'practice' and ",
        in_sight!("incident.id", "$3", "$4"),
        " order by lane, due, id limit $2"
    ),
);

const OF_SUBJECTS: Sql = Sql::forked(
    concat!(
        "select id from incident where subject in (select value from json_each($1)) and ",
        in_sight!("incident.id", "$3", "$4"),
        " order by id desc limit $2"
    ),
    concat!(
        "select id from incident where subject = any (array(select json_array_elements_text($1::json))) and ",
        in_sight!("incident.id", "$3", "$4"),
        " order by id desc limit $2"
    ),
);

const NEWEST: Sql = Sql::both(concat!(
    "select id as newest from incident where ",
    in_sight!("incident.id", "$1", "$2"),
    " order by id desc limit 1"
));

const NEW_SINCE: Sql = Sql::both(concat!(
    "select count(*) as waiting, sum(case when level = 1 then 1 else 0 end) as urgent from (
         select level from incident where id > $1 and state = 'open' and claimable and pool <> 'practice' and ",
    in_sight!("incident.id", "$2", "$3"),
    " limit 1000) as new"
));

/// An incident as the list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    pub id: Id<of::Incident>,
    pub class: String,
    pub lane: i64,
    pub kind: String,
    pub level: i64,
    pub arrived: Timestamp,
    pub head_start: Span,
    pub due: Timestamp,
    pub state: State,
    pub holder: Option<String>,
    pub lease_until: Option<Timestamp>,
    /// Parts per million.
    pub confidence: i64,
    pub language: String,
    pub danger: bool,
    /// The tier that takes it.
    pub pool: String,
    pub version: i64,
    pub data_key: Vec<u8>,
    pub assessment: Vec<u8>,
    pub closed: Option<Timestamp>,
}

fn listed_row(row: &Row) -> Result<Listed> {
    Ok(Listed {
        id: row.get("id")?,
        class: row.get("class")?,
        lane: row.get("lane")?,
        kind: row.get("kind")?,
        level: row.get("level")?,
        arrived: row.get("arrived")?,
        head_start: row.get("head_start")?,
        due: row.get("due")?,
        state: row.parse("state")?,
        holder: row.maybe("holder")?,
        lease_until: row.maybe("lease_until")?,
        confidence: row.get("confidence")?,
        language: row.get("language")?,
        danger: row.get("danger")?,
        pool: row.get("pool")?,
        version: row.get("version")?,
        data_key: row.get("data_key")?,
        assessment: row.get("assessment")?,
        closed: row.maybe("closed")?,
    })
}

/// What the list is narrowed to; nothing narrows nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    pub state: Option<State>,
    pub lane: Option<i64>,
    pub level: Option<i64>,
    /// Any of these.
    pub kinds: Vec<String>,
    pub language: Option<String>,
    pub holder: Option<String>,
    /// Only those with words of danger to life.
    pub danger: bool,
    pub tier: Option<Tier>,
}

/// How many incidents are alike in all that the list can be narrowed by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    pub state: State,
    pub lane: i64,
    pub level: i64,
    pub kind: String,
    pub language: String,
    pub danger: bool,
    pub holder: Option<String>,
    pub pool: String,
    pub incidents: i64,
}

fn cell_row(row: &Row) -> Result<Cell> {
    Ok(Cell {
        state: row.parse("state")?,
        lane: row.get("lane")?,
        level: row.get("level")?,
        kind: row.get("kind")?,
        language: row.get("language")?,
        danger: row.get("danger")?,
        holder: row.maybe("holder")?,
        pool: row.get("pool")?,
        incidents: row.get("incidents")?,
    })
}

/// Incidents that are not closed, in the queue's order after a place; 200 at most.
pub async fn open(tx: &mut Tx, filter: &Filter, (after, limit): (Option<Place>, i64)) -> Result<Vec<Listed>> {
    let first = filter.lane.unwrap_or(i64::MIN);
    let (lane, due, id) = match after {
        Some(place) if place.lane >= first => (place.lane, place.due.millis(), place.id.to_string()),
        Some(_) | None => (first, i64::MIN, String::new()),
    };
    let args = args![
        lane,
        due,
        id,
        filter.lane.unwrap_or(i64::MAX),
        filter.state.map(|state| state.to_string()).unwrap_or_default(),
        filter.level.unwrap_or(0),
        rows("incident", &filter.kinds)?,
        filter.language.clone().unwrap_or_default(),
        filter.holder.clone().unwrap_or_default(),
        filter.danger,
        filter.tier.map(Tier::as_str).unwrap_or_default(),
        limit.clamp(0, PAGE),
        tx.who(),
        tx.at()
    ];
    let statement = if filter.holder.is_some() { OF_HOLDER } else { OPEN };
    tx.all(statement, args, listed_row).await
}

/// Closed incidents, the latest first, before a place of the same order; 200 at most.
pub async fn closed(
    tx: &mut Tx,
    filter: &Filter,
    (before, limit): (Option<(Timestamp, Id<of::Incident>)>, i64),
) -> Result<Vec<Listed>> {
    let (at, id) = before.map_or((i64::MAX, String::new()), |(at, id)| (at.millis(), id.to_string()));
    let args = args![
        at,
        id,
        filter.lane.unwrap_or(-1),
        filter.level.unwrap_or(0),
        rows("incident", &filter.kinds)?,
        filter.language.clone().unwrap_or_default(),
        filter.danger,
        filter.tier.map(Tier::as_str).unwrap_or_default(),
        limit.clamp(0, PAGE),
        tx.who(),
        tx.at()
    ];
    tx.all(CLOSED_PAGE, args, listed_row).await
}

/// How many there are of each sort among those that are not closed.
pub async fn cells(tx: &mut Tx) -> Result<Vec<Cell>> {
    tx.all(CELLS, args![tx.who(), tx.at()], cell_row).await
}

/// The same among the 5,000 that were closed last.
pub async fn closed_cells(tx: &mut Tx) -> Result<Vec<Cell>> {
    tx.all(CLOSED_CELLS, args![CLOSED, tx.who(), tx.at()], cell_row).await
}

/// These incidents in any state, in the queue's order; 200 at most.
pub async fn by_ids(tx: &mut Tx, ids: &[Id<of::Incident>]) -> Result<Vec<Listed>> {
    tx.all(BY_IDS, args![rows("incident", ids)?, PAGE, tx.who(), tx.at()], listed_row).await
}

/// The incidents of subjects in any state, the latest first; 200 at most.
pub async fn of_subjects(tx: &mut Tx, subjects: &[String]) -> Result<Vec<Id<of::Incident>>> {
    let args = args![rows("incident", subjects)?, PAGE, tx.who(), tx.at()];
    tx.all(OF_SUBJECTS, args, |row: &Row| row.get("id")).await
}

/// The id of the newest incident; empty when there is none.
pub async fn newest(tx: &mut Tx) -> Result<String> {
    let newest = tx.maybe(NEWEST, args![tx.who(), tx.at()], |row| row.get("newest")).await?;
    Ok(newest.unwrap_or_default())
}

/// How many of those that came after an id wait, and how many of them are of level 1; counted to 1,000.
pub async fn new_since(tx: &mut Tx, id: &str) -> Result<(i64, i64)> {
    tx.one(NEW_SINCE, args![id, tx.who(), tx.at()], |row| Ok((row.get("waiting")?, row.maybe("urgent")?.unwrap_or(0))))
        .await
}
