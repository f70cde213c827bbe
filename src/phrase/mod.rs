//! Removes wallet secrets from text before anything is stored, logged or traced (CRY-09).
//!
//! Answers for recovery phrases (BIP-39), private and extended keys, keystore files and session tokens.
//! What a removal means for a case, and what the sender is told, is left to `signal` and `guidance`.

mod arrays;
mod checksum;
mod cue;
mod cuts;
mod escaped;
mod gap;
mod han;
mod hexes;
mod joined;
mod json;
mod keys;
mod keystore;
mod labels;
mod layout;
mod lists;
mod near;
mod run;
#[cfg(any(test, feature = "testing"))]
pub mod sample;
mod session;
mod span;
#[cfg(test)]
mod tests;
mod tokens;

use std::{fmt, ops::Range};

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use cuts::Cuts;
pub use json::scrub_json;

/// What kind of wallet secret was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Secret {
    RecoveryPhrase,
    PrivateKey,
    ExtendedKey,
    Keystore,
    SessionToken,
}

impl Secret {
    const ALL: [Self; 5] =
        [Self::RecoveryPhrase, Self::PrivateKey, Self::ExtendedKey, Self::Keystore, Self::SessionToken];

    /// The word of the vocabulary's field `secret`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::RecoveryPhrase => "recovery-phrase",
            Self::PrivateKey => "private-key",
            Self::ExtendedKey => "extended-key",
            Self::Keystore => "keystore",
            Self::SessionToken => "session-token",
        }
    }

    /// The secret that a word of the vocabulary names.
    #[must_use]
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|secret| secret.word() == word)
    }

    /// The text that stands where the secret was.
    #[must_use]
    pub fn mark(self) -> &'static str {
        match self {
            Self::RecoveryPhrase => "[removed: recovery phrase]",
            Self::PrivateKey => "[removed: private key]",
            Self::ExtendedKey => "[removed: extended key]",
            Self::Keystore => "[removed: keystore]",
            Self::SessionToken => "[removed: session token]",
        }
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::RecoveryPhrase => "recovery phrase",
            Self::PrivateKey => "private key",
            Self::ExtendedKey => "extended key",
            Self::Keystore => "keystore",
            Self::SessionToken => "session token",
        })
    }
}

/// Text without its secrets, and where they were, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scrubbed {
    pub text: String,
    pub removed: Vec<Removed>,
}

/// One removal: the mark's bytes in the new text and the secret's bytes in the original.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Removed {
    pub secret: Secret,
    pub at: Range<usize>,
    pub original: Range<usize>,
}

/// A secret found at a range of bytes of the text searched.
type Found = (Range<usize>, Secret);

/// A removal moves what stands around it closer to a cue, so the search repeats until it finds nothing.
/// Only texts made for it need more passes than this; what they still hide stood far from any cue.
const PASSES: usize = 8;

/// Replaces every secret in the text by its mark; scrubbing the result again changes nothing.
#[must_use]
pub fn scrub(text: &str) -> Scrubbed {
    scrub_labelled(text, "")
}

/// Scrubs a list of texts, also of a secret that is spread over its entries, a word in each.
pub fn scrub_list(texts: &mut Vec<String>) -> Vec<Secret> {
    let mut found = Vec::new();
    for text in texts.iter_mut() {
        let scrubbed = scrub(text);
        found.extend(scrubbed.removed.iter().map(|removed| removed.secret));
        *text = scrubbed.text;
    }
    if texts.len() > 1 {
        let joined = Zeroizing::new(texts.join(" "));
        let whole = scrub(&joined);
        if !whole.removed.is_empty() {
            found.extend(whole.removed.iter().map(|removed| removed.secret));
            *texts = vec![whole.text];
        }
    }
    found
}

/// Scrubs a text that stands under a name, such as a JSON member, which counts as a cue before it.
fn scrub_labelled(text: &str, label: &str) -> Scrubbed {
    let mut cuts = Cuts::default();
    for _ in 0..PASSES {
        let view = cuts.render(text);
        let found = find(view.text(), label);
        let grown = cuts.add(&view, &found);
        if !grown {
            break;
        }
    }
    cuts.finish(text)
}

/// Shortest text, in bytes, that can hold any secret.
const SHORTEST: usize = 16;

/// Every secret of one pass over the text, as it stands and with JSON escapes undone; ranges may overlap.
fn find(text: &str, label: &str) -> Vec<Found> {
    if text.len() < SHORTEST {
        return Vec::new();
    }
    let mut found = find_plain(text, label);
    if text.contains('\\') {
        let plain = escaped::Plain::of(text);
        let inner = find_plain(plain.text(), label);
        found.extend(inner.into_iter().map(|(range, secret)| (plain.original(&range), secret)));
    }
    found
}

fn find_plain(text: &str, label: &str) -> Vec<Found> {
    let mut found = Vec::new();
    let cues = cue::Cues::of(text, label);
    run::find(text, &cues, &mut found);
    keys::find(text, &cues, &mut found);
    hexes::find(text, &cues, &mut found);
    arrays::find(text, &cues, &mut found);
    keystore::find(text, &mut found);
    session::find(text, &mut found);
    found
}

/// Scrubs a raw body that could not be decoded: as it is where valid UTF-8, else with its faults replaced.
///
/// Secrets written with JSON escapes (`\n`, `\u3000`) are found too. A body without a secret comes back unchanged.
#[must_use]
pub fn scrub_bytes(raw: &[u8]) -> Vec<u8> {
    let text = Zeroizing::new(String::from_utf8_lossy(raw).into_owned());
    let scrubbed = scrub(&text);
    if scrubbed.removed.is_empty() {
        return raw.to_vec();
    }
    scrubbed.text.into_bytes()
}
