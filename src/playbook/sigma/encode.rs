//! The other ways in which a text may stand in a log: with other dashes, or inside Base64.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};

/// What programs of Windows take for the dash before a flag.
const DASHES: [&str; 5] = ["-", "/", "–", "—", "―"];

/// Flags in one text whose dashes are varied independently: five to the power of three texts at most.
const MOST_FLAGS: usize = 3;

/// The text with every dash before a word exchanged for every other; beyond three of them, all alike.
pub(super) fn windash(text: &str) -> Vec<String> {
    let words: Vec<(Option<&str>, &str)> = text
        .split(' ')
        .map(|word| {
            DASHES.iter().find_map(|dash| Some((Some(*dash), word.strip_prefix(dash)?))).unwrap_or((None, word))
        })
        .collect();
    let flags = words.iter().filter(|(dash, _)| dash.is_some()).count();
    if flags == 0 {
        return vec![text.to_owned()];
    }
    let write = |dash_of: &dyn Fn(usize) -> &'static str| {
        let mut flag = 0;
        let words = words.iter().map(|(dash, rest)| {
            if dash.is_none() {
                return (*rest).to_owned();
            }
            flag += 1;
            format!("{}{rest}", dash_of(flag - 1))
        });
        words.collect::<Vec<_>>().join(" ")
    };
    let mut texts = vec![text.to_owned()];
    if flags > MOST_FLAGS {
        texts.extend(DASHES.iter().map(|dash| write(&|_| dash)));
    } else {
        let all = DASHES.len().pow(u32::try_from(flags).unwrap_or(0));
        texts.extend((0..all).map(|number| {
            write(&|flag| DASHES[number / DASHES.len().pow(u32::try_from(flag).unwrap_or(0)) % DASHES.len()])
        }));
    }
    texts.sort();
    texts.dedup();
    texts
}

/// How the characters of a text become bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bytes {
    Utf8,
    Utf16Le,
    Utf16Be,
    /// Little end first, after a byte order mark.
    Utf16,
}

pub(super) fn bytes(text: &str, how: Bytes) -> Vec<u8> {
    let pairs = text.encode_utf16();
    match how {
        Bytes::Utf8 => text.as_bytes().to_vec(),
        Bytes::Utf16Le => pairs.flat_map(u16::to_le_bytes).collect(),
        Bytes::Utf16Be => pairs.flat_map(u16::to_be_bytes).collect(),
        Bytes::Utf16 => [0xff, 0xfe].into_iter().chain(pairs.flat_map(u16::to_le_bytes)).collect(),
    }
}

/// The bytes in Base64. `open` leaves the last character away where it hangs on what follows.
pub(super) fn base64(bytes: &[u8], open: bool) -> String {
    if !open {
        return STANDARD.encode(bytes);
    }
    let mut text = STANDARD_NO_PAD.encode(bytes);
    if !bytes.len().is_multiple_of(3) {
        text.pop();
    }
    text
}

/// The three texts of which one stands in Base64 wherever the bytes stand in what was encoded.
pub(super) fn base64_offsets(bytes: &[u8]) -> Vec<String> {
    let shifted = (0..3_usize).map(|offset| {
        let padded: Vec<u8> = std::iter::repeat_n(0, offset).chain(bytes.iter().copied()).collect();
        // One byte before fills a character and a part of the next, two fill two and a part.
        let hangs_on_before = [0, 2, 3][offset];
        base64(&padded, true).get(hangs_on_before..).unwrap_or_default().to_owned()
    });
    shifted.filter(|text| !text.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn dashes_vary_before_words_only() {
        assert_eq!(windash("a-b"), ["a-b"]);
        let texts = windash("-x /y");
        assert_eq!(texts.len(), 25);
        assert!(texts.contains(&"/x –y".to_owned()) && texts.contains(&"-x /y".to_owned()));
        assert_eq!(windash("-a -b -c -d").len(), 5);
    }

    proptest! {
        #[test]
        fn an_offset_text_stands_in_the_encoded_whole(before in "[a-z]{0,7}", text in "[a-z]{3,9}", after in "[a-z]{0,7}") {
            let whole = STANDARD.encode(format!("{before}{text}{after}"));
            prop_assert!(base64_offsets(text.as_bytes()).iter().any(|part| whole.contains(part.as_str())));
        }
    }
}
