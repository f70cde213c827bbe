//! What of an incident and its subject is read for a judgement: bounded, whatever a flood of alerts has piled up.
//!
//! Read are the latest and the first signals and every one that the last assessment rests on, so older evidence stands.
//! With them come signals of closed incidents of the same subject, as far back as a correlation looks.

use std::collections::{BTreeMap, BTreeSet};

use super::Room;
use super::file::{File, data_key_of, unseal};
use crate::signal::Signal;
use crate::store::incidents::IncidentRow;
use crate::store::signals::SignalRow;
use crate::store::{Error, Result, Tx, answers, signals};
use crate::time::Span;

/// The latest signals of an incident that a judgement reads.
const LATEST: i64 = 256;
/// Its first ones: the report, and what the first assessment was made from.
const FIRST: i64 = 16;
/// Signals of closed incidents, all subjects of a group together.
const PAST: i64 = 2_048;

/// Opens incidents with what a judgement reads of them, in a fixed number of queries.
pub(super) async fn open_many(tx: &mut Tx, room: &Room, rows: &[IncidentRow]) -> Result<Vec<File>> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let mut kept = by_incident(signals::recent(tx, &ids, (LATEST, FIRST)).await?);
    let mut chosen: BTreeMap<_, BTreeMap<String, String>> = BTreeMap::new();
    for (incident, answered) in answers::of_incidents(tx, &ids).await? {
        chosen.entry(incident).or_default().insert(answered.question, answered.choice);
    }
    let mut files = Vec::with_capacity(rows.len());
    for row in rows {
        let (own, answers) = (kept.remove(&row.id).unwrap_or_default(), chosen.remove(&row.id).unwrap_or_default());
        files.push(File::open(room, row, &own, answers).map_err(|_| unreadable())?);
    }
    let cited: Vec<String> = files.iter().flat_map(File::cited).collect();
    if !cited.is_empty() {
        let mut found = by_incident(signals::with_ids(tx, &cited).await?);
        for file in &mut files {
            file.recall(&found.remove(&file.id).unwrap_or_default()).map_err(|_| unreadable())?;
        }
    }
    let subjects: BTreeSet<String> = files.iter().filter_map(|file| file.subject.clone()).collect();
    let mut past = past(tx, room, subjects).await?;
    for file in &mut files {
        file.earlier = file.subject.as_ref().and_then(|subject| past.remove(subject)).unwrap_or_default();
    }
    Ok(files)
}

/// Opens one incident.
pub(super) async fn open(tx: &mut Tx, room: &Room, row: &IncidentRow) -> Result<File> {
    let mut files = open_many(tx, room, std::slice::from_ref(row)).await?;
    files.pop().ok_or_else(unreadable)
}

/// What was seen of subjects in closed incidents, within the longest span of any correlation.
pub(super) async fn past(
    tx: &mut Tx,
    room: &Room,
    subjects: BTreeSet<String>,
) -> Result<BTreeMap<String, Vec<Signal>>> {
    let span = room.playbooks.longest_span();
    let mut seen: BTreeMap<String, Vec<Signal>> = BTreeMap::new();
    if span == Span::ZERO || subjects.is_empty() {
        return Ok(seen);
    }
    let subjects: Vec<String> = subjects.into_iter().collect();
    let mut keys = BTreeMap::new();
    for past in signals::past(tx, &subjects, room.now().minus(span), PAST).await? {
        let incident = past.signal.incident;
        let key = match keys.entry(incident) {
            std::collections::btree_map::Entry::Occupied(entry) => entry.into_mut(),
            std::collections::btree_map::Entry::Vacant(entry) => {
                entry.insert(data_key_of(room, incident, &past.data_key).map_err(|_| unreadable())?)
            }
        };
        let signal = unseal(key, &past.signal).map_err(|_| unreadable())?;
        seen.entry(past.subject).or_default().push(signal);
    }
    Ok(seen)
}

fn by_incident(rows: Vec<SignalRow>) -> BTreeMap<crate::id::Id<crate::id::of::Incident>, Vec<SignalRow>> {
    let mut kept: BTreeMap<_, Vec<SignalRow>> = BTreeMap::new();
    for row in rows {
        kept.entry(row.incident).or_default().push(row);
    }
    kept
}

fn unreadable() -> Error {
    Error::Corrupt { table: "incident", column: "data_key" }
}
