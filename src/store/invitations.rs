//! Invitations of people, by digest: each opens once, until it ends or is taken back.

use super::db::{Result, Sql, Tx, args};
use crate::id::{Id, of};
use crate::time::Timestamp;

pub(super) const STATEMENTS: &[Sql] = &[PUT, FIND, TAKE, REVOKE, OPEN];

const PUT: Sql = Sql::both("insert into invitation (digest, person, created, expires) values ($1, $2, $3, $4)");

const FIND: Sql =
    Sql::both("select person from invitation where digest = $1 and used is null and revoked is null and expires > $2");

const TAKE: Sql = Sql::both(
    "update invitation set used = $2 where digest = $1 and used is null and revoked is null and expires > $2",
);

const REVOKE: Sql =
    Sql::both("update invitation set revoked = $2 where person = $1 and used is null and revoked is null");

const OPEN: Sql = Sql::both(
    "select distinct person from invitation where used is null and revoked is null and expires > $1 order by person",
);

/// Keeps a new invitation.
pub async fn put(
    tx: &mut Tx,
    (digest, person): (&str, Id<of::Person>),
    (now, expires): (Timestamp, Timestamp),
) -> Result<()> {
    tx.run_exactly(1, PUT, args![digest, person, now, expires]).await
}

/// Whom an invitation that is good invites.
pub async fn find(tx: &mut Tx, digest: &str, now: Timestamp) -> Result<Option<Id<of::Person>>> {
    tx.maybe(FIND, args![digest, now], |row| row.get("person")).await
}

/// Uses an invitation up and says whether it was good. Of several at once only one is told yes.
pub async fn take(tx: &mut Tx, digest: &str, now: Timestamp) -> Result<bool> {
    Ok(tx.run(TAKE, args![digest, now]).await? == 1)
}

/// Takes back every invitation of a person that is still good; how many there were.
pub async fn revoke(tx: &mut Tx, person: Id<of::Person>, now: Timestamp) -> Result<u64> {
    tx.run(REVOKE, args![person, now]).await
}

/// Who has an invitation that could still be used.
pub async fn open(tx: &mut Tx, now: Timestamp) -> Result<Vec<Id<of::Person>>> {
    tx.all(OPEN, args![now], |row| row.get("person")).await
}
