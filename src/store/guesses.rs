//! How often somebody guessed at a login or a second factor in a row.

use super::db::{Result, Row, Sql, Tx, args};
use crate::time::Timestamp;

pub(super) const STATEMENTS: &[Sql] = &[FIND, COUNT, UNCOUNT, CLEAR, CLEAR_LOGIN, CLEAR_BUT, OF_LOGIN, SWEEP];

const FIND: Sql = Sql::both("select what, login, failures, begun, last from staff_guess where what = $1");

const COUNT: Sql = Sql::both(
    "insert into staff_guess (what, login, failures, begun, last) values ($1, $2, 1, $3, $3)
     on conflict (what) do update set
         failures = case when staff_guess.begun < $4 then 1 else staff_guess.failures + 1 end,
         begun = case when staff_guess.begun < $4 then excluded.begun else staff_guess.begun end,
         last = excluded.last",
);

const UNCOUNT: Sql = Sql::both("update staff_guess set failures = failures - 1 where what = $1 and failures > 0");

const CLEAR: Sql = Sql::both("delete from staff_guess where what = $1");

const CLEAR_LOGIN: Sql = Sql::both("delete from staff_guess where login = $1");

const CLEAR_BUT: Sql = Sql::both("delete from staff_guess where login = $1 and what <> $2");

const OF_LOGIN: Sql = Sql::both("select coalesce(max(failures), 0) as failures from staff_guess where login = $1");

const SWEEP: Sql = Sql::both(
    "delete from staff_guess where last < $1 and not exists (select 1 from person where person.login_digest = staff_guess.login)",
);

/// Guesses at one thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Guesses {
    pub failures: i64,
    pub begun: Timestamp,
    pub last: Timestamp,
}

pub async fn find(tx: &mut Tx, what: &str) -> Result<Option<Guesses>> {
    tx.maybe(FIND, args![what], |row: &Row| {
        Ok(Guesses { failures: row.get("failures")?, begun: row.get("begun")?, last: row.get("last")? })
    })
    .await
}

/// Counts a guess at something of a login. A count that began before `fresh_from` begins again.
pub async fn count(tx: &mut Tx, (what, login): (&str, &str), (now, fresh_from): (Timestamp, Timestamp)) -> Result<()> {
    tx.run(COUNT, args![what, login, now, fresh_from]).await.map(drop)
}

/// Takes a guess back that was right.
pub async fn uncount(tx: &mut Tx, what: &str) -> Result<()> {
    tx.run(UNCOUNT, args![what]).await.map(drop)
}

pub async fn clear(tx: &mut Tx, what: &str) -> Result<()> {
    tx.run(CLEAR, args![what]).await.map(drop)
}

/// Forgets every guess at anything of a login.
pub async fn clear_login(tx: &mut Tx, login: &str) -> Result<()> {
    tx.run(CLEAR_LOGIN, args![login]).await.map(drop)
}

/// Forgets every guess at anything of a login but one thing.
pub async fn clear_but(tx: &mut Tx, login: &str, but: &str) -> Result<()> {
    tx.run(CLEAR_BUT, args![login, but]).await.map(drop)
}

/// The most guesses in a row at anything of a login.
pub async fn of_login(tx: &mut Tx, login: &str) -> Result<i64> {
    tx.one(OF_LOGIN, args![login], |row| row.get("failures")).await
}

/// Forgets guesses at logins that nobody has.
pub async fn sweep(tx: &mut Tx, before: Timestamp) -> Result<u64> {
    tx.run(SWEEP, args![before]).await
}
