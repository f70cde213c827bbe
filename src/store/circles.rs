//! Circles: the cases that are closed to a named list, and who has a seat. What of it hides a case is `in_sight!`; these
//! statements are for work that looked at the incident first.

use super::db::{Result, Row, Sql, Tx, args, in_sight};
use crate::id::{Id, of};
use crate::time::Timestamp;

pub(super) const STATEMENTS: &[Sql] = &[
    CLOSE,
    OPEN,
    OPEN_SEATS,
    OF,
    SEATS,
    SIT,
    LEAVE,
    STEP_BACK,
    FREE,
    MEMBERS,
    ORPHANED,
    LET_OUT,
    TAKEN_DOWN,
    BY_REFERENCE,
    OUT_OF_SIGHT,
];

const CLOSE: Sql =
    Sql::both("insert into circle (incident, at, person, reason) values ($1, $2, $3, $4) on conflict do nothing");

const OPEN: Sql = Sql::both("delete from circle where incident = $1");

const OPEN_SEATS: Sql = Sql::both("delete from circle_seat where incident = $1");

const OF: Sql = Sql::both("select incident, at, person, reason, orphaned from circle where incident = $1");

const SEATS: Sql = Sql::both(
    "select incident, person, at, given_by, member, until from circle_seat where incident = $1 order by at, person",
);

// A member who breaks the glass stays a member, and somebody let in who is named becomes one.
const SIT: Sql = Sql::both(
    "insert into circle_seat (incident, person, at, given_by, member, until) values ($1, $2, $3, $4, $5, $6)
     on conflict (incident, person) do update set at = excluded.at, given_by = excluded.given_by, member = excluded.member,
         until = excluded.until
     where not circle_seat.member",
);

const LEAVE: Sql = Sql::both("delete from circle_seat where incident = $1 and person = $2");

const STEP_BACK: Sql = Sql::both("delete from circle_seat where incident = $1 and given_by = '' and not member");

// Whoever has it in hand without a seat could neither work it nor give it back.
const FREE: Sql = Sql::both(
    "update incident set state = 'open', holder = null, lease_until = null, updated = $2, version = version + 1
     where id = $1 and state = 'held' and exists (select 1 from circle where circle.incident = incident.id)
       and not exists (select 1 from circle_seat where circle_seat.incident = incident.id
                         and circle_seat.person = incident.holder and circle_seat.until > $2)",
);

// A circle without anybody is one too, and none may be cut in half.
const MEMBERS: Sql = Sql::both(
    "select circle.incident, circle.orphaned, circle_seat.person
     from circle left join circle_seat on circle_seat.incident = circle.incident and circle_seat.member
     order by circle.incident, circle_seat.person",
);

const ORPHANED: Sql = Sql::both("update circle set orphaned = $2 where incident = $1");

// Whoever took a report down read link and code of its case out, the latest there was; a new link makes them worthless.
const TAKEN_DOWN: Sql = Sql::both(
    "select distinct actor from audit where object = $1 and action = 'incident.take-down' and outcome = 'done'
       and not exists (select 1 from audit as later
             where later.object = (select 'case:' || reporter_case.id from reporter_case
                                    where reporter_case.incident = $2 and reporter_case.created <= audit.at
                                    order by reporter_case.created desc, reporter_case.id desc limit 1)
               and later.action = 'case.new-link' and later.sequence > audit.sequence)
     order by actor",
);

const LET_OUT: Sql = Sql::both("delete from circle_seat where not member and until <= $1 returning incident");

const BY_REFERENCE: Sql = Sql::both(concat!(
    "select incident from reporter_case where reference = $1 and ",
    in_sight!("reporter_case.incident", "$2", "$3")
));

const OUT_OF_SIGHT: Sql = Sql::both(concat!(
    "select incident from circle where not ",
    in_sight!("circle.incident", "$1", "$2"),
    " order by incident"
));

/// A seat of a member lasts.
pub const LASTING: Timestamp = Timestamp::from_millis(i64::MAX);
/// Who gives a seat to whoever stands in for members that cannot sign in: the house.
pub const THE_HOUSE: &str = "";

/// A case that is closed to a list; `reason` is sealed under the incident's data key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CircleRow {
    pub incident: Id<of::Incident>,
    pub at: Timestamp,
    pub person: String,
    pub reason: Vec<u8>,
    pub orphaned: Option<Timestamp>,
}

/// Somebody who may see such a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeatRow {
    pub incident: Id<of::Incident>,
    pub person: String,
    pub at: Timestamp,
    pub given_by: String,
    pub member: bool,
    pub until: Timestamp,
}

/// Somebody of a circle, or that it has nobody, and since when it stands open to the approvers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberRow {
    pub incident: Id<of::Incident>,
    pub orphaned: Option<Timestamp>,
    pub person: Option<String>,
}

/// Closes a case; false when it is closed to a list already.
pub async fn close(tx: &mut Tx, row: &CircleRow) -> Result<bool> {
    Ok(tx.run(CLOSE, args![row.incident, row.at, &row.person, &row.reason]).await? == 1)
}

/// The cases that whoever asks may not see.
pub async fn out_of_sight(tx: &mut Tx) -> Result<Vec<String>> {
    tx.all(OUT_OF_SIGHT, args![tx.who(), tx.at()], |row: &Row| row.get("incident")).await
}

/// Opens a case to everybody again.
pub async fn open(tx: &mut Tx, incident: Id<of::Incident>) -> Result<()> {
    tx.run(OPEN_SEATS, args![incident]).await?;
    tx.run(OPEN, args![incident]).await.map(drop)
}

/// The circle of a case, if it has one.
pub async fn of(tx: &mut Tx, incident: Id<of::Incident>) -> Result<Option<CircleRow>> {
    let read = |row: &Row| {
        Ok(CircleRow {
            incident: row.get("incident")?,
            at: row.get("at")?,
            person: row.get("person")?,
            reason: row.get("reason")?,
            orphaned: row.maybe("orphaned")?,
        })
    };
    tx.maybe(OF, args![incident], read).await
}

/// Everybody with a seat, those that have ended too, in the order they got it.
pub async fn seats(tx: &mut Tx, incident: Id<of::Incident>) -> Result<Vec<SeatRow>> {
    let read = |row: &Row| {
        Ok(SeatRow {
            incident: row.get("incident")?,
            person: row.get("person")?,
            at: row.get("at")?,
            given_by: row.get("given_by")?,
            member: row.get("member")?,
            until: row.get("until")?,
        })
    };
    tx.all(SEATS, args![incident], read).await
}

/// Gives somebody a seat; false when they are a member already.
pub async fn sit(tx: &mut Tx, row: &SeatRow) -> Result<bool> {
    let args = args![row.incident, &row.person, row.at, &row.given_by, row.member, row.until];
    Ok(tx.run(SIT, args).await? == 1)
}

/// Takes somebody's seat; false when they had none.
pub async fn leave(tx: &mut Tx, incident: Id<of::Incident>, person: &str) -> Result<bool> {
    Ok(tx.run(LEAVE, args![incident, person]).await? == 1)
}

/// Takes the seats of those who stood in for the members.
pub async fn step_back(tx: &mut Tx, incident: Id<of::Incident>) -> Result<()> {
    tx.run(STEP_BACK, args![incident]).await.map(drop)
}

/// Gives a case back that somebody without a seat has in hand, and says whether that was so.
pub async fn free(tx: &mut Tx, incident: Id<of::Incident>, now: Timestamp) -> Result<bool> {
    Ok(tx.run(FREE, args![incident, now]).await? == 1)
}

/// The members of every circle, by case; one row of a circle that has none.
pub async fn members(tx: &mut Tx) -> Result<Vec<MemberRow>> {
    let read = |row: &Row| {
        Ok(MemberRow { incident: row.get("incident")?, orphaned: row.maybe("orphaned")?, person: row.maybe("person")? })
    };
    tx.all(MEMBERS, args![], read).await
}

/// Who took reports of a case down and knows a link and a code that still open, as the trail names them.
pub async fn taken_down(tx: &mut Tx, incident: Id<of::Incident>) -> Result<Vec<String>> {
    let object = format!("incident:{incident}");
    tx.all(TAKEN_DOWN, args![&object, incident], |row: &Row| row.get("actor")).await
}

/// Notes since when a circle stands open to the approvers, or that it does so no more.
pub async fn orphaned(tx: &mut Tx, incident: Id<of::Incident>, since: Option<Timestamp>) -> Result<()> {
    tx.run_exactly(1, ORPHANED, args![incident, since]).await
}

/// Takes the seats that have ended, and says of which cases.
pub async fn let_out(tx: &mut Tx, now: Timestamp) -> Result<Vec<Id<of::Incident>>> {
    tx.all(LET_OUT, args![now], |row: &Row| row.get("incident")).await
}

/// The incident of the case with this reference, if it is in sight.
pub async fn by_reference(tx: &mut Tx, reference: &str) -> Result<Option<Id<of::Incident>>> {
    tx.maybe(BY_REFERENCE, args![reference, tx.who(), tx.at()], |row: &Row| row.get("incident")).await
}
