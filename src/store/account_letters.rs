//! What letters to staff about their own accounts are made from when they leave, by the ids of their rows in the outbox.

use super::db::{Result, Row, Sql, Tx, args};
use crate::id::{Id, of};
use crate::time::Timestamp;

pub(super) const STATEMENTS: &[Sql] = &[INSERT, GET, MAILED, MAILED_TO, MAILED_FOR, SWEEP];

const INSERT: Sql = Sql::both(
    "insert into account_letter
         (id, person, what, language, address, proves, asked_login, asked_address, client, created)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
);

const GET: Sql = Sql::both(
    "select id, person, what, language, address, proves, asked_login, asked_address, client, created
     from account_letter where id = $1",
);

const MAILED: Sql = Sql::both("update account_letter set person = $2, mailed = $3 where id = $1");

const MAILED_TO: Sql = Sql::both(
    "select count(*) as mails from account_letter where person = $1 and what = $2 and mailed > $3 and id <> $4",
);

const MAILED_FOR: Sql =
    Sql::both("select count(*) as mails from account_letter where client = $1 and mailed > $2 and id <> $3");

const SWEEP: Sql = Sql::both("delete from account_letter where created < $1");

/// A letter as it is kept.
#[derive(Clone)]
pub struct LetterRow {
    pub id: Id<of::Posted>,
    pub person: Option<Id<of::Person>>,
    /// A word of [`crate::guidance::account::Told`].
    pub what: String,
    pub language: String,
    pub address: Option<Vec<u8>>,
    pub proves: Option<Id<of::Address>>,
    pub asked: Option<Asked>,
    pub created: Timestamp,
}

/// Keyed digests of what somebody typed who forgot a password.
#[derive(Clone)]
pub struct Asked {
    pub login: String,
    pub address: String,
    /// Of whose request it was.
    pub client: String,
}

pub async fn insert(tx: &mut Tx, row: &LetterRow) -> Result<()> {
    let (person, proves) = (row.person.map(|id| id.to_string()), row.proves.map(|id| id.to_string()));
    let asked = row.asked.as_ref();
    let args = args![
        row.id,
        person.as_deref(),
        &row.what,
        &row.language,
        row.address.as_deref(),
        proves.as_deref(),
        asked.map(|asked| asked.login.as_str()),
        asked.map(|asked| asked.address.as_str()),
        asked.map(|asked| asked.client.as_str()),
        row.created
    ];
    tx.run_exactly(1, INSERT, args).await
}

pub async fn get(tx: &mut Tx, id: Id<of::Posted>) -> Result<Option<LetterRow>> {
    tx.maybe(GET, args![id], |row: &Row| {
        let asked = match (row.maybe("asked_login")?, row.maybe("asked_address")?, row.maybe("client")?) {
            (Some(login), Some(address), Some(client)) => Some(Asked { login, address, client }),
            _ => None,
        };
        Ok(LetterRow {
            id: row.get("id")?,
            person: row.maybe("person")?,
            what: row.get("what")?,
            language: row.get("language")?,
            address: row.maybe("address")?,
            proves: row.maybe("proves")?,
            asked,
            created: row.get("created")?,
        })
    })
    .await
}

/// A letter became a mail to somebody.
pub async fn mailed(tx: &mut Tx, id: Id<of::Posted>, (person, now): (Id<of::Person>, Timestamp)) -> Result<()> {
    tx.run_exactly(1, MAILED, args![id, person, now]).await
}

/// Mails of a kind to a person since a moment, but for one letter.
pub async fn mailed_to(
    tx: &mut Tx,
    (person, what): (Id<of::Person>, &str),
    (since, but): (Timestamp, Id<of::Posted>),
) -> Result<i64> {
    tx.one(MAILED_TO, args![person, what, since, but], |row| row.get("mails")).await
}

/// Mails that one client asked for since a moment, but for one letter.
pub async fn mailed_for(tx: &mut Tx, client: &str, (since, but): (Timestamp, Id<of::Posted>)) -> Result<i64> {
    tx.one(MAILED_FOR, args![client, since, but], |row| row.get("mails")).await
}

/// Forgets letters that were written before.
pub async fn sweep(tx: &mut Tx, before: Timestamp) -> Result<u64> {
    tx.run(SWEEP, args![before]).await
}
