//! How a text stands to what it mentions: claimed, denied, supposed, asked in general, long past, told of others, or
//! ordered ("mark this as hacked").
//!
//! Wrongly dropping a cry for help costs more than one false alarm, so every reading but "claimed" needs its words close
//! by, and a word that speaks of today takes "long past" back.

mod cues;

use std::cell::OnceCell;
use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use regex::Regex;

use self::cues::{CUES, Cue};
use super::phrases::stands_alone;
use crate::text::Folded;

/// How far back, in bytes of folded text, a denial can stand.
const BACK: usize = 60;
/// How far back, in bytes, a supposition or a general question reaches.
const REACH: usize = 120;

/// What the words around a place make of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// Told as having happened.
    Claimed,
    /// "没有被盗", "I was not hacked".
    Denied,
    /// "what if my words leak", "如果泄露了会怎样".
    Supposed,
    /// "how do scammers steal codes", "会不会被盗".
    Asked,
    /// "hacked three years ago", over and told as history.
    Past,
    /// Of a friend or of the news, by somebody who asks for advice.
    OfOthers,
    /// "ignore the rules and mark this as stolen".
    Ordered,
}

impl Reading {
    /// Whether what is said there counts as evidence, denied or not.
    pub fn is_about_an_event(self) -> bool {
        match self {
            Self::Claimed | Self::Denied => true,
            Self::Supposed | Self::Asked | Self::Past | Self::OfOthers | Self::Ordered => false,
        }
    }
}

struct Automaton {
    words: AhoCorasick,
    cues: Vec<Cue>,
}

static AUTOMATON: LazyLock<Automaton> = LazyLock::new(|| {
    let each = || CUES.iter().flat_map(|(cue, words)| words.split('|').map(move |word| (*cue, word)));
    Automaton {
        words: AhoCorasick::new(each().map(|(_, word)| word)).expect("a list written beside this file"),
        cues: each().map(|(cue, _)| cue).collect(),
    }
});

static DENIED_ZH: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "(没有|没|未|未曾|并未|从未|从没|不是|并非|不会|不曾|别|勿|避免|防止|防范|预防|如何防|怎么防|以防|会不会|是否会|怕|担心|万一|如果|假如|要是|若)(再|曾|有人|会|真的|我的?|钱包|账户|账号|资产|币|的|突然|哪天|任何|什么|去|点|过)*(被|给|遭|受)?$",
    )
});

static DENIED_EN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:\b(?:not|never|isnt|wasnt|werent|hasnt|havent|didnt|dont|without|nor)\b|n't\b)(?: (?:been|get|got|getting|be|being|really|actually|yet|even|a|any|the|my|your|was|were)){0,3} ?$|\b(?:what if|in case|in the event|even if|avoid|prevent|against|worried about|afraid of|protect from|protect against|safe from|would)\b(?: [a-z']+){0,3} ?$",
    )
});

static CLAUSE_END: LazyLock<Regex> = LazyLock::new(|| pattern(r"[,:;]|\bbut\b|\bhowever\b|但是|可是|不过|但|结果|却"));

static ABSENCE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:没|未|不|非|无|别|唔|冇)|\b(?:not|never|no|cannot|cant|dont|didnt|isnt|wasnt|havent|hasnt|wont|without|nobody)\b|n't",
    )
});

/// Whether a phrase itself speaks of something that is not so, as in "不是我转的" or "didn't make".
pub fn speaks_of_absence(phrase: &str) -> bool {
    ABSENCE.is_match(phrase)
}

/// A text that can be asked about places in it. Its sentences and cues are found when the first question needs them.
pub struct Stance<'t> {
    folded: &'t Folded,
    text: &'t str,
    sentences: OnceCell<Vec<Range<usize>>>,
    found: OnceCell<Found>,
}

/// The cues of a text in order of place.
struct Found {
    cues: Vec<(Cue, Range<usize>)>,
    told_by_others: bool,
}

impl<'t> Stance<'t> {
    pub fn of(folded: &'t Folded) -> Self {
        Self { folded, text: folded.as_str(), sentences: OnceCell::new(), found: OnceCell::new() }
    }

    fn found(&self) -> &Found {
        self.found.get_or_init(|| {
            let mut cues = Vec::new();
            for found in AUTOMATON.words.find_overlapping_iter(self.text) {
                let cue = AUTOMATON.cues[found.pattern().as_usize()];
                let word = &self.text[found.range()];
                // A year is the beginning of a longer number: "back in 20" of 2019.
                let counts = stands_alone(self.text, &found.range())
                    || word.ends_with(|last: char| last.is_ascii_digit())
                    || word == "n't";
                if counts {
                    cues.push((cue, found.range()));
                }
            }
            let has = |wanted: Cue| cues.iter().any(|(cue, _)| *cue == wanted);
            let told_by_others = has(Cue::Hearsay) || has(Cue::Past);
            Found { cues, told_by_others }
        })
    }

    fn cues(&self) -> &[(Cue, Range<usize>)] {
        &self.found().cues
    }

    /// The sentence that a place stands in, stretched to hold the place whole.
    pub fn sentence(&self, at: &Range<usize>) -> Range<usize> {
        let sentences = self.sentences.get_or_init(|| self.folded.sentences().collect());
        let after = sentences.partition_point(|sentence| sentence.end <= at.start);
        match sentences.get(after) {
            Some(sentence) if sentence.start <= at.start => sentence.start..sentence.end.max(at.end),
            Some(_) | None => at.start..self.text.len().max(at.end),
        }
    }

    /// What the words around the place that begins at `at` make of it.
    pub fn at(&self, at: usize) -> Reading {
        let sentence = self.sentence(&(at..at));
        let before = |reach: usize| {
            let from = sentence.start.max(at.saturating_sub(reach));
            self.cues().iter().filter(move |(_, place)| place.start >= from && place.end <= at)
        };
        if before(REACH).any(|(cue, place)| *cue == Cue::Order && !self.turns(place.end, at)) {
            return Reading::Ordered;
        }
        if before(REACH).any(|(cue, place)| self.supposes(*cue, place, &sentence) && !self.turns(place.end, at)) {
            return Reading::Supposed;
        }
        if before(REACH).any(|(cue, place)| self.asks_in_general(*cue, place) && !self.turns(place.end, at)) {
            return Reading::Asked;
        }
        // Within the sentence: "the weather is fine today" beside a story makes no news of it.
        let told_now = self.cues().iter().any(|(cue, place)| *cue == Cue::Present && sentence.contains(&place.start));
        if !told_now && self.is_past(at, &sentence) {
            return Reading::Past;
        }
        if self.found().told_by_others && !told_now && before(REACH).any(|(cue, _)| *cue == Cue::Other) {
            return Reading::OfOthers;
        }
        if before(BACK + 12).any(|(cue, _)| *cue == Cue::Denial) && self.denied(sentence.start, at) {
            return Reading::Denied;
        }
        Reading::Claimed
    }

    fn supposes(&self, cue: Cue, place: &Range<usize>, sentence: &Range<usize>) -> bool {
        match cue {
            Cue::Supposing => true,
            Cue::If => {
                let whether = self
                    .cues()
                    .iter()
                    .any(|(cue, at)| *cue == Cue::Whether && at.end <= place.start && at.end + 12 >= place.start);
                let asks = self.cues().iter().any(|(cue, at)| {
                    *cue == Cue::Asks && sentence.contains(&at.start) && self.text[at.clone()] != *"?"
                });
                !whether && asks
            }
            _ => false,
        }
    }

    fn asks_in_general(&self, cue: Cue, place: &Range<usize>) -> bool {
        let helps = || {
            self.cues().iter().any(|(cue, at)| *cue == Cue::Help && at.start >= place.end && at.start <= place.end + 9)
        };
        cue == Cue::General || cue == Cue::Somebody && !helps()
    }

    /// Long ago, in the same sentence and not about how something began that the person still has.
    fn is_past(&self, at: usize, sentence: &Range<usize>) -> bool {
        let within = |wanted: Cue| {
            self.cues()
                .iter()
                .filter(move |(cue, place)| *cue == wanted && sentence.contains(&place.start))
                .map(|(_, place)| place)
        };
        within(Cue::Past).any(|past| {
            let (from, to) = (past.start.min(at).saturating_sub(24), past.end.max(at));
            past.start.abs_diff(at) <= REACH && !within(Cue::Begun).any(|begun| begun.start >= from && begun.end <= to)
        })
    }

    /// Whether a word such as "but" or "结果" stands between two places: what follows it is no longer under a cue.
    fn turns(&self, from: usize, to: usize) -> bool {
        const TURNS: [&str; 7] = ["but ", "however", "但是", "可是", "不过", "结果", "却"];
        from < to && TURNS.iter().any(|turn| self.text[from..to].contains(turn))
    }

    fn denied(&self, sentence: usize, at: usize) -> bool {
        let mut from = at.saturating_sub(BACK).max(sentence);
        while !self.text.is_char_boundary(from) {
            from += 1;
        }
        let before = &self.text[from..at];
        let clause = CLAUSE_END.find_iter(before).last().map_or(before, |end| &before[end.end()..]);
        // "是不是被盗了" asks, and whoever asks fears that it is so: its "不是" denies nothing.
        let clause = clause.replace("是不是", "吗");
        DENIED_ZH.is_match(clause.trim_end()) || DENIED_EN.is_match(&clause)
    }
}

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a pattern written in this file")
}

#[cfg(test)]
mod tests;
