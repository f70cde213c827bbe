//! Readings of the chain as the flow sees them: which transfers of a case are to be looked at, what was seen of them, and
//! the words that follow. Asking nodes is another floor's matter; it takes what is asked here and hands back readings.

use std::collections::BTreeMap;
use std::sync::Arc;

use tokio::sync::mpsc;

use super::file::{File, Kept};
use super::{Respond, Room, history, record};
use crate::audit::Actor;
use crate::guidance::{self, ChainNote};
use crate::id::{Id, of};
use crate::playbook::Class;
use crate::signal::Origin;
use crate::store::incidents::{self, State};
use crate::store::{Result, Tx, cases, signals};
use crate::text::{Language, find};
use crate::time::{Span, Timestamp};
use crate::transfer::{self, Reading, Status, next_look};

/// Cases that may wait to be looked up; more are left for the next time their page is opened.
const WAITING: usize = 256;
/// Transfers of one case that are looked at: the ones named last.
const TRANSFERS: usize = 3;
/// The endpoint of what the house sees by itself.
const OWN: &str = "holdfast";

/// Where cases are put that name transfers; clones share it. Without a lookout nothing is ever put.
#[derive(Clone, Default)]
pub struct Asks(Option<mpsc::Sender<String>>);

impl Asks {
    /// The way in, and what the lookout takes from.
    pub fn new() -> (Self, mpsc::Receiver<String>) {
        let (sender, receiver) = mpsc::channel(WAITING);
        (Self(Some(sender)), receiver)
    }

    /// Puts a case by its reference; never waits.
    pub fn put(&self, reference: &str) {
        let Some(sender) = &self.0 else { return };
        if sender.try_send(reference.to_owned()).is_err() {
            metrics::counter!("holdfast_chain_asks_dropped_total").increment(1);
        }
    }
}

/// A transfer of a case that wants to be looked at.
pub struct Wanted {
    pub transfer: String,
    /// Chains that the case names, as the vocabulary calls them.
    pub chains: Vec<String>,
    /// What was last seen of it, as far as anything was.
    pub before: Option<Reading>,
}

/// A case that has such transfers.
pub struct ToLook {
    pub incident: Id<of::Incident>,
    pub wanted: Vec<Wanted>,
}

impl Respond {
    /// What of a case is to be looked at now; nothing when it was looked at a moment ago or is settled.
    pub async fn to_look(&self, reference: &str) -> Result<Option<ToLook>> {
        let (room, mut tx) = (self.room(), self.db.read().await?);
        let Some(case) = cases::by_reference(&mut tx, reference).await? else { return Ok(None) };
        let Some(row) = incidents::get(&mut tx, case.incident).await? else { return Ok(None) };
        let file = history::open(&mut tx, &room, &row).await?;
        let mut chains: Vec<String> = Vec::new();
        for signal in file.signals.iter().filter(|signal| signal.kind() != transfer::KIND) {
            chains.extend(signal.facts.get("chain").iter().cloned());
        }
        let wanted = file.transfers().into_iter().filter_map(|transfer| {
            let seen = file.seen_of(&transfer);
            let due = seen.last().is_none_or(|(at, last)| {
                next_look(seen.len(), (last.status, *at)).is_some_and(|again| again <= room.now())
            });
            let before =
                seen.into_iter().rev().map(|(_, reading)| reading).find(|reading| reading.status != Status::Unknown);
            due.then(|| Wanted { transfer, chains: chains.clone(), before })
        });
        Ok(Some(ToLook { incident: row.id, wanted: wanted.collect() }).filter(|to_look| !to_look.wanted.is_empty()))
    }

    /// Keeps what was seen: signals of our own, judged like any other.
    pub async fn saw(&self, incident: Id<of::Incident>, readings: Vec<Reading>) -> Result<()> {
        let room = self.room();
        self.writer
            .act(move |tx| {
                let (room, readings) = (Arc::clone(&room), readings.clone());
                Box::pin(async move { keep(tx, &room, incident, &readings).await })
            })
            .await
    }
}

async fn keep(tx: &mut Tx, room: &Room, incident: Id<of::Incident>, readings: &[Reading]) -> Result<()> {
    let Some(row) = incidents::get(tx, incident).await? else { return Ok(()) };
    if row.state == State::Closed {
        return Ok(());
    }
    let mut file = history::open(tx, room, &row).await?;
    let reliability = room.playbooks.policy.reliability.staff;
    for reading in readings {
        let origin = Origin { endpoint: OWN.to_owned(), verified: true, reliability };
        file.observe(File::signal(room, origin, reading.facts()));
    }
    let (kept, rows, entry) = file.keep(room, &Actor::System);
    if let Kept::Changed(changed) = kept {
        incidents::update_many(tx, &[*changed]).await?;
    }
    super::numbers::keep_measure(tx, room, &file).await?;
    signals::insert_many(tx, &rows).await?;
    record(tx, &[entry.with("readings", readings.len())]).await
}

impl File {
    /// Hashes of transfers that people or sources named in this incident, the ones named last, oldest first.
    fn transfers(&self) -> Vec<String> {
        let mut named: Vec<String> = Vec::new();
        for signal in self.signals.iter().filter(|signal| signal.kind() != transfer::KIND) {
            let texts = if signal.kind() == "message" { signal.facts.get("text") } else { &[] };
            let found = texts.iter().flat_map(|text| find(text)).map(|found| found.observable.value);
            let all = signal.facts.get("tx").iter().cloned().chain(found);
            for hash in all.filter(|hash| transfer::is_evm(hash) || transfer::is_hash(hash)) {
                named.retain(|known| *known != hash);
                named.push(hash);
            }
        }
        named.split_off(named.len().saturating_sub(TRANSFERS))
    }

    /// Every reading of a transfer, oldest first.
    fn seen_of(&self, transfer: &str) -> Vec<(Timestamp, Reading)> {
        let readings =
            self.signals.iter().filter_map(|signal| Some((signal.received, Reading::of_facts(&signal.facts)?)));
        let mut seen: Vec<(Timestamp, Reading)> =
            readings.filter(|(_, reading)| reading.transfer == transfer).collect();
        seen.sort_by_key(|(at, _)| *at);
        seen
    }

    /// What the conditions of steps may ask: the answers, and what the chain was last seen to say.
    pub fn known(&self) -> BTreeMap<String, String> {
        let mut known = self.answers.clone();
        let last = self.transfers().iter().rev().find_map(|transfer| self.seen_of(transfer).pop());
        if let Some((_, reading)) = last {
            known.insert("reading.transfer".to_owned(), reading.status.as_str().to_owned());
        }
        known
    }
}

/// What the chain was last seen to say of each transfer that a case names.
pub(super) fn notes(room: &Room, file: &File, language: Language) -> Vec<ChainNote> {
    let routine = file.standing().class == Class::Routine;
    let note = |transfer: &String| match file.seen_of(transfer).pop() {
        Some((at, reading)) => Some(guidance::for_reading(&reading, (at, language))),
        None if room.looks_out => Some(guidance::no_node(transfer, (true, language))),
        // Nobody can look: who asks where their coins are is told so, who is being robbed has better to read.
        None => routine.then(|| guidance::no_node(transfer, (false, language))),
    };
    file.transfers().iter().filter_map(note).collect()
}

/// Whether one of the notes may say something else by now.
pub(super) fn are_old(notes: &[ChainNote], now: Timestamp) -> bool {
    let old = |note: &ChainNote| note.read_at.is_none_or(|at| now.since(at) >= Span::from_minutes(1));
    notes.iter().any(|note| !note.settled && old(note))
}
