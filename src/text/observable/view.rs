//! A text as a reader takes it: without what cannot be seen, in half width, and with the
//! points back in place that were spelled out ("evil[.]com", "evil dot com", "evil 点 com").

use std::{ops::Range, sync::LazyLock};

use regex::Regex;

use super::{super::hidden::is_hidden, super::mapped::Mapped, domain};

static BRACKETED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)[\[({] ?(?:(?P<dot>\.|dot|点)|(?P<at>@|at)|(?P<colon>:(?://)?)) ?[\])}]").expect("a fixed pattern")
});

static SPELLED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)[a-z0-9-]+(?:(?:[ \t]+dot[ \t]+|[ \t]*点[ \t]*)[a-z0-9-]+)+").expect("a fixed pattern")
});

static SEPARATOR: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?i)[ \t]+dot[ \t]+|[ \t]*点[ \t]*").expect("a fixed pattern"));

pub fn readable(text: &str) -> Mapped {
    let mut view = Mapped::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        if !is_hidden(c) {
            view.push(half_width(c), at..at + c.len_utf8());
        }
    }
    let mut edits = bracketed(view.as_str());
    if !edits.is_empty() {
        view = edited(&view, &edits);
    }
    edits = spelled(view.as_str());
    if edits.is_empty() { view } else { edited(&view, &edits) }
}

/// Only what addresses are made of: a full-width comma or question mark still ends a link.
fn half_width(c: char) -> char {
    match c {
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '．' | '：' | '／' | '＠' | '－' | '＋' | '＿' => {
            char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c)
        }
        _ => c,
    }
}

type Edit = (Range<usize>, &'static str);

fn bracketed(text: &str) -> Vec<Edit> {
    let mut edits = Vec::new();
    for found in BRACKETED.captures_iter(text) {
        let Some(whole) = found.get(0) else { continue };
        let mark = if found.name("dot").is_some() {
            "."
        } else if found.name("at").is_some() {
            "@"
        } else if found.name("colon").is_some_and(|colon| colon.len() > 1) {
            "://"
        } else {
            ":"
        };
        edits.push((whole.range(), mark));
    }
    edits
}

/// Points spelled as words count only where the last word is the ending of a domain that is
/// not also a plain word or a file name.
fn spelled(text: &str) -> Vec<Edit> {
    let mut edits = Vec::new();
    for found in SPELLED.find_iter(text) {
        let words: Vec<&str> = SEPARATOR.split(found.as_str()).collect();
        let Some((ending, labels)) = words.split_last() else {
            continue;
        };
        // "3 点 com" is not a name.
        let has_letter = labels.iter().any(|label| label.bytes().any(|b| b.is_ascii_alphabetic()));
        if has_letter && domain::is_telling_ending(ending) {
            for mark in SEPARATOR.find_iter(found.as_str()) {
                edits.push((found.start() + mark.start()..found.start() + mark.end(), "."));
            }
        }
    }
    edits
}

fn edited(view: &Mapped, edits: &[Edit]) -> Mapped {
    let mut next = Mapped::with_capacity(view.as_str().len());
    let mut edits = edits.iter().peekable();
    let mut skip_to = 0;
    for (at, c) in view.as_str().char_indices() {
        if let Some((range, mark)) = edits.next_if(|(range, _)| range.start == at) {
            let original = view.original_range(range.clone());
            for c in mark.chars() {
                next.push(c, original.clone());
            }
            skip_to = range.end;
        }
        if at >= skip_to {
            next.push(c, view.original_range(at..at + c.len_utf8()));
        }
    }
    next
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelled_points_are_put_back() {
        for (written, read) in [
            ("evil[.]com evil(dot)com evil [.] com", "evil.com evil.com evil . com"),
            ("hxxps[://]evil{.}io me[at]evil[.]com", "hxxps://evil.io me@evil.com"),
            ("www dot evil dot com now", "www.evil.com now"),
            ("打开 evil 点 com 或evil点top", "打开 evil.com 或evil.top"),
            ("polka dot is up, 3 点 com, 8点半", "polka dot is up, 3 点 com, 8点半"),
            ("ｅｖｉｌ．ｃｏｍ，ok", "evil.com，ok"),
        ] {
            assert_eq!(readable(written).as_str(), read);
        }
        let text = "去evil[.]com看";
        let view = readable(text);
        let at = view.as_str().find("evil.com").unwrap();
        assert_eq!(&text[view.original_range(at..at + 8)], "evil[.]com");
    }
}
