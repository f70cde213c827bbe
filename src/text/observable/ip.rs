//! IP addresses of both versions.

use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::LazyLock;

use regex::Regex;

use super::{Kind, Observable, Seen};

static CANDIDATE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)[0-9a-f]*:[0-9a-f:]*:[0-9a-f:.]*[0-9a-f]|[0-9]{1,3}(?:\.[0-9]{1,3}){3}").expect("a fixed pattern")
});

pub fn find(text: &str) -> Vec<Seen> {
    let mut seen = Vec::new();
    for found in CANDIDATE.find_iter(text) {
        let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | ':' | '_' | '-');
        let before = text[..found.start()].chars().next_back();
        let mut after = text[found.end()..].chars();
        let (next, second) = (after.next(), after.next());
        let goes_on = next.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_')
            || (next == Some('.') && second.is_some_and(|c| c.is_ascii_digit()));
        // "IP:203.0.113.7" begins after a colon, which an IPv6 address could not.
        let is_label = before == Some(':') && !found.as_str().contains(':');
        let goes_before = !is_label && before.is_some_and(is_part);
        if goes_before || goes_on {
            continue;
        }
        if let Some(ip) = read(found.as_str()) {
            let observable = Observable::plain(Kind::Ip, ip.to_string());
            seen.push(Seen { observable, at: found.range() });
        }
    }
    seen
}

/// Short forms without a digit, such as `ab::cd`, are names in program text.
fn read(candidate: &str) -> Option<IpAddr> {
    if !candidate.contains(':') {
        return candidate.parse::<Ipv4Addr>().ok().map(IpAddr::V4);
    }
    let ip = candidate.parse::<Ipv6Addr>().ok()?;
    let telling = candidate.bytes().any(|b| b.is_ascii_digit()) && candidate.len() >= 6;
    telling.then_some(IpAddr::V6(ip))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(text: &str) -> Vec<String> {
        find(text).into_iter().map(|seen| seen.observable.value).collect()
    }

    #[test]
    fn addresses_of_both_versions_are_read() {
        assert_eq!(values("IP:203.0.113.7，登录 from 2001:DB8:0::1."), ["203.0.113.7", "2001:db8::1"]);
        assert_eq!(values("(198.51.100.1:8080)"), ["198.51.100.1"]);
    }

    #[test]
    fn times_versions_and_names_are_no_addresses() {
        for text in ["at 12:30:45", "v1.2.3.4.5", "256.1.1.1", "std::fade", "aa:bb:cc:dd:ee:ff", "1.2.3"] {
            assert_eq!(values(text), Vec::<String>::new(), "{text}");
        }
    }
}
