//! Finds private keys in hex: 64 or 128 digits next to a word for keys, on one line or wrapped.

use std::ops::Range;

use super::{Found, Secret, cue::Cues, tokens::is_hidden};

/// Digits of a key of 32 bytes, and of one of 64 that carries its public half.
const DIGITS: [usize; 2] = [64, 128];

/// Fewest digits between two blanks of a wrapped key, and most bytes of such a blank.
const PART: usize = 2;
const BLANK: usize = 8;

/// Adds the hex keys of the text.
pub fn find(text: &str, cues: &Cues, found: &mut Vec<Found>) {
    let parts = parts(text);
    let mut at = 0;
    while at < parts.len() {
        let Some(count) = key_length(text, &parts[at..]) else {
            at += 1;
            continue;
        };
        let range = with_prefix(text, parts[at].start)..parts[at + count - 1].end;
        if cues.names_key(&range) {
            found.push((range, Secret::PrivateKey));
        }
        at += count;
    }
}

/// Strings of hex digits that no other letter touches; an `0x` before them is left out.
fn parts(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut parts = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_alphanumeric() {
            at += 1;
            continue;
        }
        let start = at;
        while at < bytes.len() && bytes[at].is_ascii_alphanumeric() {
            at += 1;
        }
        let word = &bytes[start..at];
        let digits = if word.starts_with(b"0x") || word.starts_with(b"0X") { &word[2..] } else { word };
        if digits.len() >= PART && digits.iter().all(u8::is_ascii_hexdigit) {
            parts.push(at - digits.len()..at);
        }
    }
    parts
}

/// How many of the first parts make up one key.
fn key_length(text: &str, parts: &[Range<usize>]) -> Option<usize> {
    let mut digits = 0;
    let mut whole = None;
    for (count, part) in parts.iter().enumerate() {
        if let Some(before) = count.checked_sub(1).map(|before| &parts[before])
            && !joins(&text[before.end..part.start])
        {
            break;
        }
        digits += part.len();
        if DIGITS.contains(&digits) {
            whole = Some(count + 1);
        }
        if digits >= DIGITS[1] {
            break;
        }
    }
    whole
}

fn joins(between: &str) -> bool {
    let blank =
        |character: char| character.is_whitespace() || is_hidden(character) || character == '-' || character == ':';
    between.len() <= BLANK && between.chars().all(blank)
}

fn with_prefix(text: &str, start: usize) -> usize {
    let before = text.as_bytes()[..start].last_chunk::<2>();
    if before.is_some_and(|prefix| prefix.eq_ignore_ascii_case(b"0x")) { start - 2 } else { start }
}
