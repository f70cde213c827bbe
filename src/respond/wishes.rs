//! What a holder asks for and only staff grant, with a reason: another link, another contact, withdrawal, an end of
//! protection (CA-09, CA-10). Asking changes nothing by itself, except that a fear for the link ends all other sessions.

use std::sync::Arc;

use serde::Serialize;

use super::first::{self, First, Shown};
use super::view::{CaseKeys, RequestState};
use super::{Respond, Room, file, notices, progress, record};
use crate::access::{CaseToken, Code, StaffToken, digest_of};
use crate::audit::{Actor, Entry};
use crate::guidance::mail::Told;
use crate::id::{Id, of};
use crate::seal::{DataKey, Place, Purpose};
use crate::store::incidents::{self, IncidentRow};
pub use crate::store::requests::Wish;
use crate::store::requests::{self, Decision, RequestRow};
use crate::store::{Error, Result, Tx, cases};
use crate::time::{Span, Timestamp};

/// A new contact counts after this long, so that the old one can object (CA-09).
const CONTACT_WAITS: Span = Span::from_days(1);

/// A request as staff see it.
#[derive(Debug, Clone, Serialize)]
pub struct Asked {
    pub id: Id<of::Request>,
    pub what: Wish,
    pub asked: Timestamp,
    pub state: RequestState,
    /// The new contact, as it was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}

impl Respond {
    /// Keeps a request of a holder. `detail` is scrubbed and cleaned by now; `session` is the cookie that stays good.
    pub async fn ask(
        &self,
        case: Id<of::Case>,
        (what, detail): (Wish, Option<String>),
        session: Option<&str>,
    ) -> Result<()> {
        let (room, session) = (self.room(), session.map(digest_of));
        self.writer
            .act(move |tx| {
                let (room, detail, session) = (Arc::clone(&room), detail.clone(), session.clone());
                Box::pin(async move {
                    let Some(row) = cases::by_id(tx, case).await? else { return Ok(()) };
                    let Some(incident) = incidents::get(tx, row.incident).await? else { return Ok(()) };
                    let id = Id::new(room.now(), &*room.random);
                    let key = file::data_key(&room, &incident)?;
                    let detail =
                        detail.map(|detail| key.seal(at("detail", &id.to_string()), detail.as_bytes(), &*room.random));
                    let request = RequestRow {
                        id,
                        case,
                        what,
                        asked: room.now(),
                        detail,
                        decided: None,
                        granted: false,
                        person: None,
                        reason: None,
                        taken: None,
                    };
                    if what == Wish::NewLink {
                        match &session {
                            Some(session) => cases::end_other_sessions(tx, case, session).await?,
                            None => cases::end_sessions(tx, case).await?,
                        };
                    }
                    if !requests::ask(tx, &request).await? {
                        return Ok(());
                    }
                    if what == Wish::Contact {
                        notices::post(tx, &room, row.incident, Told::ContactAsked).await?;
                    }
                    let entry = Entry::done(room.now(), Actor::CaseHolder, "case.ask", format!("case:{case}"));
                    record(tx, &[entry.with("what", what.as_str())]).await
                })
            })
            .await
    }

    /// Gives the holder the new link that staff granted, with a new code: the old ones, and every session, end in the same
    /// transaction. Nothing when none was granted within a day.
    pub async fn take_new_link(&self, case: Id<of::Case>) -> Result<Option<First>> {
        let room = self.room();
        let (token, code) = (CaseToken::new(&*room.random), Code::new(&*room.random));
        let first = First { ticket: StaffToken::new(&*room.random), session: Some(StaffToken::new(&*room.random)) };
        let digests = first.digests();
        let link = room.keys.digests.of(Purpose::CaseLink, "token", token.reveal());
        let secret = room.keys.digests.of(Purpose::CaseCode, &case.to_string(), code.reveal());
        let renewed = self
            .writer
            .act(move |tx| {
                let (room, digests) = (Arc::clone(&room), digests.clone());
                let (link, secret, token, code) = (link.clone(), secret.clone(), token.clone(), code.clone());
                Box::pin(async move {
                    let Some(row) = cases::by_id(tx, case).await? else { return Ok(false) };
                    let Some(request) = granted_link(tx, case, room.now()).await? else { return Ok(false) };
                    requests::take(tx, request.id, room.now()).await?;
                    cases::replace_keys(tx, case, (&link, &secret)).await?;
                    cases::end_sessions(tx, case).await?;
                    crate::store::first_views::end_of_case(tx, case).await?;
                    let keys = CaseKeys {
                        reference: row.reference,
                        link: format!("{}/c/{}", room.public_url, token.reveal()),
                        code: code.grouped(),
                    };
                    first::keep(tx, &room, (case, &Shown::NewKeys(keys)), (digests, None)).await?;
                    let entry = Entry::done(room.now(), Actor::CaseHolder, "case.new-link", format!("case:{case}"));
                    record(tx, &[entry]).await?;
                    Ok(true)
                })
            })
            .await?;
        Ok(renewed.then_some(first))
    }
}

async fn granted_link(tx: &mut Tx, case: Id<of::Case>, now: Timestamp) -> Result<Option<RequestRow>> {
    let granted = requests::of_case(tx, case).await?.into_iter().find(|row| {
        row.what == Wish::NewLink
            && progress::state(row) == RequestState::Granted
            && row.decided.is_some_and(|decided| now.since(decided) <= progress::LINK_WAITS)
    });
    Ok(granted)
}

/// What the holders of an incident's cases asked for, oldest first.
pub(super) async fn asked(tx: &mut Tx, key: &DataKey, incident: Id<of::Incident>) -> Result<Vec<Asked>> {
    let rows = requests::of_incident(tx, incident).await?;
    rows.iter()
        .map(|row| {
            let detail = row.detail.as_deref().map(|detail| opened(key, row.id, detail)).transpose()?;
            Ok(Asked { id: row.id, what: row.what, asked: row.asked, state: progress::state(row), detail })
        })
        .collect()
}

/// Staff's word on one request of an incident; false when the incident has none of this id that waits.
pub(super) async fn decide(
    tx: &mut Tx,
    room: &Room,
    row: &IncidentRow,
    (by, request, granted, reason): (&str, Id<of::Request>, bool, &str),
) -> Result<bool> {
    let waiting = requests::of_incident(tx, row.id).await?;
    let Some(asked) = waiting.iter().find(|asked| asked.id == request && asked.decided.is_none()) else {
        return Ok(false);
    };
    let key = file::data_key(room, row)?;
    let reason = key.seal(at("reason", &request.to_string()), reason.as_bytes(), &*room.random);
    let decision = Decision { at: room.now(), granted, person: by, reason: &reason };
    requests::decide(tx, request, decision).await?;
    let told = if asked.what == Wish::Contact && granted { Told::ContactAgreed } else { Told::Decided };
    notices::post(tx, room, row.id, told).await.map(|()| true)
}

/// Puts contacts in force whose day of waiting is over.
pub(super) async fn sweep(tx: &mut Tx, room: &Room) -> Result<Vec<Entry>> {
    let mut entries = Vec::new();
    for request in requests::granted_before(tx, Wish::Contact, room.now().minus(CONTACT_WAITS)).await? {
        let Some(case) = cases::by_id(tx, request.case).await? else { continue };
        let Some(row) = incidents::get(tx, case.incident).await? else { continue };
        let key = file::data_key(room, &row)?;
        if let Some(detail) = &request.detail {
            let contact = opened(&key, request.id, detail)?;
            let place = Place { table: "reporter_case", column: "contact", row: &case.id.to_string() };
            let sealed = key.seal(place, contact.as_bytes(), &*room.random);
            cases::replace_contact(tx, case.id, &sealed).await?;
        }
        requests::take(tx, request.id, room.now()).await?;
        entries.push(Entry::done(room.now(), Actor::System, "case.contact", format!("case:{}", case.id)));
    }
    Ok(entries)
}

fn opened(key: &DataKey, id: Id<of::Request>, detail: &[u8]) -> Result<String> {
    let plain = key.open(at("detail", &id.to_string()), detail).ok().and_then(|plain| String::from_utf8(plain).ok());
    plain.ok_or(Error::Corrupt { table: "case_request", column: "detail" })
}

fn at<'a>(column: &'a str, row: &'a str) -> Place<'a> {
    Place { table: "case_request", column, row }
}
