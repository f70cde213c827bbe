//! Frames: who did what to what, and when, found by word lists and nearness instead of by whole phrases.
//!
//! `lexicon` finds the words of `frames.yaml` in one pass, `spelling` mends slips of the finger before it, `sweep` forms
//! frames out of what was found. What surrounding words make of it is `stance`'s matter.

mod lexicon;
mod spelling;
mod sweep;
mod written;

use std::collections::BTreeMap;
use std::ops::Range;

pub use self::lexicon::Lexicon;
use self::lexicon::{Concepts, Hit};
use self::spelling::Spelling;
use self::sweep::Template;
pub use self::written::Frame;
use self::written::{Order, Span};
use super::set::SignRef;
use super::stance::Stance;
use crate::text::Folded;

/// Letters between the first and the last word of a frame, when its author does not say; a Chinese character counts three.
const WITHIN: u16 = 60;
/// The most an author may allow.
const FURTHEST: u16 = 400;

/// Collects the frames of all signs; `build` files them.
pub struct Builder {
    lexicon: Lexicon,
    templates: Vec<(Template, SignRef)>,
}

impl Builder {
    pub fn new(lexicon: Lexicon) -> Self {
        Self { lexicon, templates: Vec::new() }
    }

    /// Adds a frame of a sign, and whether it counts only where it is told as an event; the error names a word that the lexicon does not have, or what else is wrong.
    pub fn add(&mut self, frame: &Frame, (sign, only_told): (SignRef, bool)) -> Result<(), String> {
        let mut slots = Vec::new();
        let mut main = 0;
        for (role, names) in [&frame.who, &frame.did, &frame.what, &frame.also, &frame.when].into_iter().enumerate() {
            if names.is_empty() {
                continue;
            }
            if role == 1 || role == 2 && frame.did.is_empty() {
                main = slots.len();
            }
            slots.push(self.lexicon.concepts(names)?);
        }
        let within = frame.within.unwrap_or(WITHIN);
        if slots.is_empty() {
            return Err("a frame needs one of who, did, what, also, when".to_owned());
        }
        if within == 0 || within > FURTHEST {
            return Err(format!("`within: {within}` is not between 1 and {FURTHEST}"));
        }
        let template = Template {
            slots,
            main,
            only_told,
            not: self.lexicon.concepts(&frame.not)?,
            in_order: frame.order == Order::Given,
            span: frame.span,
            within: usize::from(within),
        };
        self.templates.push((template, sign));
        Ok(())
    }

    /// Files every frame under the rarest of what it needs. `others` are words that are right as they are.
    pub fn build(self, others: &[&str]) -> Frames {
        let mut crowd: BTreeMap<usize, usize> = BTreeMap::new();
        for slot in self.templates.iter().flat_map(|(template, _)| &template.slots) {
            slot.iter().for_each(|concept| *crowd.entry(concept).or_default() += 1);
        }
        let mut by_concept = vec![Vec::new(); self.lexicon.size()];
        for (number, (template, _)) in self.templates.iter().enumerate() {
            let crowding = |slot: &&Concepts| slot.iter().map(|concept| crowd[&concept]).sum::<usize>();
            for concept in template.slots.iter().min_by_key(crowding).into_iter().flat_map(Concepts::iter) {
                by_concept[concept].push(number);
            }
        }
        let spelling = Spelling::new(self.lexicon.words(), self.lexicon.right().chain(others.iter().copied()));
        Frames { lexicon: self.lexicon, spelling, templates: self.templates, by_concept }
    }
}

/// Every frame of a set.
pub struct Frames {
    lexicon: Lexicon,
    spelling: Spelling,
    templates: Vec<(Template, SignRef)>,
    /// Templates by a concept that they need.
    by_concept: Vec<Vec<usize>>,
}

impl Frames {
    /// The text with misspelt words of the lexicon set right; nothing when there are none.
    pub fn mend(&self, text: &Folded) -> Option<Folded> {
        self.spelling.mend(text)
    }

    /// The signs whose frames a text holds, each template once, with its place in the folded text.
    pub fn find(&self, text: &Folded, stance: &Stance<'_>) -> Vec<(SignRef, Range<usize>)> {
        if self.templates.is_empty() {
            return Vec::new();
        }
        let hits = self.lexicon.hits(text, stance);
        if hits.is_empty() {
            return Vec::new();
        }
        let mut seen = self.lexicon.none();
        for hit in &hits {
            seen.add(hit.concept);
        }
        let sentences = by_sentence(&hits, &self.lexicon);
        let mut tried = vec![false; self.templates.len()];
        let mut found = Vec::new();
        for number in seen.iter().flat_map(|concept| &self.by_concept[concept]) {
            if std::mem::replace(&mut tried[*number], true) {
                continue;
            }
            let (template, sign) = &self.templates[*number];
            if !template.slots.iter().all(|slot| slot.meets(&seen)) {
                continue;
            }
            let at = match template.span {
                Span::Text if template.not.meets(&seen) => None,
                Span::Text => template.sweep(&hits, (text.as_str(), stance)),
                Span::Sentence | Span::Clause => sentences
                    .iter()
                    .filter(|(_, held)| template.slots.iter().all(|slot| slot.meets(held)) && !template.not.meets(held))
                    .find_map(|(range, _)| template.sweep(&hits[range.clone()], (text.as_str(), stance))),
            };
            found.extend(at.map(|at| (*sign, at)));
        }
        found
    }
}

/// The hits of each sentence, with what they speak of.
fn by_sentence(hits: &[Hit], lexicon: &Lexicon) -> Vec<(Range<usize>, Concepts)> {
    let mut sentences: Vec<(Range<usize>, Concepts)> = Vec::new();
    for (place, hit) in hits.iter().enumerate() {
        let fresh = place == 0 || hits[place - 1].sentence != hit.sentence;
        if fresh {
            sentences.push((place..place, lexicon.none()));
        }
        if let Some((range, held)) = sentences.last_mut() {
            range.end = place + 1;
            held.add(hit.concept);
        }
    }
    sentences
}

#[cfg(test)]
mod tests;
