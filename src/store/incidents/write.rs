//! Changes to incidents. Each is checked against the version it was decided on, so nothing is decided on old news.

use serde::Serialize;

use super::State;
use crate::id::{Id, of};
use crate::store::db::{Result, Sql, Tx, args, hex, millis, rows, span};
use crate::time::{Span, Timestamp};

pub(super) const STATEMENTS: &[Sql] =
    &[INSERT_MANY, UPDATE_MANY, CLOSE, CLOSE_ROUTINE, OPEN, ESCALATE, TOUCH, TAKE_SUBJECT];

const TAKE_SUBJECT: Sql = Sql::both(
    "update incident set subject = $2 where id = $1 and subject is null
     and not exists (select 1 from incident other where other.subject = $2 and other.state <> 'closed')",
);

const INSERT_MANY: Sql = Sql::forked(
    "insert into incident (id, subject, pool, class, lane, kind, level, arrived, head_start, due, confidence,
                           playbooks, language, danger, claimable, data_key, assessment, created, updated)
     select value ->> 'id', value ->> 'subject', value ->> 'pool', value ->> 'class', value ->> 'lane',
            value ->> 'kind', value ->> 'level', value ->> 'arrived', value ->> 'head_start',
            (value ->> 'arrived') - (value ->> 'head_start'), value ->> 'confidence', value ->> 'playbooks',
            value ->> 'language', value ->> 'danger', value ->> 'claimable', unhex(value ->> 'data_key'),
            unhex(value ->> 'assessment'), value ->> 'created', value ->> 'created'
     from json_each($1)",
    "insert into incident (id, subject, pool, class, lane, kind, level, arrived, head_start, due, confidence,
                           playbooks, language, danger, claimable, data_key, assessment, created, updated)
     select id, subject, pool, class, lane, kind, level, arrived, head_start, arrived - head_start, confidence,
            playbooks, language, danger, claimable, decode(data_key, 'hex'), decode(assessment, 'hex'), created, created
     from json_to_recordset($1::json) as given (
         id text, subject text, pool text, class text, lane bigint, kind text, level bigint, arrived bigint,
         head_start bigint, confidence bigint, playbooks text, language text, danger boolean, claimable boolean,
         data_key text, assessment text, created bigint)",
);

// Where it becomes what the other tier takes, it goes there; automatic changes only raise, so downwards only when a person
// corrected it. What a person handed to a tier stays there otherwise.
const UPDATE_MANY: Sql = Sql::forked(
    "update incident set class = given.value ->> 'class', lane = given.value ->> 'lane', kind = given.value ->> 'kind',
         level = given.value ->> 'level', head_start = given.value ->> 'head_start',
         due = incident.arrived - (given.value ->> 'head_start'), confidence = given.value ->> 'confidence',
         playbooks = given.value ->> 'playbooks', earlier = given.value ->> 'earlier', danger = given.value ->> 'danger',
         claimable = given.value ->> 'claimable',
         pool = case when incident.pool = 'practice' then incident.pool
                     when (given.value ->> 'lane' = 0 and given.value ->> 'level' <= 3) = (incident.lane = 0 and incident.level <= 3)
                     then incident.pool
                     when given.value ->> 'lane' = 0 and given.value ->> 'level' <= 3 then 'second' else 'first' end,
         assessment = unhex(given.value ->> 'assessment'), updated = given.value ->> 'updated',
         version = incident.version + 1
     from json_each($1) as given
     where incident.id = given.value ->> 'id' and incident.version = given.value ->> 'version'",
    "update incident set class = given.class, lane = given.lane, kind = given.kind, level = given.level,
         head_start = given.head_start, due = incident.arrived - given.head_start, confidence = given.confidence,
         playbooks = given.playbooks, earlier = given.earlier, danger = given.danger, claimable = given.claimable,
         pool = case when incident.pool = 'practice' then incident.pool
                     when (given.lane = 0 and given.level <= 3) = (incident.lane = 0 and incident.level <= 3)
                     then incident.pool
                     when given.lane = 0 and given.level <= 3 then 'second' else 'first' end,
         assessment = decode(given.assessment, 'hex'), updated = given.updated, version = incident.version + 1
     from json_to_recordset($1::json) as given (
         id text, version bigint, class text, lane bigint, kind text, level bigint, head_start bigint,
         confidence bigint, playbooks text, earlier text, danger boolean, claimable boolean, assessment text, updated bigint)
     where incident.id = given.id and incident.version = given.version",
);

const CLOSE: Sql = Sql::both(
    "update incident set state = 'closed', closed = $4, holder = null, lease_until = null, updated = $4,
         version = version + 1
     where id = $1 and version = $2 and state <> 'closed'
     and (state = 'open' or (holder = $3 and lease_until > $4))",
);

// What closes by itself is routine in every column that says so, whatever the program thinks.
const CLOSE_ROUTINE: Sql = Sql::both(
    "update incident set state = 'closed', closed = $3, updated = $3, version = version + 1
     where id = $1 and version = $2 and state = 'open' and class = 'routine' and lane = 1 and not danger",
);

const OPEN: Sql = Sql::both(
    "update incident set state = 'open', closed = null, holder = null, lease_until = null, claimable = true,
         updated = $4, version = version + 1
     where id = $1 and version = $2 and state <> 'open'
     and (state = 'closed' or (holder = $3 and lease_until > $4))",
);

const ESCALATE: Sql = Sql::both(
    "update incident set class = $3, lane = $4, level = $5, head_start = $6, due = arrived - $6,
         pool = case when cast($4 as bigint) = 0 and cast($5 as bigint) <= 3 and pool = 'first' then 'second' else pool end, claimable = true, updated = $7, version = version + 1
     where id = $1 and version = $2 and state <> 'closed'",
);

const TOUCH: Sql = Sql::both(
    "update incident set updated = $3, version = version + 1 where id = $1 and version = $2 and state <> 'closed'",
);

/// An incident to be opened. It begins open, at version 1 and fence 0.
#[derive(Clone, Debug, Serialize)]
pub struct NewIncident {
    pub id: Id<of::Incident>,
    pub subject: Option<String>,
    pub pool: String,
    pub class: String,
    pub lane: i64,
    pub kind: String,
    pub level: i64,
    #[serde(serialize_with = "millis")]
    pub arrived: Timestamp,
    #[serde(serialize_with = "span")]
    pub head_start: Span,
    pub confidence: i64,
    pub playbooks: String,
    pub language: String,
    pub danger: bool,
    pub claimable: bool,
    #[serde(serialize_with = "hex")]
    pub data_key: Vec<u8>,
    #[serde(serialize_with = "hex")]
    pub assessment: Vec<u8>,
    #[serde(serialize_with = "millis")]
    pub created: Timestamp,
}

/// What a new assessment changes; `version` is the one the assessment was made on.
#[derive(Clone, Debug, Serialize)]
pub struct Reassessed {
    pub id: Id<of::Incident>,
    pub version: i64,
    pub class: String,
    pub lane: i64,
    pub kind: String,
    pub level: i64,
    #[serde(serialize_with = "span")]
    pub head_start: Span,
    pub confidence: i64,
    pub playbooks: String,
    pub earlier: String,
    pub danger: bool,
    pub claimable: bool,
    #[serde(serialize_with = "hex")]
    pub assessment: Vec<u8>,
    #[serde(serialize_with = "millis")]
    pub updated: Timestamp,
}

/// Who decides something about an incident, when, and on which version of it.
#[derive(Clone, Copy, Debug)]
pub struct Decision<'a> {
    pub incident: Id<of::Incident>,
    pub version: i64,
    pub by: &'a str,
    pub at: Timestamp,
}

/// The place an escalation gives.
#[derive(Clone, Debug)]
pub struct Raised {
    pub class: String,
    pub lane: i64,
    pub level: i64,
    pub head_start: Span,
}

/// Opens incidents. [`Conflict`](crate::store::Error::Conflict) when one of the subjects has an open incident by now.
pub async fn insert_many(tx: &mut Tx, incidents: &[NewIncident]) -> Result<()> {
    tx.run_exactly(incidents.len(), INSERT_MANY, args![rows("incident", incidents)?]).await
}

/// Writes new assessments. [`Conflict`](crate::store::Error::Conflict) when any of the incidents has another version
/// by now; then none may be kept.
pub async fn update_many(tx: &mut Tx, assessed: &[Reassessed]) -> Result<()> {
    tx.run_exactly(assessed.len(), UPDATE_MANY, args![rows("incident", assessed)?]).await
}

/// Closes an incident or opens it again. [`Conflict`](crate::store::Error::Conflict) when the version has changed, it
/// is there already, it is in another person's hands, the lease has ended, or its subject has a newer open incident.
/// `Held` is reached through a claim only and is always a conflict here.
pub async fn set_state(tx: &mut Tx, decision: &Decision<'_>, state: State) -> Result<()> {
    let sql = match state {
        State::Open => OPEN,
        State::Closed => CLOSE,
        State::Held => return Err(crate::store::Error::Conflict { table: "incident", source: None }),
    };
    tx.run_exactly(1, sql, args![decision.incident, decision.version, decision.by, decision.at]).await
}

/// Closes a waiting routine request without a person's decision.
/// [`Conflict`](crate::store::Error::Conflict) when the version has changed or it is anything else, a security incident
/// above all.
pub async fn close_routine(tx: &mut Tx, (incident, version): (Id<of::Incident>, i64), at: Timestamp) -> Result<()> {
    tx.run_exactly(1, CLOSE_ROUTINE, args![incident, version, at]).await
}

/// Counts up the version of an incident that something beside the row was said of.
/// [`Conflict`](crate::store::Error::Conflict) when the version has changed or it is closed.
pub async fn touch(tx: &mut Tx, (id, version): (Id<of::Incident>, i64), at: Timestamp) -> Result<()> {
    tx.run_exactly(1, TOUCH, args![id, version, at]).await
}

/// Moves an incident that is not closed to a higher place, whoever holds it; from then on it waits for a person.
/// [`Conflict`](crate::store::Error::Conflict) when the version has changed or it is closed.
pub async fn escalate(tx: &mut Tx, decision: &Decision<'_>, raised: &Raised) -> Result<()> {
    let args = args![
        decision.incident,
        decision.version,
        &raised.class,
        raised.lane,
        raised.level,
        raised.head_start,
        decision.at
    ];
    tx.run_exactly(1, ESCALATE, args).await
}

/// Gives an incident that is about nobody in particular a subject, unless another open one is about it; whether it took it.
pub async fn take_subject(tx: &mut Tx, incident: Id<of::Incident>, subject: &str) -> Result<bool> {
    Ok(tx.run(TAKE_SUBJECT, args![incident, subject]).await? > 0)
}
