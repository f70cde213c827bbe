//! The public key as it is handed out, and what it says of a note.

use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::digest;
use ring::signature::{ED25519, UnparsedPublicKey};

/// A verifier key, `<name>+<id>+<base64 of type and key>`.
pub struct Key {
    name: String,
    id: [u8; 4],
    public: Vec<u8>,
}

/// The text is no verifier key, or its id is not that of its key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a verifier key, which looks like holdfast/…+1a2b3c4d+…")]
pub struct NotAKey;

impl FromStr for Key {
    type Err = NotAKey;

    fn from_str(text: &str) -> Result<Self, NotAKey> {
        let mut parts = text.trim().splitn(3, '+');
        let (Some(name), Some(id), Some(key)) = (parts.next(), parts.next(), parts.next()) else { return Err(NotAKey) };
        let key = STANDARD.decode(key).map_err(|_| NotAKey)?;
        let named = [name.as_bytes(), b"\n", &key].concat();
        let hash = digest::digest(&digest::SHA256, &named);
        let told = u32::from_str_radix(id, 16).map_err(|_| NotAKey)?.to_be_bytes();
        if hash.as_ref().get(..4) != Some(&told[..]) || key.len() != 33 || key.first() != Some(&0x01) {
            return Err(NotAKey);
        }
        Ok(Self { name: name.to_owned(), id: told, public: key.get(1..).unwrap_or_default().to_vec() })
    }
}

impl Key {
    /// Size and root of a note whose signature is right.
    pub(super) fn opened(&self, body: &str, signature: &str) -> Option<(u64, Vec<u8>)> {
        let signed = format!("{body}\n");
        let is_ours = |line: &str| {
            let mut words = line.strip_prefix("\u{2014} ")?.split(' ');
            let (name, bytes) = (words.next()?, STANDARD.decode(words.next()?).ok()?);
            let (id, bytes) = bytes.split_first_chunk::<4>()?;
            let good = UnparsedPublicKey::new(&ED25519, &self.public).verify(signed.as_bytes(), bytes).is_ok();
            (good && name == self.name && *id == self.id && words.next().is_none()).then_some(())
        };
        signature.lines().find_map(is_ours)?;
        let mut lines = body.split('\n');
        let (origin, size, root) = (lines.next()?, lines.next()?, lines.next()?);
        let size: u64 = size.parse().ok()?;
        (origin == self.name).then_some((size, STANDARD.decode(root).ok()?))
    }
}
