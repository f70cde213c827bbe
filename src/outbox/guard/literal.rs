//! Addresses written as numbers, in every notation that some library takes for one.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use unicode_normalization::UnicodeNormalization;

/// The address that a host means when it is written in numbers: dotted or not, octal, hexadecimal, short, with wide or
/// percent-encoded digits, in brackets. Nothing for a name.
pub fn address_of(host: &str) -> Option<IpAddr> {
    let decoded = percent_decoded(host)?;
    let folded: String = decoded.nfkc().collect::<String>().replace(['。', '．', '｡'], ".");
    let text = folded.trim_end_matches('.');
    if let Some(inner) = text.strip_prefix('[') {
        let inner = inner.strip_suffix(']')?;
        let bare = inner.split(['%', '/']).next().unwrap_or_default();
        return bare.parse::<Ipv6Addr>().ok().map(IpAddr::V6);
    }
    if let Ok(address) = text.parse::<Ipv6Addr>() {
        return Some(IpAddr::V6(address));
    }
    four(text).map(IpAddr::V4)
}

fn percent_decoded(text: &str) -> Option<String> {
    let (mut bytes, mut rest) = (Vec::new(), text.as_bytes());
    while let Some((&first, after)) = rest.split_first() {
        let hex = (first == b'%').then(|| after.get(..2)).flatten();
        let byte = hex.and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
        bytes.push(byte.unwrap_or(first));
        rest = if byte.is_some() { &after[2..] } else { after };
    }
    String::from_utf8(bytes).ok()
}

/// One to four numbers, the last of which fills what is left.
fn four(text: &str) -> Option<Ipv4Addr> {
    let parts: Vec<&str> = text.split('.').collect();
    if parts.len() > 4 {
        return None;
    }
    let numbers: Vec<u64> = parts.iter().map(|part| number(part)).collect::<Option<_>>()?;
    let (last, first) = numbers.split_last()?;
    let left = 8 * (4 - first.len());
    if first.iter().any(|number| *number > 255) || *last >> left != 0 {
        return None;
    }
    let high = first.iter().enumerate().fold(0_u64, |sum, (at, number)| sum | number << (24 - 8 * at));
    u32::try_from(high | last).ok().map(Ipv4Addr::from_bits)
}

fn number(part: &str) -> Option<u64> {
    let lower = part.to_ascii_lowercase();
    let (digits, base) = match lower.strip_prefix("0x") {
        Some(digits) => (digits, 16),
        None if lower.len() > 1 && lower.starts_with('0') => (&lower[1..], 8),
        None => (lower.as_str(), 10),
    };
    // `0x` alone is zero for some.
    if base == 16 && digits.is_empty() {
        return Some(0);
    }
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    u64::from_str_radix(digits, base).ok()
}
