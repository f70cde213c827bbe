//! Text as the matchers see it: one form for every way of typing the same words, with the
//! way back to what was really written. Where sentences end is decided in `sentence`.

mod sentence;

use std::ops::Range;

use unicode_normalization::{
    IsNormalized, UnicodeNormalization,
    char::{canonical_combining_class, decompose_compatible},
    is_nfkc_quick,
};

use super::{hidden::is_hidden, mapped::Mapped, simplify::simplify};

/// Text for matching, made by [`fold`].
#[derive(Clone, Debug, Default)]
pub struct Folded {
    mapped: Mapped,
    // Folded offsets of marks and blanks that end a sentence or clause whatever stands
    // around them: line breaks and Chinese punctuation.
    hard: Vec<usize>,
}

impl Folded {
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.mapped.as_str()
    }

    /// The bytes of the original text behind a range of bytes of this one.
    #[must_use]
    pub fn original_range(&self, range: Range<usize>) -> Range<usize> {
        self.mapped.original_range(range)
    }

    /// The sentences in order, with their closing marks and without blanks around them.
    pub fn sentences(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        sentence::split(self.as_str(), &self.hard, sentence::Cut::Sentence)
    }

    /// The sentences, cut again at commas and before words such as "but" and "但是".
    pub fn clauses(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        sentence::split(self.as_str(), &self.hard, sentence::Cut::Clause)
    }

    /// The same text with other words at some places, which lie in order and do not overlap; the way back leads to what was
    /// really written.
    #[must_use]
    pub fn with_words(&self, words: &[(Range<usize>, &str)]) -> Self {
        let mut mended = Self { mapped: Mapped::with_capacity(self.as_str().len()), hard: Vec::new() };
        let mut from = 0;
        for (place, word) in words.iter().cloned().chain([(self.as_str().len()..self.as_str().len(), "")]) {
            for (offset, c) in self.as_str()[from..place.start].char_indices() {
                let at = from + offset;
                mended.mark(mended.as_str().len(), self.hard.binary_search(&at).is_ok());
                mended.mapped.push(c, self.original_range(at..at + c.len_utf8()));
            }
            let original = self.original_range(place.clone());
            word.chars().for_each(|c| mended.mapped.push(c, original.clone()));
            from = place.end;
        }
        mended
    }

    fn push(&mut self, c: char, original: Range<usize>, hard: bool) {
        let white = c.is_whitespace();
        if white && (self.as_str().is_empty() || self.as_str().ends_with(' ')) {
            self.mapped.stretch(original.end);
            self.mark(self.as_str().len().saturating_sub(1), hard && !self.as_str().is_empty());
            return;
        }
        self.mark(self.as_str().len(), hard);
        self.mapped.push(if white { ' ' } else { c }, original);
    }

    fn mark(&mut self, at: usize, hard: bool) {
        if hard && self.hard.last() != Some(&at) {
            self.hard.push(at);
        }
    }
}

/// Folds a text for matching: NFKC, lower case, half width, simplified Chinese, plain quotes
/// and ASCII punctuation, one blank for any white space (none at the start), and without
/// characters that cannot be seen.
#[must_use]
pub fn fold(text: &str) -> Folded {
    let mut folded = Folded { mapped: Mapped::with_capacity(text.len()), hard: Vec::new() };
    let mut seen = text.char_indices().filter(|(_, c)| !is_hidden(*c)).peekable();
    let mut piece = String::new();
    while let Some((start, first)) = seen.next() {
        if first.is_ascii() && seen.peek().is_none_or(|(_, next)| next.is_ascii()) {
            folded.push(first.to_ascii_lowercase(), start..start + 1, matches!(first, '\n' | '\r'));
            continue;
        }
        if let Some(plain) = plain(first)
            && seen.peek().is_none_or(|(_, next)| next.is_ascii() || self::plain(*next).is_some())
        {
            folded.push(plain, start..start + first.len_utf8(), is_chinese_stop(first));
            continue;
        }
        piece.clear();
        piece.push(first);
        let mut end = start + first.len_utf8();
        while let Some((at, c)) = seen.next_if(|(_, c)| joins_the_one_before(*c)) {
            piece.push(c);
            end = at + c.len_utf8();
        }
        let hard = matches!(first, '\n' | '\r' | '\u{2028}' | '\u{2029}') || is_chinese_stop(first);
        for c in settle(&piece).chars() {
            folded.push(c, start..end, hard);
        }
    }
    folded
}

/// What `settle` makes of a Chinese character or mark that nothing can merge with: most of a Chinese text.
fn plain(c: char) -> Option<char> {
    match c {
        '\u{4e00}'..='\u{9fff}' => Some(simplify(c)),
        '，' | '！' | '？' | '；' | '：' | '（' | '）' => {
            u32::from(c).checked_sub(0xfee0).and_then(char::from_u32)
        }
        '。' => Some('.'),
        '、' => Some(','),
        _ => None,
    }
}

/// A character that normalisation may merge with the one before it must be normalised
/// together with it.
fn joins_the_one_before(c: char) -> bool {
    if c.is_ascii() {
        return false;
    }
    let mut first = None;
    decompose_compatible(c, |part| {
        first.get_or_insert(part);
    });
    let first = first.unwrap_or(c);
    canonical_combining_class(first) != 0 || is_nfkc_quick(std::iter::once(first)) != IsNormalized::Yes
}

/// Lower case can undo NFKC and the other way round, so both are repeated until nothing
/// changes; three rounds are enough for every character of Unicode 16.
fn settle(piece: &str) -> String {
    let mut now = piece.to_owned();
    for _ in 0..4 {
        let next: String = now
            .nfkc()
            .filter(|c| !is_hidden(*c))
            .flat_map(char::to_lowercase)
            .map(|c| plain_mark(simplify(c)))
            .collect();
        if next == now {
            break;
        }
        now = next;
    }
    now
}

fn plain_mark(c: char) -> char {
    match c {
        '‘' | '’' | '‚' | '‛' | '′' | '＇' | '`' | '´' | 'ʼ' => '\'',
        '“' | '”' | '„' | '‟' | '″' | '「' | '」' | '『' | '』' | '＂' => '"',
        '。' | '｡' => '.',
        '、' | '､' => ',',
        '‐' | '‑' | '‒' | '–' | '—' | '−' => '-',
        _ => c,
    }
}

fn is_chinese_stop(c: char) -> bool {
    matches!(c, '。' | '｡' | '！' | '？' | '；' | '，' | '、' | '､' | '…')
}

#[cfg(test)]
mod tests;
