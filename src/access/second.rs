//! Second factors that are typed: time-based codes (ID-08) and recovery codes (ID-10).

use totp_rs::{Builder, Totp};
use zeroize::Zeroizing;

use super::{ALPHABET, normal, symbols};
use crate::id::Random;
use crate::time::Timestamp;

/// Seconds of a step.
const STEP: i64 = 30;
/// Bytes of a seed: 160 bits.
const SEED: usize = 20;
/// How many recovery codes there are.
pub const RECOVERY_CODES: usize = 10;
/// Symbols of five bits: 80 bits.
const RECOVERY_LENGTH: usize = 16;
const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// The seed of a person's codes. Has no `Debug` and is wiped on drop.
pub struct Seed(Zeroizing<[u8; SEED]>);

impl Seed {
    pub fn new(random: &dyn Random) -> Self {
        let mut bytes = Zeroizing::new([0; SEED]);
        random.fill(bytes.as_mut_slice());
        Self(bytes)
    }

    /// The seed of its bytes; none when they are of another length.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(|bytes| Self(Zeroizing::new(bytes)))
    }

    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_slice()
    }

    /// The seed as authenticator apps take it: base 32 without padding.
    pub fn base32(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(SEED * 8 / 5));
        for five in self.0.chunks_exact(5) {
            let bits = five.iter().fold(0_u64, |bits, byte| (bits << 8) | u64::from(*byte));
            for place in (0..8).rev() {
                let symbol = usize::try_from((bits >> (place * 5)) & 31).unwrap_or(0);
                text.push(char::from(BASE32[symbol]));
            }
        }
        text
    }

    /// The address that an authenticator app reads from a picture.
    pub fn address(&self, (house, login): (&str, &str)) -> Zeroizing<String> {
        let mut url = url::Url::parse("otpauth://totp/").expect("a constant that parses");
        url.set_path(&format!("/{}:{login}", house.replace(':', " ")));
        url.query_pairs_mut().append_pair("secret", &self.base32()).append_pair("issuer", house);
        Zeroizing::new(url.to_string().replace('+', "%20"))
    }

    /// The code of a step.
    pub fn code(&self, step: i64) -> String {
        let totp: Totp = Builder::new().with_secret(*self.0).build_noncompliant();
        let seconds = u64::try_from(step.max(0).saturating_mul(STEP)).unwrap_or(0);
        totp.generate(seconds).to_string()
    }

    /// The step whose code this is: the one of now or the one before, and later than the last that was used.
    pub fn step_of(&self, typed: &str, (now, last): (Timestamp, i64)) -> Option<i64> {
        let current = step_at(now);
        let typed: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
        // Both are made and compared whole, so that the time taken says nothing.
        let fitting = [current, current - 1].map(|step| same(&self.code(step), &typed).then_some(step));
        fitting.into_iter().flatten().find(|step| *step > last)
    }
}

/// The step of a moment, of the server's time alone.
pub fn step_at(now: Timestamp) -> i64 {
    now.millis().div_euclid(STEP * 1_000)
}

fn same(one: &str, other: &str) -> bool {
    let differing = one.bytes().zip(other.bytes()).fold(0, |sum, (a, b)| sum | (a ^ b));
    one.len() == other.len() && differing == 0
}

/// New recovery codes. The first symbol says which of the ten it is, so that a guess costs one slow sum and not ten.
pub fn recovery_codes(random: &dyn Random) -> Vec<Zeroizing<String>> {
    let code = |slot: usize| {
        let text = Zeroizing::new(symbols(RECOVERY_LENGTH, random));
        let groups: Vec<&str> = (0..4).map(|group| &text[group * 4..group * 4 + 4]).collect();
        Zeroizing::new(format!("{slot}-{}", groups.join("-")))
    };
    (0..RECOVERY_CODES).map(code).collect()
}

/// A recovery code as it was typed: which of the ten, and the text in its normal form.
pub fn read_recovery(typed: &str) -> Option<(i64, Zeroizing<String>)> {
    if typed.len() > 100 {
        return None;
    }
    let text = Zeroizing::new(normal(typed));
    let fits = text.len() == RECOVERY_LENGTH + 1 && text.bytes().all(|symbol| ALPHABET.contains(&symbol));
    let slot = text.chars().next()?.to_digit(10)?;
    fits.then_some((i64::from(slot), text))
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Counting(std::sync::atomic::AtomicU8);

    impl Random for Counting {
        fn fill(&self, buffer: &mut [u8]) {
            for byte in buffer {
                *byte = self.0.fetch_add(7, std::sync::atomic::Ordering::Relaxed);
            }
        }
    }

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_millis(seconds * 1_000)
    }

    /// ID-08: the published values of RFC 6238, appendix B, in their last six digits.
    #[test]
    fn codes_are_those_of_the_standard() {
        let seed = Seed::from_bytes(b"12345678901234567890").unwrap();
        for (seconds, code) in
            [(59, "287082"), (1_111_111_109, "081804"), (1_234_567_890, "005924"), (2_000_000_000, "279037")]
        {
            assert_eq!(seed.code(step_at(at(seconds))), code);
        }
        assert_eq!(*seed.base32(), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    }

    /// ID-08: this step and the one before, each once, also when the clock goes back.
    #[test]
    fn a_code_is_good_in_its_step_and_the_next_and_only_once() {
        let seed = Seed::from_bytes(b"12345678901234567890").unwrap();
        let now = at(1_111_111_109);
        let step = step_at(now);
        let code = seed.code(step);
        assert_eq!(seed.step_of(&code, (now, 0)), Some(step));
        assert_eq!(seed.step_of(&code, (at(1_111_111_109 + 30), 0)), Some(step));
        assert_eq!(seed.step_of(&code, (at(1_111_111_109 + 60), 0)), None);
        assert_eq!(seed.step_of(&seed.code(step + 1), (now, 0)), None, "of the future");
        assert_eq!(seed.step_of(&code, (now, step)), None, "used");
        assert_eq!(seed.step_of(&seed.code(step - 2), (at(1_111_111_109 - 60), step)), None, "the clock went back");
        assert_eq!(seed.step_of("081 804", (now, 0)), Some(step), "as apps show it");
        for wrong in ["", "0", "0818040", "08180", "081805"] {
            assert_eq!(seed.step_of(wrong, (now, 0)), None);
        }
    }

    /// ID-10: ten codes of 80 bits, read however they were written down.
    #[test]
    fn recovery_codes_say_which_they_are() {
        let codes = recovery_codes(&Counting(1.into()));
        assert_eq!(codes.len(), RECOVERY_CODES);
        for (slot, code) in codes.iter().enumerate() {
            let (read, text) = read_recovery(&code.to_lowercase().replace('-', " ")).unwrap();
            assert_eq!(
                (read, text.len()),
                (i64::try_from(slot).unwrap(), 17),
                "a digit and sixteen symbols of five bits"
            );
        }
        assert!(read_recovery("123456").is_none() && read_recovery(&"0".repeat(5_000)).is_none());
    }
}
