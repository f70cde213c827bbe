//! Finds secret keys written as arrays of bytes, as Solana's tools write them.

use std::collections::BTreeSet;

use super::{Found, Secret, cue::Cues};

/// Numbers in an array with the public half, and without.
pub const LONG: usize = 64;
pub const SHORT: usize = 32;

/// Fewest different values among the bytes of a key: 32 random ones have 30.
const VARIED: usize = 16;

/// Adds the byte arrays of the text that are keys; 32 numbers only next to a word for keys.
pub fn find(text: &str, cues: &Cues, found: &mut Vec<Found>) {
    for (start, _) in text.match_indices('[') {
        let Some((numbers, length)) = numbers(&text[start + 1..]) else {
            continue;
        };
        let range = start..start + 1 + length;
        let key = match numbers.len() {
            LONG => is_varied(&numbers),
            SHORT => is_varied(&numbers) && cues.names_key(&range),
            _ => false,
        };
        if key {
            found.push((range, Secret::PrivateKey));
        }
    }
}

/// True if the bytes are as mixed as those of a key.
pub fn is_varied(numbers: &[u8]) -> bool {
    numbers.iter().collect::<BTreeSet<_>>().len() >= VARIED && numbers.iter().any(|&number| number > 127)
}

/// The numbers up to the closing bracket, and how many bytes they take with it.
fn numbers(text: &str) -> Option<(Vec<u8>, usize)> {
    let mut numbers = Vec::new();
    let mut number = None;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'0'..=b'9' => {
                let grown = number.unwrap_or(0_u16) * 10 + u16::from(byte - b'0');
                if grown > 255 {
                    return None;
                }
                number = Some(grown);
            }
            b',' | b']' => numbers.push(u8::try_from(number.take()?).ok()?),
            b' ' | b'\n' | b'\r' | b'\t' => {}
            _ => return None,
        }
        if byte == b']' {
            return Some((numbers, at + 1));
        }
        if numbers.len() > LONG {
            return None;
        }
    }
    None
}
