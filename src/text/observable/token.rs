//! Long runs of letters and digits: addresses and transaction hashes of every chain.

use std::sync::LazyLock;

use regex::Regex;

use super::{Observable, Seen, bitcoin, evm, solana, tron};

static RUN: LazyLock<Regex> = LazyLock::new(|| Regex::new("[0-9A-Za-z]{14,}").expect("a fixed pattern"));

/// The longest token that any chain uses; longer runs are not decoded, which keeps the work
/// linear.
const LONGEST: usize = 90;

pub fn find(text: &str) -> Vec<Seen> {
    let mut seen = Vec::new();
    for run in RUN.find_iter(text) {
        if run.len() > LONGEST || is_part_of_more(text, run.range()) {
            continue;
        }
        if let Some(observable) = read(run.as_str()) {
            seen.push(Seen { observable, at: run.range() });
        }
    }
    seen
}

/// `_` and `+` join runs to longer tokens, such as session cookies in base64.
fn is_part_of_more(text: &str, run: std::ops::Range<usize>) -> bool {
    text[..run.start].ends_with(['_', '+']) || text[run.end..].starts_with(['_', '+'])
}

fn read(token: &str) -> Option<Observable> {
    evm::address(token)
        .or_else(|| evm::transaction(token))
        .or_else(|| bare_hash(token))
        .or_else(|| if is_mixed(token) { tron::address(token) } else { None })
        .or_else(|| bitcoin::address(token))
        .or_else(|| solana::address_in_text(token))
        .or_else(|| solana::transaction(token))
}

/// 64 hex digits without a prefix: a transaction of Bitcoin, TRON or an EVM chain.
fn bare_hash(token: &str) -> Option<Observable> {
    let is_hash = token.len() == 64 && token.bytes().all(|b| b.is_ascii_hexdigit());
    is_hash.then(|| Observable::transaction(None, token.to_ascii_lowercase()))
}

/// True when all characters are digits of the Bitcoin base58 alphabet.
pub fn is_base58(token: &str) -> bool {
    token.bytes().all(|b| b.is_ascii_alphanumeric() && !matches!(b, b'0' | b'O' | b'I' | b'l'))
}

/// True when a token holds digits and letters of both cases, as no word does.
pub fn is_mixed(token: &str) -> bool {
    token.bytes().any(|b| b.is_ascii_digit())
        && token.bytes().any(|b| b.is_ascii_lowercase())
        && token.bytes().any(|b| b.is_ascii_uppercase())
}
