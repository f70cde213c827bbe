//! What the holder of a case asks for and only staff grant: a new link, another contact, withdrawal, an end of protection.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::db::{Result, Row, Sql, Tx, args};
use crate::id::{Id, of};
use crate::time::Timestamp;

pub(super) const STATEMENTS: &[Sql] = &[ASK, OF_CASE, OF_INCIDENT, DECIDE, TAKE, GRANTED_BEFORE];

// Asking again while one waits changes nothing.
const ASK: Sql = Sql::both(
    "insert into case_request (id, case_id, what, asked, detail) values ($1, $2, $3, $4, $5)
     on conflict (case_id, what) where decided is null do nothing",
);

const OF_CASE: Sql = Sql::both(
    "select id, case_id, what, asked, detail, decided, granted, person, reason, taken
     from case_request where case_id = $1 order by asked, id",
);

const OF_INCIDENT: Sql = Sql::both(
    "select id, case_id, what, asked, detail, decided, granted, person, reason, taken
     from case_request where case_id in (select id from reporter_case where incident = $1) order by asked, id",
);

const DECIDE: Sql = Sql::both(
    "update case_request set decided = $2, granted = $3, person = $4, reason = $5 where id = $1 and decided is null",
);

const TAKE: Sql =
    Sql::both("update case_request set taken = $2 where id = $1 and granted and decided is not null and taken is null");

const GRANTED_BEFORE: Sql = Sql::both(
    "select id, case_id, what, asked, detail, decided, granted, person, reason, taken
     from case_request where what = $1 and granted and taken is null and decided < $2 order by decided limit 100",
);

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Wish {
    NewLink,
    Contact,
    Withdraw,
    StopProtection,
}

impl Wish {
    pub const ALL: [Self; 4] = [Self::NewLink, Self::Contact, Self::Withdraw, Self::StopProtection];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::NewLink => "new-link",
            Self::Contact => "contact",
            Self::Withdraw => "withdraw",
            Self::StopProtection => "stop-protection",
        }
    }
}

impl fmt::Display for Wish {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The text names nothing that can be asked for.
#[derive(Debug)]
pub struct NotAWish;

impl FromStr for Wish {
    type Err = NotAWish;

    fn from_str(text: &str) -> std::result::Result<Self, NotAWish> {
        Self::ALL.into_iter().find(|wish| wish.as_str() == text).ok_or(NotAWish)
    }
}

/// A request as it is kept; `detail` and `reason` are sealed under the incident's data key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestRow {
    pub id: Id<of::Request>,
    pub case: Id<of::Case>,
    pub what: Wish,
    pub asked: Timestamp,
    pub detail: Option<Vec<u8>>,
    pub decided: Option<Timestamp>,
    pub granted: bool,
    pub person: Option<String>,
    pub reason: Option<Vec<u8>>,
    pub taken: Option<Timestamp>,
}

fn request_row(row: &Row) -> Result<RequestRow> {
    Ok(RequestRow {
        id: row.get("id")?,
        case: row.get("case_id")?,
        what: row.parse("what")?,
        asked: row.get("asked")?,
        detail: row.maybe("detail")?,
        decided: row.maybe("decided")?,
        granted: row.get("granted")?,
        person: row.maybe("person")?,
        reason: row.maybe("reason")?,
        taken: row.maybe("taken")?,
    })
}

/// Staff's word on a request.
#[derive(Clone, Copy, Debug)]
pub struct Decision<'a> {
    pub at: Timestamp,
    pub granted: bool,
    pub person: &'a str,
    pub reason: &'a [u8],
}

/// Keeps a request; says whether it is new, for one of each sort waits at a time.
pub async fn ask(tx: &mut Tx, request: &RequestRow) -> Result<bool> {
    let args = args![request.id, request.case, request.what.as_str(), request.asked, request.detail.as_deref()];
    Ok(tx.run(ASK, args).await? == 1)
}

/// The requests of a case, oldest first.
pub async fn of_case(tx: &mut Tx, case: Id<of::Case>) -> Result<Vec<RequestRow>> {
    tx.all(OF_CASE, args![case], request_row).await
}

/// The requests of all cases of an incident, oldest first.
pub async fn of_incident(tx: &mut Tx, incident: Id<of::Incident>) -> Result<Vec<RequestRow>> {
    tx.all(OF_INCIDENT, args![incident], request_row).await
}

/// Grants or refuses; [`Conflict`](super::Error::Conflict) when somebody has decided before.
pub async fn decide(tx: &mut Tx, id: Id<of::Request>, decision: Decision<'_>) -> Result<()> {
    let args = args![id, decision.at, decision.granted, decision.person, decision.reason];
    tx.run_exactly(1, DECIDE, args).await
}

/// Notes that a granted request took effect; [`Conflict`](super::Error::Conflict) when it has, or was never granted.
pub async fn take(tx: &mut Tx, id: Id<of::Request>, now: Timestamp) -> Result<()> {
    tx.run_exactly(1, TAKE, args![id, now]).await
}

/// Requests of one sort that were granted before a moment and have no effect yet; 100 at most.
pub async fn granted_before(tx: &mut Tx, what: Wish, before: Timestamp) -> Result<Vec<RequestRow>> {
    tx.all(GRANTED_BEFORE, args![what.as_str(), before], request_row).await
}
