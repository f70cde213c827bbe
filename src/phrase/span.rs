//! Which words of a text belong to one list, and how far a phrase found among them reaches.

use std::{cell::Cell, ops::Range};

use super::{
    checksum::{self, LENGTHS},
    gap::{Gap, Words},
    layout,
    lists::{Spelling, is_chinese},
    near,
};

/// Comparisons with a whole list that one reading may cost; beyond them every word counts as misspelt.
const COMPARISONS: usize = 32;

/// Words in a row beyond a stranger that are taken for more of the phrase.
const MORE: usize = 3;

/// The words of a text as words of one list.
pub struct Reading<'a> {
    words: &'a Words,
    pub language: usize,
    pub spelling: Spelling,
    places: Vec<Option<u16>>,
    comparisons: Cell<usize>,
}

#[derive(Clone, Copy)]
enum Way {
    Back,
    On,
}

impl<'a> Reading<'a> {
    pub fn of(words: &'a Words, language: usize, spelling: Spelling) -> Self {
        let place = |word: &super::gap::Word| {
            let mut hits = word.hits.iter();
            hits.find(|hit| usize::from(hit.language) == language && spelling.admits(hit.form)).map(|hit| hit.index)
        };
        let places = words.list.iter().map(place).collect();
        Self { words, language, spelling, places, comparisons: Cell::new(COMPARISONS) }
    }

    /// The word's place in the list, glued or not.
    pub fn index(&self, at: usize) -> Option<u16> {
        self.places[at]
    }

    fn is_member(&self, at: usize) -> bool {
        self.places[at].is_some() && !(is_chinese(self.language) && self.words.is_glued(at))
    }

    /// Longest stretches of list words that nothing breaks; for Chinese only characters that stand apart.
    pub fn runs(&self) -> Vec<Range<usize>> {
        let mut runs: Vec<Range<usize>> = Vec::new();
        for at in (0..self.places.len()).filter(|&at| self.is_member(at)) {
            match runs.last_mut() {
                Some(last) if last.end == at && self.words.list[at].gap != Gap::Break => {
                    last.end = at + 1;
                }
                Some(_) | None => runs.push(at..at + 1),
            }
        }
        runs
    }

    /// The one stretch joined by blanks that is a whole valid phrase, where list words of the next sentence follow
    /// or the last one's lead up to it.
    pub fn sentence(&self, span: &Range<usize>) -> Option<Range<usize>> {
        if LENGTHS.contains(&span.len()) {
            return None;
        }
        let mut whole = None;
        let mut start = span.start;
        for end in span.start + 1..=span.end {
            if end < span.end && self.words.list[end].gap == Gap::Blank {
                continue;
            }
            let indices: Vec<u16> = (start..end).filter_map(|at| self.places[at]).collect();
            if indices.len() == end - start && checksum::holds(&indices) {
                if whole.is_some() {
                    return None;
                }
                whole = Some(start..end);
            }
            start = end;
        }
        whole
    }

    /// Takes in what belongs to a phrase around the words by which it was found.
    pub fn extend(&self, span: Range<usize>) -> Range<usize> {
        let mut span = span;
        while let Some(wider) = self.step(&span, Way::Back).or_else(|| self.step(&span, Way::On)) {
            span = wider;
        }
        self.complete(span)
    }

    /// The next list words, also beyond one stranger that belongs to them.
    fn step(&self, span: &Range<usize>, way: Way) -> Option<Range<usize>> {
        let stranger = self.next(span, way)?;
        let mut wider = with(span, way);
        if self.is_member(stranger) {
            return Some(wider);
        }
        let mut beyond = 0;
        while beyond < MORE && self.next(&wider, way).is_some_and(|next| self.is_member(next)) {
            beyond += 1;
            wider = with(&wider, way);
        }
        let complete = LENGTHS.contains(&span.len());
        let completes = LENGTHS.contains(&wider.len());
        let belongs = match beyond {
            0 => false,
            MORE => true,
            _ => {
                ((!complete || completes) && self.is_listed(span, &wider))
                    || ((completes || !self.is_whole(span)) && self.is_near(stranger))
            }
        };
        belongs.then_some(wider)
    }

    /// Takes in a misspelt first or last word.
    fn complete(&self, span: Range<usize>) -> Range<usize> {
        let strangers = [Way::Back, Way::On].map(|way| (way, self.next(&span, way)));
        let whole = self.is_whole(&span);
        let lacks_one = !LENGTHS.contains(&span.len()) && LENGTHS.contains(&(span.len() + 1));
        let listed = strangers.map(|(way, next)| next.is_some() && self.is_listed(&span, &with(&span, way)));
        if whole && !listed.contains(&true) {
            return span;
        }
        let near = strangers.map(|(_, next)| next.is_some_and(|next| self.is_near(next)));
        let mut wider = span.clone();
        for (side, (way, _)) in strangers.into_iter().enumerate() {
            let misspelt = near[side] && (!whole || listed[side]);
            let left_over = listed[side] && lacks_one && !near.contains(&true);
            if misspelt || left_over {
                wider = with(&wider, way);
            }
        }
        wider
    }

    /// True if the words are a valid phrase with nothing before or after.
    fn is_whole(&self, span: &Range<usize>) -> bool {
        let indices: Vec<u16> = span.clone().take(LENGTHS[0] + 1).filter_map(|at| self.places[at]).collect();
        indices.len() == span.len() && checksum::holds(&indices)
    }

    /// True if the words stand as a list, and the next one as far from them as they from each other.
    fn is_listed(&self, span: &Range<usize>, wider: &Range<usize>) -> bool {
        let next = if wider.start < span.start { span.start } else { span.end };
        let apart = match self.words.list[next].gap {
            Gap::Mark | Gap::Line | Gap::Numbered => true,
            Gap::Glued => !self.words.list[next].han,
            Gap::Blank | Gap::Break => false,
        };
        apart && layout::is_list(self.words, span)
    }

    /// The word beside the span, unless the text breaks there.
    fn next(&self, span: &Range<usize>, way: Way) -> Option<usize> {
        let (at, gap) = match way {
            Way::Back => (span.start.checked_sub(1)?, self.words.list[span.start].gap),
            Way::On => (span.end, self.words.list.get(span.end)?.gap),
        };
        (gap != Gap::Break).then_some(at)
    }

    fn is_near(&self, at: usize) -> bool {
        if self.places[at].is_some() {
            return true;
        }
        if self.spelling == Spelling::Abbreviated {
            return (3..=5).contains(&self.words.folded(at).len());
        }
        let Some(left) = self.comparisons.get().checked_sub(1) else {
            return true;
        };
        self.comparisons.set(left);
        near::is_near(self.words.folded(at), self.language)
    }
}

/// The span and the word beside it.
fn with(span: &Range<usize>, way: Way) -> Range<usize> {
    match way {
        Way::Back => span.start - 1..span.end,
        Way::On => span.start..span.end + 1,
    }
}
