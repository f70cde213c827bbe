//! Who somebody is at an issuer, sign-ins on their way there and back, and tokens that were used.

use super::db::{Result, Row, Sql, Tx, args};
use crate::id::{Id, of};
use crate::time::Timestamp;

pub(super) const STATEMENTS: &[Sql] =
    &[BEGIN, TAKE, SPEND, FIND, PUT, USE, OF_PERSON, DROP, DROP_ALL, SWEEP_FLOWS, SWEEP_TOKENS];

const BEGIN: Sql =
    Sql::both("insert into federated_flow (digest, issuer, purpose, session, expires) values ($1, $2, $3, $4, $5)");

const TAKE: Sql =
    Sql::both("delete from federated_flow where digest = $1 and expires > $2 returning issuer, purpose, session");

const SPEND: Sql = Sql::both("insert into federated_token (digest, expires) values ($1, $2) on conflict do nothing");

const FIND: Sql = Sql::both("select person from federated_identity where digest = $1");

const PUT: Sql = Sql::both(
    "insert into federated_identity (digest, issuer, person, contact, linked, used) values ($1, $2, $3, $4, $5, $5)",
);

const USE: Sql = Sql::both("update federated_identity set contact = $2, used = $3 where digest = $1");

const OF_PERSON: Sql = Sql::both(
    "select digest, issuer, contact, linked from federated_identity where person = $1 order by linked, digest",
);

const DROP: Sql = Sql::both("delete from federated_identity where person = $1 and digest = $2");

const DROP_ALL: Sql = Sql::both("delete from federated_identity where person = $1");

const SWEEP_FLOWS: Sql = Sql::both("delete from federated_flow where expires <= $1");

const SWEEP_TOKENS: Sql = Sql::both("delete from federated_token where expires <= $1");

/// A sign-in on its way.
pub struct FlowRow {
    pub issuer: String,
    /// `sign-in`, `fresh`, `step-up` or `link`.
    pub purpose: String,
    /// The session that it was begun in.
    pub session: Option<String>,
}

/// Who a person is at one issuer.
pub struct IdentityRow {
    pub digest: String,
    pub issuer: String,
    pub contact: Vec<u8>,
    pub linked: Timestamp,
}

/// Remembers a sign-in that was begun.
pub async fn begin(tx: &mut Tx, (digest, flow): (&str, &FlowRow), expires: Timestamp) -> Result<()> {
    tx.run_exactly(1, BEGIN, args![digest, &flow.issuer, &flow.purpose, flow.session.as_deref(), expires]).await
}

/// The sign-in of a cookie, once and while it is good.
pub async fn take(tx: &mut Tx, digest: &str, now: Timestamp) -> Result<Option<FlowRow>> {
    tx.maybe(TAKE, args![digest, now], |row: &Row| {
        Ok(FlowRow { issuer: row.get("issuer")?, purpose: row.get("purpose")?, session: row.maybe("session")? })
    })
    .await
}

/// Uses a token up; no when it was used before.
pub async fn spend(tx: &mut Tx, digest: &str, expires: Timestamp) -> Result<bool> {
    Ok(tx.run(SPEND, args![digest, expires]).await? == 1)
}

/// Who somebody at an issuer is here.
pub async fn find(tx: &mut Tx, digest: &str) -> Result<Option<Id<of::Person>>> {
    tx.maybe(FIND, args![digest], |row: &Row| row.get("person")).await
}

/// Keeps who somebody is at an issuer. [`Conflict`](super::Error::Conflict) when they are somebody already.
pub async fn put(tx: &mut Tx, (identity, person): (&IdentityRow, Id<of::Person>)) -> Result<()> {
    let args = args![&identity.digest, &identity.issuer, person, &identity.contact, identity.linked];
    tx.run_exactly(1, PUT, args).await
}

/// Notes that somebody came by it, and how they are known there now.
pub async fn used(tx: &mut Tx, digest: &str, (contact, now): (&[u8], Timestamp)) -> Result<()> {
    tx.run_exactly(1, USE, args![digest, contact, now]).await
}

/// Who a person is at issuers.
pub async fn of_person(tx: &mut Tx, person: Id<of::Person>) -> Result<Vec<IdentityRow>> {
    tx.all(OF_PERSON, args![person], |row: &Row| {
        Ok(IdentityRow {
            digest: row.get("digest")?,
            issuer: row.get("issuer")?,
            contact: row.get("contact")?,
            linked: row.get("linked")?,
        })
    })
    .await
}

/// Takes one of a person's away; whether it was theirs.
pub async fn unlink(tx: &mut Tx, person: Id<of::Person>, digest: &str) -> Result<bool> {
    Ok(tx.run(DROP, args![person, digest]).await? == 1)
}

/// Takes all of a person's away; how many there were.
pub async fn unlink_all(tx: &mut Tx, person: Id<of::Person>) -> Result<u64> {
    tx.run(DROP_ALL, args![person]).await
}

/// Forgets sign-ins that nobody came back from, and tokens that are over anyway.
pub async fn sweep(tx: &mut Tx, now: Timestamp) -> Result<u64> {
    Ok(tx.run(SWEEP_FLOWS, args![now]).await? + tx.run(SWEEP_TOKENS, args![now]).await?)
}
