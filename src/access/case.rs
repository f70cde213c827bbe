//! The three texts of a case (CA-01): a reference for talking, a link token and a code that together open it.

use std::str::FromStr;

use zeroize::Zeroizing;

use super::{ALPHABET, normal, symbols};
use crate::id::Random;

/// Symbols of five bits: 160 bits.
const TOKEN_LENGTH: usize = 32;
/// 50 bits, shown as two groups of five.
const CODE_LENGTH: usize = 10;

/// The text has not the form of a token or code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a token of this kind")]
pub struct NotATokenText;

/// A new case reference, `HF-XXXX-XXXX`: random, for talking on the telephone, opens nothing.
pub fn new_reference(random: &dyn Random) -> String {
    let symbols = symbols(8, random);
    format!("HF-{}-{}", &symbols[..4], &symbols[4..])
}

/// The token in a case link. Has no `Debug` and is wiped on drop.
#[derive(Clone)]
pub struct CaseToken(Zeroizing<String>);

/// The code shown once beside the link. Has no `Debug` and is wiped on drop.
#[derive(Clone)]
pub struct Code(Zeroizing<String>);

impl CaseToken {
    pub fn new(random: &dyn Random) -> Self {
        Self(Zeroizing::new(symbols(TOKEN_LENGTH, random)))
    }

    /// The text of the token, for the link and for its digest.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl Code {
    pub fn new(random: &dyn Random) -> Self {
        Self(Zeroizing::new(symbols(CODE_LENGTH, random)))
    }

    /// The symbols without grouping, for the digest.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// As it is shown: `ABCDE-FGHJK`.
    pub fn grouped(&self) -> String {
        format!("{}-{}", &self.0[..5], &self.0[5..])
    }
}

fn parse(text: &str, length: usize) -> Result<Zeroizing<String>, NotATokenText> {
    if text.len() > 4 * length {
        return Err(NotATokenText);
    }
    let text = Zeroizing::new(normal(text));
    let fits = text.len() == length && text.bytes().all(|symbol| ALPHABET.contains(&symbol));
    fits.then_some(text).ok_or(NotATokenText)
}

impl FromStr for CaseToken {
    type Err = NotATokenText;

    fn from_str(text: &str) -> Result<Self, NotATokenText> {
        parse(text, TOKEN_LENGTH).map(Self)
    }
}

impl FromStr for Code {
    type Err = NotATokenText;

    fn from_str(text: &str) -> Result<Self, NotATokenText> {
        parse(text, CODE_LENGTH).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use ring::rand::{SecureRandom, SystemRandom};

    use super::*;

    struct System;

    impl Random for System {
        fn fill(&self, buffer: &mut [u8]) {
            SystemRandom::new().fill(buffer).unwrap();
        }
    }

    #[test]
    fn a_code_is_read_however_it_was_written_down() {
        let code: Code = "abc1e-f0hjk".parse().unwrap();
        for typed in ["ABCIE-FOHJK", "ABC1E F0HJK", " abcle f o h j k "] {
            assert_eq!(typed.parse::<Code>().unwrap().reveal(), code.reveal());
        }
        for wrong in ["", "ABCDE", "ABCDE-FGHJU", "ABCDE-FGHJKM", &"A".repeat(100_000)] {
            assert!(wrong.parse::<Code>().is_err());
        }
    }

    #[test]
    fn a_million_tokens_never_repeat_and_favour_no_symbol() {
        let mut counts = [0_u32; 256];
        let mut seen = std::collections::HashSet::new();
        for _ in 0..1_000_000 {
            let token = CaseToken::new(&System);
            for symbol in token.reveal().bytes() {
                counts[usize::from(symbol)] += 1;
            }
            assert!(seen.insert(token.reveal().to_owned()), "a token came twice");
        }
        let expected = 1_000_000.0;
        let used = counts.iter().filter(|count| **count > 0).map(|count| f64::from(*count));
        let chi_square: f64 = used.clone().map(|count| (count - expected).powi(2) / expected).sum();
        // 31 degrees of freedom: above 80 once in 300,000 runs.
        assert!(used.count() == 32 && chi_square < 80.0, "chi-square {chi_square}");
    }

    #[test]
    fn a_reference_has_its_shape() {
        let reference = new_reference(&System);
        assert!(reference.len() == 12 && reference.starts_with("HF-") && reference.as_bytes()[7] == b'-');
    }
}
