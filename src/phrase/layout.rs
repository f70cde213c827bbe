//! Judges whether words that are all in one list were written as a list or as prose.

use std::{collections::BTreeSet, ops::Range, sync::LazyLock};

use super::{
    checksum::{self, LENGTHS},
    gap::{Gap, Words},
    lists::{LISTS, Spelling, is_chinese},
};

const ENGLISH: usize = 0;

/// List words that carry English sentences; a phrase of twelve holds one by chance every second time, prose four and more.
const CARRIERS: &[&str] = &[
    "able", "about", "above", "across", "again", "ahead", "all", "almost", "alone", "already", "also", "always",
    "among", "another", "any", "around", "ask", "attend", "because", "become", "before", "begin", "behind", "believe",
    "below", "best", "better", "between", "beyond", "both", "bring", "call", "can", "cannot", "change", "come",
    "describe", "develop", "differ", "during", "each", "easy", "either", "end", "enough", "ever", "every", "find",
    "first", "follow", "for", "forget", "from", "front", "game", "get", "give", "good", "great", "happy", "hard",
    "have", "hear", "help", "here", "high", "hope", "how", "into", "just", "keep", "kind", "know", "last", "later",
    "learn", "leave", "left", "like", "little", "live", "long", "look", "make", "many", "market", "matter", "mean",
    "might", "more", "most", "move", "much", "must", "need", "never", "next", "night", "noise", "nothing", "notice",
    "now", "off", "often", "old", "once", "one", "only", "open", "other", "our", "own", "people", "perfect", "person",
    "place", "play", "please", "possible", "prefer", "problem", "put", "question", "quick", "ready", "real", "really",
    "reason", "require", "right", "run", "same", "say", "school", "seek", "sell", "send", "set", "she", "should",
    "since", "situate", "small", "some", "someone", "soon", "start", "stay", "still", "such", "suggest", "sure",
    "talk", "teach", "tell", "than", "thank", "that", "then", "there", "they", "thing", "this", "thought", "time",
    "today", "together", "tomorrow", "too", "toward", "try", "turn", "under", "until", "update", "upon", "use",
    "usual", "very", "visit", "wait", "walk", "want", "way", "what", "when", "where", "while", "will", "wish", "woman",
    "wonder", "word", "work", "world", "would", "wrong", "year", "you", "young", "your",
];

static CARRIER_INDICES: LazyLock<BTreeSet<u16>> = LazyLock::new(|| {
    let of =
        |word: &&str| LISTS.places(word).iter().find(|hit| usize::from(hit.language) == ENGLISH).map(|hit| hit.index);
    CARRIERS.iter().filter_map(of).collect()
});

/// Mean place in the Chinese lists, which are ordered by how common a character is. Prose stays far below
/// (measured on reports: half of the clauses under 300, 95 in 100 under 600); a random phrase of 12 falls below 600 once in 150.
pub const RARE: usize = 600;

/// Words of one list found side by side, with at most one stranger among them.
pub struct Candidate<'a> {
    pub words: &'a Words,
    pub span: Range<usize>,
    /// Places in the list, without the stranger.
    pub indices: &'a [u16],
    pub language: usize,
    pub spelling: Spelling,
    /// A word for recovery phrases stands near.
    pub cued: bool,
}

impl Candidate<'_> {
    /// True if this is a recovery phrase, or plainly meant as one.
    pub fn is_phrase(&self) -> bool {
        let prose = self.prose();
        let list = is_list(self.words, &self.span);
        if prose == Prose::Sure && !list && !self.cued && !self.is_unit() {
            return false;
        }
        let whole = self.span.len() == self.indices.len();
        if whole && has_valid_window(self.indices) {
            return true;
        }
        match prose {
            Prose::None => true,
            Prose::Some => list || self.cued || self.is_unit(),
            Prose::Sure => list && self.is_numbered(),
        }
    }

    fn prose(&self) -> Prose {
        if is_chinese(self.language) {
            return if mean(self.indices) >= RARE { Prose::None } else { Prose::Some };
        }
        if self.language != ENGLISH {
            return Prose::None;
        }
        let carriers = self.indices.iter().filter(|index| self.carries(**index)).count();
        if carriers * 4 <= self.indices.len() {
            Prose::None
        } else if carriers * 2 <= self.indices.len() {
            Prose::Some
        } else {
            Prose::Sure
        }
    }

    /// True for a word of ordinary sentences; what is abbreviated is none.
    fn carries(&self, index: u16) -> bool {
        let whole = self.spelling == Spelling::Whole || LISTS.words(ENGLISH)[usize::from(index)].len() <= 4;
        whole && CARRIER_INDICES.contains(&index)
    }

    fn is_numbered(&self) -> bool {
        let inner = &self.words.list[self.span.start + 1..self.span.end];
        inner.iter().filter(|word| word.gap == Gap::Numbered).count() * 5 >= inner.len() * 4
    }

    /// True if as many words as a phrase has stand in a row with blanks between, set off on both sides.
    fn is_unit(&self) -> bool {
        let mut start = self.span.start;
        for end in self.span.start + 1..=self.span.end {
            let gap = if end < self.span.end { self.words.list[end].gap } else { self.words.after(end - 1) };
            match gap {
                Gap::Blank | Gap::Glued if end < self.span.end => continue,
                Gap::Blank | Gap::Glued => return false,
                Gap::Mark | Gap::Line | Gap::Numbered | Gap::Break => {}
            }
            if LENGTHS.contains(&(end - start)) && (start > self.span.start || self.opens()) {
                return true;
            }
            start = end;
        }
        false
    }

    fn opens(&self) -> bool {
        match self.words.list[self.span.start].gap {
            Gap::Mark | Gap::Line | Gap::Numbered | Gap::Break => true,
            Gap::Glued | Gap::Blank => false,
        }
    }
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Prose {
    None,
    Some,
    Sure,
}

/// True if four in five of the words stand apart by more than a blank.
pub fn is_list(words: &Words, span: &Range<usize>) -> bool {
    let inner = &words.list[span.start + 1..span.end];
    let apart = inner.iter().filter(|word| match word.gap {
        Gap::Mark | Gap::Line | Gap::Numbered => true,
        Gap::Glued => !word.han,
        Gap::Blank | Gap::Break => false,
    });
    apart.count() * 5 >= inner.len() * 4
}

pub fn mean(indices: &[u16]) -> usize {
    indices.iter().map(|&index| usize::from(index)).sum::<usize>() / indices.len().max(1)
}

/// True if some stretch of the words, as long as a phrase can be, carries the checksum.
pub fn has_valid_window(indices: &[u16]) -> bool {
    LENGTHS.iter().any(|&length| indices.windows(length).any(checksum::holds))
}
