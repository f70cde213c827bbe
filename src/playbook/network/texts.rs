//! The texts that one field is compared with: whole values by hash, parts by one automaton.

use aho_corasick::{AhoCorasick, BuildError, MatchKind};

use super::Map;
use super::condition::{Part, Text};
use super::wildcard::Wildcard;

/// Texts of one field, either all in lower case or all as written.
#[derive(Default)]
pub(super) struct Texts {
    whole: Map<Box<str>, u32>,
    /// What is looked for inside a value, until the automaton stands.
    parts: Map<Box<str>, Vec<Reading>>,
    automaton: Option<AhoCorasick>,
    /// By the automaton's pattern.
    readings: Vec<Box<[Reading]>>,
}

/// What it means that a part was found.
pub(super) enum Reading {
    Part(Part, u32),
    /// The longest literal of a text with wildcards, which must now be compared as a whole.
    Wildcard(Box<Wildcard>, u32, u32),
}

/// A part that was found and needs no further look, or a wildcard to compare.
pub(super) enum Found<'a> {
    Atom(u32),
    Wildcard { wildcard: &'a Wildcard, number: u32, atom: u32 },
}

/// Shorter literals of a wildcard are in nearly every value.
const SHORTEST_LITERAL: usize = 2;

impl Texts {
    pub fn is_empty(&self) -> bool {
        self.whole.is_empty() && self.automaton.is_none()
    }

    /// The atom of a text, `next` when it is new; nothing when no literal can find it. `wildcards` counts wildcards.
    pub fn intern(&mut self, text: &Text, next: u32, wildcards: &mut u32) -> Option<u32> {
        match text {
            Text::Equal(text) => Some(*self.whole.entry(text.as_str().into()).or_insert(next)),
            Text::Part(_, text) if text.is_empty() => None,
            Text::Part(part, text) => {
                let readings = self.parts.entry(text.as_str().into()).or_default();
                let known = readings.iter().find_map(|reading| match reading {
                    Reading::Part(known, atom) if known == part => Some(*atom),
                    Reading::Part(..) | Reading::Wildcard(..) => None,
                });
                Some(known.unwrap_or_else(|| {
                    readings.push(Reading::Part(*part, next));
                    next
                }))
            }
            Text::Wildcard(wildcard) => {
                let literal = wildcard.longest_literal();
                if literal.len() < SHORTEST_LITERAL {
                    return None;
                }
                let readings = self.parts.entry(literal.into()).or_default();
                let known = readings.iter().find_map(|reading| match reading {
                    Reading::Wildcard(known, _, atom) if **known == *wildcard => Some(*atom),
                    Reading::Part(..) | Reading::Wildcard(..) => None,
                });
                Some(known.unwrap_or_else(|| {
                    readings.push(Reading::Wildcard(Box::new(wildcard.clone()), *wildcards, next));
                    *wildcards += 1;
                    next
                }))
            }
        }
    }

    /// Builds the automaton. The error is that of more parts than its states can number.
    pub fn finish(&mut self) -> Result<(), BuildError> {
        let mut parts: Vec<(Box<str>, Vec<Reading>)> = std::mem::take(&mut self.parts).into_iter().collect();
        if parts.is_empty() {
            return Ok(());
        }
        parts.sort_by(|one, other| one.0.cmp(&other.0));
        let literals = parts.iter().map(|(literal, _)| literal.as_bytes());
        self.automaton = Some(AhoCorasick::builder().match_kind(MatchKind::Standard).build(literals)?);
        self.readings = parts.into_iter().map(|(_, readings)| readings.into_boxed_slice()).collect();
        self.whole.shrink_to_fit();
        Ok(())
    }

    /// Everything that a value equals or holds.
    #[inline]
    pub fn find(&self, value: &str, mut found: impl FnMut(Found<'_>)) {
        if let Some(atom) = self.whole.get(value) {
            found(Found::Atom(*atom));
        }
        let Some(automaton) = &self.automaton else { return };
        for hit in automaton.find_overlapping_iter(value) {
            for reading in &self.readings[hit.pattern().as_usize()] {
                match reading {
                    Reading::Part(Part::Anywhere, atom) => found(Found::Atom(*atom)),
                    Reading::Part(Part::Start, atom) if hit.start() == 0 => found(Found::Atom(*atom)),
                    Reading::Part(Part::End, atom) if hit.end() == value.len() => found(Found::Atom(*atom)),
                    Reading::Part(Part::Start | Part::End, _) => {}
                    Reading::Wildcard(wildcard, number, atom) => {
                        found(Found::Wildcard { wildcard, number: *number, atom: *atom });
                    }
                }
            }
        }
    }
}
