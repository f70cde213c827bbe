//! The words of a text in order, each with what stands before it.

use std::ops::Range;

use zeroize::Zeroizing;

use super::{
    labels,
    lists::{Hit, LISTS},
    tokens::{Kind, Pieces, is_hidden},
};

/// What stands between a word and the one before it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Gap {
    /// Nothing to see.
    Glued,
    Blank,
    /// Punctuation, with or without blanks.
    Mark,
    /// A line end.
    Line,
    /// A number or a label that counts words.
    Numbered,
    /// The start of the text, an earlier removal, or too much of anything.
    Break,
}

/// Longest gap, in bytes, that the words of one phrase may have between them.
const FAR: usize = 96;

/// Most digits a number that counts words has.
const DIGITS: usize = 3;

pub struct Word {
    /// Bytes of the text.
    pub range: Range<usize>,
    folded: Range<usize>,
    pub hits: &'static [Hit],
    pub gap: Gap,
    pub han: bool,
}

/// The words of one text; the folded copy is wiped when dropped.
pub struct Words {
    pub list: Vec<Word>,
    folded: Zeroizing<String>,
}

impl Words {
    pub fn of(text: &str) -> Self {
        let mut pieces = Pieces::of(text);
        labels::set(text, &mut pieces);
        let (pieces, folded) = pieces.into_folded();
        let mut list = Vec::with_capacity(pieces.len());
        let mut before = Before { end: 0, gap: Gap::Break };
        for piece in pieces {
            match piece.kind {
                Kind::Mark => before.gap = Gap::Break,
                Kind::Number if piece.folded.len() > DIGITS => before.gap = Gap::Break,
                Kind::Number | Kind::Label => {
                    if before.gap != Gap::Break {
                        before.gap = Gap::Numbered;
                    }
                }
                Kind::Letters | Kind::Han => {
                    let gap = match before.gap {
                        Gap::Glued => between(&text[before.end..piece.range.start]),
                        other => other,
                    };
                    let far = piece.range.start - before.end > FAR;
                    before = Before { end: piece.range.end, gap: Gap::Glued };
                    list.push(Word {
                        hits: LISTS.places(&folded[piece.folded.clone()]),
                        range: piece.range,
                        folded: piece.folded,
                        gap: if far { Gap::Break } else { gap },
                        han: piece.kind == Kind::Han,
                    });
                }
            }
        }
        Self { list, folded }
    }

    pub fn folded(&self, index: usize) -> &str {
        &self.folded[self.list[index].folded.clone()]
    }

    /// What stands after a word: the gap of the next, or a break.
    pub fn after(&self, index: usize) -> Gap {
        self.list.get(index + 1).map_or(Gap::Break, |word| word.gap)
    }

    /// True for a Chinese character with another right beside it.
    pub fn is_glued(&self, index: usize) -> bool {
        let glued = |at: usize| self.list.get(at).is_some_and(|word| word.han && word.gap == Gap::Glued);
        let first = index.checked_sub(1).is_some_and(|before| self.list[before].han);
        self.list[index].han && ((first && glued(index)) || glued(index + 1))
    }
}

struct Before {
    end: usize,
    gap: Gap,
}

fn between(text: &str) -> Gap {
    let mut gap = Gap::Glued;
    for character in text.chars() {
        gap = match character {
            '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => return Gap::Line,
            _ if is_hidden(character) => gap,
            _ if character.is_whitespace() && gap == Gap::Glued => Gap::Blank,
            _ if character.is_whitespace() => gap,
            _ => Gap::Mark,
        };
    }
    gap
}
