//! How far a misspelt word is from a list word.

use super::lists::{LISTS, is_chinese};

/// True if a folded word is one or two slips (letter wrong, missing, extra or swapped) from a word of the list;
/// two only from five letters on. Any character counts as a slip of a Chinese one.
pub fn is_near(word: &str, language: usize) -> bool {
    let letters: Vec<char> = word.chars().collect();
    if is_chinese(language) {
        return letters.len() == 1 && !letters[0].is_ascii();
    }
    if letters.len() < 3 {
        return false;
    }
    let slips = if letters.len() < 5 { 1 } else { 2 };
    let shape = Shape::of(word);
    let mut other = Vec::with_capacity(16);
    LISTS.words(language).iter().zip(LISTS.shapes(language)).any(|(candidate, other_shape)| {
        if !shape.may_be_near(*other_shape, slips) {
            return false;
        }
        other.clear();
        other.extend(candidate.chars());
        distance(&letters, &other) <= slips as usize
    })
}

/// What tells most words apart without comparing them: how many letters, and which.
#[derive(Clone, Copy)]
pub struct Shape {
    letters: usize,
    which: u32,
}

impl Shape {
    pub fn of(word: &str) -> Self {
        let which = word.chars().fold(0, |which, letter| which | 1 << (u32::from(letter) % 32));
        Self { letters: word.chars().count(), which }
    }

    /// False only if more slips than given lie between the words; each changes at most two of the letters used.
    fn may_be_near(self, other: Self, slips: u32) -> bool {
        self.letters.abs_diff(other.letters) <= slips as usize && (self.which ^ other.which).count_ones() <= slips * 2
    }
}

/// Damerau's distance, each letter moved at most once.
fn distance(one: &[char], other: &[char]) -> usize {
    let mut two_back = vec![0; other.len() + 1];
    let mut back: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut row = vec![i + 1; other.len() + 1];
        for (j, b) in other.iter().enumerate() {
            row[j + 1] = (back[j] + usize::from(a != b)).min(back[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *a == other[j - 1] && one[i - 1] == *b {
                row[j + 1] = row[j + 1].min(two_back[j - 1] + 1);
            }
        }
        two_back = std::mem::replace(&mut back, row);
    }
    back[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slips(one: &str, other: &str) -> usize {
        distance(&one.chars().collect::<Vec<_>>(), &other.chars().collect::<Vec<_>>())
    }

    #[test]
    fn slips_are_counted() {
        assert_eq!(slips("abandon", "abandon"), 0);
        assert_eq!(slips("abadnon", "abandon"), 1);
        assert_eq!(slips("abandn", "abandon"), 1);
        assert_eq!(slips("abbandom", "abandon"), 2);
        assert_eq!(slips("", "zoo"), 3);
    }

    #[test]
    fn misspelt_words_are_near_and_others_not() {
        assert!(is_near("garlik", 0));
        assert!(is_near("tunel", 0));
        assert!(!is_near("xyzzyq", 0));
        assert!(!is_near("of", 0));
    }
}
