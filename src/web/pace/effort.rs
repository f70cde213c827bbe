//! A quiet proof of work for browsers: find a number so that SHA-256 of challenge and number begins with enough zero bits.
//!
//! The challenge is signed, so nothing is kept of those handed out; of those spent, their nonce until they expire.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use ring::digest::{SHA256, digest};

use crate::id::Random;
use crate::seal::{Digests, Purpose};
use crate::time::{Span, Timestamp};

/// About 65,000 tries: some two seconds on a phone, in the background.
pub const BITS: u32 = 16;
/// Long enough to write a report in.
const GOOD_FOR: Span = Span::from_minutes(30);
/// Beyond this many spent at once, nothing more is taken as proof; reports go on through the slower lane.
const SPENT: usize = 200_000;
/// A proof is a challenge and a number; nothing longer is looked at.
const LONGEST: usize = 160;

/// A new challenge: `<milliseconds>.<bits>.<nonce>.<mac>`; the moment is when it expires.
pub fn challenge(digests: &Digests, now: Timestamp, random: &dyn Random) -> String {
    let mut nonce = [0; 16];
    random.fill(&mut nonce);
    let told = format!("{}.{BITS}.{}", now.plus(GOOD_FOR).millis(), hex::encode(nonce));
    let mac = digests.of(Purpose::Effort, "challenge", &told);
    format!("{told}.{mac}")
}

/// The challenges that were answered and are not expired.
#[derive(Default)]
pub struct Spent(Mutex<HashMap<String, Timestamp>>);

impl Spent {
    /// Takes a proof once: `<challenge>.<number>` with a challenge of ours that has not expired.
    pub fn takes(&self, digests: &Digests, now: Timestamp, proof: &str) -> bool {
        let Some((nonce, until)) = read(digests, now, proof) else { return false };
        let mut spent = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if spent.len() >= SPENT {
            spent.retain(|_, until| *until > now);
        }
        spent.len() < SPENT && spent.insert(nonce, until).is_none()
    }
}

/// The nonce of a good proof and when it expires.
fn read(digests: &Digests, now: Timestamp, proof: &str) -> Option<(String, Timestamp)> {
    if proof.len() > LONGEST {
        return None;
    }
    let (challenge, number) = proof.rsplit_once('.')?;
    let (told, mac) = challenge.rsplit_once('.')?;
    number.parse::<u64>().ok()?;
    if !digests.fits(Purpose::Effort, ("challenge", told), mac) {
        return None;
    }
    let mut parts = told.split('.');
    let until = Timestamp::from_millis(parts.next()?.parse().ok()?);
    let bits: u32 = parts.next()?.parse().ok()?;
    let nonce = parts.next()?.to_owned();
    let good = until > now && zeros(digest(&SHA256, proof.as_bytes()).as_ref()) >= bits;
    good.then_some((nonce, until))
}

/// Zero bits at the beginning.
fn zeros(hash: &[u8]) -> u32 {
    let whole = hash.iter().take_while(|byte| **byte == 0).count();
    let rest = hash.get(whole).map_or(0, |byte| byte.leading_zeros());
    u32::try_from(whole).unwrap_or(0) * 8 + rest
}

/// The first number that answers a challenge, as a browser finds it.
#[cfg(any(test, feature = "testing"))]
pub fn solve(challenge: &str) -> String {
    let bits: u32 = challenge.split('.').nth(1).and_then(|bits| bits.parse().ok()).unwrap_or(BITS);
    (0..u64::from(u32::MAX))
        .map(|number| format!("{challenge}.{number}"))
        .find(|proof| zeros(digest(&SHA256, proof.as_bytes()).as_ref()) >= bits)
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seal::Keys;

    struct Count;
    impl Random for Count {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(7);
        }
    }

    const NOW: Timestamp = Timestamp::from_millis(1_700_000_000_000);

    #[test]
    fn a_proof_counts_once_and_only_for_a_challenge_of_ours_in_its_time() {
        let (ours, others) = (Keys::new([1; 32]).digests, Keys::new([2; 32]).digests);
        let asked = challenge(&ours, NOW, &Count);
        let proof = solve(&asked);
        let spent = Spent::default();
        assert!(!spent.takes(&others, NOW, &proof), "signed by somebody else");
        assert!(!spent.takes(&ours, NOW.plus(Span::from_minutes(31)), &proof), "expired");
        let easier = proof.replacen(".16.", ".01.", 1);
        assert!(!spent.takes(&ours, NOW, &easier), "the number of bits is signed");
        assert!(spent.takes(&ours, NOW, &proof));
        assert!(!spent.takes(&ours, NOW, &proof), "used before");
    }

    #[test]
    fn what_is_no_proof_is_none() {
        let ours = Keys::new([1; 32]).digests;
        let asked = challenge(&ours, NOW, &Count);
        for bad in ["", ".", "1.2.3.4.5", &asked, &format!("{asked}.x"), &format!("{asked}.-1"), &"9".repeat(500)] {
            assert!(!Spent::default().takes(&ours, NOW, bad), "{bad}");
        }
        assert_eq!((zeros(&[0, 0, 255]), zeros(&[0, 31]), zeros(&[])), (16, 11, 0));
    }
}
