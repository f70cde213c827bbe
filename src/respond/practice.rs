//! Cases for practice: made up from the playbooks' own examples, in a pool of their own. They never count, nobody is
//! written to, and nothing of them leaves: there is no reporter, no contact and no account.

use std::sync::Arc;

use super::file::{File, Kept};
use super::look::{self, IncidentDetail};
use super::progress::{self, What};
use super::{Respond, Room, record};
use crate::audit::{Actor, Entry};
use crate::playbook::examples;
use crate::queue::tier::PRACTICE;
use crate::signal::{Facts, Origin, Report};
use crate::store::queue::{Claimant, Turn};
use crate::store::{Result, Tx, incidents, queue as claims, shift, signals};
use crate::text::Language;

impl Respond {
    /// Makes up a case and gives it to whoever wants to practise; one that was handed back comes first. Nothing when the
    /// playbooks have no example.
    pub async fn practise(&self, by: &str, language: Language) -> Result<Option<IncidentDetail>> {
        let (room, by) = (self.room(), by.to_owned());
        self.writer
            .act(move |tx| {
                let (room, by) = (Arc::clone(&room), by.clone());
                Box::pin(async move { practise(tx, &room, (&by, language)).await })
            })
            .await
    }
}

async fn practise(tx: &mut Tx, room: &Room, (by, language): (&str, Language)) -> Result<Option<IncidentDetail>> {
    let waiting = shift::head(tx, PRACTICE, Turn::MostUrgent).await?;
    let mut entries = Vec::new();
    let id = if let Some(head) = waiting {
        head.incident
    } else {
        let Some((facts, answers)) = made_up(room) else { return Ok(None) };
        let tongue = facts.first("language").unwrap_or(language.as_str()).to_owned();
        let mut file = File::new(room, None, &tongue);
        file.practice = true;
        file.answers = answers;
        let reliability = room.playbooks.policy.reliability.report;
        let origin = Origin { endpoint: PRACTICE.to_owned(), verified: false, reliability };
        file.observe(File::signal(room, origin, facts));
        let (kept, rows, entry) = file.keep(room, &Actor::Staff(by.to_owned()));
        if let Kept::New(incident) = kept {
            incidents::insert_many(tx, &[*incident]).await?;
        }
        signals::insert_many(tx, &rows).await?;
        super::numbers::keep_measure(tx, room, &file).await?;
        entries.push(entry.with("practice", true));
        file.id
    };
    let claimant = Claimant { by, now: room.now(), lease: room.playbooks.policy.order.lease };
    let Some(row) = claims::claim_one(tx, id, claimant).await? else { return Ok(None) };
    progress::note_by(tx, room, (id, by), What::Taken).await?;
    let detail = look::detail(tx, room, &row, language).await?;
    let claimed = Entry::done(room.now(), Actor::Staff(by.to_owned()), "incident.claim", format!("incident:{id}"));
    entries.push(claimed.with("practice", true));
    record(tx, &entries).await?;
    Ok(Some(detail))
}

type MadeUp = (Facts, std::collections::BTreeMap<String, String>);

/// Any example of any playbook.
fn made_up(room: &Room) -> Option<MadeUp> {
    let all: Vec<_> = room.playbooks.kinds.iter().flat_map(|kind| &kind.examples).collect();
    let count = u64::try_from(all.len()).ok().filter(|count| *count > 0)?;
    let mut bytes = [0; 8];
    room.random.fill(&mut bytes);
    let first = usize::try_from(u64::from_le_bytes(bytes) % count).ok()?;
    // An example that cannot be read is passed over.
    all.iter().cycle().skip(first).take(all.len()).find_map(|example| {
        let report = example.report.as_ref().and_then(|body| serde_json::from_value::<Report>(body.clone()).ok());
        match report.and_then(|report| report.read(Language::En).ok()) {
            Some(reading) => Some((reading.facts, reading.answers)),
            None => Some((example.alert.as_ref().and_then(examples::facts)?, std::collections::BTreeMap::new())),
        }
    })
}
