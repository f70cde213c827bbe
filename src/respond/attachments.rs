//! Files on a case: its holder adds some and sees those alone, staff add some and see all. What is added was written anew at the
//! door; here it is sealed, numbered and named, and every look of staff leaves an entry (AUD-01).

use std::sync::Arc;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde::Serialize;
use serde_json::{Value, json};

use super::view::{AttachmentView, CaseView};
use super::{Respond, Room, file, history, holder, record, rest};
use crate::access::AttachmentId;
use crate::attachment::{Clean, Kind};
use crate::attention::Stir;
use crate::audit::{Actor, Entry};
use crate::id::{Id, of};
use crate::seal::Place;
use crate::signal::Facts;
use crate::store::attachments::{self, AttachmentRow, From};
use crate::store::cases::CaseRow;
use crate::store::incidents::{self, IncidentRow};
use crate::store::{Error, Result, Tx, cases};
use crate::time::Timestamp;

/// Files that the holder of a case adds, and those that staff add to an incident.
pub const MOST: i64 = 10;

/// Why a file was not added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAdded {
    #[error("there is no such case or incident")]
    Unknown,
    #[error("there are as many files as may be added")]
    Full,
}

/// A file as staff see it in the list.
#[derive(Debug, Clone, Serialize)]
pub struct Enclosed {
    pub id: String,
    /// Made by us: case reference, number, ending.
    pub name: String,
    pub kind: Kind,
    /// Bytes.
    pub size: i64,
    pub at: Timestamp,
    /// The member of staff who added it; absent when a holder did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
}

/// A file on its way out.
#[derive(Debug)]
pub struct Download {
    pub name: String,
    pub kind: Kind,
    pub bytes: Vec<u8>,
}

impl Respond {
    /// Adds a holder's file and answers with the case as it is then. It stirs the case as a message does: a closed one opens
    /// again, and what was taken out of a text is told at once.
    pub async fn holder_attaches(
        &self,
        case: Id<of::Case>,
        clean: Clean,
    ) -> Result<std::result::Result<CaseView, NotAdded>> {
        let incident = cases::by_id(&mut self.db.read().await?, case).await?.map(|case| case.incident);
        if let Some(incident) = incident {
            self.fetch_of(incident).await?;
        }
        let (room, clean) = (self.room(), Arc::new(clean));
        let added = self
            .writer
            .act(move |tx| {
                let (room, clean) = (Arc::clone(&room), Arc::clone(&clean));
                Box::pin(async move { from_holder(tx, &room, (case, &clean)).await })
            })
            .await?;
        match added {
            Ok(()) => Ok(self.case(case, None).await?.ok_or(NotAdded::Unknown)),
            Err(refused) => Ok(Err(refused)),
        }
    }

    /// Adds a file of staff, which no holder sees.
    pub async fn staff_attaches(
        &self,
        incident: Id<of::Incident>,
        by: &str,
        clean: Clean,
    ) -> Result<std::result::Result<AttachmentId, NotAdded>> {
        let (room, by, clean) = (self.room(), by.to_owned(), Arc::new(clean));
        self.writer
            .act(move |tx| {
                let (room, by, clean) = (Arc::clone(&room), by.clone(), Arc::clone(&clean));
                Box::pin(async move { from_staff(tx, &room, incident, (by, &clean)).await })
            })
            .await
    }

    /// The files that the holder of a case added, oldest first.
    pub async fn files_of(&self, case: Id<of::Case>) -> Result<Vec<AttachmentId>> {
        let kept = attachments::of_case(&mut self.db.read().await?, case).await?;
        let id = |kept: AttachmentRow| kept.id.parse();
        kept.into_iter().map(id).collect::<std::result::Result<_, _>>().map_err(|_| corrupt())
    }

    /// A file that the holder of this case added.
    pub async fn holder_downloads(&self, case: Id<of::Case>, id: &AttachmentId) -> Result<Option<Download>> {
        let mut tx = self.db.read().await?;
        let Some((kept, body)) = attachments::one_of_case(&mut tx, id.as_str(), case).await? else { return Ok(None) };
        let Some(row) = incidents::get(&mut tx, kept.incident).await? else { return Ok(None) };
        let cases = cases::of_incident(&mut tx, row.id).await?;
        opened(&self.room(), (&row, &cases), (&kept, &body)).map(Some)
    }

    /// A file of this incident for staff. Without the entry there is no look.
    pub async fn staff_downloads(
        &self,
        incident: Id<of::Incident>,
        by: &str,
        id: &AttachmentId,
    ) -> Result<Option<Download>> {
        let (room, mut tx) = (self.room(), self.db.read().await?);
        let Some((kept, body)) = attachments::one_of_incident(&mut tx, id.as_str(), incident).await? else {
            return Ok(None);
        };
        let Some(row) = incidents::get(&mut tx, kept.incident).await? else { return Ok(None) };
        let cases = cases::of_incident(&mut tx, row.id).await?;
        drop(tx);
        let actor = Actor::Staff(by.to_owned());
        let entry = Entry::done(room.now(), actor, "attachment.view", format!("incident:{incident}"));
        self.note(entry.with("attachment", kept.id.as_str())).await?;
        opened(&room, (&row, &cases), (&kept, &body)).map(Some)
    }
}

async fn from_holder(
    tx: &mut Tx,
    room: &Room,
    (case, clean): (Id<of::Case>, &Clean),
) -> Result<std::result::Result<(), NotAdded>> {
    let Some(case) = cases::by_id(tx, case).await? else { return Ok(Err(NotAdded::Unknown)) };
    let Some(row) = incidents::get(tx, case.incident).await? else { return Ok(Err(NotAdded::Unknown)) };
    let count = attachments::count(tx, row.id, Some(case.id)).await?;
    if count.theirs >= MOST {
        return Ok(Err(NotAdded::Full));
    }
    let number = count.last + 1;
    keep(tx, room, (&row, clean), (From::Holder(case.id), number)).await?;
    let mut entries = Vec::new();
    if clean.secrets.is_empty() {
        holder::reopen(tx, room, &row).await?;
    } else {
        let file = history::open(tx, room, &row).await?;
        let mut facts = Facts::new().with("kind", "message");
        for secret in &clean.secrets {
            facts.add("secret", secret.word());
        }
        entries.push(holder::observed(tx, room, (&row, file), ("report", facts)).await?);
    }
    rest::stir(tx, room, row.id, Stir::PersonWrites).await?;
    let entry = Entry::done(room.now(), Actor::CaseHolder, "case.attach", format!("case:{}", case.id));
    entries.push(entry.with("number", number).with("kind", clean.kind.as_str()));
    record(tx, &entries).await?;
    Ok(Ok(()))
}

async fn from_staff(
    tx: &mut Tx,
    room: &Room,
    incident: Id<of::Incident>,
    (by, clean): (String, &Clean),
) -> Result<std::result::Result<AttachmentId, NotAdded>> {
    let Some(row) = incidents::get(tx, incident).await? else { return Ok(Err(NotAdded::Unknown)) };
    let count = attachments::count(tx, row.id, None).await?;
    if count.ours >= MOST {
        return Ok(Err(NotAdded::Full));
    }
    let number = count.last + 1;
    let entry = Entry::done(room.now(), Actor::Staff(by.clone()), "incident.attach", format!("incident:{incident}"));
    let id = keep(tx, room, (&row, clean), (From::Staff(by), number)).await?;
    record(tx, &[entry.with("number", number).with("kind", clean.kind.as_str())]).await?;
    Ok(Ok(id))
}

async fn keep(
    tx: &mut Tx,
    room: &Room,
    (row, clean): (&IncidentRow, &Clean),
    (from, number): (From, i64),
) -> Result<AttachmentId> {
    let id = AttachmentId::new(&*room.random);
    let body = file::data_key(room, row)?.seal(place(id.as_str()), &clean.bytes, &*room.random);
    let kept = AttachmentRow {
        id: id.to_string(),
        incident: row.id,
        from,
        number,
        at: room.now(),
        kind: clean.kind.to_string(),
        size: i64::try_from(clean.bytes.len()).unwrap_or(i64::MAX),
    };
    attachments::insert(tx, &kept, &body).await?;
    Ok(id)
}

fn corrupt() -> Error {
    Error::Corrupt { table: "attachment", column: "id" }
}

fn place(row: &str) -> Place<'_> {
    Place { table: "attachment", column: "body", row }
}

fn opened(
    room: &Room,
    (row, cases): (&IncidentRow, &[CaseRow]),
    (kept, body): (&AttachmentRow, &[u8]),
) -> Result<Download> {
    let bytes = file::data_key(room, row)?.open(place(&kept.id), body);
    let bytes = bytes.map_err(|_| Error::Corrupt { table: "attachment", column: "body" })?;
    Ok(Download { name: name(kept, cases)?, kind: kind(kept)?, bytes })
}

fn kind(kept: &AttachmentRow) -> Result<Kind> {
    kept.kind.parse().map_err(|_| Error::Corrupt { table: "attachment", column: "kind" })
}

/// The reference of the case, the number in the incident, and an ending by what it is: nothing of the name it came with.
fn name(kept: &AttachmentRow, cases: &[CaseRow]) -> Result<String> {
    let case = match &kept.from {
        From::Holder(id) => cases.iter().find(|case| case.id == *id),
        From::Staff(_) => cases.first(),
    };
    let of = case.map_or_else(|| format!("incident-{}", kept.incident), |case| case.reference.clone());
    Ok(format!("{of}-{}.{}", kept.number, kind(kept)?.ending()))
}

/// The files that the holder of a case added, oldest first.
pub(super) async fn of_case(tx: &mut Tx, case: &CaseRow) -> Result<Vec<AttachmentView>> {
    let kept = attachments::of_case(tx, case.id).await?;
    let seen = kept.into_iter().map(|kept| {
        let name = name(&kept, std::slice::from_ref(case))?;
        Ok(AttachmentView { name, kind: kind(&kept)?, size: kept.size, at: kept.at, id: kept.id })
    });
    seen.collect()
}

/// The files of an incident, oldest first.
pub(super) async fn of_incident(
    tx: &mut Tx,
    (incident, cases): (Id<of::Incident>, &[CaseRow]),
) -> Result<Vec<Enclosed>> {
    let kept = attachments::of_incident(tx, incident).await?;
    let seen = kept.into_iter().map(|kept| {
        let (name, kind) = (name(&kept, cases)?, kind(&kept)?);
        let by = match kept.from {
            From::Holder(_) => None,
            From::Staff(person) => Some(person),
        };
        Ok(Enclosed { id: kept.id, name, kind, size: kept.size, at: kept.at, by })
    });
    seen.collect()
}

/// The files of an incident whole, for whoever asks for all that is kept of them.
pub(super) async fn exported(tx: &mut Tx, room: &Room, (row, cases): (&IncidentRow, &[CaseRow])) -> Result<Vec<Value>> {
    let mut told = Vec::new();
    for kept in attachments::of_incident(tx, row.id).await? {
        let Some((kept, body)) = attachments::one_of_incident(tx, &kept.id, row.id).await? else { continue };
        let Download { name, kind, bytes } = opened(room, (row, cases), (&kept, &body))?;
        told.push(json!({ "name": name, "kind": kind, "at": kept.at, "base64": BASE64_STANDARD.encode(bytes) }));
    }
    Ok(told)
}
