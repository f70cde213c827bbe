//! Forgetting people: legal holds, requests of two persons, and taking incidents away with everything that hangs on them.

use super::db::{Result, Row, Sql, Tx, args, rows};
use crate::id::{Id, of};
use crate::time::Timestamp;

pub(super) const STATEMENTS: &[Sql] = &[
    LOCK,
    HOLD,
    LIFT,
    HELD,
    ASK,
    DECIDE,
    DONE,
    REQUEST,
    OPEN_REQUESTS,
    OF_SUBJECT,
    DUE,
    SIGNALS_DUE,
    FORGET_ASIDES,
    FORGET_SIGNALS,
];

/// A delete over a list of incidents.
macro_rules! of_incidents {
    ($table:literal, $column:literal) => {
        Sql::forked(
            concat!("delete from ", $table, " where ", $column, " in (select value from json_each($1))"),
            concat!(
                "delete from ",
                $table,
                " where ",
                $column,
                " = any (array(select json_array_elements_text($1::json)))"
            ),
        )
    };
}

/// A delete over the cases of a list of incidents.
macro_rules! of_cases {
    ($table:literal) => {
        Sql::forked(
            concat!(
                "delete from ",
                $table,
                " where case_id in (select id from reporter_case where incident in (select value from json_each($1)))"
            ),
            concat!(
                "delete from ",
                $table,
                " where case_id in (select id from reporter_case
                  where incident = any (array(select json_array_elements_text($1::json))))"
            ),
        )
    };
}

/// What goes with an incident, what refers before what is referred to. A test holds the list against the schema.
pub const ERASE: &[Sql] = &[
    Sql::forked(
        "delete from copy where signal in
         (select id from signal where incident in (select value from json_each($1)))",
        "delete from copy where signal in
         (select id from signal where incident = any (array(select json_array_elements_text($1::json))))",
    ),
    Sql::forked(
        "delete from idempotency where key in (select first_view.idempotency from first_view
             join reporter_case on reporter_case.id = first_view.case_id
             where reporter_case.incident in (select value from json_each($1)))",
        "delete from idempotency where key in (select first_view.idempotency from first_view
             join reporter_case on reporter_case.id = first_view.case_id
             where reporter_case.incident = any (array(select json_array_elements_text($1::json))))",
    ),
    of_incidents!("attachment", "incident"),
    of_cases!("guess"),
    of_cases!("case_session"),
    of_cases!("first_view"),
    of_cases!("case_request"),
    of_cases!("case_phrase"),
    of_cases!("case_notice"),
    of_cases!("case_consent"),
    Sql::forked(
        "delete from feedback_care where feedback in (select feedback.id from feedback
             join reporter_case on reporter_case.id = feedback.case_id
             where reporter_case.incident in (select value from json_each($1)))",
        "delete from feedback_care where feedback in (select feedback.id from feedback
             join reporter_case on reporter_case.id = feedback.case_id
             where reporter_case.incident = any (array(select json_array_elements_text($1::json))))",
    ),
    of_cases!("feedback"),
    of_cases!("refused_opening"),
    of_incidents!("signal_aside", "incident"),
    of_incidents!("signal_aside", "into_incident"),
    of_incidents!("signal", "incident"),
    of_incidents!("observable", "incident"),
    of_incidents!("reporter_case", "incident"),
    of_incidents!("answered", "incident"),
    of_incidents!("step_said", "incident"),
    of_incidents!("message", "incident"),
    of_incidents!("note", "incident"),
    Sql::forked(
        "delete from verdict_sign where verdict in
             (select id from verdict where incident in (select value from json_each($1)))",
        "delete from verdict_sign where verdict in
             (select id from verdict where incident = any (array(select json_array_elements_text($1::json))))",
    ),
    of_incidents!("verdict", "incident"),
    of_incidents!("measure", "incident"),
    of_incidents!("promise", "incident"),
    of_incidents!("progress", "incident"),
    of_incidents!("attention", "incident"),
    of_incidents!("check_guess", "incident"),
    of_incidents!("legal_hold", "incident"),
    of_incidents!("ruling", "incident"),
    of_incidents!("reveal", "incident"),
    of_incidents!("desk_draft", "incident"),
    of_incidents!("desk_look", "incident"),
    of_incidents!("alarm", "incident"),
    of_incidents!("circle_seat", "incident"),
    of_incidents!("circle", "incident"),
    // letters that carry orders, what was said to orders, then the orders
    Sql::forked(
        "delete from outbox where object in
             (select id from containment_order where incident in (select value from json_each($1)))",
        "delete from outbox where object in
             (select id from containment_order where incident = any (array(select json_array_elements_text($1::json))))",
    ),
    of_incidents!("outbox", "object"),
    Sql::forked(
        "delete from order_approval where order_id in
             (select id from containment_order where incident in (select value from json_each($1)))",
        "delete from order_approval where order_id in
             (select id from containment_order where incident = any (array(select json_array_elements_text($1::json))))",
    ),
    of_incidents!("containment_order", "incident"),
    // names of an account go with its last incident
    Sql::forked(
        "delete from subject_alias where subject in
             (select subject from incident where id in (select value from json_each($1)))
         and subject not in (select subject from incident where subject is not null
             and id not in (select value from json_each($1)))",
        "delete from subject_alias where subject in
             (select subject from incident where id = any (array(select json_array_elements_text($1::json))))
         and subject not in (select subject from incident where subject is not null
             and id <> all (array(select json_array_elements_text($1::json))))",
    ),
    of_incidents!("incident", "id"),
];

// SQLite has one writer. A hold refers to its incident, and reopening writes it: both wait for the lock.
const LOCK: Sql = Sql::forked(
    "select id from incident where id in (select value from json_each($1))",
    "select id from incident where id = any (array(select json_array_elements_text($1::json))) order by id for update",
);

const HOLD: Sql = Sql::both(
    "insert into legal_hold (incident, person, at, reason) values ($1, $2, $3, $4)
     on conflict (incident) do update set person = excluded.person, at = excluded.at, reason = excluded.reason",
);

const LIFT: Sql = Sql::both("delete from legal_hold where incident = $1");

const HELD: Sql = Sql::forked(
    "select incident from legal_hold where incident in (select value from json_each($1)) order by incident",
    "select incident from legal_hold
     where incident = any (array(select json_array_elements_text($1::json))) order by incident",
);

const ASK: Sql =
    Sql::both("insert into privacy_request (id, what, incident, asked_by, asked) values ($1, $2, $3, $4, $5)");

// whoever asked cannot decide, whatever the program thinks
const DECIDE: Sql = Sql::both(
    "update privacy_request set decided_by = $2, decided = $3, granted = $4
     where id = $1 and decided is null and asked_by <> $2",
);

const DONE: Sql = Sql::both("update privacy_request set done = $2 where id = $1 and granted and done is null");

const REQUEST: Sql =
    Sql::both("select id, what, incident, asked_by, asked, decided, granted, done from privacy_request where id = $1");

const OPEN_REQUESTS: Sql = Sql::both(
    "select id, what, incident, asked_by, asked, decided, granted, done from privacy_request
     where decided is null or (granted and done is null) order by asked, id limit 100",
);

const OF_SUBJECT: Sql = Sql::both("select id from incident where subject = $1 order by id");

const DUE: Sql = Sql::both(
    "select id from incident where state = 'closed' and closed < $1
     and id not in (select incident from legal_hold) order by closed, id limit $2",
);

const SIGNALS_DUE: Sql = Sql::both(
    "select signal.id as id from signal join incident on incident.id = signal.incident
     where incident.state = 'closed' and incident.closed < $1
       and incident.id not in (select incident from legal_hold) limit $2",
);

const FORGET_ASIDES: Sql = Sql::forked(
    "delete from signal_aside where signal in (select value from json_each($1))",
    "delete from signal_aside where signal = any (array(select json_array_elements_text($1::json)))",
);

const FORGET_SIGNALS: Sql = Sql::forked(
    "delete from signal where id in (select value from json_each($1))",
    "delete from signal where id = any (array(select json_array_elements_text($1::json)))",
);

/// What two people decide on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    pub id: Id<of::PrivacyRequest>,
    /// `export` or `erase`.
    pub what: String,
    /// The incident through which the person was named.
    pub incident: Id<of::Incident>,
    pub asked_by: String,
    pub asked: Timestamp,
    pub decided: Option<Timestamp>,
    pub granted: bool,
    pub done: Option<Timestamp>,
}

fn request_row(row: &Row) -> Result<Request> {
    Ok(Request {
        id: row.get("id")?,
        what: row.get("what")?,
        incident: row.get("incident")?,
        asked_by: row.get("asked_by")?,
        asked: row.get("asked")?,
        decided: row.maybe("decided")?,
        granted: row.get("granted")?,
        done: row.maybe("done")?,
    })
}

/// Holds an incident: it is neither erased nor purged until the hold is lifted. `reason` is sealed.
pub async fn hold(tx: &mut Tx, incident: Id<of::Incident>, (by, at): (&str, Timestamp), reason: &[u8]) -> Result<()> {
    tx.run_exactly(1, HOLD, args![incident, by, at, reason]).await
}

/// Lifts a hold; whether there was one.
pub async fn lift(tx: &mut Tx, incident: Id<of::Incident>) -> Result<bool> {
    Ok(tx.run(LIFT, args![incident]).await? > 0)
}

/// Keeps everybody else from incidents until the transaction ends; what is asked of them afterwards holds to its end.
pub async fn lock(tx: &mut Tx, incidents: &[Id<of::Incident>]) -> Result<()> {
    tx.all(LOCK, args![list(incidents)?], |row| row.get::<Id<of::Incident>>("id")).await.map(drop)
}

/// Which of some incidents are held.
pub async fn held(tx: &mut Tx, incidents: &[Id<of::Incident>]) -> Result<Vec<Id<of::Incident>>> {
    tx.all(HELD, args![list(incidents)?], |row| row.get("incident")).await
}

/// Keeps a request that waits for a second person.
pub async fn ask(tx: &mut Tx, request: &Request) -> Result<()> {
    let args = args![request.id, &request.what, request.incident, &request.asked_by, request.asked];
    tx.run_exactly(1, ASK, args).await
}

/// Decides a request; `Conflict` when it has been decided, or when the one who decides is the one who asked.
pub async fn decide(tx: &mut Tx, id: Id<of::PrivacyRequest>, (by, at): (&str, Timestamp), granted: bool) -> Result<()> {
    tx.run_exactly(1, DECIDE, args![id, by, at, granted]).await
}

/// Notes that a granted request was carried out.
pub async fn done(tx: &mut Tx, id: Id<of::PrivacyRequest>, at: Timestamp) -> Result<()> {
    tx.run_exactly(1, DONE, args![id, at]).await
}

/// One request.
pub async fn request(tx: &mut Tx, id: Id<of::PrivacyRequest>) -> Result<Option<Request>> {
    tx.maybe(REQUEST, args![id], request_row).await
}

/// Requests that wait for a second person or to be carried out, oldest first; 100 at most.
pub async fn open_requests(tx: &mut Tx) -> Result<Vec<Request>> {
    tx.all(OPEN_REQUESTS, args![], request_row).await
}

/// Every incident about one subject.
pub async fn of_subject(tx: &mut Tx, subject: &str) -> Result<Vec<Id<of::Incident>>> {
    tx.all(OF_SUBJECT, args![subject], |row| row.get("id")).await
}

/// Closed incidents whose time is over and that nobody holds, the oldest first.
pub async fn due(tx: &mut Tx, closed_before: Timestamp, limit: i64) -> Result<Vec<Id<of::Incident>>> {
    tx.all(DUE, args![closed_before, limit], |row| row.get("id")).await
}

/// Forgets signals of incidents closed before a moment that nobody holds, and says how many went.
pub async fn forget_signals(tx: &mut Tx, closed_before: Timestamp, limit: i64) -> Result<u64> {
    let due: Vec<String> = tx.all(SIGNALS_DUE, args![closed_before, limit], |row| row.get("id")).await?;
    let due = rows("signal", &due)?;
    // What was said of a signal refers to it, and says nothing without it.
    tx.run(FORGET_ASIDES, args![&due]).await?;
    tx.run(FORGET_SIGNALS, args![&due]).await
}

/// Takes incidents away with everything that hangs on them, their data keys first of all; how many there were.
pub async fn erase(tx: &mut Tx, incidents: &[Id<of::Incident>]) -> Result<u64> {
    let list = list(incidents)?;
    let mut gone = 0;
    for statement in ERASE {
        gone = tx.run(*statement, args![&list]).await?;
    }
    Ok(gone)
}

fn list(incidents: &[Id<of::Incident>]) -> Result<String> {
    let ids: Vec<String> = incidents.iter().map(ToString::to_string).collect();
    rows("incident", &ids)
}
