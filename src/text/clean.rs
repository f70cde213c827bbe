//! Text from outside made safe to keep and to show (IN-08). It changes no words; taking
//! secrets out is left to the scrubber.

use std::fmt::Write;

use unicode_normalization::UnicodeNormalization;

use super::hidden::{is_emoji_style, is_hidden};

/// Why a text cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unclean {
    #[error("text has {length} characters, the limit is {limit}")]
    TooLong { length: usize, limit: usize },
    #[error("text contains the character U+0000")]
    Nul,
}

/// Cleans a long text kept as evidence: NFC, line feed for every line end, and a visible
/// mark such as `⟦U+202E⟧` in place of each control or hidden character. The limit counts the
/// characters that were sent, so marks never make a text too long.
///
/// # Errors
/// [`Unclean`] when the text is too long or holds U+0000.
pub fn clean(text: &str, limit: usize) -> Result<String, Unclean> {
    let text = admitted(text, limit)?;
    let mut kept = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\t' => kept.push(c),
            c if is_emoji_style(c) => kept.push(c),
            c if c.is_control() || is_hidden(c) => {
                write!(kept, "⟦U+{:04X}⟧", u32::from(c)).expect("writing to a string cannot fail");
            }
            c => kept.push(c),
        }
    }
    Ok(kept)
}

/// Cleans a name or another single line: as [`clean`], but control and hidden characters are
/// left out and white space becomes single blanks, none at the ends.
///
/// # Errors
/// [`Unclean`] when the text is too long or holds U+0000.
pub fn clean_name(text: &str, limit: usize) -> Result<String, Unclean> {
    let text = admitted(text, limit)?;
    let seen: String = text.chars().filter(|c| c.is_whitespace() || !(c.is_control() || is_hidden(*c))).nfc().collect();
    Ok(seen.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn admitted(text: &str, limit: usize) -> Result<String, Unclean> {
    if text.contains('\0') {
        return Err(Unclean::Nul);
    }
    let lines = text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}'], "\n");
    let text: String = lines.nfc().collect();
    let length = text.chars().count();
    if length > limit {
        return Err(Unclean::TooLong { length, limit });
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn evidence_shows_what_was_hidden() {
        assert_eq!(
            clean("pay \u{202E}txt.exe\u{200B}\r\nok\t\u{7}", 100).unwrap(),
            "pay ⟦U+202E⟧txt.exe⟦U+200B⟧\nok\t⟦U+0007⟧"
        );
        assert_eq!(clean("e\u{301} ❤\u{FE0F}", 9).unwrap(), "é ❤\u{FE0F}");
    }

    #[test]
    fn a_name_loses_what_cannot_be_seen() {
        assert_eq!(clean_name(" Bi\u{200B}n\u{202E}ance \r\n  Help\u{9F} ", 40).unwrap(), "Binance Help");
        assert_eq!(clean_name("e\u{200D}\u{301}", 4).unwrap(), "é");
    }

    #[test]
    fn a_refusal_names_the_limit() {
        let refused = clean("钱包钱包", 3).unwrap_err();
        assert_eq!(refused.to_string(), "text has 4 characters, the limit is 3");
        assert_eq!(clean("a\0", 3), Err(Unclean::Nul));
        assert_eq!(clean_name("\0", 3), Err(Unclean::Nul));
    }

    proptest! {
        #[test]
        fn what_is_kept_is_clean_and_stays_as_it_is(text in any::<String>()) {
            if let Ok(kept) = clean(&text, 1000) {
                prop_assert!(kept.chars().all(|c| c == '\n' || c == '\t'
                    || is_emoji_style(c) || !(c.is_control() || is_hidden(c))));
                prop_assert_eq!(clean(&kept, 10_000).unwrap(), kept);
            }
            if let Ok(kept) = clean_name(&text, 1000) {
                prop_assert!(!kept.chars().any(|c| c.is_control() || is_hidden(c)));
                prop_assert_eq!(clean_name(&kept, 1000).unwrap(), kept);
            }
        }
    }
}
