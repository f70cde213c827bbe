//! The word lists of `frames.yaml` as one automaton.

use std::collections::BTreeMap;
use std::ops::Range;

use aho_corasick::AhoCorasick;

use super::written::Lists;
use crate::playbook::fault::unknown;
use crate::playbook::phrases::{is_latin, stands_alone};
use crate::playbook::stance::{Stance, speaks_of_absence};
use crate::text::{Folded, amounts, fold};

/// The list that every sum of money with a unit is in, without being written.
const AMOUNT: &str = "amount";
/// Without one of these or a digit no sum is looked for.
const NUMERALS: &str = "一二两三四五六七八九十百千万亿几";

/// A set of lists by number.
#[derive(Debug, Clone)]
pub struct Concepts(Vec<u64>);

impl Concepts {
    pub fn add(&mut self, concept: usize) {
        self.0[concept / 64] |= 1 << (concept % 64);
    }

    pub fn has(&self, concept: usize) -> bool {
        self.0[concept / 64] >> (concept % 64) & 1 == 1
    }

    pub fn meets(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).any(|(one, two)| one & two != 0)
    }

    pub fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.0.len() * 64).filter(|concept| self.has(*concept))
    }
}

/// A word of a list in a text.
#[derive(Debug, Clone)]
pub struct Hit {
    pub concept: usize,
    pub at: Range<usize>,
    /// Where its sentence begins.
    pub sentence: usize,
    /// The word itself says that something is not so.
    pub negative: bool,
}

struct Entry {
    concepts: Vec<usize>,
    open: bool,
    negative: bool,
}

pub struct Lexicon {
    automaton: AhoCorasick,
    entries: Vec<Entry>,
    names: BTreeMap<String, usize>,
    words: Vec<(String, bool)>,
    right: Vec<String>,
}

impl Lexicon {
    /// Builds the automaton; the error names what is wrong with the lists.
    pub fn new(lists: &Lists) -> Result<Self, String> {
        let mut names = BTreeMap::from([(AMOUNT.to_owned(), 0)]);
        let mut numbers: BTreeMap<(String, bool), usize> = BTreeMap::new();
        let (mut words, mut entries): (Vec<(String, bool)>, Vec<Entry>) = (Vec::new(), Vec::new());
        for (name, list) in [&lists.who, &lists.did, &lists.what, &lists.when].into_iter().flatten() {
            let concept = names.len();
            if names.insert(name.clone(), concept).is_some() {
                return Err(format!("the list `{name}` is there twice; a name stands for one list, whatever its role"));
            }
            for written in list.en.iter().chain(&list.zh) {
                let open = written.ends_with('*');
                let word = fold(written.trim_end_matches('*').trim()).as_str().trim().to_owned();
                if word.is_empty() {
                    return Err(format!("the list `{name}` has an empty word, which would match everything"));
                }
                let number = *numbers.entry((word.clone(), open)).or_insert(entries.len());
                if number == entries.len() {
                    entries.push(Entry { concepts: Vec::new(), open, negative: speaks_of_absence(&word) });
                    words.push((word, open));
                }
                if !entries[number].concepts.contains(&concept) {
                    entries[number].concepts.push(concept);
                }
            }
        }
        let automaton = AhoCorasick::new(words.iter().map(|(word, _)| word)).map_err(|error| error.to_string())?;
        Ok(Self { automaton, entries, names, words, right: lists.right.clone() })
    }

    pub fn size(&self) -> usize {
        self.names.len()
    }

    pub fn none(&self) -> Concepts {
        Concepts(vec![0; self.names.len().div_ceil(64)])
    }

    /// The lists with these names.
    pub fn concepts(&self, names: &[String]) -> Result<Concepts, String> {
        let mut concepts = self.none();
        for name in names {
            let known: Vec<&String> = self.names.keys().collect();
            concepts.add(*self.names.get(name).ok_or_else(|| unknown("word list", name, &known))?);
        }
        Ok(concepts)
    }

    /// Every single Latin word, each with whether it may go on, and those that are right as they are.
    pub fn words(&self) -> impl Iterator<Item = (&str, bool)> {
        let listed = self.words.iter().map(|(word, open)| (word.as_str(), *open));
        listed.filter(|(word, _)| word.bytes().all(|byte| byte.is_ascii_lowercase()))
    }

    /// Words that no slip of the finger may be seen in.
    pub fn right(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(|(word, _)| word.as_str()).chain(self.right.iter().map(String::as_str))
    }

    /// What the lists find in a text, in order of place.
    pub fn hits(&self, text: &Folded, stance: &Stance<'_>) -> Vec<Hit> {
        let folded = text.as_str();
        let mut hits = Vec::new();
        for found in self.automaton.find_overlapping_iter(folded) {
            let entry = &self.entries[found.pattern().as_usize()];
            let at = found.range();
            let whole = if entry.open { begins_alone(folded, &at) } else { stands_alone(folded, &at) };
            if whole {
                let sentence = stance.sentence(&at).start;
                let hit =
                    |concept: &usize| Hit { concept: *concept, at: at.clone(), sentence, negative: entry.negative };
                hits.extend(entry.concepts.iter().map(hit));
            }
        }
        if folded.contains(|c: char| c.is_ascii_digit() || NUMERALS.contains(c)) {
            // Folding what is folded changes nothing, so places are those of this text.
            hits.extend(amounts(folded).into_iter().map(|(_, at)| Hit {
                concept: 0,
                sentence: stance.sentence(&at).start,
                at,
                negative: false,
            }));
        }
        hits.sort_by_key(|hit| (hit.at.start, hit.at.end, hit.concept));
        hits
    }
}

fn begins_alone(text: &str, at: &Range<usize>) -> bool {
    let inside = text[at.clone()].chars().next().is_some_and(is_latin);
    !(inside && text[..at.start].chars().next_back().is_some_and(is_latin))
}
