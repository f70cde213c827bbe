//! Mail addresses and telephone numbers.

use std::sync::LazyLock;

use regex::Regex;

use super::{Kind, Observable, Seen, domain};

static EMAIL: LazyLock<Regex> = LazyLock::new(|| {
    let spaced = domain::SPACED;
    Regex::new(&format!(r"(?P<local>[A-Za-z0-9][A-Za-z0-9._%+\-]*)@(?P<host>{spaced}+(?:\.{spaced}+)+)"))
        .expect("a fixed pattern")
});

/// A mobile number of mainland China, with or without the country code.
static MAINLAND: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:(?:\+|00)86[ -]?|86[ -])?(1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4})").expect("a fixed pattern")
});

static INTERNATIONAL: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\+[1-9][0-9]{0,14}(?:[ -]?\(?[0-9]{1,14}\)?)*").expect("a fixed pattern"));

/// Mail addresses below a public suffix; the domain is in lower-case punycode.
pub fn emails(text: &str) -> Vec<Seen> {
    let mut seen = Vec::new();
    for found in EMAIL.captures_iter(text) {
        let local = &found["local"];
        let Some(whole) = found.get(0) else { continue };
        let Some(host) = domain::registrable(found["host"].trim_end_matches('-')) else {
            continue;
        };
        if local.len() <= 64 {
            let value = format!("{local}@{host}");
            seen.push(Seen { observable: Observable::plain(Kind::Email, value), at: whole.range() });
        }
    }
    seen
}

/// Telephone numbers in E.164: with a plus sign, or of a mainland Chinese mobile.
pub fn phones(text: &str) -> Vec<Seen> {
    let mut seen = Vec::new();
    for found in MAINLAND.captures_iter(text) {
        let (Some(whole), Some(number)) = (found.get(0), found.get(1)) else {
            continue;
        };
        if stands_free(text, whole.start(), whole.end()) {
            let value = format!("+86{}", digits(number.as_str()));
            seen.push(Seen { observable: Observable::plain(Kind::Phone, value), at: whole.range() });
        }
    }
    for found in INTERNATIONAL.find_iter(text) {
        let Some(length) = e164_length(found.as_str()) else {
            continue;
        };
        let end = found.start() + length;
        if stands_free(text, found.start(), end) {
            let value = format!("+{}", digits(&text[found.start()..end]));
            seen.push(Seen { observable: Observable::plain(Kind::Phone, value), at: found.start()..end });
        }
    }
    seen
}

/// The bytes of a written number up to the last group with which it has 8 to 15 digits, and
/// 11 in North America.
fn e164_length(written: &str) -> Option<usize> {
    let most = if written.starts_with("+1") { 11 } else { 15 };
    let (mut count, mut length) = (0, None);
    let bytes = written.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        count += usize::from(byte.is_ascii_digit());
        let group_ends = byte.is_ascii_digit() && bytes.get(at + 1).is_none_or(|b| !b.is_ascii_digit());
        if group_ends && (8..=most).contains(&count) {
            length = Some(at + 1);
        }
    }
    length
}

/// False inside a longer run of digits, a decimal number, a word or a sum with commas.
fn stands_free(text: &str, start: usize, end: usize) -> bool {
    let mut before = text[..start].chars().rev();
    let mut after = text[end..].chars();
    let (near, far) = (before.next(), before.next());
    let (next, second) = (after.next(), after.next());
    let joins = |mark: Option<char>, digit: Option<char>| {
        matches!(mark, Some('.' | ',' | '-')) && digit.is_some_and(|c| c.is_ascii_digit())
    };
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '+';
    !near.is_some_and(is_part)
        && !next.is_some_and(|c| c.is_ascii_digit() || c == '_')
        && !joins(near, far)
        && !joins(next, second)
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(seen: Vec<Seen>) -> Vec<String> {
        seen.into_iter().map(|seen| seen.observable.value).collect()
    }

    #[test]
    fn mail_addresses_have_one_form() {
        assert_eq!(
            values(emails("邮箱Help.Me+1@EVIL.Com。<a@b.co.uk> @handle me@localhost")),
            ["Help.Me+1@evil.com", "a@b.co.uk"]
        );
    }

    #[test]
    fn telephone_numbers_have_one_form() {
        for text in ["手机13812345678被", "138 1234 5678", "138-1234-5678", "86 13812345678", "008613812345678"] {
            assert_eq!(values(phones(text)), ["+8613812345678"], "{text}");
        }
        assert_eq!(values(phones("call +1 (415) 555-2671 12")), ["+14155552671"]);
        assert_eq!(values(phones("+44 20 7946 0958, please")), ["+442079460958"]);
    }

    #[test]
    fn longer_numbers_are_no_telephone_numbers() {
        for text in ["1381234567890", "x13812345678", "13812345678.5", "0.13812345678", "+100,000,000", "+15 usdt"] {
            assert_eq!(values(phones(text)), Vec::<String>::new(), "{text}");
        }
    }
}
