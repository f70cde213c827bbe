//! Mails to holders of cases: what each says, and whether its holder wants any.

use super::db::{Result, Row, Sql, Tx, args};
use crate::id::{Id, of};
use crate::time::Timestamp;

pub(super) const STATEMENTS: &[Sql] = &[INSERT, GET, BY_MARK, LAST, STOPPED, STOP, CARRY, SENT, OF_CASE];

const INSERT: Sql = Sql::both(
    "insert into case_notice (id, incident, case_id, what, language, at, mark, wording)
     values ($1, $2, $3, $4, $5, $6, $7, $8)",
);

const GET: Sql = Sql::both("select id, incident, case_id, what, language, at, wording from case_notice where id = $1");

const BY_MARK: Sql =
    Sql::both("select id, incident, case_id, what, language, at, wording from case_notice where mark = $1");

const LAST: Sql = Sql::both("select max(at) as at from case_notice where case_id = $1 and what = $2");

const CARRY: Sql = Sql::both("update case_notice set letter = $2, target = $3 where id = $1");

const SENT: Sql = Sql::both("update case_notice set sent = $2 where letter = $1 and sent is null");

const OF_CASE: Sql =
    Sql::both("select what, language, at, target, sent from case_notice where case_id = $1 order by at, id");

const STOPPED: Sql = Sql::both("select no_mail from reporter_case where id = $1");

const STOP: Sql = Sql::both("update reporter_case set no_mail = $2 where id = $1");

/// A mail as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticeRow {
    pub id: Id<of::Told>,
    pub incident: Id<of::Incident>,
    pub case: Id<of::Case>,
    /// A word of [`crate::guidance::mail::Told`].
    pub what: String,
    pub language: String,
    pub at: Timestamp,
    /// Subject and text in the operator's words of then, as JSON; nothing where the words were the built-in ones.
    pub wording: Option<String>,
}

fn notice_row(row: &Row) -> Result<NoticeRow> {
    Ok(NoticeRow {
        id: row.get("id")?,
        incident: row.get("incident")?,
        case: row.get("case_id")?,
        what: row.get("what")?,
        language: row.get("language")?,
        at: row.get("at")?,
        wording: row.maybe("wording")?,
    })
}

/// Keeps a mail under the digest of its check number.
pub async fn insert(tx: &mut Tx, row: &NoticeRow, mark: &str) -> Result<()> {
    let wording = row.wording.as_deref();
    let args = args![row.id, row.incident, row.case, &row.what, &row.language, row.at, mark, wording];
    tx.run_exactly(1, INSERT, args).await
}

/// What was or is to be sent to the holder of a case, through what, and when it was taken there.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct SentRow {
    pub what: String,
    pub language: String,
    pub written: Timestamp,
    /// Nothing for what was written before this was kept.
    pub through: Option<String>,
    /// Nothing for what never left, or was sent before this was kept.
    pub sent: Option<Timestamp>,
}

/// Keeps which letter carries a mail, and where to.
pub async fn carry(tx: &mut Tx, id: Id<of::Told>, (letter, target): (Id<of::Posted>, &str)) -> Result<()> {
    tx.run_exactly(1, CARRY, args![id, letter, target]).await
}

/// Keeps when the letter that carries a mail was taken.
pub async fn sent(tx: &mut Tx, letter: Id<of::Posted>, at: Timestamp) -> Result<()> {
    tx.run(SENT, args![letter, at]).await.map(drop)
}

/// What was written to the holder of a case, oldest first.
pub async fn of_case(tx: &mut Tx, case: Id<of::Case>) -> Result<Vec<SentRow>> {
    let read = |row: &Row| {
        Ok(SentRow {
            what: row.get("what")?,
            language: row.get("language")?,
            written: row.get("at")?,
            through: row.maybe("target")?,
            sent: row.maybe("sent")?,
        })
    };
    tx.all(OF_CASE, args![case], read).await
}

/// One mail.
pub async fn get(tx: &mut Tx, id: Id<of::Told>) -> Result<Option<NoticeRow>> {
    tx.maybe(GET, args![id], notice_row).await
}

/// The mail whose number has this digest.
pub async fn by_mark(tx: &mut Tx, digest: &str) -> Result<Option<NoticeRow>> {
    tx.maybe(BY_MARK, args![digest], notice_row).await
}

/// When the holder of a case was last told something.
pub async fn last(tx: &mut Tx, case: Id<of::Case>, what: &str) -> Result<Option<Timestamp>> {
    tx.one(LAST, args![case, what], |row: &Row| row.maybe("at")).await
}

/// Since when the holder of a case wants no mails.
pub async fn stopped(tx: &mut Tx, case: Id<of::Case>) -> Result<Option<Timestamp>> {
    tx.one(STOPPED, args![case], |row: &Row| row.maybe("no_mail")).await
}

/// Keeps whether the holder wants mails.
pub async fn stop(tx: &mut Tx, case: Id<of::Case>, since: Option<Timestamp>) -> Result<()> {
    tx.run_exactly(1, STOP, args![case, since]).await
}
