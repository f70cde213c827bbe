//! Second factors of people: time-based codes, recovery codes and passkeys, each sealed under its person's key.

use super::db::{Result, Row, Sql, Tx, args};
use crate::id::{Id, of};
use crate::time::Timestamp;

pub(super) const STATEMENTS: &[Sql] =
    &[INSERT, OF_PERSON, CONFIRM, ADVANCE, USE_UP, CHANGE, FORGET, FORGET_WAITING, FORGET_LEFT, FORGET_ALL];

const INSERT: Sql = Sql::both(
    "insert into factor (id, person, kind, slot, secret, created, confirmed, last_step, session)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
);

const OF_PERSON: Sql = Sql::both(
    "select id, person, kind, slot, secret, created, confirmed, last_step, used, session
     from factor where person = $1 order by created, slot, id",
);

const CONFIRM: Sql = Sql::both("update factor set confirmed = $2, last_step = $3 where id = $1 and confirmed is null");

const ADVANCE: Sql = Sql::both("update factor set last_step = $2, used = $3 where id = $1 and last_step < $2");

const USE_UP: Sql = Sql::both("update factor set used = $2 where id = $1 and used is null");

const CHANGE: Sql = Sql::both("update factor set secret = $2, used = $3 where id = $1");

const FORGET: Sql = Sql::both("delete from factor where person = $1 and kind = $2 and id <> $3");

const FORGET_WAITING: Sql = Sql::both("delete from factor where person = $1 and confirmed is null");

const FORGET_LEFT: Sql = Sql::both(
    "delete from factor where person = $1 and confirmed is null
     and not exists (select 1 from staff_session where staff_session.digest = factor.session)",
);

const FORGET_ALL: Sql = Sql::both("delete from factor where person = $1");

/// A factor as it is kept.
#[derive(Clone)]
pub struct FactorRow {
    pub id: Id<of::Factor>,
    pub person: Id<of::Person>,
    /// `totp`, `recovery` or `passkey`.
    pub kind: String,
    pub slot: i64,
    pub secret: Vec<u8>,
    pub created: Timestamp,
    pub confirmed: Option<Timestamp>,
    pub last_step: i64,
    pub used: Option<Timestamp>,
    /// The session that it waits in to be shown to work; nobody else is shown it.
    pub session: Option<String>,
}

impl FactorRow {
    /// Whether it is a second factor that was shown to work; recovery codes only stand in for one.
    pub fn is_second(&self) -> bool {
        self.kind != "recovery" && self.confirmed.is_some()
    }

    pub fn is_passkey(&self) -> bool {
        self.kind == "passkey" && self.confirmed.is_some()
    }
}

/// Keeps a new factor.
pub async fn insert(tx: &mut Tx, factor: &FactorRow) -> Result<()> {
    let args = args![
        factor.id,
        factor.person,
        &factor.kind,
        factor.slot,
        &factor.secret,
        factor.created,
        factor.confirmed,
        factor.last_step,
        factor.session.as_deref(),
    ];
    tx.run_exactly(1, INSERT, args).await
}

/// Everything a person has, also what is not confirmed or used up.
pub async fn of_person(tx: &mut Tx, person: Id<of::Person>) -> Result<Vec<FactorRow>> {
    tx.all(OF_PERSON, args![person], |row: &Row| {
        Ok(FactorRow {
            id: row.get("id")?,
            person: row.get("person")?,
            kind: row.get("kind")?,
            slot: row.get("slot")?,
            secret: row.get("secret")?,
            created: row.get("created")?,
            confirmed: row.maybe("confirmed")?,
            last_step: row.get("last_step")?,
            used: row.maybe("used")?,
            session: row.maybe("session")?,
        })
    })
    .await
}

/// The factor was shown to work at a step; no when it had been before.
pub async fn confirm(tx: &mut Tx, id: Id<of::Factor>, (step, now): (i64, Timestamp)) -> Result<bool> {
    Ok(tx.run(CONFIRM, args![id, now, step]).await? == 1)
}

/// Uses a step up; no when it or a later one has been used.
pub async fn advance(tx: &mut Tx, id: Id<of::Factor>, (step, now): (i64, Timestamp)) -> Result<bool> {
    Ok(tx.run(ADVANCE, args![id, step, now]).await? == 1)
}

/// Uses a code up; no when it has been used.
pub async fn use_up(tx: &mut Tx, id: Id<of::Factor>, now: Timestamp) -> Result<bool> {
    Ok(tx.run(USE_UP, args![id, now]).await? == 1)
}

/// Keeps what has changed of a factor by its use.
pub async fn change(tx: &mut Tx, id: Id<of::Factor>, (secret, now): (&[u8], Timestamp)) -> Result<()> {
    tx.run_exactly(1, CHANGE, args![id, secret, now]).await
}

/// Forgets a person's factors of one kind but this one.
pub async fn forget_others(tx: &mut Tx, person: Id<of::Person>, (kind, but): (&str, Id<of::Factor>)) -> Result<()> {
    tx.run(FORGET, args![person, kind, but]).await.map(drop)
}

/// Forgets what of a person's waits to be shown to work.
pub async fn forget_waiting(tx: &mut Tx, person: Id<of::Person>) -> Result<()> {
    tx.run(FORGET_WAITING, args![person]).await.map(drop)
}

/// The same where its session is over.
pub async fn forget_left(tx: &mut Tx, person: Id<of::Person>) -> Result<()> {
    tx.run(FORGET_LEFT, args![person]).await.map(drop)
}

/// Whether a person has a second factor that was shown to work.
pub async fn has_second(tx: &mut Tx, person: Id<of::Person>) -> Result<bool> {
    Ok(of_person(tx, person).await?.iter().any(FactorRow::is_second))
}

pub async fn has_passkey(tx: &mut Tx, person: Id<of::Person>) -> Result<bool> {
    Ok(of_person(tx, person).await?.iter().any(FactorRow::is_passkey))
}

/// Forgets all factors of a person.
pub async fn forget_all(tx: &mut Tx, person: Id<of::Person>) -> Result<()> {
    tx.run(FORGET_ALL, args![person]).await.map(drop)
}
