//! The texts that one field is compared with: whole values by hash, parts in one pass.

use super::Map;
use super::condition::{Part, Text};
use super::parts::Parts;
use super::wildcard::Wildcard;

/// Texts of one field, either all in lower case or all as written.
#[derive(Default)]
pub(super) struct Texts {
    whole: Map<Box<str>, u32>,
    /// What is looked for inside a value, until all of it is known.
    wanted: Map<Box<str>, Vec<Reading>>,
    parts: Option<Parts<Box<[Reading]>>>,
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
        self.whole.is_empty() && self.parts.is_none()
    }

    /// The atom of a text, `next` when it is new; nothing when no literal can find it. `wildcards` counts wildcards.
    pub fn intern(&mut self, text: &Text, next: u32, wildcards: &mut u32) -> Option<u32> {
        match text {
            Text::Equal(text) => Some(*self.whole.entry(text.as_str().into()).or_insert(next)),
            Text::Part(_, text) if text.is_empty() => None,
            Text::Part(part, text) => {
                let readings = self.wanted.entry(text.as_str().into()).or_default();
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
                let readings = self.wanted.entry(literal.into()).or_default();
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

    /// Files what is looked for; nothing is added after this.
    pub fn finish(&mut self) {
        let mut wanted: Vec<(Box<str>, Vec<Reading>)> = std::mem::take(&mut self.wanted).into_iter().collect();
        if wanted.is_empty() {
            return;
        }
        wanted.sort_by(|one, other| one.0.cmp(&other.0));
        let wanted = wanted.into_iter().map(|(literal, readings)| (literal, readings.into_boxed_slice()));
        self.parts = Some(Parts::new(wanted.collect()));
    }

    /// Everything that a value equals or holds.
    #[inline]
    pub fn find(&self, value: &str, mut found: impl FnMut(Found<'_>)) {
        if let Some(atom) = self.whole.get(value) {
            found(Found::Atom(*atom));
        }
        let Some(parts) = &self.parts else { return };
        parts.find(value.as_bytes(), |readings, start, end| {
            for reading in readings {
                match reading {
                    Reading::Part(Part::Anywhere, atom) => found(Found::Atom(*atom)),
                    Reading::Part(Part::Start, atom) if start == 0 => found(Found::Atom(*atom)),
                    Reading::Part(Part::End, atom) if end == value.len() => found(Found::Atom(*atom)),
                    Reading::Part(Part::Start | Part::End, _) => {}
                    Reading::Wildcard(wildcard, number, atom) => {
                        found(Found::Wildcard { wildcard, number: *number, atom: *atom });
                    }
                }
            }
        });
    }
}
