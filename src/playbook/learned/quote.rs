//! The words that a judgement of the learned sign rests on most.

use std::ops::Range;

use super::score::Seen;
use super::weights::Weights;
use crate::text::Folded;

/// How many are shown.
const MOST: usize = 4;

impl Weights {
    /// The places in the folded text of the features that speak most for a channel (or against it), in the order of the
    /// text; pieces of words are shown as whole words.
    pub(super) fn strongest(
        &self,
        (channel, supports): (usize, bool),
        seen: &[Seen],
        text: &Folded,
    ) -> Vec<Range<usize>> {
        let mut said: Vec<(i64, &Seen)> = seen
            .iter()
            .map(|seen| (self.said(seen.place, channel) * if supports { 1 } else { -1 }, seen))
            .filter(|(strength, _)| *strength > 0)
            .collect();
        said.sort_by_key(|(strength, seen)| (-strength, seen.at.start, seen.at.end));
        let mut shown: Vec<Range<usize>> = Vec::new();
        for (_, seen) in said {
            let at = whole_words(text.as_str(), &seen.at);
            if shown.iter().all(|other| at.end <= other.start || other.end <= at.start) {
                shown.push(at);
            }
            if shown.len() == MOST {
                break;
            }
        }
        shown.sort_by_key(|at| at.start);
        shown
    }

    /// What a feature adds to a channel, its class included, on no scale of its own.
    fn said(&self, place: usize, channel: usize) -> i64 {
        let class = self.class_channel();
        let sign = if self.kinds[channel].1 == crate::playbook::Class::Security { 1 } else { -1 };
        let own = |(of, weight): &(u8, i8)| {
            let points = i64::from(*weight) * i64::from(self.steps[usize::from(*of)]);
            match usize::from(*of) {
                of if of == channel => points,
                of if of == class => points * sign,
                _ => 0,
            }
        };
        self.entries_of(place).iter().map(own).sum::<i64>() * i64::from(self.scales[place])
    }
}

fn whole_words(text: &str, at: &Range<usize>) -> Range<usize> {
    let part_of_word = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'\'';
    let bytes = text.as_bytes();
    if !bytes[at.clone()].iter().all(part_of_word) {
        return at.clone();
    }
    let before = bytes[..at.start].iter().rev().take_while(|byte| part_of_word(byte)).count();
    let after = bytes[at.end..].iter().take_while(|byte| part_of_word(byte)).count();
    at.start - before..at.end + after
}
