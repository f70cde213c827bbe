//! What the house ordered by itself: how often, what people said to it, the brake that went in; and which orders somebody
//! has to look at afterwards.

use super::db::{Result, Row, Sql, Tx, args, in_sight};
use crate::containment::{Action, State};
use crate::id::{Id, of};
use crate::time::Timestamp;

pub(super) const STATEMENTS: &[Sql] = &[
    TOGETHER,
    ON_ACCOUNT,
    IN_THE_WAY,
    RULED,
    BRAKE,
    STANDING,
    STANDING_IN_SIGHT,
    STANDING_CLOSED,
    LAST_RELEASE,
    RELEASE,
    TO_REVIEW,
    COUNT_TO_REVIEW,
    OLDEST_TO_REVIEW,
    CLOSED_TO_REVIEW,
];

/// Rows of a list.
const LIST: i64 = 200;

const TOGETHER: Sql = Sql::both("select count(*) as given from containment_order where automatic and requested > $1");

const ON_ACCOUNT: Sql = Sql::both(
    "select count(*) as given from containment_order where account_digest = $1 and automatic and requested > $2",
);

// What does not last counts as in force for the span that a hold would; what only waits for a second person holds nothing.
const IN_THE_WAY: Sql = Sql::both(
    "select id from containment_order where account_digest = $1 and action = $2
       and (state in ('approved', 'sent', 'unknown') and exists (
                select 1 from outbox where outbox.object = containment_order.id and outbox.kind = 'order'
                    and outbox.state = 'waiting')
            or state = 'confirmed' and (until > $3 or requested > $4))
     limit 1",
);

const RULED: Sql = Sql::both(
    "select 1 as ruled from verdict where incident = $1
     union all
     select 1 as ruled from verdict join incident on incident.id = verdict.incident
      where incident.subject = $2 and incident.state = 'closed' and incident.closed > $3
        and verdict.verdict in ('false-alarm', 'answered')
     union all
     select 1 as ruled from ruling where incident = $1
     union all
     select 1 as ruled from signal_aside where incident = $1
     union all
     select 1 as ruled from containment_order
      where incident = $1 and (state in ('withdrawn', 'reversed') or undoes is not null)
     union all
     select 1 as ruled from containment_order
      where account_digest = $4 and requested > $3 and (state in ('withdrawn', 'reversed') or undoes is not null)
     limit 1",
);

// A brake on an account that is older than the day it is for goes in anew; one that stands stays as it is.
const BRAKE: Sql = Sql::both(
    "insert into automatic_brake (id, account_digest, since) values ($1, $2, $3)
     on conflict (account_digest) where released is null do update set since = excluded.since
     where automatic_brake.account_digest <> '' and automatic_brake.since <= $4",
);

const STANDING: Sql = Sql::both(
    "select id, account_digest, since from automatic_brake
     where released is null and (account_digest = '' or since > $1) order by since, id",
);

// A brake on an account tells of what the house ordered on it.
const STANDING_IN_SIGHT: Sql = Sql::both(concat!(
    "select id, account_digest, since from automatic_brake
     where released is null and (account_digest = '' or (since > $1 and exists (
         select 1 from containment_order where containment_order.account_digest = automatic_brake.account_digest
             and containment_order.automatic and ",
    in_sight!("containment_order.incident", "$2", "$3"),
    "))) order by since, id"
));

const STANDING_CLOSED: Sql = Sql::both(
    "select distinct automatic_brake.id, automatic_brake.since, containment_order.incident from automatic_brake
     join containment_order on containment_order.account_digest = automatic_brake.account_digest
     join circle on circle.incident = containment_order.incident
     where automatic_brake.released is null and automatic_brake.account_digest <> '' and automatic_brake.since > $1
       and containment_order.automatic
     order by automatic_brake.since desc, containment_order.incident limit 200",
);

const LAST_RELEASE: Sql = Sql::both(
    "select released from automatic_brake where account_digest = $1 and released is not null
     order by released desc limit 1",
);

const RELEASE: Sql = Sql::both(
    "update automatic_brake set released = $2, released_by = $3, data_key = $4, reason = $5
     where id = $1 and released is null",
);

// The orders first: there are few, and incidents are many.
const TO_REVIEW: Sql = Sql::both(concat!(
    "select asked.id, asked.incident, asked.action, asked.state, asked.automatic, asked.requester, asked.requested,
            incident.kind, incident.level,
            (select min(reference) from reporter_case where reporter_case.incident = asked.incident) as reference
     from (
         select id, incident, action, state, automatic, requester, requested from containment_order
         where people = 1 and reviewed is null and ",
    in_sight!("containment_order.incident", "$2", "$3"),
    "    order by requested, id limit $1
     ) as asked join incident on incident.id = asked.incident
     order by asked.requested, asked.id"
));

const COUNT_TO_REVIEW: Sql = Sql::both(concat!(
    "select count(*) as waiting from (
         select 1 from containment_order where people = 1 and reviewed is null and requested <= $1 and ",
    in_sight!("containment_order.incident", "$2", "$3"),
    " limit 1000) as waiting"
));

const OLDEST_TO_REVIEW: Sql = Sql::both(concat!(
    "select requested from containment_order where people = 1 and reviewed is null and requested <= $1 and ",
    in_sight!("containment_order.incident", "$2", "$3"),
    " order by requested limit 1"
));

const CLOSED_TO_REVIEW: Sql = Sql::both(
    "select containment_order.incident, min(containment_order.requested) as requested from containment_order
     join circle on circle.incident = containment_order.incident
     where containment_order.people = 1 and containment_order.reviewed is null and containment_order.requested <= $1
     group by containment_order.incident order by 2, 1 limit 200",
);

/// A brake that stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrakeRow {
    pub id: Id<of::Brake>,
    /// Keyed digest of the account; empty for the whole house.
    pub account: String,
    pub since: Timestamp,
}

/// An order of one person or of the house that nobody else has looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewRow {
    pub id: Id<of::Order>,
    pub incident: Id<of::Incident>,
    pub action: Action,
    pub state: State,
    pub automatic: bool,
    pub requester: String,
    pub requested: Timestamp,
    pub kind: String,
    pub level: i64,
    /// Of the first case there is about it.
    pub reference: Option<String>,
}

/// How many orders the house placed by itself after a moment.
pub async fn together_since(tx: &mut Tx, since: Timestamp) -> Result<i64> {
    tx.one(TOGETHER, args![since], |row| row.get("given")).await
}

/// The same on one account.
pub async fn on_account_since(tx: &mut Tx, account: &str, since: Timestamp) -> Result<i64> {
    tx.one(ON_ACCOUNT, args![account, since], |row| row.get("given")).await
}

/// Whether such an order is under way or in force on an account now, or was placed after a moment.
pub async fn is_in_force(
    tx: &mut Tx,
    (account, action): (&str, Action),
    (now, since): (Timestamp, Timestamp),
) -> Result<bool> {
    let found: Option<String> =
        tx.maybe(IN_THE_WAY, args![account, action.as_str(), now, since], |row| row.get("id")).await?;
    Ok(found.is_some())
}

/// Whether people have had a say: in the case itself at any time; after a moment also by finding nothing in an earlier case of
/// its subject, or by taking back or lifting an order on the account.
pub async fn is_ruled(
    tx: &mut Tx,
    (incident, subject): (Id<of::Incident>, Option<&str>),
    (account, since): (&str, Timestamp),
) -> Result<bool> {
    let ruled = tx.maybe(RULED, args![incident, subject, since, account], |_| Ok(())).await?;
    Ok(ruled.is_some())
}

/// Puts the brake in; false when it was in.
pub async fn brake(
    tx: &mut Tx,
    id: Id<of::Brake>,
    account: &str,
    (now, lapsed): (Timestamp, Timestamp),
) -> Result<bool> {
    Ok(tx.run(BRAKE, args![id, account, now, lapsed]).await? == 1)
}

/// The brakes that are in: on the house, and on accounts since after a moment.
pub async fn standing(tx: &mut Tx, lapsed: Timestamp) -> Result<Vec<BrakeRow>> {
    tx.all(STANDING, args![lapsed], |row: &Row| {
        Ok(BrakeRow { id: row.get("id")?, account: row.get("account_digest")?, since: row.get("since")? })
    })
    .await
}

/// The same without brakes on accounts with no order of the house in sight.
pub async fn standing_in_sight(tx: &mut Tx, lapsed: Timestamp) -> Result<Vec<BrakeRow>> {
    tx.all(STANDING_IN_SIGHT, args![lapsed, tx.who(), tx.at()], |row: &Row| {
        Ok(BrakeRow { id: row.get("id")?, account: row.get("account_digest")?, since: row.get("since")? })
    })
    .await
}

/// Brakes on accounts with an order of the house in a closed case, with the case and since when; 200 at most.
pub async fn standing_closed(
    tx: &mut Tx,
    lapsed: Timestamp,
) -> Result<Vec<(Id<of::Brake>, Id<of::Incident>, Timestamp)>> {
    tx.all(STANDING_CLOSED, args![lapsed], |row: &Row| Ok((row.get("id")?, row.get("incident")?, row.get("since")?)))
        .await
}

/// When people last let it go on.
pub async fn last_release(tx: &mut Tx, account: &str) -> Result<Option<Timestamp>> {
    tx.maybe(LAST_RELEASE, args![account], |row| row.get("released")).await
}

/// Somebody lets it go on, with a sealed reason; [`Conflict`](super::Error::Conflict) when another did.
pub async fn release(
    tx: &mut Tx,
    id: Id<of::Brake>,
    (by, at): (&str, Timestamp),
    (data_key, reason): (&[u8], &[u8]),
) -> Result<()> {
    tx.run_exactly(1, RELEASE, args![id, at, by, data_key, reason]).await
}

/// What somebody has to look at, the oldest first; 200 at most.
pub async fn to_review(tx: &mut Tx) -> Result<Vec<ReviewRow>> {
    tx.all(TO_REVIEW, args![LIST, tx.who(), tx.at()], |row: &Row| {
        let state: String = row.get("state")?;
        Ok(ReviewRow {
            id: row.get("id")?,
            incident: row.get("incident")?,
            action: row.parse("action")?,
            state: state.parse().map_err(|_| super::Error::Corrupt { table: "containment_order", column: "state" })?,
            automatic: row.get("automatic")?,
            requester: row.get("requester")?,
            requested: row.get("requested")?,
            kind: row.get("kind")?,
            level: row.get("level")?,
            reference: row.maybe("reference")?,
        })
    })
    .await
}

/// How many of them were placed by a moment; counted to 1,000.
pub async fn count_to_review(tx: &mut Tx, placed_by: Timestamp) -> Result<i64> {
    tx.one(COUNT_TO_REVIEW, args![placed_by, tx.who(), tx.at()], |row| row.get("waiting")).await
}

/// When the oldest of them was placed.
pub async fn oldest_to_review(tx: &mut Tx, placed_by: Timestamp) -> Result<Option<Timestamp>> {
    tx.maybe(OLDEST_TO_REVIEW, args![placed_by, tx.who(), tx.at()], |row| row.get("requested")).await
}

/// Closed cases with some of them, and when the oldest was placed; 200 at most.
pub async fn closed_to_review(tx: &mut Tx, placed_by: Timestamp) -> Result<Vec<(Id<of::Incident>, Timestamp)>> {
    tx.all(CLOSED_TO_REVIEW, args![placed_by], |row: &Row| Ok((row.get("incident")?, row.get("requested")?))).await
}
