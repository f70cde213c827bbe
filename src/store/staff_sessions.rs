//! Where people are signed in to the console, by the digest of their cookie.

use super::db::{Result, Row, Sql, Tx, args};
use crate::id::{Id, of};
use crate::time::Timestamp;

pub(super) const STATEMENTS: &[Sql] = &[INSERT, FIND, TOUCH, GUESSED, END, END_ALL, OF_PERSON, SWEEP];

const INSERT: Sql = Sql::both(
    "insert into staff_session (digest, person, stage, created, used, factor_at, factor, guesses)
     values ($1, $2, $3, $4, $5, $6, $7, 0)",
);

const FIND: Sql = Sql::both(
    "select digest, person, stage, created, used, factor_at, factor, guesses from staff_session where digest = $1",
);

const TOUCH: Sql = Sql::both("update staff_session set used = $2 where digest = $1 and used < $2");

const GUESSED: Sql = Sql::both("update staff_session set guesses = guesses + 1 where digest = $1 and guesses < $2");

const END: Sql = Sql::both("delete from staff_session where digest = $1");

const END_ALL: Sql = Sql::both("delete from staff_session where person = $1 and digest <> $2");

const OF_PERSON: Sql = Sql::both(
    "select digest, person, stage, created, used, factor_at, factor, guesses from staff_session
     where person = $1 order by created, digest",
);

const SWEEP: Sql = Sql::both("delete from staff_session where created < $1");

/// A session as it is kept.
#[derive(Clone, Debug)]
pub struct SessionRow {
    pub digest: String,
    pub person: Id<of::Person>,
    /// `half` or `full`.
    pub stage: String,
    pub created: Timestamp,
    pub used: Timestamp,
    pub factor_at: Option<Timestamp>,
    /// Which kind of second factor was shown: `code`, `recovery-code`, `passkey`, `issuer` or `issuer-passkey`.
    pub factor: Option<String>,
    pub guesses: i64,
}

fn session_row(row: &Row) -> Result<SessionRow> {
    Ok(SessionRow {
        digest: row.get("digest")?,
        person: row.get("person")?,
        stage: row.get("stage")?,
        created: row.get("created")?,
        used: row.get("used")?,
        factor_at: row.maybe("factor_at")?,
        factor: row.maybe("factor")?,
        guesses: row.get("guesses")?,
    })
}

/// Keeps a new session, without guesses whatever the row says.
pub async fn insert(tx: &mut Tx, session: &SessionRow) -> Result<()> {
    let args = args![
        &session.digest,
        session.person,
        &session.stage,
        session.created,
        session.used,
        session.factor_at,
        session.factor.as_deref(),
    ];
    tx.run_exactly(1, INSERT, args).await
}

pub async fn find(tx: &mut Tx, digest: &str) -> Result<Option<SessionRow>> {
    tx.maybe(FIND, args![digest], session_row).await
}

/// Notes that a session was used.
pub async fn touch(tx: &mut Tx, digest: &str, now: Timestamp) -> Result<()> {
    tx.run(TOUCH, args![digest, now]).await.map(drop)
}

/// Counts a guess at the second factor; no when there were `most` before.
pub async fn guessed(tx: &mut Tx, digest: &str, most: i64) -> Result<bool> {
    Ok(tx.run(GUESSED, args![digest, most]).await? == 1)
}

/// Ends a session; no when it was over.
pub async fn end(tx: &mut Tx, digest: &str) -> Result<bool> {
    Ok(tx.run(END, args![digest]).await? == 1)
}

/// Ends every session of a person but one; how many there were.
pub async fn end_others(tx: &mut Tx, person: Id<of::Person>, but: &str) -> Result<u64> {
    tx.run(END_ALL, args![person, but]).await
}

/// The sessions of a person, the oldest first.
pub async fn of_person(tx: &mut Tx, person: Id<of::Person>) -> Result<Vec<SessionRow>> {
    tx.all(OF_PERSON, args![person], session_row).await
}

/// Forgets sessions that began before, which are over whatever their limits.
pub async fn sweep(tx: &mut Tx, before: Timestamp) -> Result<u64> {
    tx.run(SWEEP, args![before]).await
}
