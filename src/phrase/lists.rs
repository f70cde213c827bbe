//! The ten BIP-39 word lists as one table, folded the way text is folded; built once.

use std::{collections::HashMap, sync::LazyLock};

use bip39::Language;
use unicode_normalization::UnicodeNormalization;

use super::{near::Shape, tokens::fold_char};

pub const LANGUAGES: usize = Language::ALL.len();

/// Letters that tell a word of the Latin lists from every other one of its list.
const PREFIX: usize = 4;

/// One place a written word has in one list.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// Index into [`Language::ALL`].
    pub language: u8,
    /// Index into the list, 0 to 2047.
    pub index: u16,
    pub form: Form,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// The whole word, of more than four letters.
    Long,
    /// The whole word, which cannot be shortened further.
    Short,
    /// Its first four letters.
    Prefix,
}

/// How the words of a phrase are written, all alike.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Spelling {
    Whole,
    Abbreviated,
}

impl Spelling {
    pub const ALL: [Self; 2] = [Self::Whole, Self::Abbreviated];

    pub fn admits(self, form: Form) -> bool {
        match (self, form) {
            (Self::Whole, Form::Prefix) | (Self::Abbreviated, Form::Long) => false,
            (Self::Whole, Form::Long | Form::Short) | (Self::Abbreviated, Form::Short | Form::Prefix) => true,
        }
    }
}

pub struct Lists {
    places: HashMap<Box<str>, Vec<Hit>>,
    words: Vec<Vec<Box<str>>>,
    shapes: Vec<Vec<Shape>>,
    longest: usize,
}

pub static LISTS: LazyLock<Lists> = LazyLock::new(Lists::build);

impl Lists {
    fn build() -> Self {
        let mut lists =
            Self { places: HashMap::with_capacity(40_000), words: Vec::new(), shapes: Vec::new(), longest: 0 };
        for (language, list) in (0_u8..).zip(Language::ALL) {
            let words: Vec<Box<str>> = list.word_list().iter().map(|word| fold(word)).collect();
            for (index, word) in (0_u16..).zip(&words) {
                lists.longest = lists.longest.max(word.len());
                let letters = word.chars().count();
                let form = if is_latin(language) && letters > PREFIX { Form::Long } else { Form::Short };
                lists.places.entry(word.clone()).or_default().push(Hit { language, index, form });
                if form == Form::Long {
                    let prefix = word.chars().take(PREFIX).collect::<String>().into_boxed_str();
                    lists.places.entry(prefix).or_default().push(Hit { language, index, form: Form::Prefix });
                }
            }
            lists.shapes.push(words.iter().map(|word| Shape::of(word)).collect());
            lists.words.push(words);
        }
        lists
    }

    /// The places of a folded word or prefix in all lists.
    pub fn places(&self, folded: &str) -> &[Hit] {
        if folded.len() > self.longest {
            return &[];
        }
        self.places.get(folded).map_or(&[], Vec::as_slice)
    }

    /// The folded words of one list, in its order.
    pub fn words(&self, language: usize) -> &[Box<str>] {
        &self.words[language]
    }

    /// The shapes of the same words.
    pub fn shapes(&self, language: usize) -> &[Shape] {
        &self.shapes[language]
    }
}

/// True for the lists of single characters.
pub fn is_chinese(language: usize) -> bool {
    matches!(Language::ALL[language], Language::SimplifiedChinese | Language::TraditionalChinese)
}

fn is_latin(language: u8) -> bool {
    match Language::ALL[usize::from(language)] {
        Language::English
        | Language::Czech
        | Language::French
        | Language::Italian
        | Language::Portuguese
        | Language::Spanish => true,
        Language::SimplifiedChinese | Language::TraditionalChinese | Language::Japanese | Language::Korean => false,
    }
}

fn fold(word: &str) -> Box<str> {
    word.nfkd().filter_map(fold_char).collect::<String>().into_boxed_str()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_every_list_is_found_by_its_folded_form() {
        for (language, list) in Language::ALL.iter().enumerate() {
            for (index, word) in list.word_list().iter().enumerate() {
                let found = LISTS
                    .places(&fold(word))
                    .iter()
                    .any(|hit| usize::from(hit.language) == language && usize::from(hit.index) == index);
                assert!(found, "{word} of {list}");
            }
        }
    }

    #[test]
    fn accents_left_out_make_no_two_words_of_a_list_alike() {
        for language in 0..LANGUAGES {
            let mut words = LISTS.words(language).to_vec();
            words.sort();
            words.dedup();
            assert_eq!(words.len(), 2048, "{}", Language::ALL[language]);
        }
    }

    #[test]
    fn four_letters_tell_the_latin_words_apart() {
        for (language, _) in (0_usize..LANGUAGES).zip(0_u8..).filter(|&(_, language)| is_latin(language)) {
            let mut prefixes: Vec<String> =
                LISTS.words(language).iter().map(|word| word.chars().take(PREFIX).collect()).collect();
            prefixes.sort();
            prefixes.dedup();
            assert_eq!(prefixes.len(), 2048, "{}", Language::ALL[language]);
        }
    }
}
