//! Set-up links, by digest; each opens once.

use super::db::{Result, Sql, Tx, args};
use crate::time::Timestamp;

pub(super) const STATEMENTS: &[Sql] = &[PUT, TAKE, PENDING, IS_GOOD];

const PUT: Sql = Sql::both("insert into setup (digest, created, expires) values ($1, $2, $3)");

const TAKE: Sql = Sql::both("update setup set used = $2 where digest = $1 and used is null and expires > $2");

const PENDING: Sql = Sql::both("select count(*) as links from setup where used is null and expires > $1");

const IS_GOOD: Sql =
    Sql::both("select count(*) as links from setup where digest = $1 and used is null and expires > $2");

/// Keeps a new link.
pub async fn put(tx: &mut Tx, digest: &str, created: Timestamp, expires: Timestamp) -> Result<()> {
    tx.run_exactly(1, PUT, args![digest, created, expires]).await
}

/// Uses a link up and says whether it was good: known, unused, not expired. Of several at once only one is told yes.
pub async fn take(tx: &mut Tx, digest: &str, now: Timestamp) -> Result<bool> {
    Ok(tx.run(TAKE, args![digest, now]).await? == 1)
}

/// Whether any link could still be used.
pub async fn pending(tx: &mut Tx, now: Timestamp) -> Result<bool> {
    let links: i64 = tx.one(PENDING, args![now], |row| row.get("links")).await?;
    Ok(links > 0)
}

/// Whether a link could be used now.
pub async fn is_good(tx: &mut Tx, digest: &str, now: Timestamp) -> Result<bool> {
    let links: i64 = tx.one(IS_GOOD, args![digest, now], |row| row.get("links")).await?;
    Ok(links > 0)
}
