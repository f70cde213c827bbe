//! Check numbers under messages of ours, the words that holders chose, and wrong proofs beside a number.

use super::db::{Result, Row, Sql, Tx, args};
use crate::id::{Id, of};
use crate::time::Timestamp;

pub(super) const STATEMENTS: &[Sql] =
    &[UNNUMBERED, NUMBER, BY_MARK, PUT_PHRASE, PHRASE, PHRASES, RECORD_GUESS, GUESSES_SINCE];

const UNNUMBERED: Sql = Sql::both(
    "select message.id, message.incident, message.at, message.body, incident.data_key
     from message join incident on incident.id = message.incident
     where message.mark is null and message.author = 'staff' order by message.id limit $1",
);

const NUMBER: Sql = Sql::both("update message set mark = $2 where id = $1 and mark is null");

const BY_MARK: Sql = Sql::both(
    "select message.id, message.incident, message.at, message.body, incident.data_key
     from message join incident on incident.id = message.incident where message.mark = $1",
);

const PUT_PHRASE: Sql = Sql::both(
    "insert into case_phrase (case_id, phrase, at) values ($1, $2, $3)
     on conflict (case_id) do update set phrase = excluded.phrase, at = excluded.at",
);

const PHRASE: Sql = Sql::both("select case_id, phrase from case_phrase where case_id = $1");

const PHRASES: Sql = Sql::both(
    "select case_phrase.case_id, case_phrase.phrase
     from case_phrase join reporter_case on reporter_case.id = case_phrase.case_id
     where reporter_case.incident = $1 order by case_phrase.case_id",
);

const RECORD_GUESS: Sql = Sql::both("insert into check_guess (incident, at) values ($1, $2)");

const GUESSES_SINCE: Sql = Sql::both("select count(*) as guesses from check_guess where incident = $1 and at >= $2");

/// A message of ours with what opens it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ours {
    pub id: Id<of::Message>,
    pub incident: Id<of::Incident>,
    pub at: Timestamp,
    /// Sealed under the incident's data key.
    pub body: Vec<u8>,
    /// Sealed.
    pub data_key: Vec<u8>,
}

/// The words of one case, sealed under its incident's data key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen {
    pub case: Id<of::Case>,
    pub phrase: Vec<u8>,
}

fn ours(row: &Row) -> Result<Ours> {
    Ok(Ours {
        id: row.get("id")?,
        incident: row.get("incident")?,
        at: row.get("at")?,
        body: row.get("body")?,
        data_key: row.get("data_key")?,
    })
}

fn chosen(row: &Row) -> Result<Chosen> {
    Ok(Chosen { case: row.get("case_id")?, phrase: row.get("phrase")? })
}

/// Messages of ours that have no number yet, the oldest first.
pub async fn unnumbered(tx: &mut Tx, limit: i64) -> Result<Vec<Ours>> {
    tx.all(UNNUMBERED, args![limit], ours).await
}

/// Gives a message its number; one that has one keeps it.
pub async fn number(tx: &mut Tx, message: Id<of::Message>, digest: &str) -> Result<()> {
    tx.run(NUMBER, args![message, digest]).await.map(drop)
}

/// The message whose number has this digest.
pub async fn by_mark(tx: &mut Tx, digest: &str) -> Result<Option<Ours>> {
    tx.maybe(BY_MARK, args![digest], ours).await
}

/// Keeps the words of a case in place of earlier ones.
pub async fn put_phrase(tx: &mut Tx, chosen: &Chosen, at: Timestamp) -> Result<()> {
    tx.run_exactly(1, PUT_PHRASE, args![chosen.case, &chosen.phrase, at]).await
}

/// The words of a case.
pub async fn phrase(tx: &mut Tx, case: Id<of::Case>) -> Result<Option<Chosen>> {
    tx.maybe(PHRASE, args![case], chosen).await
}

/// The words of every case of an incident.
pub async fn phrases(tx: &mut Tx, incident: Id<of::Incident>) -> Result<Vec<Chosen>> {
    tx.all(PHRASES, args![incident], chosen).await
}

/// Counts a wrong proof beside a true number.
pub async fn record_guess(tx: &mut Tx, incident: Id<of::Incident>, at: Timestamp) -> Result<()> {
    tx.run_exactly(1, RECORD_GUESS, args![incident, at]).await
}

/// How many wrong proofs were tried at or after a moment.
pub async fn guesses_since(tx: &mut Tx, incident: Id<of::Incident>, since: Timestamp) -> Result<i64> {
    tx.one(GUESSES_SINCE, args![incident, since], |row| row.get("guesses")).await
}
