//! Finds session cookies, bearer tokens and API tokens.

use std::sync::LazyLock;

use regex::Regex;

use super::{Found, Secret};

/// Shortest value of a cookie or token that can open a session.
const SHORTEST: usize = 16;

/// Tokens that tell what they are: ours, JSON web tokens, and those of well-known services.
static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"\bhfk_[A-Za-z0-9_-]{16,}|\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*)?|\bgh[pousr]_[A-Za-z0-9]{36,}|\bxox[abprs]-[A-Za-z0-9-]{16,}|\bglpat-[A-Za-z0-9_-]{20,}|\bsk_live_[A-Za-z0-9]{16,}",
    )
    .expect("a fixed pattern")
});

/// Values whose header or name says what they are; the value is the group.
static LABELLED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r#"(?i)\bbearer[\s:]+["']?([A-Za-z0-9._~+/=-]{16,})"#,
        r#"|\bauthorization\\?["']?\s*[:=]\s*\\?["']?(?:(?:basic|bearer|token|apikey|digest|negotiate)\s+)?([A-Za-z0-9._~+/=-]{16,})"#,
        r#"|\b(?:access|refresh|auth|session|bearer|id|api|csrf)[ _-]?(?:token|cookie|key)\\?["']?\s*(?:is\s+|[:=：]\s*)\\?["']?([A-Za-z0-9%._~+/=-]{16,})"#,
        r#"|\b(?:phpsessid|jsessionid|connect\.sid|asp\.net_sessionid|sessionid|session|sid|auth|remember_token)=\\?["']?([A-Za-z0-9%._~+/=:-]{16,})"#,
    ))
    .expect("a fixed pattern")
});

/// A cookie header to the end of its line, and the values in it.
static COOKIES: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#"(?i)\b(?:set-)?cookies?\\?["']?\s*[:=]\s*([^\r\n]*)"#).expect("a fixed pattern"));
static VALUES: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#"=\s*"?([^;\s"'=\\\[]{16,}=*)"#).expect("a fixed pattern"));

/// An address or a hash on a chain, which a field called token names in plain.
static ON_CHAIN: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^0x(?:[0-9a-fA-F]{40}|[0-9a-fA-F]{64})$").expect("a fixed pattern"));

/// Adds the session secrets of the text.
pub fn find(text: &str, found: &mut Vec<Found>) {
    if text.contains(['_', '-', '.']) {
        found.extend(NAMED.find_iter(text).map(|token| (token.range(), Secret::SessionToken)));
    }
    for captures in LABELLED.captures_iter(text) {
        if let Some(value) = captures.iter().skip(1).flatten().next()
            && is_token(value.as_str())
        {
            found.push((value.range(), Secret::SessionToken));
        }
    }
    for header in COOKIES.captures_iter(text).filter_map(|captures| captures.get(1)) {
        for value in VALUES.captures_iter(header.as_str()).filter_map(|captures| captures.get(1)) {
            let start = header.start() + value.start();
            found.push((start..start + value.len(), Secret::SessionToken));
        }
    }
}

/// True for what looks drawn at random: digits among the letters, or very long, and no address.
fn is_token(value: &str) -> bool {
    let digit = value.bytes().any(|byte| byte.is_ascii_digit());
    let letter = value.bytes().any(|byte| byte.is_ascii_alphabetic());
    let long = value.len() >= SHORTEST * 2 && !value.contains(['-', '.', '/']);
    ((digit && letter) || long) && !ON_CHAIN.is_match(value)
}
