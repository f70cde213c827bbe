//! Splits text into words, numbers and marks, folding letters as the word lists are folded.

use std::ops::Range;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
use zeroize::Zeroizing;

use super::{cuts, joined, lists::LISTS};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Letters,
    Han,
    Number,
    /// Numbers or words that count the words of a phrase.
    Label,
    /// The mark of an earlier removal, which nothing reaches across.
    Mark,
}

#[derive(Clone, Debug)]
pub struct Piece {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// Bytes of [`Pieces::folded`].
    pub folded: Range<usize>,
    pub kind: Kind,
}

/// The pieces of one text; the folded copy is wiped when dropped.
pub struct Pieces {
    pub list: Vec<Piece>,
    folded: Zeroizing<String>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Letter(Script),
    Joins,
    Digit,
    Hidden,
    Between,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Han,
    Hiragana,
    Katakana,
    Hangul,
    Other,
}

impl Pieces {
    pub fn of(text: &str) -> Self {
        // Folding a character never takes more than three times its bytes but for a few ligatures.
        let mut split = Split::new(text);
        let mut marks = cuts::marks(text).into_iter().peekable();
        let mut skip_to = 0;
        for (at, character) in text.char_indices() {
            if at < skip_to {
                continue;
            }
            if let Some(mark) = marks.next_if(|mark| mark.start <= at) {
                split.close();
                skip_to = mark.end;
                split.push(mark, Kind::Mark);
                continue;
            }
            split.take(at, character);
        }
        split.close();
        Self { list: split.list, folded: split.folded }
    }

    pub fn folded(&self, piece: &Piece) -> &str {
        &self.folded[piece.folded.clone()]
    }

    pub fn into_folded(self) -> (Vec<Piece>, Zeroizing<String>) {
        (self.list, self.folded)
    }
}

/// The run of letters or digits being read.
struct Split {
    list: Vec<Piece>,
    folded: Zeroizing<String>,
    class: Option<Class>,
    range: Range<usize>,
    from: usize,
    /// For each folded byte of the run, where its character begins in the text.
    sources: Vec<usize>,
    /// Folded offsets within the run where hidden characters stood.
    joints: Vec<usize>,
}

impl Split {
    fn new(text: &str) -> Self {
        Self {
            list: Vec::with_capacity(text.len() / 4),
            folded: Zeroizing::new(String::with_capacity(text.len() * 3 + 64)),
            class: None,
            range: 0..0,
            from: 0,
            sources: Vec::new(),
            joints: Vec::new(),
        }
    }

    fn take(&mut self, at: usize, character: char) {
        let class = class(character);
        match class {
            Class::Hidden => {
                let offset = self.folded.len() - self.from;
                if self.class.is_some() && self.joints.last() != Some(&offset) {
                    self.joints.push(offset);
                }
            }
            Class::Between => self.close(),
            Class::Joins => {
                if self.class.is_some() {
                    self.extend(at, character);
                }
            }
            Class::Letter(_) | Class::Digit => {
                if self.class != Some(class) || class == Class::Letter(Script::Han) {
                    self.close();
                    self.class = Some(class);
                    self.range = at..at;
                    self.from = self.folded.len();
                }
                self.extend(at, character);
            }
        }
    }

    fn extend(&mut self, at: usize, character: char) {
        let before = self.folded.len();
        if character.is_ascii() {
            self.folded.push(character.to_ascii_lowercase());
        } else if self.class == Some(Class::Digit) {
            self.folded.extend(character.nfkd().filter(char::is_ascii_digit));
        } else {
            self.folded.extend(character.nfkd().filter_map(fold_char));
        }
        self.sources.resize(self.sources.len() + self.folded.len() - before, at);
        self.range.end = at + character.len_utf8();
    }

    fn push(&mut self, range: Range<usize>, kind: Kind) {
        let end = self.folded.len();
        self.list.push(Piece { range, folded: end..end, kind });
    }

    fn close(&mut self) {
        let Some(class) = self.class.take() else {
            return;
        };
        let folded = self.from..self.folded.len();
        let kind = match class {
            Class::Letter(Script::Han) => Kind::Han,
            Class::Letter(_) => Kind::Letters,
            Class::Digit | Class::Joins | Class::Hidden | Class::Between => Kind::Number,
        };
        let word = &self.folded[folded.clone()];
        if kind == Kind::Letters && LISTS.places(word).is_empty() {
            let cuts = joined::cuts(word, &self.joints);
            let mut from = 0;
            for cut in cuts {
                self.list.push(Piece {
                    range: self.sources[from]..self.sources[cut],
                    folded: folded.start + from..folded.start + cut,
                    kind,
                });
                from = cut;
            }
            let start = self.sources.get(from).copied().unwrap_or(self.range.start);
            self.list.push(Piece { range: start..self.range.end, folded: folded.start + from..folded.end, kind });
        } else {
            self.list.push(Piece { range: self.range.clone(), folded, kind });
        }
        self.sources.clear();
        self.joints.clear();
    }
}

fn class(character: char) -> Class {
    if character.is_ascii() {
        return match character {
            'a'..='z' | 'A'..='Z' => Class::Letter(Script::Other),
            '0'..='9' => Class::Digit,
            _ => Class::Between,
        };
    }
    match character {
        '\u{ad}'
        | '\u{34f}'
        | '\u{61c}'
        | '\u{180e}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}'
        | '\u{e0000}'..='\u{e0fff}' => Class::Hidden,
        '\u{30fc}' | '\u{ff9e}' | '\u{ff9f}' => Class::Joins,
        '\u{3041}'..='\u{309f}' if !is_combining_mark(character) => Class::Letter(Script::Hiragana),
        '\u{30a1}'..='\u{30ff}' | '\u{ff66}'..='\u{ff9d}' => Class::Letter(Script::Katakana),
        '\u{1100}'..='\u{11ff}' | '\u{3131}'..='\u{318e}' | '\u{ac00}'..='\u{d7a3}' => Class::Letter(Script::Hangul),
        '\u{3007}'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{2e80}'..='\u{2fdf}'
        | '\u{20000}'..='\u{323af}' => Class::Letter(Script::Han),
        '\u{2460}'..='\u{249b}' | '\u{24ea}'..='\u{24ff}' | '\u{2776}'..='\u{2793}' => Class::Digit,
        _ if is_combining_mark(character) => Class::Joins,
        _ if character.is_numeric() => Class::Digit,
        _ if character.is_alphabetic() => Class::Letter(Script::Other),
        _ => Class::Between,
    }
}

/// Folds one character of NFKD text: no accents, small letters, hiragana for katakana.
pub fn fold_char(character: char) -> Option<char> {
    match character {
        '\u{300}'..='\u{36f}' => None,
        '\u{30a1}'..='\u{30f6}' => char::from_u32(u32::from(character) - 0x60),
        _ => character.to_lowercase().next(),
    }
}

/// True for characters that show nothing and are dropped inside words.
pub fn is_hidden(character: char) -> bool {
    class(character) == Class::Hidden
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let pieces = Pieces::of(text);
        pieces.list.iter().map(|piece| pieces.folded(piece).to_owned()).collect()
    }

    #[test]
    fn letters_are_folded_and_split_at_digits_and_scripts() {
        assert_eq!(
            words("①Ａbandon 2.ÁBACO助记词abo\u{200b}ut"),
            ["1", "abandon", "2", "abaco", "助", "记", "词", "about"]
        );
    }

    #[test]
    fn words_joined_by_hidden_characters_or_nothing_come_apart() {
        assert_eq!(words("abandon\u{200b}ability"), ["abandon", "ability"]);
        assert_eq!(words("zebrazerozonezooyouthyellow"), ["zebra", "zero", "zone", "zoo", "youth", "yellow"]);
        assert_eq!(words("understand"), ["understand"]);
    }

    #[test]
    fn a_mark_is_one_piece() {
        let pieces = Pieces::of("zoo [removed: private key] zoo");
        let kinds: Vec<Kind> = pieces.list.iter().map(|piece| piece.kind).collect();
        assert_eq!(kinds, [Kind::Letters, Kind::Mark, Kind::Letters]);
    }
}
