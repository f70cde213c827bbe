//! What of an incident and its subject is read for a judgement: bounded, whatever a flood of alerts has piled up.
//!
//! Read are the latest and the first signals and every one that the last assessment rests on, so older evidence stands.
//! With them come signals of closed incidents of the same subject, as far back as a correlation looks.

use std::collections::{BTreeMap, BTreeSet};

use super::Room;
use super::file::{File, data_key_of, unseal};
use crate::id::{Id, of};
use crate::incident::Ruling;
use crate::playbook::Class;
use crate::seal::NotOpened;
use crate::signal::Signal;
use crate::store::desk::{asides, rulings};
use crate::store::incidents::{IncidentRow, State};
use crate::store::signals::{Past, SignalRow};
use crate::store::{Error, Result, Tx, answers, signals};
use crate::time::Span;

/// The latest signals of an incident that a judgement reads.
const LATEST: i64 = 256;
/// Its first ones: the report, and what the first assessment was made from.
const FIRST: i64 = 16;
/// Signals of closed incidents, of one subject.
const PAST: i64 = 512;

/// Opens incidents with what a judgement reads of them, in a fixed number of queries; each by itself may fail to open.
pub(super) async fn open_each(
    tx: &mut Tx,
    room: &Room,
    rows: &[IncidentRow],
) -> Result<Vec<std::result::Result<File, NotOpened>>> {
    open_over(tx, room, (rows, room.playbooks.longest_span())).await
}

/// The same, with what was seen as far back as this span reaches.
pub(super) async fn open_over(
    tx: &mut Tx,
    room: &Room,
    (rows, span): (&[IncidentRow], Span),
) -> Result<Vec<std::result::Result<File, NotOpened>>> {
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
        files.push(File::open(room, row, &own, answers));
    }
    let cited: Vec<String> = files.iter().flatten().flat_map(File::cited).collect();
    if !cited.is_empty() {
        let mut found = by_incident(signals::with_ids(tx, &cited).await?);
        for file in &mut files {
            let Ok(opened) = file else { continue };
            let recalled = found.remove(&opened.id).unwrap_or_default();
            if let Err(broken) = opened.recall(&recalled) {
                *file = Err(broken);
            }
        }
    }
    correct(tx, &ids, &mut files).await?;
    look_back(tx, room, (&mut files, rows, span)).await?;
    Ok(files)
}

/// Takes into account what people of the staff corrected: signals that are set aside, and rulings.
async fn correct(
    tx: &mut Tx,
    ids: &[Id<of::Incident>],
    files: &mut [std::result::Result<File, NotOpened>],
) -> Result<()> {
    let mut aside: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    for row in asides::of_incidents(tx, ids).await? {
        aside.entry(row.incident).or_default().insert(row.signal);
    }
    let mut ruled: BTreeMap<_, _> =
        rulings::of_incidents(tx, ids).await?.into_iter().map(|row| (row.incident, row)).collect();
    for file in files.iter_mut().flatten() {
        if let Some(aside) = aside.get(&file.id) {
            file.leave_out(aside);
        }
        file.ruling = ruled.remove(&file.id).map(|row| Ruling {
            kind: row.kind,
            class: if row.computed_class == Class::Security.as_str() { Class::Security } else { Class::Routine },
            level: u8::try_from(row.computed_level).unwrap_or(5),
            danger: row.computed_danger,
            raised: u8::try_from(row.level).ok().filter(|_| row.level < row.computed_level),
        });
    }
    Ok(())
}

/// The same, where one that does not open is a fault of all.
pub(super) async fn open_many(tx: &mut Tx, room: &Room, rows: &[IncidentRow]) -> Result<Vec<File>> {
    open_each(tx, room, rows).await?.into_iter().map(|file| file.map_err(|_| unreadable())).collect()
}

/// Opens one incident.
pub(super) async fn open(tx: &mut Tx, room: &Room, row: &IncidentRow) -> Result<File> {
    let mut files = open_many(tx, room, std::slice::from_ref(row)).await?;
    files.pop().ok_or_else(unreadable)
}

type Back<'a> = (&'a mut Vec<std::result::Result<File, NotOpened>>, &'a [IncidentRow], Span);

/// Puts beside each file what was seen of its subject before. An incident that is closed is looked at as it was: back from
/// its last signal, and without the incidents that were closed later.
async fn look_back(tx: &mut Tx, room: &Room, (files, rows, span): Back<'_>) -> Result<()> {
    let open = |row: &IncidentRow| row.state != State::Closed;
    let of_open = rows.iter().zip(files.iter()).filter(|(row, _)| open(row)).filter_map(|(_, file)| file.as_ref().ok());
    let subjects: BTreeSet<String> = of_open.filter_map(|file| file.subject.clone()).collect();
    let mut seen = past_over(tx, room, subjects, asked(room, span)).await?;
    for (row, file) in rows.iter().zip(files.iter_mut()) {
        let Ok(file) = file else { continue };
        let Some(subject) = file.subject.clone() else { continue };
        if open(row) {
            file.past = seen.remove(&subject).unwrap_or_default();
            continue;
        }
        let last = |time: fn(&Signal) -> crate::time::Timestamp| file.signals.iter().map(time).max();
        let (Some(at), Some(until)) = (last(|signal| signal.at), last(|signal| signal.received)) else { continue };
        let past = Past { since: at.minus(span), until, except: Some(file.id), most: PAST };
        file.past = past_over(tx, room, [subject.clone()].into(), past).await?.remove(&subject).unwrap_or_default();
    }
    Ok(())
}

fn asked(room: &Room, span: Span) -> Past {
    Past { since: room.now().minus(span), until: room.now(), except: None, most: PAST }
}

/// What was seen of subjects in closed incidents, within the longest span of any correlation.
pub(super) async fn past(
    tx: &mut Tx,
    room: &Room,
    subjects: BTreeSet<String>,
) -> Result<BTreeMap<String, Vec<Signal>>> {
    past_over(tx, room, subjects, asked(room, room.playbooks.longest_span())).await
}

/// A closed incident that does not open is left out and named in the log: it must not keep its subject from being heard.
async fn past_over(
    tx: &mut Tx,
    room: &Room,
    subjects: BTreeSet<String>,
    asked: Past,
) -> Result<BTreeMap<String, Vec<Signal>>> {
    let mut seen: BTreeMap<String, Vec<Signal>> = BTreeMap::new();
    if subjects.is_empty() {
        return Ok(seen);
    }
    let subjects: Vec<String> = subjects.into_iter().collect();
    let (mut keys, mut unread) = (BTreeMap::new(), BTreeSet::new());
    for past in signals::past(tx, &subjects, asked).await? {
        let incident = past.signal.incident;
        let key = keys.entry(incident).or_insert_with(|| data_key_of(room, incident, &past.data_key).ok());
        match key.as_ref().and_then(|key| unseal(key, &past.signal).ok()) {
            Some(signal) => seen.entry(past.subject).or_default().push(signal),
            None => drop(unread.insert(incident)),
        }
    }
    for incident in unread {
        tracing::error!(incident.id = %incident, "closed incident {incident} cannot be read and counts in no correlation");
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

pub(super) fn unreadable() -> Error {
    Error::Corrupt { table: "incident", column: "data_key" }
}
