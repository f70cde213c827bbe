//! How the desk counts on each member of staff, the pools that cases stand in, and what shifts tell each other.

use super::db::{Result, Row, Sql, Tx, args, in_sight};
use super::queue::Turn;
use crate::id::{Id, of};
use crate::time::Timestamp;

pub(super) const STATEMENTS: &[Sql] = &[
    PUT,
    ALL,
    STILL_THERE,
    OF,
    LOADS,
    COUNT_HELD,
    HEAD,
    HEAD_SUITED,
    LEVEL_ONE,
    OLDEST,
    POOL,
    MOVE,
    HAND_OVER,
    HANDED_OVER,
    FORGET_HANDED_OVER,
];

const PUT: Sql = Sql::both(
    "insert into desk_person (name, first_tier, second_tier, languages, skills, most, hours, zone, changed)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (name) do update set first_tier = excluded.first_tier, second_tier = excluded.second_tier,
         languages = excluded.languages, skills = excluded.skills, most = excluded.most, hours = excluded.hours, zone = excluded.zone,
         changed = excluded.changed",
);

const ALL: Sql = Sql::both(
    "select name, first_tier, second_tier, languages, skills, most, hours, zone, changed from desk_person order by name limit 1000",
);

// Whoever is no person of the staff is a program, by its token.
const STILL_THERE: Sql = Sql::both(
    "select name, first_tier, second_tier, languages, skills, most, hours, zone, changed from desk_person
     where name not in (select id from person where state = 'disabled') order by name limit 1000",
);

const OF: Sql = Sql::both(
    "select name, first_tier, second_tier, languages, skills, most, hours, zone, changed from desk_person where name = $1",
);

const LOADS: Sql = Sql::both(concat!(
    "select holder, count(*) as number from incident where state = 'held' and pool <> 'practice' and ",
    in_sight!("incident.id", "$1", "$2"),
    " group by holder order by holder"
));

const COUNT_HELD: Sql =
    Sql::both("select count(*) as number from incident where state = 'held' and holder = $1 and pool <> 'practice'");

const HEAD: Sql = Sql::both(concat!(
    "select id, lane, level, due, arrived from incident where pool = $1 and state = 'open' and claimable and ",
    in_sight!("incident.id", "$2", "$3"),
    " order by lane, due, id limit 1"
));

const HEAD_SUITED: Sql = Sql::forked(
    concat!(
        "select id, lane, level, due, arrived from incident where pool = $1 and state = 'open' and claimable
         and ($2 = '[]' or language in (select value from json_each($2)))
         and ($3 = '[]' or kind in (select value from json_each($3))) and lane = $4 and due <= $5 and ",
        in_sight!("incident.id", "$6", "$7"),
        " order by lane, due, id limit 1"
    ),
    concat!(
        "select id, lane, level, due, arrived from incident where pool = $1 and state = 'open' and claimable
         and ($2 = '[]' or language = any (array(select json_array_elements_text($2::json))))
         and ($3 = '[]' or kind = any (array(select json_array_elements_text($3::json)))) and lane = $4 and due <= $5 and ",
        in_sight!("incident.id", "$6", "$7"),
        " order by lane, due, id limit 1"
    ),
);

const LEVEL_ONE: Sql = Sql::both(concat!(
    "select id, lane, level, due, arrived from incident where pool = $1 and state = 'open' and claimable
         and lane = 0 and level = 1 and pool <> 'practice' and ",
    in_sight!("incident.id", "$2", "$3"),
    " order by arrived, id limit 1"
));

const OLDEST: Sql = Sql::both(concat!(
    "select id, lane, level, due, arrived from incident where pool = $1 and state = 'open' and claimable and ",
    in_sight!("incident.id", "$2", "$3"),
    " order by arrived, id limit 1"
));

const POOL: Sql = Sql::both("select pool from incident where id = $1");

// Out of the hands of whoever moves it; what another holds stays with them and only stands elsewhere afterwards.
const MOVE: Sql = Sql::both(
    "update incident set pool = $2,
         state = case when state = 'held' and holder = $3 then 'open' else state end,
         lease_until = case when state = 'held' and holder = $3 then null else lease_until end,
         holder = case when state = 'held' and holder = $3 then null else holder end,
         updated = $4, version = case when $3 = '' then version else version + 1 end
     where id = $1 and state <> 'closed' and pool <> 'practice' and (holder is null or holder = $3 or $3 = '')",
);

const HAND_OVER: Sql = Sql::both("insert into hand_over (id, at, person, data_key, body) values ($1, $2, $3, $4, $5)");

const FORGET_HANDED_OVER: Sql = Sql::both("delete from hand_over where at < $1");

const HANDED_OVER: Sql =
    Sql::both("select id, at, person, data_key, body from hand_over order by at desc, id desc limit $1");

/// How the desk counts on somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonRow {
    pub name: String,
    pub first_tier: bool,
    pub second_tier: bool,
    /// Tags with blanks between; empty for all.
    pub languages: String,
    /// Kinds with blanks between; empty for all.
    pub skills: String,
    pub most: Option<i64>,
    /// One window a line.
    pub hours: String,
    pub zone: String,
    pub changed: Timestamp,
}

/// The next of a pool, by its place and its arrival.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    pub incident: Id<of::Incident>,
    pub lane: i64,
    pub level: i64,
    pub due: Timestamp,
    pub arrived: Timestamp,
}

/// What a case should be for somebody to take it first, and where it may stand for that; nothing asked for is nothing in a
/// list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Suits<'a> {
    pub languages: &'a [String],
    pub skills: &'a [String],
    pub lane: i64,
    /// No further back than this.
    pub due: Timestamp,
}

/// What a shift told the next, sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandOverRow {
    pub id: Id<of::Note>,
    pub at: Timestamp,
    pub person: String,
    pub data_key: Vec<u8>,
    pub body: Vec<u8>,
}

fn person_row(row: &Row) -> Result<PersonRow> {
    Ok(PersonRow {
        name: row.get("name")?,
        first_tier: row.get("first_tier")?,
        second_tier: row.get("second_tier")?,
        languages: row.get("languages")?,
        skills: row.get("skills")?,
        most: row.maybe("most")?,
        hours: row.get("hours")?,
        zone: row.get("zone")?,
        changed: row.get("changed")?,
    })
}

/// Keeps how the desk counts on somebody.
pub async fn put(tx: &mut Tx, row: &PersonRow) -> Result<()> {
    let args = args![
        &row.name,
        row.first_tier,
        row.second_tier,
        &row.languages,
        &row.skills,
        row.most,
        &row.hours,
        &row.zone,
        row.changed
    ];
    tx.run_exactly(1, PUT, args).await
}

/// Everybody the desk was told of, by name.
pub async fn all(tx: &mut Tx) -> Result<Vec<PersonRow>> {
    tx.all(ALL, args![], person_row).await
}

/// The same without those who have left.
pub async fn still_there(tx: &mut Tx) -> Result<Vec<PersonRow>> {
    tx.all(STILL_THERE, args![], person_row).await
}

pub async fn of(tx: &mut Tx, name: &str) -> Result<Option<PersonRow>> {
    tx.maybe(OF, args![name], person_row).await
}

/// Who holds how many.
pub async fn loads(tx: &mut Tx) -> Result<Vec<(String, i64)>> {
    tx.all(LOADS, args![tx.who(), tx.at()], |row: &Row| Ok((row.get("holder")?, row.get("number")?))).await
}

pub async fn count_held(tx: &mut Tx, name: &str) -> Result<i64> {
    tx.one(COUNT_HELD, args![name], |row| row.get("number")).await
}

fn head_row(row: &Row) -> Result<Head> {
    Ok(Head {
        incident: row.get("id")?,
        lane: row.get("lane")?,
        level: row.get("level")?,
        due: row.get("due")?,
        arrived: row.get("arrived")?,
    })
}

/// The next of a pool.
pub async fn head(tx: &mut Tx, pool: &str, turn: Turn) -> Result<Option<Head>> {
    let sql = match turn {
        Turn::LongestWaiter => OLDEST,
        Turn::MostUrgent => HEAD,
    };
    tx.maybe(sql, args![pool, tx.who(), tx.at()], head_row).await
}

/// The first of a pool that suits and stands near enough.
pub async fn head_suited(tx: &mut Tx, pool: &str, suits: Suits<'_>) -> Result<Option<Head>> {
    let (languages, skills) =
        (super::db::rows("incident", suits.languages)?, super::db::rows("incident", suits.skills)?);
    let args = args![pool, languages, skills, suits.lane, suits.due, tx.who(), tx.at()];
    tx.maybe(HEAD_SUITED, args, head_row).await
}

/// The first case of level 1 of a pool, wherever it stands.
pub async fn level_one(tx: &mut Tx, pool: &str) -> Result<Option<Head>> {
    tx.maybe(LEVEL_ONE, args![pool, tx.who(), tx.at()], head_row).await
}

pub async fn pool(tx: &mut Tx, incident: Id<of::Incident>) -> Result<Option<String>> {
    tx.maybe(POOL, args![incident], |row| row.get("pool")).await
}

/// Puts a case into another pool, out of the hands of whoever does it; without a name only what is in nobody's hands or
/// anybody's changes its pool and stays there. False when it is closed, practice, or another has it in hand.
pub async fn move_to(
    tx: &mut Tx,
    (incident, pool): (Id<of::Incident>, &str),
    (by, at): (&str, Timestamp),
) -> Result<bool> {
    Ok(tx.run(MOVE, args![incident, pool, by, at]).await? == 1)
}

/// Keeps what a shift tells the next.
pub async fn hand_over(tx: &mut Tx, row: &HandOverRow) -> Result<()> {
    tx.run_exactly(1, HAND_OVER, args![row.id, row.at, &row.person, &row.data_key, &row.body]).await
}

/// What was told last, the newest first.
pub async fn handed_over(tx: &mut Tx, limit: i64) -> Result<Vec<HandOverRow>> {
    tx.all(HANDED_OVER, args![limit], |row: &Row| {
        Ok(HandOverRow {
            id: row.get("id")?,
            at: row.get("at")?,
            person: row.get("person")?,
            data_key: row.get("data_key")?,
            body: row.get("body")?,
        })
    })
    .await
}

/// Lets go of what was told before a moment, and says how many notes.
pub async fn forget_handed_over(tx: &mut Tx, moment: Timestamp) -> Result<u64> {
    tx.run(FORGET_HANDED_OVER, args![moment]).await
}
