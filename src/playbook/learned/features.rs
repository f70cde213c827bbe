//! What the learned sign sees of a text: n-grams of characters and words over the folded text, with addresses, links,
//! numbers and names of places replaced by one token each (see `mask`).
//!
//! Nothing of the length of a text, its language, its script or the channel becomes a feature, and n-grams never reach
//! over the end of a sentence: what is said beside the matter adds n-grams and changes none (invariant 9).

use std::ops::Range;

use super::mask;
use crate::text::Folded;

/// Only so many bytes of folded text are read from the beginning of a text, and so many from its end.
const MOST_FROM_START: usize = 9_000;
const MOST_FROM_END: usize = 3_000;
/// Between the two words of a pair with a gap stand at most this many others.
const WIDEST_GAP: usize = 3;
const LONGEST_INSIDE_WORD: usize = 5;

/// One word, number, Chinese character or class token of a sentence.
#[derive(Debug, Clone)]
struct Token {
    hash: u64,
    han: bool,
    at: Range<usize>,
}

/// Hands every feature of a text to `take`, with its place in the folded text; the same one may come more than once.
pub fn of(folded: &Folded, take: &mut impl FnMut(u32, Range<usize>)) {
    let text = folded.as_str();
    let masks = mask::find(text);
    let mut masks = masks.as_slice();
    let mut tokens = Vec::new();
    let late = text.len().saturating_sub(MOST_FROM_END);
    for sentence in folded.sentences() {
        if sentence.start > MOST_FROM_START && sentence.end <= late {
            continue;
        }
        let sentence = bounded(text, sentence);
        tokens.clear();
        tokenize(text, &sentence, &mut masks, &mut tokens);
        inside_words(text, &tokens, take);
        runs(&tokens, take);
        pairs(&tokens, take);
    }
}

/// A sentence without end is cut: what one person can say in it fits.
fn bounded(text: &str, sentence: Range<usize>) -> Range<usize> {
    let mut end = sentence.end.min(sentence.start + MOST_FROM_START);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    sentence.start..end
}

fn tokenize(text: &str, sentence: &Range<usize>, masks: &mut &[mask::Mask], tokens: &mut Vec<Token>) {
    let mut at = sentence.start;
    while at < sentence.end {
        while let [first, rest @ ..] = masks
            && first.at.end <= at
        {
            *masks = rest;
        }
        if let Some(mask) = masks.first().filter(|mask| mask.at.start <= at) {
            let end = mask.at.end;
            tokens.push(Token { hash: hash_of(mask.token), han: false, at: at..end });
            at = end;
            continue;
        }
        let Some(letter) = text[at..].chars().next() else { break };
        let next = at + letter.len_utf8();
        if letter.is_ascii_digit() {
            let end = at + number(&text[at..sentence.end.max(next)]);
            tokens.push(Token { hash: hash_of(mask::NUMBER), han: false, at: at..end });
            at = end;
        } else if is_han(letter) {
            tokens.push(Token { hash: hash_of(&text[at..next]), han: true, at: at..next });
            at = next;
        } else if letter.is_alphabetic() {
            let end = at + word(&text[at..sentence.end.max(next)]);
            let word = text[at..end].trim_end_matches('\'');
            tokens.push(Token { hash: hash_of(word), han: false, at: at..at + word.len() });
            at = end;
        } else {
            if letter == '?' && text[at..sentence.end].chars().all(|c| !c.is_alphanumeric()) {
                tokens.push(Token { hash: hash_of("?"), han: false, at: at..next });
                at = sentence.end;
            }
            at = at.max(next);
        }
    }
}

/// The bytes of the number that a text begins with: digits, with points and commas between them.
fn number(text: &str) -> usize {
    let digits = text.bytes().take_while(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','));
    text[..digits.count()].trim_end_matches(['.', ',']).len()
}

/// The bytes of the word that a text begins with: letters and digits that are not Chinese, apostrophes inside.
fn word(text: &str) -> usize {
    text.find(|c: char| !(c.is_alphanumeric() && !is_han(c) || c == '\'')).unwrap_or(text.len())
}

/// Pieces of Latin words, so that a slip of the finger or another ending leaves most of a word standing.
fn inside_words(text: &str, tokens: &[Token], take: &mut impl FnMut(u32, Range<usize>)) {
    for token in tokens.iter().filter(|token| !token.han && token.at.len() >= 4) {
        let word = &text.as_bytes()[token.at.clone()];
        if !word.iter().all(u8::is_ascii_alphabetic) || word.len() > 24 {
            continue;
        }
        for length in 3..=LONGEST_INSIDE_WORD.min(word.len()) {
            for (start, piece) in word.windows(length).enumerate() {
                // The beginning and the end of a word are told from its middle.
                let place = u64::from(start == 0) | u64::from(start + length == word.len()) << 1;
                let from = token.at.start + start;
                take(feature(INSIDE, mixed(hash_bytes(piece), place)), from..from + length);
            }
        }
    }
}

const INSIDE: u64 = 1;
const RUN: u64 = 2;
const PAIR: u64 = 3;

/// Tokens one after another: up to four Chinese characters, up to three words.
fn runs(tokens: &[Token], take: &mut impl FnMut(u32, Range<usize>)) {
    for start in 0..tokens.len() {
        let (mut hash, mut han) = (0, 0);
        for (length, token) in (1..).zip(&tokens[start..]) {
            han += usize::from(token.han);
            let most = if han == length { 4 } else { 3 };
            if length > most {
                break;
            }
            hash = mixed(hash, token.hash);
            take(feature(RUN, hash), tokens[start].at.start..token.at.end);
        }
    }
}

/// Two words with others between them, so that "took all my coins" and "took coins" share something. A Chinese word is
/// taken as two characters.
fn pairs(tokens: &[Token], take: &mut impl FnMut(u32, Range<usize>)) {
    let unit = |place: usize| -> Option<(u64, Range<usize>, usize)> {
        let first = tokens.get(place)?;
        if !first.han {
            return Some((first.hash, first.at.clone(), place + 1));
        }
        let second = tokens.get(place + 1).filter(|second| second.han)?;
        Some((mixed(first.hash, second.hash), first.at.start..second.at.end, place + 2))
    };
    for start in 0..tokens.len() {
        let Some((first, at, after)) = unit(start) else { continue };
        for gap in 1..=WIDEST_GAP {
            let Some((second, end, _)) = unit(after + gap) else { continue };
            take(feature(PAIR, mixed(first, second)), at.start..end.end);
        }
    }
}

fn is_han(letter: char) -> bool {
    matches!(letter, '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{323AF}')
}

fn hash_of(word: &str) -> u64 {
    hash_bytes(word.as_bytes())
}

/// FNV-1a.
fn hash_bytes(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

fn mixed(hash: u64, more: u64) -> u64 {
    let mixed = (hash ^ more.rotate_left(23)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed ^ (mixed >> 29)
}

fn feature(sort: u64, hash: u64) -> u32 {
    let spread = mixed(hash, sort).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    u32::try_from(spread >> 32).unwrap_or(0)
}
