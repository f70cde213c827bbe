//! The key-encryption keys: one to seal with, and while they are being changed older ones that still open (CRY-05).

use std::sync::{PoisonError, RwLock};

use ring::aead::{AES_256_GCM, LessSafeKey, UnboundKey};
use ring::hmac;
use zeroize::{Zeroize, Zeroizing};

use super::sealed::{self, NotOpened, Place};
use crate::id::Random;

/// A key-encryption key as the key file names it.
pub enum Kek {
    /// The one made from the master key.
    OfMaster,
    Own(Zeroizing<[u8; 32]>),
}

/// Says which keys there are now, the newest first; nothing when that cannot be found out.
pub type Refresh = Box<dyn Fn() -> Option<Vec<Kek>> + Send + Sync>;

/// A key and what it goes by where keys may not stand.
struct Named {
    name: String,
    key: LessSafeKey,
}

/// The keys of a running house.
pub(super) struct Keks {
    /// The newest first; never empty.
    keys: RwLock<Vec<Named>>,
    of_master: Zeroizing<[u8; 32]>,
    refresh: Option<Refresh>,
}

impl Keks {
    /// The key made from the master key alone.
    pub(super) fn new(mut of_master: [u8; 32]) -> Self {
        let keys = RwLock::new(vec![named(&of_master)]);
        let kept = Zeroizing::new(of_master);
        of_master.zeroize();
        Self { keys, of_master: kept, refresh: None }
    }

    pub(super) fn with(mut self, keks: &[Kek], refresh: Refresh) -> Self {
        self.refresh = Some(refresh);
        self.learn(keks);
        self
    }

    fn learn(&self, keks: &[Kek]) {
        let made = keks.iter().map(|kek| match kek {
            Kek::OfMaster => named(&self.of_master),
            Kek::Own(bytes) => named(bytes),
        });
        let made: Vec<Named> = made.collect();
        if !made.is_empty() {
            *self.keys.write().unwrap_or_else(PoisonError::into_inner) = made;
        }
    }

    /// Asks again which keys there are; whether there was an answer.
    pub(super) fn refresh(&self) -> bool {
        let Some(now) = self.refresh.as_ref().and_then(|refresh| refresh()) else { return false };
        self.learn(&now);
        true
    }

    /// What the newest goes by.
    pub(super) fn newest(&self) -> String {
        let keys = self.keys.read().unwrap_or_else(PoisonError::into_inner);
        keys.first().expect("there is always a key").name.clone()
    }

    /// Whether a key of this name is here, when need be after asking again.
    pub(super) fn has(&self, name: &str) -> bool {
        let is_here = || {
            let keys = self.keys.read().unwrap_or_else(PoisonError::into_inner);
            keys.iter().any(|key| key.name == name)
        };
        is_here() || self.refresh() && is_here()
    }

    pub(super) fn seal(&self, place: Place<'_>, plain: &[u8], random: &dyn Random) -> Vec<u8> {
        let keys = self.keys.read().unwrap_or_else(PoisonError::into_inner);
        sealed::seal(&keys.first().expect("there is always a key").key, place, plain, random)
    }

    /// Opens with whichever key fits. One sealed a moment ago by another process may need a key not known here yet.
    pub(super) fn open(&self, place: Place<'_>, sealed: &[u8]) -> Result<Vec<u8>, NotOpened> {
        self.open_now(place, sealed)
            .or_else(|error| if self.refresh() { self.open_now(place, sealed) } else { Err(error) })
    }

    fn open_now(&self, place: Place<'_>, sealed: &[u8]) -> Result<Vec<u8>, NotOpened> {
        let keys = self.keys.read().unwrap_or_else(PoisonError::into_inner);
        keys.iter().find_map(|named| sealed::open(&named.key, place, sealed).ok()).ok_or(NotOpened)
    }

    pub(super) fn resealed(
        &self,
        place: Place<'_>,
        sealed: &[u8],
        random: &dyn Random,
    ) -> Result<Option<Vec<u8>>, NotOpened> {
        let is_newest = {
            let keys = self.keys.read().unwrap_or_else(PoisonError::into_inner);
            keys.first().is_some_and(|newest| sealed::open(&newest.key, place, sealed).is_ok())
        };
        if is_newest {
            return Ok(None);
        }
        let plain = Zeroizing::new(self.open(place, sealed)?);
        Ok(Some(self.seal(place, &plain, random)))
    }
}

fn named(bytes: &[u8; 32]) -> Named {
    let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, bytes), b"holdfast name of a key-encryption key");
    let key = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, bytes).expect("32 bytes are an AES-256 key"));
    Named { name: hex::encode(&tag.as_ref()[..16]), key }
}
