//! A reporter's case: its names, its sessions and the guesses made at its code.

use super::db::{Result, Row, Sql, Tx, args};
use crate::id::{Id, of};
use crate::time::Timestamp;

pub(super) const STATEMENTS: &[Sql] = &[
    INSERT,
    BY_ID,
    BY_LINK,
    BY_REFERENCE,
    OF_INCIDENT,
    RECORD_GUESS,
    GUESSES_SINCE,
    REFUSE_GUESSES,
    SPEAK,
    SESSION_INSERT,
    SESSION_BY_DIGEST,
    SESSION_TOUCH,
    SESSION_END,
    END_SESSIONS,
    OLD_GUESSES,
    OLD_SESSIONS,
    END_OTHER_SESSIONS,
    REPLACE_KEYS,
    FORGET_GUESSES,
    REPLACE_CONTACT,
];

const INSERT: Sql = Sql::both(
    "insert into reporter_case (id, incident, reference, link, code, language, contact, created, guesses_refused)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
);

const BY_ID: Sql = Sql::both(
    "select id, incident, reference, link, code, language, contact, created, guesses_refused
     from reporter_case where id = $1",
);

const BY_LINK: Sql = Sql::both(
    "select id, incident, reference, link, code, language, contact, created, guesses_refused
     from reporter_case where link = $1",
);

const BY_REFERENCE: Sql = Sql::both(
    "select id, incident, reference, link, code, language, contact, created, guesses_refused
     from reporter_case where reference = $1",
);

const OF_INCIDENT: Sql = Sql::both(
    "select id, incident, reference, link, code, language, contact, created, guesses_refused
     from reporter_case where incident = $1 order by created, id",
);

const RECORD_GUESS: Sql = Sql::both("insert into guess (case_id, at) values ($1, $2)");

const GUESSES_SINCE: Sql = Sql::both("select count(*) as guesses from guess where case_id = $1 and at >= $2");

const REFUSE_GUESSES: Sql = Sql::both("update reporter_case set guesses_refused = true where id = $1");

const SPEAK: Sql = Sql::both("update reporter_case set language = $2 where id = $1");

const SESSION_INSERT: Sql =
    Sql::both("insert into case_session (digest, case_id, created, last_used) values ($1, $2, $3, $3)");

const SESSION_BY_DIGEST: Sql =
    Sql::both("select digest, case_id, created, last_used from case_session where digest = $1");

const SESSION_TOUCH: Sql = Sql::both("update case_session set last_used = $2 where digest = $1");

const SESSION_END: Sql = Sql::both("delete from case_session where digest = $1");

const END_SESSIONS: Sql = Sql::both("delete from case_session where case_id = $1");

// A guess has no key of its own: all of one case and moment go together.
const OLD_GUESSES: Sql = Sql::both(
    "delete from guess where (case_id, at) in (select case_id, at from guess where at < $1 order by at limit $2)",
);

const OLD_SESSIONS: Sql = Sql::both(
    "delete from case_session where digest in (
         select digest from case_session where last_used < $1 or created < $2 limit $3)",
);

const END_OTHER_SESSIONS: Sql = Sql::both("delete from case_session where case_id = $1 and digest <> $2");

const REPLACE_KEYS: Sql =
    Sql::both("update reporter_case set link = $2, code = $3, guesses_refused = false where id = $1");

const FORGET_GUESSES: Sql = Sql::both("delete from guess where case_id = $1");

const REPLACE_CONTACT: Sql = Sql::both("update reporter_case set contact = $2 where id = $1");

/// A case as it is kept: `link` and `code` are keyed digests, `contact` is sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseRow {
    pub id: Id<of::Case>,
    pub incident: Id<of::Incident>,
    pub reference: String,
    pub link: String,
    pub code: String,
    pub language: String,
    pub contact: Option<Vec<u8>>,
    pub created: Timestamp,
    /// True once too many wrong codes were tried; the code opens nothing from then on.
    pub guesses_refused: bool,
}

/// A browser that has shown link and code; `digest` is that of its cookie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    pub digest: String,
    pub case: Id<of::Case>,
    pub created: Timestamp,
    pub last_used: Timestamp,
}

fn case_row(row: &Row) -> Result<CaseRow> {
    Ok(CaseRow {
        id: row.get("id")?,
        incident: row.get("incident")?,
        reference: row.get("reference")?,
        link: row.get("link")?,
        code: row.get("code")?,
        language: row.get("language")?,
        contact: row.maybe("contact")?,
        created: row.get("created")?,
        guesses_refused: row.get("guesses_refused")?,
    })
}

/// Keeps a new case. [`Conflict`](super::Error::Conflict) when the reference or the link is taken.
pub async fn insert(tx: &mut Tx, case: &CaseRow) -> Result<()> {
    let args = args![
        case.id,
        case.incident,
        &case.reference,
        &case.link,
        &case.code,
        &case.language,
        case.contact.as_deref(),
        case.created,
        case.guesses_refused
    ];
    tx.run_exactly(1, INSERT, args).await
}

/// Keeps the language that the holder reads.
pub async fn speak(tx: &mut Tx, case: Id<of::Case>, language: &str) -> Result<()> {
    tx.run_exactly(1, SPEAK, args![case, language]).await
}

/// The case with this id.
pub async fn by_id(tx: &mut Tx, id: Id<of::Case>) -> Result<Option<CaseRow>> {
    tx.maybe(BY_ID, args![id], case_row).await
}

/// The case whose link has this digest.
pub async fn by_link(tx: &mut Tx, link: &str) -> Result<Option<CaseRow>> {
    tx.maybe(BY_LINK, args![link], case_row).await
}

/// The case with this reference.
pub async fn by_reference(tx: &mut Tx, reference: &str) -> Result<Option<CaseRow>> {
    tx.maybe(BY_REFERENCE, args![reference], case_row).await
}

/// The cases of an incident, oldest first.
pub async fn of_incident(tx: &mut Tx, incident: Id<of::Incident>) -> Result<Vec<CaseRow>> {
    tx.all(OF_INCIDENT, args![incident], case_row).await
}

/// Counts a wrong code.
pub async fn record_guess(tx: &mut Tx, case: Id<of::Case>, at: Timestamp) -> Result<()> {
    tx.run_exactly(1, RECORD_GUESS, args![case, at]).await
}

/// How many wrong codes were tried at or after a moment.
pub async fn guesses_since(tx: &mut Tx, case: Id<of::Case>, since: Timestamp) -> Result<i64> {
    tx.one(GUESSES_SINCE, args![case, since], |row| row.get("guesses")).await
}

/// Stops the code from opening the case.
pub async fn refuse_guesses(tx: &mut Tx, case: Id<of::Case>) -> Result<()> {
    tx.run_exactly(1, REFUSE_GUESSES, args![case]).await
}

/// Forgets guesses made before a moment, the oldest first, `limit` at most, and says how many went.
pub async fn forget_guesses(tx: &mut Tx, before: Timestamp, limit: i64) -> Result<u64> {
    tx.run(OLD_GUESSES, args![before, limit]).await
}

/// Forgets sessions last used before one moment or begun before another, `limit` at most, and says how many went.
pub async fn forget_sessions(tx: &mut Tx, used: Timestamp, begun: Timestamp, limit: i64) -> Result<u64> {
    tx.run(OLD_SESSIONS, args![used, begun, limit]).await
}

/// Begins a session.
pub async fn session_insert(tx: &mut Tx, digest: &str, case: Id<of::Case>, now: Timestamp) -> Result<()> {
    tx.run_exactly(1, SESSION_INSERT, args![digest, case, now]).await
}

/// The session of a cookie; whether it is too old is for the caller to say.
pub async fn session_by_digest(tx: &mut Tx, digest: &str) -> Result<Option<Session>> {
    tx.maybe(SESSION_BY_DIGEST, args![digest], |row: &Row| {
        Ok(Session {
            digest: row.get("digest")?,
            case: row.get("case_id")?,
            created: row.get("created")?,
            last_used: row.get("last_used")?,
        })
    })
    .await
}

/// Notes that a session was used; one that has ended stays ended.
pub async fn session_touch(tx: &mut Tx, digest: &str, now: Timestamp) -> Result<()> {
    tx.run(SESSION_TOUCH, args![digest, now]).await.map(drop)
}

/// Ends a session; ending one twice is no fault.
pub async fn session_end(tx: &mut Tx, digest: &str) -> Result<()> {
    tx.run(SESSION_END, args![digest]).await.map(drop)
}

/// Ends all sessions of a case and says how many there were.
pub async fn end_sessions(tx: &mut Tx, case: Id<of::Case>) -> Result<u64> {
    tx.run(END_SESSIONS, args![case]).await
}

/// Ends all sessions of a case but one.
pub async fn end_other_sessions(tx: &mut Tx, case: Id<of::Case>, but: &str) -> Result<u64> {
    tx.run(END_OTHER_SESSIONS, args![case, but]).await
}

/// Puts another link and code in place of those that opened a case; what was guessed at the old ones is forgotten.
pub async fn replace_keys(tx: &mut Tx, case: Id<of::Case>, (link, code): (&str, &str)) -> Result<()> {
    tx.run_exactly(1, REPLACE_KEYS, args![case, link, code]).await?;
    tx.run(FORGET_GUESSES, args![case]).await.map(drop)
}

/// Puts another sealed contact in place of the one that is kept.
pub async fn replace_contact(tx: &mut Tx, case: Id<of::Case>, contact: &[u8]) -> Result<()> {
    tx.run_exactly(1, REPLACE_CONTACT, args![case, contact]).await
}
