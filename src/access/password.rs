//! Passwords of people: how long they may be, and their hash. Slow sums are run elsewhere; chance is an argument.
//!
//! The stored text is PHC with the tag of a pepper in place of the hash: Argon2id, then HMAC-SHA-256 under a key that the
//! database does not hold and that `keyid` names (ID-01, ID-02).

use argon2::{Algorithm, Argon2, Params, Version};
use base64::Engine;
use base64::prelude::BASE64_STANDARD_NO_PAD;
use zeroize::Zeroizing;

use crate::id::Random;
use crate::seal::Peppers;

/// Characters of a password (ID-04).
pub const SHORTEST: usize = 15;
pub const LONGEST: usize = 256;
/// Bytes of one, looked at before anything else is done with it.
pub const LONGEST_BYTES: usize = 1_024;

/// What a guess costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost {
    pub memory_kib: u32,
    pub passes: u32,
}

impl Cost {
    /// The least there is.
    pub const LEAST: Self = Self { memory_kib: 19_456, passes: 2 };

    /// Whether a guess costs no less than the least: the same memory in as many passes, or much more in one.
    pub fn is_enough(self) -> bool {
        (self.memory_kib >= Self::LEAST.memory_kib && self.passes >= Self::LEAST.passes)
            || (self.memory_kib >= 47_104 && self.passes >= 1)
    }
}

/// How a password compares with a stored hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fit {
    Wrong,
    Right,
    /// Right, and the hash is to be made anew: it was cheaper, or its pepper is an old one.
    RightAndOld,
}

/// The stored form of a password, with a salt of its own.
pub fn hash(password: &str, (cost, peppers): (Cost, &Peppers), random: &dyn Random) -> String {
    let mut salt = [0; 16];
    random.fill(&mut salt);
    let (key_id, tag) = peppers.sign(&*sum(password, &salt, cost));
    let [salt, tag] = [&salt[..], &tag[..]].map(|bytes| BASE64_STANDARD_NO_PAD.encode(bytes));
    let Cost { memory_kib, passes } = cost;
    format!("$argon2id$v=19$m={memory_kib},t={passes},p=1,keyid={key_id}${salt}${tag}")
}

/// Compares a password with a stored text, in the time that one sum takes. A text out of shape fits nothing.
pub fn fits(password: &str, stored: &str, (cost, peppers): (Cost, &Peppers)) -> Fit {
    let Some(stored) = Stored::read(stored) else { return Fit::Wrong };
    let sum = sum(password, &stored.salt, stored.cost);
    if !peppers.fits(stored.key_id, &*sum, &stored.tag) {
        return Fit::Wrong;
    }
    let weaker = stored.cost.memory_kib < cost.memory_kib || stored.cost.passes < cost.passes;
    if weaker || !peppers.is_current(stored.key_id) { Fit::RightAndOld } else { Fit::Right }
}

fn sum(password: &str, salt: &[u8], cost: Cost) -> Zeroizing<[u8; 32]> {
    let mut sum = Zeroizing::new([0; 32]);
    let done = Params::new(cost.memory_kib, cost.passes, 1, Some(32)).and_then(|params| {
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params).hash_password_into(
            password.as_bytes(),
            salt,
            sum.as_mut_slice(),
        )
    });
    done.expect("cost and salt were checked, and a password is far shorter than Argon2's limit");
    sum
}

struct Stored<'a> {
    cost: Cost,
    key_id: &'a str,
    salt: Vec<u8>,
    tag: Vec<u8>,
}

impl<'a> Stored<'a> {
    fn read(text: &'a str) -> Option<Self> {
        let mut parts = text.strip_prefix("$argon2id$v=19$")?.split('$');
        let (settings, salt, tag) = (parts.next()?, parts.next()?, parts.next()?);
        let mut settings = settings.split(',');
        let memory_kib = settings.next()?.strip_prefix("m=")?.parse().ok()?;
        let passes = settings.next()?.strip_prefix("t=")?.parse().ok()?;
        if settings.next()? != "p=1" || !(8..=4_194_304).contains(&memory_kib) || !(1..=64).contains(&passes) {
            return None;
        }
        let key_id = settings.next()?.strip_prefix("keyid=")?;
        let [salt, tag] = [salt, tag].map(|text| BASE64_STANDARD_NO_PAD.decode(text).ok());
        let salt = salt.filter(|salt| salt.len() == 16)?;
        Some(Self { cost: Cost { memory_kib, passes }, key_id, salt, tag: tag? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seal::Keys;

    struct Counting(std::sync::atomic::AtomicU8);

    impl Random for Counting {
        fn fill(&self, buffer: &mut [u8]) {
            buffer.fill(self.0.fetch_add(1, std::sync::atomic::Ordering::Relaxed));
        }
    }

    const WORDS: &str = "a long walk beside the slow river";

    /// ID-01: the stored text says how it was made.
    #[test]
    fn a_stored_password_is_argon2id_with_its_own_salt() {
        let (keys, random) = (Keys::new([7; 32]), Counting(1.into()));
        let [one, two] = [0, 1].map(|_| hash(WORDS, (Cost::LEAST, &keys.peppers), &random));
        assert!(one.starts_with("$argon2id$v=19$m=19456,t=2,p=1,keyid="), "{one}");
        let stored = Stored::read(&one).unwrap();
        assert_eq!((stored.salt.len(), stored.tag.len()), (16, 32));
        assert_ne!(one, two, "two salts");
        assert_eq!(fits(WORDS, &one, (Cost::LEAST, &keys.peppers)), Fit::Right);
        assert_eq!(fits("A long walk beside the slow river", &one, (Cost::LEAST, &keys.peppers)), Fit::Wrong);
        assert_eq!(fits(WORDS, "$argon2id$v=19$m=19456,t=2,p=1$AAAA$AAAA", (Cost::LEAST, &keys.peppers)), Fit::Wrong);
        assert!(!Cost { memory_kib: 9_216, passes: 2 }.is_enough());
        assert!(Cost { memory_kib: 47_104, passes: 1 }.is_enough());
    }

    /// ID-01: a cheaper hash is made anew. ID-02: so is one under an old pepper.
    #[test]
    fn an_old_hash_is_right_and_to_be_made_anew() {
        let (keys, random) = (Keys::new([7; 32]), Counting(1.into()));
        let stored = hash(WORDS, (Cost::LEAST, &keys.peppers), &random);
        let dearer = Cost { memory_kib: 24_576, passes: 2 };
        assert_eq!(fits(WORDS, &stored, (dearer, &keys.peppers)), Fit::RightAndOld);
        let rotated = Keys::new([7; 32]).with_peppers(&[[9; 32]]);
        assert_eq!(fits(WORDS, &stored, (Cost::LEAST, &rotated.peppers)), Fit::RightAndOld);
    }

    /// ID-02: who has the database and the password, but not the pepper, can verify nothing.
    #[test]
    fn a_stolen_database_verifies_no_known_password() {
        let (keys, random) = (Keys::new([7; 32]), Counting(1.into()));
        let stored = hash(WORDS, (Cost::LEAST, &keys.peppers), &random);
        let thief = Keys::new([8; 32]);
        assert_eq!(fits(WORDS, &stored, (Cost::LEAST, &thief.peppers)), Fit::Wrong);
        let read = Stored::read(&stored).unwrap();
        assert_ne!(read.tag, sum(WORDS, &read.salt, read.cost).as_slice(), "the plain sum is not in the database");
    }
}
