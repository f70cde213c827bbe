//! Signed checkpoints of the tree: the form of C2SP `tlog-checkpoint` in a `signed-note` with one Ed25519 signature.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::digest::{SHA256, digest};
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};

use super::tree::Hash;

/// The type byte of an Ed25519 key in a signed note.
const ED25519_KEY: u8 = 1;

/// A tree of so many entries, as it was signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    pub size: u64,
    pub root: Hash,
}

/// The text is no checkpoint, or the signature is not that of the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a checkpoint signed with this key")]
pub struct NotACheckpoint;

/// The key that checkpoints are signed with, and the name it goes by.
pub struct Signer {
    pair: Ed25519KeyPair,
    /// Also the origin of the tree: made from the key, so that two trees never share one.
    name: String,
}

impl Signer {
    /// The key made from a secret of 32 bytes.
    pub fn new(seed: &[u8; 32]) -> Self {
        let pair = Ed25519KeyPair::from_seed_unchecked(seed).expect("32 bytes are an Ed25519 seed");
        let short = digest(&SHA256, pair.public_key().as_ref());
        let name = format!("holdfast/{}", hex::encode(&short.as_ref()[..8]));
        Self { pair, name }
    }

    /// What a verifier needs: `<name>+<key id>+<key>`, the verifier key of a signed note.
    pub fn public(&self) -> String {
        let mut key = vec![ED25519_KEY];
        key.extend_from_slice(self.pair.public_key().as_ref());
        format!("{}+{}+{}", self.name, hex::encode(self.id()), STANDARD.encode(key))
    }

    /// The checkpoint as a signed note; ends with a line break.
    pub fn sign(&self, checkpoint: &Checkpoint) -> String {
        let text = self.text(checkpoint);
        let mut signature = self.id().to_vec();
        signature.extend_from_slice(self.pair.sign(text.as_bytes()).as_ref());
        format!("{text}\n\u{2014} {} {}\n", self.name, STANDARD.encode(signature))
    }

    /// Reads back a note of its own.
    pub fn read(&self, note: &str) -> Result<Checkpoint, NotACheckpoint> {
        let (text, signed) = note.split_once("\n\n").ok_or(NotACheckpoint)?;
        let text = format!("{text}\n");
        let line = signed.trim_end().strip_prefix("\u{2014} ").ok_or(NotACheckpoint)?;
        let (name, signature) = line.split_once(' ').ok_or(NotACheckpoint)?;
        let signature = STANDARD.decode(signature).map_err(|_| NotACheckpoint)?;
        let (id, signature) = signature.split_at_checked(4).ok_or(NotACheckpoint)?;
        let key = UnparsedPublicKey::new(&ED25519, self.pair.public_key().as_ref());
        if name != self.name || id != self.id() || key.verify(text.as_bytes(), signature).is_err() {
            return Err(NotACheckpoint);
        }
        let mut lines = text.lines().skip(1);
        let size = lines.next().and_then(|size| size.parse().ok()).ok_or(NotACheckpoint)?;
        let root = lines.next().and_then(|root| STANDARD.decode(root).ok()).ok_or(NotACheckpoint)?;
        Ok(Checkpoint { size, root: root.try_into().map_err(|_| NotACheckpoint)? })
    }

    fn text(&self, checkpoint: &Checkpoint) -> String {
        format!("{}\n{}\n{}\n", self.name, checkpoint.size, STANDARD.encode(checkpoint.root))
    }

    /// The first four bytes of SHA-256 over name, line break, type and key.
    fn id(&self) -> [u8; 4] {
        let mut named = self.name.clone().into_bytes();
        named.extend_from_slice(&[b'\n', ED25519_KEY]);
        named.extend_from_slice(self.pair.public_key().as_ref());
        let hash = digest(&SHA256, &named);
        hash.as_ref()[..4].try_into().expect("four of 32 bytes")
    }
}

impl fmt::Display for Checkpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} entries, root {}", self.size, hex::encode(self.root))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// AUD-03: origin, size and root, signed; nothing else is taken for it.
    #[test]
    fn a_checkpoint_reads_back_and_a_changed_or_foreign_one_does_not() {
        let signer = Signer::new(&[7; 32]);
        let checkpoint = Checkpoint { size: 12, root: [3; 32] };
        let note = signer.sign(&checkpoint);
        assert_eq!(signer.read(&note), Ok(checkpoint.clone()));
        let lines: Vec<&str> = note.lines().collect();
        assert_eq!(lines[1], "12");
        assert_eq!(lines[3], "");
        assert_eq!(signer.read(&note.replacen("\n12\n", "\n13\n", 1)), Err(NotACheckpoint));
        assert_eq!(Signer::new(&[8; 32]).read(&note), Err(NotACheckpoint));
        assert_eq!(signer.read(&Signer::new(&[8; 32]).sign(&checkpoint)), Err(NotACheckpoint));
        for cut in (0..note.len() - 1).filter(|cut| note.is_char_boundary(*cut)) {
            assert_eq!(signer.read(&note[..cut]), Err(NotACheckpoint), "{cut}");
        }
    }
}
