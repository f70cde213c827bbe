//! Link and code on their way to the one browser that may show them: sealed, for minutes, gone when it leaves.

use super::db::{Result, Row, Sql, Tx, args};
use crate::id::{Id, of};
use crate::time::Timestamp;

pub(super) const STATEMENTS: &[Sql] =
    &[INSERT, BY_TICKET, BY_SESSION, LOOKED, END_OF_CASE, LOOKED_BEFORE, FORGET_BEFORE];

const INSERT: Sql = Sql::both(
    "insert into first_view (ticket, session, case_id, idempotency, created, looked, data_key, answer)
     values ($1, $2, $3, $4, $5, null, $6, $7)",
);

const BY_TICKET: Sql = Sql::both(
    "select ticket, session, case_id, idempotency, created, looked, data_key, answer from first_view where ticket = $1",
);

const BY_SESSION: Sql = Sql::both(
    "select ticket, session, case_id, idempotency, created, looked, data_key, answer from first_view where session = $1",
);

// The ticket is spent with the first look; from then on only the session leads there.
const LOOKED: Sql = Sql::both(
    "update first_view set ticket = coalesce(session, ticket), looked = coalesce(looked, $2) where ticket = $1",
);

const END_OF_CASE: Sql = Sql::both("delete from first_view where case_id = $1");

const LOOKED_BEFORE: Sql = Sql::both(
    "select ticket, session, case_id, idempotency, created, looked, data_key, answer
     from first_view where looked < $1 order by looked limit 100",
);

const FORGET_BEFORE: Sql = Sql::both("delete from first_view where created < $1");

/// What may be shown; `ticket`, `session` and `idempotency` are digests, `answer` is sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FirstView {
    pub ticket: String,
    pub session: Option<String>,
    pub case: Id<of::Case>,
    pub idempotency: Option<String>,
    pub created: Timestamp,
    /// When it was shown first.
    pub looked: Option<Timestamp>,
    pub data_key: Vec<u8>,
    pub answer: Vec<u8>,
}

fn view_row(row: &Row) -> Result<FirstView> {
    Ok(FirstView {
        ticket: row.get("ticket")?,
        session: row.maybe("session")?,
        case: row.get("case_id")?,
        idempotency: row.maybe("idempotency")?,
        created: row.get("created")?,
        looked: row.maybe("looked")?,
        data_key: row.get("data_key")?,
        answer: row.get("answer")?,
    })
}

/// Keeps one.
pub async fn insert(tx: &mut Tx, view: &FirstView) -> Result<()> {
    let args = args![
        &view.ticket,
        view.session.as_deref(),
        view.case,
        view.idempotency.as_deref(),
        view.created,
        &view.data_key,
        &view.answer
    ];
    tx.run_exactly(1, INSERT, args).await
}

/// The one that a ticket leads to.
pub async fn by_ticket(tx: &mut Tx, ticket: &str) -> Result<Option<FirstView>> {
    tx.maybe(BY_TICKET, args![ticket], view_row).await
}

/// The one that a session may look at.
pub async fn by_session(tx: &mut Tx, session: &str) -> Result<Option<FirstView>> {
    tx.maybe(BY_SESSION, args![session], view_row).await
}

/// Notes that it was shown, which ends its ticket.
pub async fn looked(tx: &mut Tx, ticket: &str, now: Timestamp) -> Result<()> {
    tx.run(LOOKED, args![ticket, now]).await.map(drop)
}

/// Those first shown before a moment; 100 at most.
pub async fn looked_before(tx: &mut Tx, before: Timestamp) -> Result<Vec<FirstView>> {
    tx.all(LOOKED_BEFORE, args![before], view_row).await
}

/// Ends all of a case.
pub async fn end_of_case(tx: &mut Tx, case: Id<of::Case>) -> Result<()> {
    tx.run(END_OF_CASE, args![case]).await.map(drop)
}

/// Ends what was made before a moment.
pub async fn forget_before(tx: &mut Tx, before: Timestamp) -> Result<u64> {
    tx.run(FORGET_BEFORE, args![before]).await
}
