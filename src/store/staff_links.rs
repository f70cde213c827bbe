//! Links that are mailed to staff, by digest: each opens once, until it ends or is taken back.

use super::db::{Result, Row, Sql, Tx, args};
use crate::id::{Id, of};
use crate::time::Timestamp;

pub(super) const STATEMENTS: &[Sql] = &[PUT, FIND, TAKE, REVOKE, REVOKE_KIND, SWEEP];

const PUT: Sql = Sql::both(
    "insert into staff_link (digest, person, what, address, created, expires) values ($1, $2, $3, $4, $5, $6)",
);

const FIND: Sql = Sql::both(
    "select person, address from staff_link
     where digest = $1 and what = $2 and used is null and revoked is null and expires > $3",
);

const TAKE: Sql = Sql::both(
    "update staff_link set used = $3
     where digest = $1 and what = $2 and used is null and revoked is null and expires > $3",
);

const REVOKE: Sql =
    Sql::both("update staff_link set revoked = $2 where person = $1 and used is null and revoked is null");

const REVOKE_KIND: Sql = Sql::both(
    "update staff_link set revoked = $3 where person = $1 and what = $2 and used is null and revoked is null",
);

const SWEEP: Sql = Sql::both("delete from staff_link where expires < $1");

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opens {
    /// A new password.
    Password,
    /// That an address is the person's.
    Address,
}

impl Opens {
    fn as_str(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Address => "address",
        }
    }
}

/// A link to be kept.
#[derive(Clone, Debug)]
pub struct NewLink {
    pub digest: String,
    pub person: Id<of::Person>,
    pub opens: Opens,
    pub address: Option<Id<of::Address>>,
    pub created: Timestamp,
    pub expires: Timestamp,
}

/// Whose a good link is, and which address it proves.
#[derive(Clone, Copy, Debug)]
pub struct Found {
    pub person: Id<of::Person>,
    pub address: Option<Id<of::Address>>,
}

pub async fn put(tx: &mut Tx, link: &NewLink) -> Result<()> {
    let address = link.address.map(|id| id.to_string());
    let args = args![&link.digest, link.person, link.opens.as_str(), address.as_deref(), link.created, link.expires];
    tx.run_exactly(1, PUT, args).await
}

/// A link that is good.
pub async fn find(tx: &mut Tx, (digest, opens): (&str, Opens), now: Timestamp) -> Result<Option<Found>> {
    tx.maybe(FIND, args![digest, opens.as_str(), now], |row: &Row| {
        Ok(Found { person: row.get("person")?, address: row.maybe("address")? })
    })
    .await
}

/// Uses a link up and says whether it was good. Of several at once only one is told yes.
pub async fn take(tx: &mut Tx, (digest, opens): (&str, Opens), now: Timestamp) -> Result<bool> {
    Ok(tx.run(TAKE, args![digest, opens.as_str(), now]).await? == 1)
}

/// Takes back every link of a person that is still good; how many there were.
pub async fn revoke(tx: &mut Tx, person: Id<of::Person>, now: Timestamp) -> Result<u64> {
    tx.run(REVOKE, args![person, now]).await
}

/// Takes back those of one kind.
pub async fn revoke_kind(tx: &mut Tx, person: Id<of::Person>, (opens, now): (Opens, Timestamp)) -> Result<u64> {
    tx.run(REVOKE_KIND, args![person, opens.as_str(), now]).await
}

/// Forgets links that ended before.
pub async fn sweep(tx: &mut Tx, before: Timestamp) -> Result<u64> {
    tx.run(SWEEP, args![before]).await
}
