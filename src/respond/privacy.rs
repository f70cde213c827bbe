//! What one person may ask of us: everything that is kept of them, or its end. One member of staff asks, another decides, and a
//! legal hold stands above both (PRIV-04).

use std::sync::Arc;

use serde_json::{Value, json};

use super::view::SignalView;
use super::{Respond, Room, file, look, record};
use crate::audit::{Actor, Entry};
use crate::id::{Id, of};
use crate::seal::Place;
use crate::store::privacy::{self, Request};
use crate::store::{Error, Result, Tx, case_notices, cases, circles, incidents, signals};
use crate::text::Language;

/// Which of the two rights it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Right {
    Export,
    Erase,
}

impl Right {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Export => "export",
            Self::Erase => "erase",
        }
    }
}

/// Why it was not done.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotDone {
    #[error("there is no such case or incident")]
    Unknown,
    #[error("there is no such request, or it has been decided")]
    Decided,
    #[error("the person who asked cannot decide as well: it takes two")]
    SamePerson,
    /// Nothing of the person is erased while one of their incidents is held.
    #[error("incident {0} is under legal hold: nothing is erased until the hold is lifted")]
    Held(Id<of::Incident>),
}

type Outcome<T> = Result<std::result::Result<T, NotDone>>;

impl Respond {
    /// The incident that a case reference or an incident's own id names.
    pub async fn named(&self, text: &str) -> Result<Option<Id<of::Incident>>> {
        let mut tx = self.db.read().await?;
        if let Ok(id) = text.parse() {
            return Ok(incidents::get(&mut tx, id).await?.map(|row| row.id));
        }
        circles::by_reference(&mut tx, text).await
    }

    /// Asks for a person's data or its end; another member of staff has to decide.
    pub async fn ask_privacy(
        &self,
        right: Right,
        incident: Id<of::Incident>,
        by: &str,
    ) -> Result<Id<of::PrivacyRequest>> {
        let (room, by) = (self.room(), by.to_owned());
        let id = Id::new(room.now(), &*room.random);
        self.writer
            .act(move |tx| {
                let (room, asked_by) = (Arc::clone(&room), by.clone());
                Box::pin(async move {
                    let (asked, what) = (room.now(), right.as_str().to_owned());
                    let entry = entry(&room, &asked_by, "person.ask", id).with("what", right.as_str());
                    let request =
                        Request { id, what, incident, asked_by, asked, decided: None, granted: false, done: None };
                    privacy::ask(tx, &request).await?;
                    record(tx, &[entry]).await
                })
            })
            .await?;
        Ok(id)
    }

    /// Requests that wait for a second person, or to be carried out.
    pub async fn privacy_requests(&self) -> Result<Vec<Request>> {
        privacy::open_requests(&mut self.db.read().await?).await
    }

    /// A request as it stands; nothing when there is none.
    pub async fn privacy_request(&self, id: Id<of::PrivacyRequest>) -> Result<Option<Request>> {
        privacy::request(&mut self.db.read().await?, id).await
    }

    /// Decides a request and says which incidents it is about. What was granted is carried out by [`Self::exported`] or
    /// [`Self::erase_granted`]; as long as that did not happen, granting it again goes on with it.
    pub async fn decide_privacy(
        &self,
        id: Id<of::PrivacyRequest>,
        by: &str,
        granted: bool,
    ) -> Outcome<(Request, Vec<Id<of::Incident>>)> {
        let (room, by) = (self.room(), by.to_owned());
        let outcome = self
            .writer
            .act(move |tx| {
                let (room, by) = (Arc::clone(&room), by.clone());
                Box::pin(async move { decide(tx, &room, (id, &by, granted)).await })
            })
            .await;
        match outcome {
            Err(Error::Conflict { .. }) => Ok(Err(NotDone::Decided)),
            other => other,
        }
    }

    /// Everything that is kept of a person, as JSON: their cases with contact and what was sent to it, and their incidents
    /// with every signal, message, note and word. Whoever has put it where it is to be says so with [`Self::export_done`].
    pub async fn exported(&self, all: &[Id<of::Incident>]) -> Result<Value> {
        let room = self.room();
        let mut tx = self.db.read().await?;
        let mut told = Vec::new();
        for id in all {
            if let Some(row) = incidents::get(&mut tx, *id).await? {
                told.push(exported(&mut tx, &room, &row).await?);
            }
        }
        Ok(json!({ "made": room.now(), "incidents": told }))
    }

    /// The export lies where it was asked for.
    pub async fn export_done(&self, request: Id<of::PrivacyRequest>, incidents: usize) -> Result<()> {
        let room = self.room();
        self.writer
            .act(move |tx| {
                let room = Arc::clone(&room);
                Box::pin(async move { carried_out(tx, &room, (request, "person.export", incidents)).await })
            })
            .await
    }

    /// Erases a person's incidents with everything that hangs on them, and keeps with it that it was done. Whoever calls has
    /// put them on the list outside of the database before.
    pub async fn erase_granted(&self, request: Id<of::PrivacyRequest>, all: Vec<Id<of::Incident>>) -> Outcome<u64> {
        let room = self.room();
        let outcome = self
            .writer
            .act(move |tx| {
                let (room, all) = (Arc::clone(&room), all.clone());
                Box::pin(async move {
                    // First the rows: a hold that comes now waits, and finds nothing to hold.
                    privacy::lock(tx, &all).await?;
                    if let Some(held) = privacy::held(tx, &all).await?.first() {
                        return Ok(Err(NotDone::Held(*held)));
                    }
                    let asked = privacy::request(tx, request).await?;
                    if !asked.is_some_and(|asked| asked.granted && asked.what == Right::Erase.as_str()) {
                        return Ok(Err(NotDone::Decided));
                    }
                    let gone = privacy::erase(tx, &all).await?;
                    let count = usize::try_from(gone).unwrap_or(usize::MAX);
                    carried_out(tx, &room, (request, "person.erase", count)).await?;
                    Ok(Ok(gone))
                })
            })
            .await?;
        if outcome.is_ok() {
            self.db.tidy().await?;
        }
        Ok(outcome)
    }

    /// Erases incidents that were erased before and are back after a restore. One that has been put under legal hold since
    /// stays: the hold stands above what was granted.
    pub async fn erase_again(&self, incidents: Vec<Id<of::Incident>>) -> Result<u64> {
        let mut gone = 0;
        for some in incidents.chunks(100) {
            let some = some.to_vec();
            gone += self
                .writer
                .act(move |tx| {
                    let mut some = some.clone();
                    Box::pin(async move {
                        privacy::lock(tx, &some).await?;
                        let held = privacy::held(tx, &some).await?;
                        some.retain(|incident| !held.contains(incident));
                        if some.is_empty() { Ok(0) } else { privacy::erase(tx, &some).await }
                    })
                })
                .await?;
        }
        Ok(gone)
    }

    /// Puts an incident under legal hold with a reason, or lifts the hold when there is none.
    pub async fn hold_for_law(&self, id: Id<of::Incident>, by: &str, reason: Option<String>) -> Outcome<()> {
        let (room, by) = (self.room(), by.to_owned());
        self.writer
            .act(move |tx| {
                let (room, by, reason) = (Arc::clone(&room), by.clone(), reason.clone());
                Box::pin(async move {
                    let Some(row) = incidents::get(tx, id).await? else { return Ok(Err(NotDone::Unknown)) };
                    let action = if let Some(reason) = reason {
                        let place = Place { table: "legal_hold", column: "reason", row: &id.to_string() };
                        let sealed = file::data_key(&room, &row)?.seal(place, reason.as_bytes(), &*room.random);
                        privacy::hold(tx, id, (&by, room.now()), &sealed).await?;
                        "incident.hold"
                    } else {
                        if !privacy::lift(tx, id).await? {
                            return Ok(Err(NotDone::Unknown));
                        }
                        "incident.lift-hold"
                    };
                    let object = format!("incident:{id}");
                    record(tx, &[Entry::done(room.now(), Actor::Staff(by), action, object)]).await?;
                    Ok(Ok(()))
                })
            })
            .await
    }
}

async fn decide(
    tx: &mut Tx,
    room: &Room,
    (id, by, granted): (Id<of::PrivacyRequest>, &str, bool),
) -> Outcome<(Request, Vec<Id<of::Incident>>)> {
    let Some(request) = privacy::request(tx, id).await? else { return Ok(Err(NotDone::Decided)) };
    if request.asked_by == by {
        return Ok(Err(NotDone::SamePerson));
    }
    let waits = request.decided.is_none();
    let goes_on = granted && request.granted && request.done.is_none();
    if !waits && !goes_on {
        return Ok(Err(NotDone::Decided));
    }
    let all = of_person(tx, request.incident).await?;
    if request.what == Right::Erase.as_str()
        && granted
        && let Some(held) = privacy::held(tx, &all).await?.first()
    {
        return Ok(Err(NotDone::Held(*held)));
    }
    if waits {
        privacy::decide(tx, id, (by, room.now()), granted).await?;
    }
    let action = if waits { "person.decide" } else { "person.go-on" };
    let mut entries = vec![entry(room, by, action, id).with("granted", granted)];
    if granted && request.what == Right::Export.as_str() {
        // by incident, as `breach` looks for what somebody could have seen
        let export =
            |id| Entry::done(room.now(), Actor::Staff(by.to_owned()), "incident.export", format!("incident:{id}"));
        entries.extend(all.iter().map(export));
    }
    record(tx, &entries).await?;
    Ok(Ok((request, all)))
}

/// Keeps that a granted request was carried out, in the transaction that carries it out.
async fn carried_out(
    tx: &mut Tx,
    room: &Room,
    (id, action, incidents): (Id<of::PrivacyRequest>, &'static str, usize),
) -> Result<()> {
    privacy::done(tx, id, room.now()).await?;
    let object = format!("privacy-request:{id}");
    record(tx, &[Entry::done(room.now(), Actor::System, action, object).with("incidents", incidents)]).await
}

fn entry(room: &Room, by: &str, action: &'static str, id: Id<of::PrivacyRequest>) -> Entry {
    Entry::done(room.now(), Actor::Staff(by.to_owned()), action, format!("privacy-request:{id}"))
}

/// Every incident of the person whom an incident is about: those of the same account, or that one alone.
async fn of_person(tx: &mut Tx, incident: Id<of::Incident>) -> Result<Vec<Id<of::Incident>>> {
    let subject = incidents::get(tx, incident).await?.and_then(|row| row.subject);
    match subject {
        Some(subject) => privacy::of_subject(tx, &subject).await,
        None => Ok(vec![incident]),
    }
}

async fn exported(tx: &mut Tx, room: &Room, row: &incidents::IncidentRow) -> Result<Value> {
    let key = file::data_key(room, row)?;
    let mut told = Vec::new();
    let cases = cases::of_incident(tx, row.id).await?;
    for case in &cases {
        let place = Place { table: "reporter_case", column: "contact", row: &case.id.to_string() };
        let contact = case.contact.as_ref().map(|sealed| key.open(place, sealed)).transpose();
        let contact = contact.map_err(|_| Error::Corrupt { table: "reporter_case", column: "contact" })?;
        let contact = contact.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        let view = look::case(tx, room, (case, None)).await?;
        let mails = case_notices::of_case(tx, case.id).await?;
        told.push(json!({ "reference": case.reference, "contact": contact, "case": view, "mails": mails }));
    }
    let language = row.language.parse().unwrap_or(Language::En);
    let detail = look::detail(tx, room, row, language).await?;
    // the page of staff shows the latest and the first signals, the person gets each one
    let mut every = Vec::new();
    for signal in signals::of_incident(tx, row.id).await? {
        let opened = file::unseal(&key, &signal).map_err(|_| Error::Corrupt { table: "signal", column: "body" })?;
        every.push(SignalView::of(&opened));
    }
    let files = super::attachments::exported(tx, room, (row, &cases)).await?;
    Ok(json!({ "incident": detail, "signals": every, "cases": told, "attachments": files }))
}
