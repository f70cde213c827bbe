//! Shows text as it reads once JSON escapes are undone, and where each part of it came from.

use std::ops::Range;

use zeroize::Zeroizing;

/// A text without its escapes, wiped when dropped.
pub struct Plain {
    text: Zeroizing<String>,
    /// For each byte of the plain text where its source begins; one more for the end.
    sources: Vec<usize>,
}

impl Plain {
    /// Undoes escapes at any depth: a row of backslashes counts as one.
    pub fn of(text: &str) -> Self {
        let mut plain = Self {
            text: Zeroizing::new(String::with_capacity(text.len())),
            sources: Vec::with_capacity(text.len() + 1),
        };
        let mut at = 0;
        while let Some(character) = text[at..].chars().next() {
            let (shown, length) =
                if character == '\\' { escape(&text[at..]) } else { (character, character.len_utf8()) };
            let mut buffer = [0; 4];
            plain.text.push_str(shown.encode_utf8(&mut buffer));
            plain.sources.resize(plain.text.len(), at);
            at += length;
        }
        plain.sources.push(text.len());
        plain
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    /// The bytes of the escaped text behind a range of the plain one.
    pub fn original(&self, range: &Range<usize>) -> Range<usize> {
        self.sources[range.start]..self.sources[range.end]
    }
}

/// What the escape at the start stands for, and how many bytes it takes.
fn escape(text: &str) -> (char, usize) {
    let row = text.bytes().take_while(|&byte| byte == b'\\').count();
    let rest = &text.as_bytes()[row..];
    let shown = match rest.first() {
        Some(b'n' | b'r') => '\n',
        Some(b't' | b'b' | b'f') => ' ',
        Some(&quote @ (b'"' | b'/' | b'\'')) => char::from(quote),
        Some(b'u') => {
            return unicode(&text[row + 1..]).map_or(('\\', row), |(shown, length)| (shown, row + 1 + length));
        }
        Some(_) | None => return ('\\', row),
    };
    (shown, row + 1)
}

/// Four hex digits, and the second half of a pair if they need one.
fn unicode(text: &str) -> Option<(char, usize)> {
    let unit = |from: usize| u16::from_str_radix(text.get(from..from + 4)?, 16).ok();
    let first = unit(0)?;
    if let Some(shown) = char::from_u32(u32::from(first)) {
        return Some((shown, 4));
    }
    let row = text[4..].bytes().take_while(|&byte| byte == b'\\').count();
    if text[4 + row..].starts_with('u')
        && let Some(Ok(shown)) = char::decode_utf16([first, unit(5 + row)?]).next()
    {
        return Some((shown, 9 + row));
    }
    Some((char::REPLACEMENT_CHARACTER, 4))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_undone_at_any_depth() {
        assert_eq!(Plain::of(r"zoo\nzoo\\nzoo\u3000\u00e9\ud83d\ude00\x").text(), "zoo\nzoo\nzoo\u{3000}é😀\\x");
    }

    #[test]
    fn ranges_lead_back_to_the_escapes() {
        let text = r#"a\u00e9b\"c"#;
        let plain = Plain::of(text);
        assert_eq!(&text[plain.original(&(1..3))], r"\u00e9");
        assert_eq!(&text[plain.original(&(0..plain.text().len()))], text);
    }

    #[test]
    fn broken_escapes_stay() {
        for text in ["\\", "\\u", "\\u12", "\\ud800", "\\ud800\\u", "\\uzzzz", "\\ué"] {
            assert!(!Plain::of(text).text().is_empty(), "{text}");
        }
    }
}
