//! Peppers of password hashes: keys that the database does not hold, each with a name by which a hash says which it has.

use ring::digest::{SHA256, digest};
use ring::hmac;

/// The peppers there are, the one for new hashes first. Has no `Debug`.
pub struct Peppers(Vec<(String, hmac::Key)>);

impl Peppers {
    pub(super) fn new(derived: &[u8; 32]) -> Self {
        Self(vec![named(derived)])
    }

    /// Puts others before; the first of them is for new hashes, the derived one stays readable.
    pub(super) fn put_before(&mut self, keys: &[[u8; 32]]) {
        self.0.splice(0..0, keys.iter().map(named));
    }

    /// The name of the current pepper, and what it makes of a sum.
    pub fn sign(&self, sum: &[u8]) -> (&str, Vec<u8>) {
        let (name, key) = &self.0[0];
        (name, hmac::sign(key, sum).as_ref().to_vec())
    }

    /// Whether a tag is what the named pepper makes of a sum, in constant time.
    pub fn fits(&self, name: &str, sum: &[u8], tag: &[u8]) -> bool {
        let key = self.0.iter().find(|(known, _)| known == name);
        key.is_some_and(|(_, key)| hmac::verify(key, sum, tag).is_ok())
    }

    pub fn is_current(&self, name: &str) -> bool {
        self.0[0].0 == name
    }
}

fn named(key: &[u8; 32]) -> (String, hmac::Key) {
    let mut text = b"holdfast pepper name".to_vec();
    text.extend_from_slice(key);
    (hex::encode(&digest(&SHA256, &text).as_ref()[..4]), hmac::Key::new(hmac::HMAC_SHA256, key))
}
