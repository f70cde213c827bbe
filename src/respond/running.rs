//! The room in use. A new set of playbooks comes in as a new room, so that whoever took one keeps its set to the end.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use super::Room;
use crate::playbook::{Set, compile_weighed};
use crate::signal::KnownBad;
use crate::store::{Error, Result, Tx, versions};

/// The room that the next piece of work takes.
///
/// A lock around a shared pointer rather than a lock-free cell: it is held for one count up, once a transaction, and
/// written a few times a day, so a further crate would buy nothing that can be measured.
pub struct Running(RwLock<Arc<Room>>);

impl Running {
    pub fn new(room: Room) -> Self {
        Self(RwLock::new(Arc::new(room)))
    }

    /// The room now; take it once for a piece of work.
    pub fn room(&self) -> Arc<Room> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Runs another set from the next piece of work on.
    pub fn run(&self, set: Arc<Set>) {
        let mut room = self.0.write().unwrap_or_else(PoisonError::into_inner);
        room.shelf.put(&room.playbooks.digest, Found::Set(Arc::clone(&room.playbooks)));
        *room = Arc::new(Room { playbooks: set, ..Room::clone(&room) });
    }

    /// Looks for other known-bad entries from the next piece of work on.
    pub fn know(&self, known: Arc<KnownBad>) {
        let mut room = self.0.write().unwrap_or_else(PoisonError::into_inner);
        *room = Arc::new(Room { known_bad: known, ..Room::clone(&room) });
    }
}

/// Sets of earlier versions at hand; what is not needed for long goes.
pub(super) const AT_HAND: usize = 8;

/// Compiled sets of versions that do not run.
#[derive(Default)]
pub struct Shelf(Mutex<VecDeque<(String, Found)>>);

/// What became of a version that was looked for.
#[derive(Clone)]
enum Found {
    Set(Arc<Set>),
    /// This program cannot compile it; trying again would only take time.
    Faulty,
}

impl Shelf {
    /// What is asked for goes to the end, so that what nobody asked for longest makes room.
    fn find(&self, digest: &str) -> Option<Found> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let place = kept.iter().position(|(known, _)| known == digest)?;
        let asked_for = kept.remove(place)?;
        let found = asked_for.1.clone();
        kept.push_back(asked_for);
        Some(found)
    }

    fn put(&self, digest: &str, found: Found) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|(known, _)| known != digest);
        kept.push_back((digest.to_owned(), found));
        if kept.len() > AT_HAND {
            kept.pop_front();
        }
    }
}

impl Room {
    /// The set of a version when it runs or is at hand.
    pub(super) fn at_hand(&self, digest: &str) -> Option<Arc<Set>> {
        if self.playbooks.digest == digest {
            return Some(Arc::clone(&self.playbooks));
        }
        match self.shelf.find(digest) {
            Some(Found::Set(set)) => Some(set),
            Some(Found::Faulty) | None => None,
        }
    }

    /// The set of a version; nothing when it was never kept or this program cannot compile it.
    pub(super) async fn set(&self, tx: &mut Tx, digest: &str) -> Result<Option<Arc<Set>>> {
        if self.playbooks.digest == digest {
            return Ok(Some(Arc::clone(&self.playbooks)));
        }
        match self.shelf.find(digest) {
            Some(Found::Set(set)) => return Ok(Some(set)),
            Some(Found::Faulty) => return Ok(None),
            None => {}
        }
        let Some(content) = versions::content(tx, digest).await? else { return Ok(None) };
        let named = digest.to_owned();
        let compiled = tokio::task::spawn_blocking(move || {
            compile_weighed(&content.files, named, content.weights.as_deref()).ok().map(Arc::new)
        });
        let set = compiled.await.map_err(|_| Error::Stopped)?;
        self.shelf.put(digest, set.clone().map_or(Found::Faulty, Found::Set));
        Ok(set)
    }
}
