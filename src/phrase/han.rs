//! Finds Chinese recovery phrases written without blanks.
//!
//! The characters of the lists are the commonest there are, and one in sixteen stretches of prose carries the
//! checksum by chance; so a cue near by, exact limits and rare characters count here as well.

use std::ops::Range;

use super::{
    checksum::{self, LENGTHS},
    cue::Cues,
    gap::{Gap, Words},
    layout::{RARE, mean},
    span::Reading,
};

/// Characters that lead from "助记词" to the phrase: 是, 为, 如下, 就是, 有.
const LEADING: &str = "是为為就如下有叫";
const MOST_LEADING: usize = 3;

/// Least mean place that goes with a valid checksum; one random phrase of twelve in 2,500 is below.
const UNCOMMON: usize = 450;

/// Least mean place right behind a heading; one random phrase of twelve in 7,000 is below.
const HEADED: usize = 400;

/// Places in the list, ordered by use, of the characters that carry Chinese sentences.
const COMMON: u16 = 150;

/// Adds nothing for characters that stand apart; those are `run`'s.
pub fn find(words: &Words, reading: &Reading, cues: &Cues) -> Vec<Range<usize>> {
    let units = units(words);
    let seek = Seek { words, reading, cues };
    let mut found: Vec<Range<usize>> = units.iter().filter_map(|unit| seek.within(unit)).collect();
    found.extend(groups(&units, words).into_iter().filter(|group| seek.is_phrase(group)));
    found.into_iter().map(|span| seek.bytes(&span)).collect()
}

/// Stretches of characters with nothing between them.
fn units(words: &Words) -> Vec<Range<usize>> {
    let mut units: Vec<Range<usize>> = Vec::new();
    for (at, word) in words.list.iter().enumerate().filter(|(_, word)| word.han) {
        match units.last_mut() {
            Some(last) if last.end == at && word.gap == Gap::Glued => last.end = at + 1,
            Some(_) | None => units.push(at..at + 1),
        }
    }
    units
}

/// Neighbouring units of one small size that make up the length of a phrase, longest first.
fn groups(units: &[Range<usize>], words: &Words) -> Vec<Range<usize>> {
    let beside = |one: &Range<usize>, next: &Range<usize>| {
        one.len() == next.len() && one.end == next.start && words.list[next.start].gap != Gap::Break
    };
    let alike = units.chunk_by(beside).filter(|group| group.len() > 1 && (2..=6).contains(&group[0].len()));
    let windows = alike.flat_map(|group| {
        let counts =
            LENGTHS.iter().filter(|&&length| length % group[0].len() == 0).map(|&length| length / group[0].len());
        counts.flat_map(|count| group.windows(count))
    });
    windows.map(|window| window[0].start..window[window.len() - 1].end).collect()
}

/// True for characters as uncommon as random ones are: 1 in 70 stretches of prose is, 94 in 100 phrases of twelve are.
fn is_rare(indices: &[u16]) -> bool {
    let common = indices.iter().filter(|&&index| index < COMMON).count();
    mean(indices) >= RARE && common * 6 <= indices.len()
}

struct Seek<'a> {
    words: &'a Words,
    reading: &'a Reading<'a>,
    cues: &'a Cues<'a>,
}

impl Seek<'_> {
    /// The phrase of a unit: all of it, or what follows a cue in it.
    fn within(&self, unit: &Range<usize>) -> Option<Range<usize>> {
        if unit.len() < LENGTHS[LENGTHS.len() - 1] {
            return None;
        }
        let cued = self.cues.phrase_ends(&self.bytes(unit));
        let starts: Vec<usize> =
            cued.iter().map(|&end| self.words.list.partition_point(|word| word.range.start < end)).collect();
        let led = starts.iter().flat_map(|&start| start..=self.led_to(start, unit.end));
        let whole = std::iter::once(unit.start).chain(led).map(|start| start..unit.end);
        whole.clone().find(|span| self.is_phrase(span)).or_else(|| self.rare_stretch(unit, starts.last().copied()))
    }

    fn led_to(&self, start: usize, end: usize) -> usize {
        let most = end.min(start + MOST_LEADING);
        (start..most).find(|&at| !LEADING.contains(self.words.folded(at))).unwrap_or(most)
    }

    fn is_phrase(&self, span: &Range<usize>) -> bool {
        if !LENGTHS.contains(&span.len()) {
            return false;
        }
        let indices = self.indices(span);
        if indices.len() + 1 < span.len() {
            return false;
        }
        let valid = checksum::holds(&indices);
        let rare = is_rare(&indices);
        let whole_line = |gap: Gap| matches!(gap, Gap::Line | Gap::Break);
        if self.cues.introduces_phrase(&self.bytes(span)) && mean(&indices) >= HEADED {
            return true;
        }
        if self.cues.names_phrase(&self.bytes(span)) {
            return rare || (valid && mean(&indices) >= UNCOMMON);
        }
        valid && rare && whole_line(self.words.list[span.start].gap) && whole_line(self.words.after(span.end - 1))
    }

    /// Everything after the cue if some stretch of it carries the checksum in rare characters.
    fn rare_stretch(&self, unit: &Range<usize>, cue_end: Option<usize>) -> Option<Range<usize>> {
        if !self.cues.names_phrase(&self.bytes(unit)) && cue_end.is_none() {
            return None;
        }
        let span = cue_end.unwrap_or(unit.start)..unit.end;
        let carries = |window: Range<usize>| {
            let indices = self.indices(&window);
            indices.len() == window.len() && is_rare(&indices) && checksum::holds(&indices)
        };
        LENGTHS
            .iter()
            .filter(|&&length| length <= span.len())
            .any(|length| (span.start..=span.end - length).any(|start| carries(start..start + length)))
            .then_some(span)
    }

    fn indices(&self, span: &Range<usize>) -> Vec<u16> {
        span.clone().filter_map(|at| self.reading.index(at)).collect()
    }

    fn bytes(&self, span: &Range<usize>) -> Range<usize> {
        self.words.list[span.start].range.start..self.words.list[span.end - 1].range.end
    }
}
