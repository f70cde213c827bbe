//! Finds private and extended keys in base58 and in the other alphabets keys are written in.

use std::{ops::Range, sync::LazyLock};

use regex::Regex;

use super::{Found, Secret, cue::Cues};

const BASE58: &str = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

/// Letters of an extended key (78 bytes and 4 of checksum).
const EXTENDED: usize = 111;

/// From how many letters on a string that begins like an extended private key is taken for a damaged one.
const DAMAGED: usize = 60;

/// Longest string of letters looked at; key material is shorter.
const LONGEST: usize = 128;

/// Forms that need no cue: PEM and age keys, and keys whose prefix says they are secret (Sui, Nostr, Stellar).
static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)-----\s*BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?\s*-----(?:[^-]|-[^-])*(?:-----\s*END [A-Z0-9 ]{0,40}-----)?|\bAGE-SECRET-KEY-1[0-9A-Z]{50,60}\b|\bsuiprivkey1[0-9a-z]{50,64}\b|\bnsec1[0-9a-z]{58}\b",
    )
    .expect("a fixed pattern")
});

/// Adds the keys of the text that are not written in hex.
pub fn find(text: &str, cues: &Cues, found: &mut Vec<Found>) {
    if text.contains("-----") || text.contains('1') {
        found.extend(NAMED.find_iter(text).map(|key| (key.range(), Secret::PrivateKey)));
    }
    let strings = strings(text);
    for (at, range) in strings.iter().enumerate() {
        let string = &text[range.clone()];
        if is_extended(string) {
            found.push((range.start..wrapped_end(text, &strings[at..]), Secret::ExtendedKey));
        } else if is_private(text, range, cues) {
            found.push((range.clone(), Secret::PrivateKey));
        }
    }
}

/// Whole strings of base58 letters, of eight and more.
fn strings(text: &str) -> Vec<Range<usize>> {
    let letter = |byte: u8| byte.is_ascii_alphanumeric();
    let mut strings = Vec::new();
    let mut start = None;
    for (at, byte) in text.bytes().chain([b' ']).enumerate() {
        match (start, letter(byte)) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                start = None;
                let string = &text[from..at];
                if (8..=LONGEST).contains(&string.len()) && string.bytes().all(|byte| BASE58.as_bytes().contains(&byte))
                {
                    strings.push(from..at);
                }
            }
            (None, false) | (Some(_), true) => {}
        }
    }
    strings
}

fn is_extended(string: &str) -> bool {
    string.len() >= 8
        && matches!(
            &string[..4],
            "xprv" | "yprv" | "zprv" | "tprv" | "uprv" | "vprv" | "Yprv" | "Zprv" | "Uprv" | "Vprv" | "dgpv" | "Ltpv"
        )
        && (string.len() >= DAMAGED || string.bytes().any(|byte| byte.is_ascii_digit()))
}

/// The end of an extended key that goes on over line ends.
fn wrapped_end(text: &str, strings: &[Range<usize>]) -> usize {
    let mut end = strings[0].end;
    let mut length = strings[0].len();
    for next in &strings[1..] {
        let blank =
            text[end..next.start].chars().all(|between| between.is_whitespace() || between == '\\' || between == '"');
        if !blank || length >= EXTENDED || length + next.len() > EXTENDED + 1 {
            break;
        }
        end = next.end;
        length += next.len();
    }
    end
}

fn is_private(text: &str, range: &Range<usize>, cues: &Cues) -> bool {
    let string = &text[range.clone()];
    match string.len() {
        // BIP-38: the first bytes are fixed, and with them these letters.
        58 if string.starts_with("6P") => true,
        51 | 52 if string.starts_with(['5', 'K', 'L', '9', 'c']) => is_wif(string) || cues.names_key(range),
        // The secret seed of an XRP account.
        28..=31 if string.starts_with('s') => {
            let decoded = bs58::decode(string).with_alphabet(bs58::Alphabet::RIPPLE).with_check(None).into_vec();
            decoded.is_ok_and(|bytes| matches!(bytes.len(), 17 | 19))
                && string.bytes().any(|byte| byte.is_ascii_digit())
        }
        85..=90 => {
            let bytes = bs58::decode(string).into_vec().map_or(0, |bytes| zeroize::Zeroizing::new(bytes).len());
            bytes == 64 && (text[..range.start].ends_with("ed25519:") || cues.names_key(range))
        }
        56 if string.starts_with('S') => cues.names_key(range),
        _ => false,
    }
}

fn is_wif(string: &str) -> bool {
    let Ok(bytes) = bs58::decode(string).with_check(None).into_vec().map(zeroize::Zeroizing::new) else {
        return false;
    };
    let version = bytes.first().is_some_and(|version| matches!(version, 0x80 | 0xef));
    version && (bytes.len() == 33 || (bytes.len() == 34 && bytes[33] == 1))
}
