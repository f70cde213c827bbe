//! Check numbers under messages of ours: their text, finding one in what a person pastes, and comparing the words.

use std::fmt;
use std::str::FromStr;

use super::{ALPHABET, normal};
use crate::text::{defang, fold};

const PREFIX: &str = "CK";
/// Symbols of five bits: 60 bits.
const LENGTH: usize = 12;

/// A check number, `CK-XXXX-XXXX-XXXX`. It opens nothing and is no secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark(String);

/// The text has not the form of a check number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a check number")]
pub struct NotAMark;

impl Mark {
    /// The number that a keyed digest in hex stands for.
    pub fn of_digest(digest: &str) -> Self {
        let symbols = digest.as_bytes().chunks_exact(2).take(LENGTH).map(|pair| {
            let byte = std::str::from_utf8(pair).ok().and_then(|pair| u8::from_str_radix(pair, 16).ok());
            char::from(ALPHABET[usize::from(byte.unwrap_or(0) % 32)])
        });
        Self(symbols.collect())
    }

    /// The symbols without grouping, for the digest it is looked up by.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// The first check number in a text, and the text without any: people paste a whole message.
    pub fn find_in(text: &str) -> (Option<Self>, String) {
        let (mut first, mut rest) = (None, text.to_owned());
        while let Some((range, mark)) = place(&rest) {
            rest.replace_range(range, " ");
            first = first.or(Some(mark));
        }
        (first, rest)
    }
}

/// Where the first number stands: its prefix, then twelve symbols with single blanks or hyphens between.
fn place(text: &str) -> Option<(std::ops::Range<usize>, Mark)> {
    let bytes = text.as_bytes();
    for start in 0..bytes.len().saturating_sub(PREFIX.len() + LENGTH - 1) {
        if !bytes[start..].get(..2).is_some_and(|two| two.eq_ignore_ascii_case(PREFIX.as_bytes()))
            || start > 0 && bytes[start - 1].is_ascii_alphanumeric()
        {
            continue;
        }
        let (mut at, mut symbols) = (start + 2, String::new());
        while symbols.len() < LENGTH {
            let gap = usize::from(matches!(bytes.get(at), Some(b'-' | b' ')));
            let Some(symbol) = bytes.get(at + gap).filter(|symbol| symbol.is_ascii_alphanumeric()) else { break };
            symbols.push(char::from(*symbol));
            at += gap + 1;
        }
        let ends = !bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
        if symbols.len() == LENGTH
            && ends
            && let Ok(mark) = read(&symbols)
        {
            return Some((start..at, mark));
        }
    }
    None
}

fn read(symbols: &str) -> Result<Mark, NotAMark> {
    let symbols = normal(symbols);
    let fits = symbols.len() == LENGTH && symbols.bytes().all(|symbol| ALPHABET.contains(&symbol));
    fits.then_some(Mark(symbols)).ok_or(NotAMark)
}

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{PREFIX}-{}-{}-{}", &self.0[..4], &self.0[4..8], &self.0[8..])
    }
}

impl FromStr for Mark {
    type Err = NotAMark;

    fn from_str(text: &str) -> Result<Self, NotAMark> {
        let (mark, rest) = Self::find_in(text);
        mark.filter(|_| rest.trim().is_empty()).ok_or(NotAMark)
    }
}

/// How the words a person pasted stand to the words that we wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Likeness {
    /// Nothing but the number was given.
    NotGiven,
    /// Letter by letter the same, whatever the case, blanks and marks.
    Same,
    /// Ours stand within more that we did not write.
    Within,
    Other,
}

/// Compares letters and digits alone, since copying loses the rest. `pasted` comes without its number.
pub fn likeness(ours: &str, pasted: &str) -> Likeness {
    let letters =
        |text: &str| -> String { fold(&defang(text)).as_str().chars().filter(|c| c.is_alphanumeric()).collect() };
    let (ours, pasted) = (letters(ours), letters(pasted));
    if pasted.is_empty() {
        Likeness::NotGiven
    } else if ours == pasted {
        Likeness::Same
    } else if !ours.is_empty() && pasted.contains(&ours) {
        Likeness::Within
    } else {
        Likeness::Other
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn mark() -> Mark {
        Mark::of_digest(&"0a1b2c3d4e5f".repeat(6))
    }

    #[test]
    fn a_number_is_found_however_it_was_copied() {
        let shown = mark().to_string();
        assert_eq!(shown.len(), 17);
        for typed in [
            shown.clone(),
            shown.to_lowercase(),
            shown.replace('-', " "),
            shown.replace('-', ""),
            format!("Staff: do nothing yet.\nCheck number: {shown}."),
            format!("核对号：{shown}，请勿外传"),
        ] {
            assert_eq!(Mark::find_in(&typed).0, Some(mark()), "{typed}");
        }
        for other in
            ["", "CK", "CK-1234", "HF-7K2M-9QXP", "check your stack", &shown.replace("CK", "KC"), &format!("{shown}7")]
        {
            assert_eq!(Mark::find_in(other).0, None, "{other}");
        }
    }

    #[test]
    fn a_changed_word_is_noticed_and_changed_blanks_are_not() {
        let ours = "Do not send anything. Look at https://revoke.cash yourself.";
        assert_eq!(likeness(ours, "do not send  ANYTHING.\nLook at hxxps://revoke[.]cash yourself"), Likeness::Same);
        assert_eq!(likeness(ours, ours), Likeness::Same);
        assert_eq!(likeness(ours, &ours.replace("not ", "")), Likeness::Other);
        assert_eq!(likeness(ours, &format!("{ours} Then call us.")), Likeness::Within);
        assert_eq!(likeness(ours, " \n"), Likeness::NotGiven);
        assert_eq!(likeness("請先停下", "请先停下！"), Likeness::Same, "either script");
    }

    proptest! {
        #[test]
        fn whatever_is_pasted_is_read_without_a_slip(text in any::<String>()) {
            let (found, rest) = Mark::find_in(&text);
            prop_assert!(Mark::find_in(&rest).0.is_none());
            if found.is_none() {
                prop_assert_eq!(rest, text);
            }
        }

        #[test]
        fn what_is_printed_reads_back(digest in "[0-9a-f]{64}", before in "[a-z ]{0,20} ", after in " [a-z ]{0,20}") {
            let mark = Mark::of_digest(&digest);
            prop_assert_eq!(mark.to_string().parse(), Ok(mark.clone()));
            let pasted = format!("{before}{mark}{after}");
            prop_assert_eq!(Mark::find_in(&pasted).0, Some(mark));
        }
    }
}
