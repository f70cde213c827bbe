//! Staff tokens (ID-20) and set-up links (ID-16): 256 random bits, of which the database keeps only SHA-256.

use ring::digest::{SHA256, digest};
use zeroize::Zeroizing;

use crate::id::Random;

/// Marks a token, so that scanners of code hosts can find one that leaked.
const PREFIX: &str = "hfk_";

/// A staff token or set-up token. Has no `Debug` and is wiped on drop.
pub struct StaffToken(Zeroizing<String>);

impl StaffToken {
    /// A new token, `hfk_` with 64 hex digits.
    pub fn new(random: &dyn Random) -> Self {
        let mut bytes = Zeroizing::new([0; 32]);
        random.fill(bytes.as_mut_slice());
        Self(Zeroizing::new(format!("{PREFIX}{}", hex::encode(bytes.as_slice()))))
    }

    /// The text, to be shown once.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

/// SHA-256 of a token's text, hex. The token has 256 random bits, so a plain hash cannot be searched.
pub fn digest_of(token: &str) -> String {
    hex::encode(digest(&SHA256, token.as_bytes()))
}
