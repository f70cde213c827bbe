//! Incidents: the rows, finding them, and the lists staff read. Taking one into a person's hands is [`super::queue`]'s.

mod aftercare;
mod behind;
mod list;
mod write;

pub use aftercare::{unwarned, warned};
pub use behind::{Behind, Count, after, arrived_since, behind, count_behind, counts};
pub use list::{Place, Waiting, ahead_of, count_open_by_lane, count_waiting, held_by, page};
pub use write::{
    Decision, NewIncident, Raised, Reassessed, close_routine, escalate, insert_many, set_state, take_subject, touch,
    update_many,
};

use std::fmt;
use std::str::FromStr;

use super::db::{Result, Row, Sql, Tx, args, in_sight, rows};
use crate::id::{Id, of};
use crate::time::{Span, Timestamp};

/// Every column, named: with `*` a column added by a newer node would break the statements an older one has prepared.
/// A macro because `concat!` takes nothing but literals.
macro_rules! columns {
    () => {
        "id, subject, pool, class, lane, kind, level, arrived, head_start, due, state, holder, lease_until, fence, \
         version, confidence, playbooks, earlier, language, danger, claimable, data_key, assessment, created, updated, closed"
    };
}
pub(super) use columns;

pub(super) const STATEMENTS: &[&[Sql]] = &[
    &[GET, WHATEVER_IN_SIGHT, OPEN_FOR_SUBJECTS],
    aftercare::STATEMENTS,
    behind::STATEMENTS,
    list::STATEMENTS,
    write::STATEMENTS,
];

const GET: Sql = Sql::both(concat!(
    "select ",
    columns!(),
    " from incident where id = $1 and ",
    in_sight!("incident.id", "$2", "$3")
));

const WHATEVER_IN_SIGHT: Sql = Sql::both(concat!("select ", columns!(), " from incident where id = $1"));

const OPEN_FOR_SUBJECTS: Sql = Sql::forked(
    concat!(
        "select ",
        columns!(),
        " from incident where state <> 'closed' and subject in (select value from json_each($1)) order by id"
    ),
    concat!(
        "select ",
        columns!(),
        " from incident where state <> 'closed'
         and subject = any (array(select json_array_elements_text($1::json))) order by id"
    ),
);

/// Where an incident stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Waits in the queue.
    Open,
    /// In one person's hands until their lease ends.
    Held,
    /// Done, until something reopens it.
    Closed,
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Open => "open",
            Self::Held => "held",
            Self::Closed => "closed",
        })
    }
}

/// The text is none of `open`, `held`, `closed`.
#[derive(Debug)]
pub struct NotAState;

impl FromStr for State {
    type Err = NotAState;

    fn from_str(text: &str) -> std::result::Result<Self, NotAState> {
        match text {
            "open" => Ok(Self::Open),
            "held" => Ok(Self::Held),
            "closed" => Ok(Self::Closed),
            _ => Err(NotAState),
        }
    }
}

/// An incident as it is kept. `data_key` and `assessment` are sealed, `subject` is a keyed digest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IncidentRow {
    pub id: Id<of::Incident>,
    /// None when nobody known is concerned; such an incident is never joined.
    pub subject: Option<String>,
    pub pool: String,
    /// `security` or `routine`.
    pub class: String,
    /// 0 is served before 1.
    pub lane: i64,
    pub kind: String,
    /// 1 (worst) to 5.
    pub level: i64,
    pub arrived: Timestamp,
    pub head_start: Span,
    /// `arrived` less `head_start`; the smaller, the sooner.
    pub due: Timestamp,
    pub state: State,
    pub holder: Option<String>,
    pub lease_until: Option<Timestamp>,
    /// Grows with every claim; what a holder writes is refused under an older number.
    pub fence: i64,
    /// Grows with every change but a renewed lease.
    pub version: i64,
    /// Parts per million.
    pub confidence: i64,
    /// Digest of the playbook set behind the assessment.
    pub playbooks: String,
    /// Versions and kinds that gave steps before, as `respond` writes them.
    pub earlier: String,
    pub language: String,
    pub danger: bool,
    /// False keeps it out of [`super::queue::claim_next`]; it can still be claimed by name.
    pub claimable: bool,
    pub data_key: Vec<u8>,
    pub assessment: Vec<u8>,
    pub created: Timestamp,
    pub updated: Timestamp,
    pub closed: Option<Timestamp>,
}

pub(super) fn incident_row(row: &Row) -> Result<IncidentRow> {
    Ok(IncidentRow {
        id: row.get("id")?,
        subject: row.maybe("subject")?,
        pool: row.get("pool")?,
        class: row.get("class")?,
        lane: row.get("lane")?,
        kind: row.get("kind")?,
        level: row.get("level")?,
        arrived: row.get("arrived")?,
        head_start: row.get("head_start")?,
        due: row.get("due")?,
        state: row.parse("state")?,
        holder: row.maybe("holder")?,
        lease_until: row.maybe("lease_until")?,
        fence: row.get("fence")?,
        version: row.get("version")?,
        confidence: row.get("confidence")?,
        playbooks: row.get("playbooks")?,
        earlier: row.get("earlier")?,
        language: row.get("language")?,
        danger: row.get("danger")?,
        claimable: row.get("claimable")?,
        data_key: row.get("data_key")?,
        assessment: row.get("assessment")?,
        created: row.get("created")?,
        updated: row.get("updated")?,
        closed: row.maybe("closed")?,
    })
}

/// One incident, if it is in sight.
pub async fn get(tx: &mut Tx, id: Id<of::Incident>) -> Result<Option<IncidentRow>> {
    tx.maybe(GET, args![id, tx.who(), tx.at()], incident_row).await
}

/// One incident whoever asks: for what the house owes the people of a case, and nobody of the staff sees of it.
pub async fn whatever_in_sight(tx: &mut Tx, id: Id<of::Incident>) -> Result<Option<IncidentRow>> {
    tx.maybe(WHATEVER_IN_SIGHT, args![id], incident_row).await
}

/// The open and held incidents of these subjects, at most one each, in sight or not: what comes in joins them.
pub async fn open_for_subjects(tx: &mut Tx, subjects: &[String]) -> Result<Vec<IncidentRow>> {
    tx.all(OPEN_FOR_SUBJECTS, args![rows("incident", subjects)?], incident_row).await
}
