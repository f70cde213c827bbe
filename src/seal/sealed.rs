//! Sealing: AES-256-GCM with a random nonce, bound to table, column and row, so that a value moved elsewhere fails to open.

use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};

use crate::id::Random;

/// The form of a sealed value: this byte, the nonce, the ciphertext with its tag.
const VERSION: u8 = 1;

/// Where a sealed value lies.
#[derive(Clone, Copy)]
pub struct Place<'a> {
    pub table: &'a str,
    pub column: &'a str,
    pub row: &'a str,
}

/// The value does not open: another key, another place, or damage. Which one is not told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a sealed value does not open")]
pub struct NotOpened;

/// The key of one case. Destroying its sealed form makes everything under it unreadable.
pub struct DataKey(LessSafeKey);

impl DataKey {
    pub(super) fn new(bytes: &[u8]) -> Self {
        Self(LessSafeKey::new(UnboundKey::new(&AES_256_GCM, bytes).expect("32 bytes are an AES-256 key")))
    }

    /// Seals a value for its place.
    pub fn seal(&self, place: Place<'_>, plain: &[u8], random: &dyn Random) -> Vec<u8> {
        seal(&self.0, place, plain, random)
    }

    /// Opens a value at its place.
    pub fn open(&self, place: Place<'_>, sealed: &[u8]) -> Result<Vec<u8>, NotOpened> {
        open(&self.0, place, sealed)
    }
}

pub(super) fn seal(key: &LessSafeKey, place: Place<'_>, plain: &[u8], random: &dyn Random) -> Vec<u8> {
    let mut nonce = [0; NONCE_LEN];
    random.fill(&mut nonce);
    let mut body = plain.to_vec();
    key.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), bound(place), &mut body)
        .expect("a text of less than 64 GiB can be sealed");
    let mut sealed = Vec::with_capacity(1 + NONCE_LEN + body.len());
    sealed.push(VERSION);
    sealed.extend_from_slice(&nonce);
    sealed.append(&mut body);
    sealed
}

pub(super) fn open(key: &LessSafeKey, place: Place<'_>, sealed: &[u8]) -> Result<Vec<u8>, NotOpened> {
    let (&version, rest) = sealed.split_first().ok_or(NotOpened)?;
    let (nonce, body) = rest.split_first_chunk::<NONCE_LEN>().ok_or(NotOpened)?;
    if version != VERSION {
        return Err(NotOpened);
    }
    let mut body = body.to_vec();
    let length =
        key.open_in_place(Nonce::assume_unique_for_key(*nonce), bound(place), &mut body).map_err(|_| NotOpened)?.len();
    body.truncate(length);
    Ok(body)
}

/// The place as associated data; lengths go before the names so that no two places print alike.
fn bound(place: Place<'_>) -> Aad<Vec<u8>> {
    let mut bytes = vec![VERSION];
    for part in [place.table, place.column, place.row] {
        bytes.extend_from_slice(&u32::try_from(part.len()).unwrap_or(u32::MAX).to_be_bytes());
        bytes.extend_from_slice(part.as_bytes());
    }
    Aad::from(bytes)
}
