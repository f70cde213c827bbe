//! People on the staff. Login and name are sealed; keyed digests find them and keep two people from having one.

use super::db::{Result, Row, Sql, Tx, args};
use crate::id::{Id, of};
use crate::time::Timestamp;

pub(super) const STATEMENTS: &[Sql] = &[
    INSERT,
    BY_LOGIN,
    BY_ID,
    LIST,
    COUNT,
    ACTIVE,
    SET_PASSWORD,
    FORGET_PASSWORD,
    SET_ROLES,
    SET_STATE,
    ASK_RESET,
    ASK_DEMOTION,
    HOLD,
];

const INSERT: Sql = Sql::both(
    "insert into person (id, login_digest, name_digest, data_key, login, name, roles, state, password, created, changed)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)",
);

const BY_LOGIN: Sql = Sql::both(
    "select id, login_digest, name_digest, data_key, login, name, roles, state, password, reset_asked_by, reset_asked,
         demotion_asked_by, demotion_asked, created
     from person where login_digest = $1",
);

const BY_ID: Sql = Sql::both(
    "select id, login_digest, name_digest, data_key, login, name, roles, state, password, reset_asked_by, reset_asked,
         demotion_asked_by, demotion_asked, created
     from person where id = $1",
);

const LIST: Sql = Sql::both(
    "select id, login_digest, name_digest, data_key, login, name, roles, state, password, reset_asked_by, reset_asked,
         demotion_asked_by, demotion_asked, created
     from person order by created, id",
);

const COUNT: Sql = Sql::both("select count(*) as people from person where roles <> ''");

const ACTIVE: Sql = Sql::both("select count(*) as people from person where state = 'active' and roles <> ''");

const SET_PASSWORD: Sql = Sql::both("update person set password = $2, changed = $3 where id = $1");

const FORGET_PASSWORD: Sql = Sql::both("update person set password = null, changed = $2 where id = $1");

const SET_ROLES: Sql = Sql::both(
    "update person set roles = $2, changed = $3, demotion_asked_by = null, demotion_asked = null
     where id = $1 and roles <> $2",
);

const SET_STATE: Sql = Sql::both(
    "update person set state = $2, changed = $3, reset_asked_by = null, reset_asked = null,
         demotion_asked_by = null, demotion_asked = null
     where id = $1 and state <> $2",
);

const ASK_RESET: Sql = Sql::both("update person set reset_asked_by = $2, reset_asked = $3, changed = $3 where id = $1");

const ASK_DEMOTION: Sql =
    Sql::both("update person set demotion_asked_by = $2, demotion_asked = $3, changed = $3 where id = $1");

const HOLD: Sql = Sql::both("update person set changed = changed where id = $1");

/// A person as they are kept.
#[derive(Clone)]
pub struct PersonRow {
    pub id: Id<of::Person>,
    pub login_digest: String,
    pub name_digest: String,
    pub data_key: Vec<u8>,
    pub login: Vec<u8>,
    pub name: Vec<u8>,
    /// Names of roles with spaces between; empty for somebody whom an issuer sent and nobody has given one.
    pub roles: String,
    /// `invited`, `active` or `disabled`.
    pub state: String,
    pub password: Option<String>,
    /// Which admin asked for the second factor to be taken away, and when.
    pub reset_asked: Option<Asked>,
    /// Which admin asked that they be an admin no more, and when.
    pub demotion_asked: Option<Asked>,
    pub created: Timestamp,
}

/// The first of the two admins that something takes.
#[derive(Clone)]
pub struct Asked {
    pub by: String,
    pub at: Timestamp,
}

fn asked((by, at): (Option<String>, Option<Timestamp>)) -> Option<Asked> {
    by.zip(at).map(|(by, at)| Asked { by, at })
}

fn person_row(row: &Row) -> Result<PersonRow> {
    Ok(PersonRow {
        id: row.get("id")?,
        login_digest: row.get("login_digest")?,
        name_digest: row.get("name_digest")?,
        data_key: row.get("data_key")?,
        login: row.get("login")?,
        name: row.get("name")?,
        roles: row.get("roles")?,
        state: row.get("state")?,
        password: row.maybe("password")?,
        reset_asked: asked((row.maybe("reset_asked_by")?, row.maybe("reset_asked")?)),
        demotion_asked: asked((row.maybe("demotion_asked_by")?, row.maybe("demotion_asked")?)),
        created: row.get("created")?,
    })
}

/// Keeps a new person. [`Conflict`](super::Error::Conflict) when the login or the name is somebody's already.
pub async fn insert(tx: &mut Tx, person: &PersonRow) -> Result<()> {
    let args = args![
        person.id,
        &person.login_digest,
        &person.name_digest,
        &person.data_key,
        &person.login,
        &person.name,
        &person.roles,
        &person.state,
        person.password.as_deref(),
        person.created,
    ];
    tx.run_exactly(1, INSERT, args).await
}

pub async fn by_login(tx: &mut Tx, digest: &str) -> Result<Option<PersonRow>> {
    tx.maybe(BY_LOGIN, args![digest], person_row).await
}

pub async fn by_id(tx: &mut Tx, id: Id<of::Person>) -> Result<Option<PersonRow>> {
    tx.maybe(BY_ID, args![id], person_row).await
}

/// Everybody, in the order they came.
pub async fn list(tx: &mut Tx) -> Result<Vec<PersonRow>> {
    tx.all(LIST, args![], person_row).await
}

/// How many there are, in whatever state. Whoever an issuer sent and nobody has given a role is none of them.
pub async fn count(tx: &mut Tx) -> Result<i64> {
    tx.one(COUNT, args![], |row| row.get("people")).await
}

/// How many can sign in whole and have a role.
pub async fn active(tx: &mut Tx) -> Result<i64> {
    tx.one(ACTIVE, args![], |row| row.get("people")).await
}

pub async fn set_password(tx: &mut Tx, id: Id<of::Person>, (password, now): (&str, Timestamp)) -> Result<()> {
    tx.run_exactly(1, SET_PASSWORD, args![id, password, now]).await
}

pub async fn forget_password(tx: &mut Tx, id: Id<of::Person>, now: Timestamp) -> Result<()> {
    tx.run_exactly(1, FORGET_PASSWORD, args![id, now]).await
}

/// Whether the roles were others before.
pub async fn set_roles(tx: &mut Tx, id: Id<of::Person>, (roles, now): (&str, Timestamp)) -> Result<bool> {
    Ok(tx.run(SET_ROLES, args![id, roles, now]).await? == 1)
}

/// Whether the state was another before.
pub async fn set_state(tx: &mut Tx, id: Id<of::Person>, (state, now): (&str, Timestamp)) -> Result<bool> {
    Ok(tx.run(SET_STATE, args![id, state, now]).await? == 1)
}

/// Keeps others from changing anything of a person until the commit, so that what is counted stays so.
pub async fn hold(tx: &mut Tx, id: Id<of::Person>) -> Result<()> {
    tx.run_exactly(1, HOLD, args![id]).await
}

/// Notes which admin asked that this admin's second factor be taken away.
pub async fn ask_reset(tx: &mut Tx, id: Id<of::Person>, (by, now): (&str, Timestamp)) -> Result<()> {
    tx.run_exactly(1, ASK_RESET, args![id, by, now]).await
}

/// Notes which admin asked that this admin be one no more.
pub async fn ask_demotion(tx: &mut Tx, id: Id<of::Person>, (by, now): (&str, Timestamp)) -> Result<()> {
    tx.run_exactly(1, ASK_DEMOTION, args![id, by, now]).await
}
