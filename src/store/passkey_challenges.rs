//! What browsers were asked to sign, by the session they were asked in: one at a time, good once.

use super::db::{Result, Row, Sql, Tx, args};
use crate::time::Timestamp;

pub(super) const STATEMENTS: &[Sql] = &[PUT, TAKE, SWEEP];

const PUT: Sql = Sql::both(
    "insert into passkey_challenge (session, what, state, expires) values ($1, $2, $3, $4)
     on conflict (session) do update set what = excluded.what, state = excluded.state, expires = excluded.expires",
);

const TAKE: Sql = Sql::both("delete from passkey_challenge where session = $1 returning what, state, expires");

const SWEEP: Sql = Sql::both("delete from passkey_challenge where expires <= $1");

/// Remembers what a session was asked, in place of what it was asked before.
pub async fn put(tx: &mut Tx, (session, what): (&str, &str), (state, expires): (&[u8], Timestamp)) -> Result<()> {
    tx.run_exactly(1, PUT, args![session, what, state, expires]).await
}

/// What a session was asked, if it may still answer; nobody may a second time.
pub async fn take(tx: &mut Tx, (session, what): (&str, &str), now: Timestamp) -> Result<Option<Vec<u8>>> {
    let asked = |row: &Row| Ok((row.get::<String>("what")?, row.get::<Vec<u8>>("state")?, row.get("expires")?));
    let taken: Option<(String, Vec<u8>, Timestamp)> = tx.maybe(TAKE, args![session], asked).await?;
    Ok(taken.filter(|(was, _, expires)| was == what && *expires > now).map(|(_, state, _)| state))
}

/// Forgets what was not answered in time.
pub async fn sweep(tx: &mut Tx, now: Timestamp) -> Result<u64> {
    tx.run(SWEEP, args![now]).await
}
