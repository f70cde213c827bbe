//! Takes apart words that were written with nothing to see between them.

use super::lists::{Form, LISTS};

/// Shortest and longest run of letters, in bytes, that is tried without a hint where to cut.
const TRIED: std::ops::RangeInclusive<usize> = 24..=512;

/// Fewest cuts a run must show: long words of prose fall into two or three words by chance.
const FEWEST: usize = 3;

/// Longest word of any list, in folded bytes.
const LONGEST: usize = 33;

/// Fewest cuts with one misspelt word among them.
const FEWEST_BESIDE: usize = 7;

/// Where to cut a folded run of letters that is no list word, given the offsets at which hidden characters stood.
pub fn cuts(word: &str, joints: &[usize]) -> Vec<usize> {
    let inner: Vec<usize> = joints.iter().copied().filter(|&joint| joint > 0 && joint < word.len()).collect();
    if !inner.is_empty() {
        let ends = inner.iter().copied().chain([word.len()]);
        let parts = [0].into_iter().chain(inner.iter().copied()).zip(ends);
        let known = |part: &str| {
            if inner.len() < FEWEST_BESIDE { languages(part) != 0 } else { !LISTS.places(part).is_empty() }
        };
        let strangers = parts.filter(|&(from, end)| !known(&word[from..end])).count();
        if strangers * 6 <= inner.len() {
            return inner;
        }
    }
    if TRIED.contains(&word.len()) { segments(word) } else { Vec::new() }
}

/// The cuts that split the word into words of one list, with at most one misspelt; none if that fails.
fn segments(word: &str) -> Vec<usize> {
    let mut from_here = vec![0_u16; word.len() + 1];
    from_here[word.len()] = u16::MAX;
    let mut to_here = vec![0_u16; word.len() + 1];
    to_here[0] = u16::MAX;
    for from in (0..word.len()).rev().filter(|&from| word.is_char_boundary(from)) {
        from_here[from] = ends(word, from).fold(0, |all, end| all | (languages(&word[from..end]) & from_here[end]));
    }
    if from_here[0] != 0 {
        let cuts = follow(word, 0, &from_here, lowest(from_here[0]));
        return if cuts.len() < FEWEST { Vec::new() } else { cuts };
    }
    for from in (0..word.len()).filter(|&from| word.is_char_boundary(from)) {
        for end in ends(word, from) {
            to_here[end] |= to_here[from] & languages(&word[from..end]);
        }
    }
    around_stranger(word, &to_here, &from_here)
}

/// As few letters as possible left over between words that lead up to the end and words from the start.
fn around_stranger(word: &str, to_here: &[u16], from_here: &[u16]) -> Vec<usize> {
    let limits =
        (0..=word.len()).flat_map(|from| (from + 1..=word.len().min(from + LONGEST)).map(move |end| (from, end)));
    let fitting = limits.filter(|&(from, end)| to_here[from] & from_here[end] != 0);
    let Some((from, end)) = fitting.min_by_key(|&(from, end)| end - from) else {
        return Vec::new();
    };
    let language = lowest(to_here[from] & from_here[end]);
    let mut cuts = Vec::new();
    let mut at = from;
    while at > 0 {
        cuts.push(at);
        let before = (at.saturating_sub(LONGEST)..at).filter(|&start| word.is_char_boundary(start));
        let mut fitting = before.filter(|&start| to_here[start] & languages(&word[start..at]) & language != 0);
        let Some(start) = fitting.next() else {
            return Vec::new();
        };
        at = start;
    }
    cuts.reverse();
    if end < word.len() {
        cuts.push(end);
    }
    cuts.extend(follow(word, end, from_here, language).into_iter().filter(|&cut| cut < word.len()));
    if cuts.len() < FEWEST_BESIDE { Vec::new() } else { cuts }
}

/// The ends of the words from a place on, longest first.
fn follow(word: &str, from: usize, from_here: &[u16], language: u16) -> Vec<usize> {
    let mut cuts = Vec::new();
    let mut from = from;
    while from < word.len() {
        let fits = |&end: &usize| languages(&word[from..end]) & from_here[end] & language != 0;
        let Some(end) = ends(word, from).rev().find(fits) else {
            return Vec::new();
        };
        if end < word.len() {
            cuts.push(end);
        }
        from = end;
    }
    cuts
}

fn lowest(languages: u16) -> u16 {
    languages & languages.wrapping_neg()
}

fn ends(word: &str, from: usize) -> impl DoubleEndedIterator<Item = usize> {
    (from + 3..=word.len().min(from + LONGEST)).filter(|&end| word.is_char_boundary(end))
}

/// The lists that hold the whole word, one bit each.
fn languages(word: &str) -> u16 {
    LISTS.places(word).iter().filter(|hit| hit.form != Form::Prefix).fold(0, |all, hit| all | 1 << hit.language)
}
