//! Domains without a scheme, told from file names, abbreviations and sentences that were
//! joined by a missing blank.

use std::{ops::Range, sync::LazyLock};

use regex::Regex;
use url::Host;

use super::{Kind, Observable, Seen, link};

/// A letter, digit or hyphen of a script that is written with blanks between words.
pub const SPACED: &str = r"[[\p{L}\p{M}\p{N}\-]--[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]]";

static DOTTED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(&format!(r"{SPACED}+(?:\.{SPACED}+)+")).expect("a fixed pattern"));

/// Endings that are far more often those of files; such a name needs a context.
const FILES: [&str; 14] = ["cab", "java", "md", "ml", "mov", "pl", "ps", "py", "rip", "rs", "sh", "so", "tf", "zip"];

/// Endings that are words, as in "it is gone.it was there"; such a name needs a context.
const WORDS: [&str; 30] = [
    "am", "as", "at", "be", "by", "do", "help", "here", "how", "id", "in", "is", "it", "me", "money", "my", "name",
    "no", "now", "one", "pm", "pro", "such", "to", "today", "us", "van", "we", "you", "yes",
];

/// Words before a name that say it is a domain.
const CONTEXT: [&str; 20] = [
    "site", "website", "link", "url", "domain", "visit", "visited", "called", "go to", "www", "网址", "网站", "链接",
    "域名", "官网", "打开", "访问", "鏈接", "網址", "網站",
];

/// Finds domains; one that is followed by a path is reported as an `https` URL.
pub fn find(text: &str) -> Vec<Seen> {
    let mut seen = Vec::new();
    for dotted in DOTTED.find_iter(text) {
        let at = without_hyphens(text, dotted.range());
        let (before, name, after) = (&text[..at.start], &text[at.clone()], &text[at.end..]);
        // An account name, a part of a file name, a member of an object.
        if before.ends_with(['@', '_']) || after.starts_with(['@', '_']) {
            continue;
        }
        // Inside the path of the link before, which reports itself.
        if seen.last().is_some_and(|last: &Seen| at.start < last.at.end) {
            continue;
        }
        let Some(host) = registrable(name) else {
            continue;
        };
        if !stands_alone(name) && !has_context(before, name, after) {
            continue;
        }
        // With a scheme it is a link of the web, found as such, or of no concern.
        let url = if before.ends_with("//") { None } else { link::without_scheme(text, at.clone(), &host) };
        seen.push(url.unwrap_or(Seen { observable: Observable::plain(Kind::Domain, host), at }));
    }
    seen
}

/// The punycode form of a host below a known public suffix (publicsuffix.org).
pub fn registrable(name: &str) -> Option<String> {
    if name.len() > 253 {
        return None;
    }
    let Ok(Host::Domain(host)) = Host::parse(name) else {
        return None;
    };
    let host = host.trim_end_matches('.');
    let known = psl::suffix(host.as_bytes())?.is_known() && psl::domain(host.as_bytes()).is_some();
    let sound = host.split('.').all(|label| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && !label.contains(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_'))
    });
    (known && sound).then(|| host.to_owned())
}

/// True for a dotted name that a mail or chat program would make a link of.
pub fn has_known_ending(name: &str) -> bool {
    let Ok(Host::Domain(host)) = Host::parse(name) else {
        return false;
    };
    psl::suffix(host.as_bytes()).is_some_and(|suffix| suffix.is_known())
}

/// True for an ending that by itself says "domain": known, and neither a word nor that of a
/// file.
pub fn is_telling_ending(ending: &str) -> bool {
    let ending = ending.to_ascii_lowercase();
    psl::suffix(ending.as_bytes()).is_some_and(|suffix| suffix.is_known())
        && !FILES.contains(&ending.as_str())
        && !WORDS.contains(&ending.as_str())
}

/// True for a name that cannot be a file or two joined sentences.
fn stands_alone(name: &str) -> bool {
    let labels: Vec<&str> = name.split('.').collect();
    let (Some(first), Some(last)) = (labels.first(), labels.last()) else {
        return false;
    };
    let is_file = FILES.contains(&last.to_lowercase().as_str());
    let is_word = WORDS.contains(&last.to_lowercase().as_str());
    if is_file || (is_word && labels.len() < 3 && !first.contains(|c: char| c.is_ascii_digit() || c == '-')) {
        return first.eq_ignore_ascii_case("www");
    }
    // "stolen.Help me": a capital after the point begins a sentence, but not in "Binance.Com".
    !starts_a_sentence(last) || starts_a_sentence(first)
}

fn starts_a_sentence(label: &str) -> bool {
    let mut letters = label.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.all(char::is_lowercase)
}

fn has_context(before: &str, name: &str, after: &str) -> bool {
    if after.strip_prefix('/').is_some_and(|path| path.starts_with(|c: char| c.is_ascii_graphic())) {
        return true;
    }
    let last = name.rsplit('.').next().unwrap_or_default();
    let alone = before.trim().is_empty() && after.trim().is_empty();
    if alone && !FILES.contains(&last.to_lowercase().as_str()) {
        return true;
    }
    let start = before.char_indices().rev().take(14).last().map_or(before.len(), |(at, _)| at);
    let near = before[start..].to_lowercase();
    CONTEXT.iter().any(|word| near.contains(word))
}

fn without_hyphens(text: &str, range: Range<usize>) -> Range<usize> {
    let name = &text[range.clone()];
    let start = range.start + (name.len() - name.trim_start_matches('-').len());
    let end = range.end - (name.len() - name.trim_end_matches('-').len());
    start..end.max(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn domains(text: &str) -> Vec<String> {
        find(text).into_iter().map(|seen| seen.observable.value).collect()
    }

    #[test]
    fn a_domain_is_found_between_chinese_characters() {
        assert_eq!(domains("我打开了tpwallet.io然后钱没了"), ["tpwallet.io"]);
        assert_eq!(domains("(Binance.com)，**evil.co.uk**, “a-b.xyz”。"), ["binance.com", "evil.co.uk", "a-b.xyz"]);
        assert_eq!(domains("аррӏе.com"), ["xn--80ak6aa92e.com"], "Cyrillic letters");
    }

    #[test]
    fn files_abbreviations_and_numbers_are_no_domains() {
        for text in [
            "see readme.md, main.rs, a.zip and e.g. setup.py or i.e. 3.5",
            "it is gone.it was there. stolen.My wallet",
            "stolen.Help me. node.js v1.2 U.S. p.m. Inc. a.b.c",
            "user.name@localhost @my.to 1.2.3.4 co.uk",
            "...com .io x..com",
        ] {
            assert_eq!(domains(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn a_context_makes_a_doubtful_name_a_domain() {
        assert_eq!(domains("the site is claim.zip"), ["claim.zip"]);
        assert_eq!(domains("网址：tpwallet.me"), ["tpwallet.me"]);
        assert_eq!(domains("t.me/scammer"), ["https://t.me/scammer"]);
        assert_eq!(domains("www.evil.sh help-binance.me"), ["www.evil.sh", "help-binance.me"]);
    }
}
