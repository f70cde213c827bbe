//! All phrases of all playbooks as one automaton over folded text: one pass, whatever their number.
//!
//! A phrase counts when it stands on word borders, is not denied, and its parts (around `…`) follow one another within
//! one sentence.

use std::collections::BTreeMap;
use std::ops::Range;

use aho_corasick::{AhoCorasick, MatchKind};

use super::stance::{Reading, Stance, speaks_of_absence};
use crate::text::{Folded, fold};

/// Between the parts of a phrase with `…` stand at most this many characters.
const WIDEST_GAP: usize = 40;

/// Which phrase was found, and its words in the original text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The number that `add` gave.
    pub phrase: usize,
    pub at: Range<usize>,
    /// Told as an event, not supposed, asked in general, long past or told of others.
    pub told: bool,
}

/// Collects phrases; `build` makes the automaton.
#[derive(Default)]
pub struct Builder {
    parts: Vec<String>,
    numbers: BTreeMap<String, usize>,
    phrases: Vec<Phrase>,
    known: BTreeMap<Vec<usize>, usize>,
}

struct Phrase {
    parts: Vec<usize>,
    /// The phrase speaks of something not being so, so a "not" before it is part of the story.
    negative: bool,
}

/// Why a phrase was refused.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum BadPhrase {
    #[error("an empty phrase, or an empty part beside `…`, would match everything")]
    Empty,
}

impl Builder {
    /// Adds a phrase and answers its number; the same phrase has the same number.
    pub fn add(&mut self, phrase: &str) -> Result<usize, BadPhrase> {
        let mut parts = Vec::new();
        for part in phrase.split('…') {
            let folded = fold(part.trim());
            let part = folded.as_str().trim();
            if part.is_empty() {
                return Err(BadPhrase::Empty);
            }
            let next = self.parts.len();
            let number = *self.numbers.entry(part.to_owned()).or_insert(next);
            if number == next {
                self.parts.push(part.to_owned());
            }
            parts.push(number);
        }
        let next = self.phrases.len();
        let number = *self.known.entry(parts.clone()).or_insert(next);
        if number == next {
            let negative = speaks_of_absence(&self.parts[parts[0]]);
            self.phrases.push(Phrase { parts, negative });
        }
        Ok(number)
    }

    /// Every part of every phrase, folded.
    pub fn parts(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().map(String::as_str)
    }

    /// The finished automaton; the error is that of a set too large to build (over 2 GiB).
    pub fn build(self) -> Result<Phrases, aho_corasick::BuildError> {
        let automaton = AhoCorasick::builder().match_kind(MatchKind::Standard).build(&self.parts)?;
        let mut starting: Vec<Vec<usize>> = vec![Vec::new(); self.parts.len()];
        let mut needed = vec![false; self.parts.len()];
        for (number, phrase) in self.phrases.iter().enumerate() {
            starting[phrase.parts[0]].push(number);
            for later in &phrase.parts[1..] {
                needed[*later] = true;
            }
        }
        Ok(Phrases { automaton, phrases: self.phrases, starting, needed })
    }
}

/// Every phrase of a set.
pub struct Phrases {
    automaton: AhoCorasick,
    phrases: Vec<Phrase>,
    /// Phrases by their first part.
    starting: Vec<Vec<usize>>,
    /// Parts that some phrase has after a gap.
    needed: Vec<bool>,
}

impl Phrases {
    /// The phrases that a text holds, each once, at its first place that counts.
    pub fn find(&self, text: &Folded, stance: &Stance<'_>) -> Vec<Hit> {
        let folded = text.as_str();
        let mut firsts: Vec<(usize, Range<usize>)> = Vec::new();
        let mut later: BTreeMap<usize, Vec<Range<usize>>> = BTreeMap::new();
        for found in self.automaton.find_overlapping_iter(folded) {
            let (part, at) = (found.pattern().as_usize(), found.range());
            if !stands_alone(folded, &at) {
                continue;
            }
            if self.needed[part] {
                later.entry(part).or_default().push(at.clone());
            }
            if !self.starting[part].is_empty() {
                firsts.push((part, at));
            }
        }
        if firsts.is_empty() {
            return Vec::new();
        }
        let mut hits: BTreeMap<usize, (Range<usize>, bool)> = BTreeMap::new();
        for (part, first) in firsts {
            let sentence = stance.sentence(&first);
            let mut reading = None;
            for number in &self.starting[part] {
                let phrase = &self.phrases[*number];
                let Some(at) = complete(phrase, &first, &later, (folded, &sentence)) else { continue };
                let reading = *reading.get_or_insert_with(|| stance.at(first.start));
                if reading == Reading::Denied && !phrase.negative {
                    continue;
                }
                let told = reading.is_about_an_event();
                let hit = hits.entry(*number).or_insert((at.clone(), told));
                if told && !hit.1 {
                    *hit = (at, told);
                }
            }
        }
        hits.into_iter().map(|(phrase, (at, told))| Hit { phrase, at: text.original_range(at), told }).collect()
    }
}

/// The whole range of a phrase whose first part was found, when its other parts follow in time.
fn complete(
    phrase: &Phrase,
    first: &Range<usize>,
    later: &BTreeMap<usize, Vec<Range<usize>>>,
    place: (&str, &Range<usize>),
) -> Option<Range<usize>> {
    let (folded, sentence) = place;
    let mut end = first.end;
    for part in &phrase.parts[1..] {
        // The nearest one decides: one that stands further on has a wider gap still. Places are in order, so finding it
        // takes a search by halves; a report of nothing but parts must not cost their square.
        let places = later.get(part)?;
        let next = places.get(places.partition_point(|at| at.start < end))?;
        let gap = next.start - end;
        if next.end > sentence.end || gap > 4 * WIDEST_GAP || folded[end..next.start].chars().count() > WIDEST_GAP {
            return None;
        }
        end = next.end;
    }
    Some(first.start..end)
}

/// Latin words and numbers must not be cut out of longer ones; Chinese has no borders to ask for.
pub(super) fn stands_alone(text: &str, at: &Range<usize>) -> bool {
    let border = |inside: Option<char>, outside: Option<char>| {
        let (Some(inside), Some(outside)) = (inside, outside) else { return true };
        !(is_latin(inside) && is_latin(outside))
    };
    let part = &text[at.clone()];
    border(part.chars().next(), text[..at.start].chars().next_back())
        && border(part.chars().next_back(), text[at.end..].chars().next())
}

pub(super) fn is_latin(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || ('\u{c0}'..='\u{24f}').contains(&letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(phrases: &[&str], text: &str) -> Vec<String> {
        let mut builder = Builder::default();
        for phrase in phrases {
            builder.add(phrase).unwrap();
        }
        let folded = fold(text);
        let hits = builder.build().unwrap().find(&folded, &Stance::of(&folded));
        hits.into_iter().filter(|hit| hit.told).map(|hit| text[hit.at].to_owned()).collect()
    }

    #[test]
    fn width_case_and_script_do_not_hide_a_phrase() {
        assert_eq!(found(&["被盗", "seed phrase"], "我的币被盜了！ My ＳＥＥＤ  Phrase"), ["被盜", "ＳＥＥＤ  Phrase"]);
    }

    #[test]
    fn a_word_inside_a_word_is_not_that_word() {
        assert!(found(&["hack", "eth"], "hackathon method").is_empty());
        assert_eq!(found(&["u没了"], "我u没了"), ["u没了"]);
    }

    #[test]
    fn a_gap_stays_within_a_sentence_and_a_length() {
        assert_eq!(found(&["seed…website"], "I gave my seed to some website.").len(), 1);
        assert!(found(&["seed…website"], "I like my seed. The website is blue.").is_empty());
        assert!(found(&["seed…website"], &format!("seed {} website", "far ".repeat(20))).is_empty());
    }

    #[test]
    fn denied_and_supposed_events_are_no_events() {
        for text in ["我没有被盗", "币没被盗", "如果被盗了怎么办", "会不会被盗", "怎么防止被盗", "并没有被盗"]
        {
            assert!(found(&["被盗"], text).is_empty(), "{text}");
        }
        for text in [
            "I was not hacked",
            "wasn't hacked",
            "it was never really hacked",
            "what if i get hacked",
            "how to avoid getting hacked",
        ] {
            assert!(found(&["hacked"], text).is_empty(), "{text}");
        }
        for text in [
            "我是不是被盗了",
            "I think I might have been hacked",
            "没操作过，币被盗",
            "我不知道怎么被盗的",
            "no idea how i was hacked",
            "I did nothing, but was hacked",
        ] {
            assert_eq!(found(&["被盗", "hacked"], text).len(), 1, "{text}");
        }
    }

    #[test]
    fn a_phrase_that_denies_by_itself_is_kept() {
        assert_eq!(found(&["不是我转的", "didn't make"], "这笔不是我转的 and I didn’t make it").len(), 2);
    }

    #[test]
    fn an_empty_phrase_is_refused() {
        assert_eq!(Builder::default().add(" … x"), Err(BadPhrase::Empty));
    }
}
