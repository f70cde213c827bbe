//! Slips of the finger: one letter too many, too few, wrong, or two exchanged, in Latin words of six letters and more.
//!
//! Only towards words of the lexicon, never from a word that is right as it is, and never in the first letter, where
//! slips are rare and other words many.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use strsim::osa_distance;

use crate::text::Folded;

const SHORTEST: usize = 6;
const LONGEST: usize = 18;

pub struct Spelling {
    right: HashSet<String>,
    stems: HashSet<String>,
    /// Words of the lexicon by each form of them that lacks at most one letter.
    shortened: HashMap<String, Vec<String>>,
}

impl Spelling {
    /// `words` are those to mend towards, with whether they may go on; `others` are right as they are.
    pub fn new<'a>(words: impl Iterator<Item = (&'a str, bool)>, others: impl Iterator<Item = &'a str>) -> Self {
        let mut spelling = Self { right: HashSet::new(), stems: HashSet::new(), shortened: HashMap::new() };
        for text in others {
            spelling.right.extend(latin(text).map(|at| text[at].to_owned()));
        }
        for (word, open) in words {
            spelling.right.insert(word.to_owned());
            if open {
                spelling.stems.insert(word.to_owned());
            }
            if word.len() >= SHORTEST {
                for form in shortened(word) {
                    spelling.shortened.entry(form).or_default().push(word.to_owned());
                }
            }
        }
        spelling
    }

    /// The text with misspelt words set right; nothing when there are none.
    pub fn mend(&self, text: &Folded) -> Option<Folded> {
        let folded = text.as_str();
        let mends: Vec<(Range<usize>, &str)> =
            latin(folded).filter_map(|at| Some((at.clone(), self.meant(&folded[at])?))).collect();
        (!mends.is_empty()).then(|| text.with_words(&mends))
    }

    /// The word that was meant, when the written one is not a word known here.
    fn meant(&self, written: &str) -> Option<&str> {
        if !(SHORTEST..=LONGEST).contains(&written.len()) || self.right.contains(written) {
            return None;
        }
        if (3..written.len()).any(|end| self.stems.contains(&written[..end])) {
            return None;
        }
        let mut meant: Option<&str> = None;
        for form in shortened(written) {
            for word in self.shortened.get(&form).into_iter().flatten() {
                let near = word.as_bytes()[0] == written.as_bytes()[0] && osa_distance(word, written) == 1;
                if near && meant.is_none_or(|other| word.as_str() < other) {
                    meant = Some(word);
                }
            }
        }
        meant
    }
}

/// The Latin words of a folded text.
fn latin(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        let bytes = text.as_bytes();
        let start = at + bytes[at..].iter().position(u8::is_ascii_lowercase)?;
        let length = bytes[start..].iter().position(|byte| !byte.is_ascii_lowercase());
        at = length.map_or(bytes.len(), |length| start + length);
        Some(start..at)
    })
}

/// A word and every form of it without one of its letters.
fn shortened(word: &str) -> impl Iterator<Item = String> + '_ {
    let without = |at: usize| format!("{}{}", &word[..at], &word[at + 1..]);
    std::iter::once(word.to_owned()).chain((1..word.len()).map(without))
}
