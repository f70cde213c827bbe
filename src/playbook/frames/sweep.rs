//! Forming one frame: a sweep over the hits in order of place, keeping the latest two for each role.

use std::ops::Range;

use super::lexicon::{Concepts, Hit};
use super::written::Span;
use crate::playbook::stance::{Reading, Stance};

/// Words after which another clause begins.
const TURNS: [&str; 6] = [",", " but ", "但", "可是", "不过", "却"];

/// A frame with its names resolved.
pub struct Template {
    pub slots: Vec<Concepts>,
    /// The slot whose place decides how the text stands to it: what was done, else what it was done to.
    pub main: usize,
    /// Counts only where it is told as an event.
    pub only_told: bool,
    pub not: Concepts,
    pub in_order: bool,
    pub span: Span,
    pub within: usize,
}

impl Template {
    /// The first place where all slots are filled near one another, by different words, and told as an event. Takes time
    /// linear in the hits.
    pub fn sweep(&self, hits: &[Hit], (text, stance): (&str, &Stance<'_>)) -> Option<Range<usize>> {
        let mut latest: Vec<[Option<&Hit>; 2]> = vec![[None; 2]; self.slots.len()];
        for hit in hits {
            let mut fits = false;
            for (slot, latest) in self.slots.iter().zip(&mut latest) {
                if slot.has(hit.concept) && latest[0].is_none_or(|other| other.at != hit.at) {
                    *latest = [Some(hit), latest[0]];
                    fits = true;
                }
            }
            if !fits {
                continue;
            }
            let mut chosen = Vec::with_capacity(self.slots.len());
            if let Some(at) = self.choose(&latest, &mut chosen, (text, stance)) {
                return Some(at);
            }
        }
        None
    }

    /// Tries every choice of one hit a slot: at most two to the power of the slots, of which there are five at most.
    fn choose<'h>(
        &self,
        latest: &[[Option<&'h Hit>; 2]],
        chosen: &mut Vec<&'h Hit>,
        place: (&str, &Stance<'_>),
    ) -> Option<Range<usize>> {
        let Some(choices) = latest.get(chosen.len()) else { return self.counts(chosen, place) };
        for hit in choices.iter().flatten() {
            let apart = chosen.iter().all(|other| other.at.end <= hit.at.start || hit.at.end <= other.at.start);
            let follows = !self.in_order || chosen.last().is_none_or(|before| before.at.end <= hit.at.start);
            let near = chosen.iter().all(|other| {
                other.at.end.max(hit.at.end) - other.at.start.min(hit.at.start)
                    <= self.within + other.at.len() + hit.at.len()
            });
            if !(apart && follows && near) {
                continue;
            }
            chosen.push(hit);
            let found = self.choose(latest, chosen, place);
            chosen.pop();
            if found.is_some() {
                return found;
            }
        }
        None
    }

    fn counts(&self, chosen: &[&Hit], (text, stance): (&str, &Stance<'_>)) -> Option<Range<usize>> {
        let start = chosen.iter().map(|hit| hit.at.start).min()?;
        let end = chosen.iter().map(|hit| hit.at.end).max()?;
        let stretch = &text[start..end];
        if self.span == Span::Clause && TURNS.iter().any(|turn| stretch.contains(turn)) {
            return None;
        }
        let negative = chosen.iter().any(|hit| hit.negative);
        let reading = stance.at(chosen[self.main].at.start);
        if reading == Reading::Denied && !negative || self.only_told && !reading.is_about_an_event() {
            return None;
        }
        Some(start..end)
    }
}
