//! URLs of the web. Credentials in them are dropped from the canonical form.

use std::{ops::Range, sync::LazyLock};

use regex::Regex;
use url::{Host, Url};

use super::{Kind, Observable, Seen, domain};

/// A URL and, when it is a domain or an IP, its host.
pub struct Link {
    pub url: Seen,
    pub host: Option<Seen>,
}

/// Longer paths are cut here, which keeps the work linear; browsers take about as much.
const LONGEST: usize = 2000;

const TAIL: &str = r"(?:[/?#][A-Za-z0-9\-._~:/?#@!$&'()*+,;=%|]*)?";

static LINK: LazyLock<Regex> = LazyLock::new(|| {
    let (spaced, packed) = (domain::SPACED, r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]");
    // A host ends where the script changes, for Chinese text follows without a blank; only
    // its first label may mix scripts.
    Regex::new(&format!(
        r#"(?ix) (?P<scheme> h(?:tt|xx)p(?P<s>s?) ://)
        (?: [^\s/?\#<>"'\p{{Han}}]{{1,200}} @)?
        (?P<host> \[ [0-9a-f:.]+ \]
            | (?: (?: {spaced} | {packed} | _ )+ \. )? (?: (?: {spaced} | _ )+ | {packed}+ )
              (?: \. (?: (?: {spaced} | _ )+ | {packed}+ ) )* )
        (?: : \d{{1,5}} )?
        (?-x:{TAIL})"#
    ))
    .expect("a fixed pattern")
});

static PATH: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(&format!("^(?::[0-9]{{1,5}})?{TAIL}")).expect("a fixed pattern"));

pub fn find(text: &str) -> Vec<Link> {
    let mut links = Vec::new();
    for found in LINK.captures_iter(text) {
        let (Some(whole), Some(scheme), Some(host)) = (found.get(0), found.name("scheme"), found.name("host")) else {
            continue;
        };
        let end = without_marks(text, host.end(), whole.end());
        let secure = found.name("s").is_some_and(|s| !s.is_empty());
        let scheme_name = if secure { "https://" } else { "http://" };
        let Some((value, parsed)) = canonical(&format!("{scheme_name}{}", &text[scheme.end()..end])) else {
            continue;
        };
        let at = whole.start()..end;
        links.push(Link {
            url: Seen { observable: Observable::plain(Kind::Url, value), at },
            host: host_of(&parsed).map(|observable| Seen { observable, at: host.range() }),
        });
    }
    links
}

/// The URL of a domain that is followed by a path, taken as `https`.
pub fn without_scheme(text: &str, domain: Range<usize>, host: &str) -> Option<Seen> {
    let rest = &text[domain.end..];
    let tail = PATH.find(&rest[..rest.floor_char_boundary(LONGEST)])?;
    let end = without_marks(text, domain.end, domain.end + tail.end());
    let tail = &text[domain.end..end];
    if tail == "/" || !tail.contains('/') {
        return None;
    }
    let (value, _) = canonical(&format!("https://{host}{tail}"))?;
    Some(Seen { observable: Observable::plain(Kind::Url, value), at: domain.start..end })
}

/// The end of a link without the marks of the sentence or of the markdown around it, and
/// not beyond what a browser takes.
fn without_marks(text: &str, from: usize, to: usize) -> usize {
    let mut end = text.floor_char_boundary(to.min(from + LONGEST));
    let (mut open, mut unopened) = (0usize, 0usize);
    for c in text[from..end].bytes() {
        match c {
            b'(' => open += 1,
            b')' if open > 0 => open -= 1,
            b')' => unopened += 1,
            _ => {}
        }
    }
    for mark in text[from..end].bytes().rev() {
        match mark {
            b'.' | b',' | b';' | b':' | b'!' | b'?' | b'\'' | b'*' | b'_' | b'~' | b'|' | b'(' => {}
            b')' if unopened > 0 => unopened -= 1,
            _ => break,
        }
        end -= 1;
    }
    end
}

fn canonical(written: &str) -> Option<(String, Url)> {
    let mut url = Url::parse(written).ok()?;
    let plausible = match url.host()? {
        Host::Domain(name) => name.trim_end_matches('.').contains('.'),
        Host::Ipv4(_) | Host::Ipv6(_) => true,
    };
    if !plausible {
        return None;
    }
    url.set_username("").ok()?;
    url.set_password(None).ok()?;
    Some((url.as_str().to_owned(), url))
}

fn host_of(url: &Url) -> Option<Observable> {
    match url.host()? {
        Host::Domain(name) => Some(Observable::plain(Kind::Domain, domain::registrable(name)?)),
        Host::Ipv4(ip) => Some(Observable::plain(Kind::Ip, ip.to_string())),
        Host::Ipv6(ip) => Some(Observable::plain(Kind::Ip, ip.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn links(text: &str) -> Vec<(String, String)> {
        let pair = |link: Link| {
            let host = link.host.map(|host| host.observable.value).unwrap_or_default();
            (link.url.observable.value, host)
        };
        find(text).into_iter().map(pair).collect()
    }

    fn one(text: &str) -> (String, String) {
        let mut links = links(text);
        assert_eq!(links.len(), 1, "{text}");
        links.remove(0)
    }

    fn is(url: &str, host: &str) -> (String, String) {
        (url.to_owned(), host.to_owned())
    }

    #[test]
    fn a_link_is_freed_from_what_stands_around_it() {
        let plain = is("https://evil.com/a?b=1", "evil.com");
        for text in [
            "see https://evil.com/a?b=1.",
            "点https://evil.com/a?b=1，然后",
            "(https://evil.com/a?b=1)!",
            "**hxxps://user:se@cret@EVIL.com:443/a?b=1**",
            "<https://evil.com/a?b=1>",
        ] {
            assert_eq!(one(text), plain, "{text}");
        }
        assert_eq!(one("https://evil.com然后我"), is("https://evil.com/", "evil.com"));
        assert_eq!(one("http://a.org/x_(y)"), is("http://a.org/x_(y)", "a.org"));
        let both = links("[https://a.com/x](https://a.com/x)");
        assert_eq!(both, [is("https://a.com/x", "a.com"), is("https://a.com/x", "a.com")]);
    }

    #[test]
    fn hosts_of_every_script_and_form_are_read() {
        assert_eq!(one("https://币安.com登录").1, "xn--49s50d.com");
        assert_eq!(one("https://币安app.com/x").1, "xn--app-pd0f12i.com");
        assert_eq!(one("http://1.2.3.4:8080/x"), is("http://1.2.3.4:8080/x", "1.2.3.4"));
        assert_eq!(one("http://[2001:db8::1]/").1, "2001:db8::1");
        assert_eq!(one("https://wallet.invalid/x"), is("https://wallet.invalid/x", ""));
        assert!(links("http://localhost/x ftp://evil.com https://").is_empty());
    }
}
