//! Looks for planted secrets in bytes of any kind: any three words of a phrase in a row, however they are set apart.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use holdfast::phrase::sample::Planted;
use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// A stretch is looked up by this many of its first bytes.
const HEAD: usize = 8;

/// Every planted secret, ready to be looked for.
#[derive(Default)]
pub struct Hunt {
    words: Stretches,
    keys: Stretches,
}

impl Hunt {
    /// Looks for every three words in a row: bare, and as they stood in the text with what was between them.
    pub fn add_phrase(&mut self, field: &'static str, planted: &Planted) {
        for words in planted.words.windows(3) {
            self.words.add(field, letters(words.concat().as_bytes()));
        }
        for places in places(planted).windows(3) {
            self.words.add(field, letters(&planted.text.as_bytes()[places[0].start..places[2].end]));
        }
    }

    /// Looks for either half of a key.
    pub fn add_key(&mut self, field: &'static str, key: &str) {
        let (first, second) = key.split_at(key.len() / 2);
        for half in [first, second] {
            self.keys.add(field, half.to_ascii_lowercase().into_bytes());
        }
    }

    /// The stretches that the bytes hold, each with the field it was planted in.
    pub fn find(&self, bytes: &[u8]) -> BTreeSet<(&'static str, String)> {
        let mut found = self.words.find(&letters(bytes));
        found.extend(self.keys.find(&bytes.to_ascii_lowercase()));
        found
    }
}

/// Where the words stand in the text, from its beginning on: columns are written in another order than they are read.
fn places(planted: &Planted) -> Vec<Range<usize>> {
    let mut from = 0;
    let in_order = planted.words.iter().map(|word| {
        let start = from + planted.text[from..].find(word.as_str())?;
        from = start + word.len();
        Some(start..from)
    });
    in_order.collect::<Option<Vec<_>>>().unwrap_or_else(|| {
        let anywhere = planted
            .words
            .iter()
            .filter_map(|word| planted.text.find(word.as_str()).map(|start| start..start + word.len()));
        let mut places: Vec<_> = anywhere.collect();
        places.sort_by_key(|place| place.start);
        places
    })
}

/// The letters of the text in the bytes, without case, accents and everything between them, JSON's escapes among it.
fn letters(bytes: &[u8]) -> Vec<u8> {
    let mut letters = Vec::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        let mut text = chunk.valid().chars();
        while let Some(letter) = text.next() {
            if letter == '\\' {
                let escaped = text.by_ref().find(|letter| *letter != '\\');
                if escaped == Some('u') {
                    text.by_ref().take(4).for_each(drop);
                }
            } else if letter.is_ascii() {
                if letter.is_ascii_alphabetic() {
                    letters.push(letter.to_ascii_lowercase() as u8);
                }
            } else {
                decompose_compatible(letter, |part| {
                    if part.is_alphabetic() && !is_combining_mark(part) {
                        letters.extend(part.to_lowercase().collect::<String>().into_bytes());
                    }
                });
            }
        }
    }
    letters
}

#[derive(Default)]
struct Stretches {
    by_head: BTreeMap<u64, BTreeMap<Vec<u8>, &'static str>>,
    /// Which heads there are, by their 24 upper bits after mixing: most places are ruled out here.
    heads: Vec<bool>,
}

impl Stretches {
    fn add(&mut self, field: &'static str, stretch: Vec<u8>) {
        // Three words are longer; only a word found inside another of a table's columns makes less.
        let Some(head) = stretch.first_chunk::<HEAD>() else { return };
        let head = u64::from_be_bytes(*head);
        self.heads.resize(1 << 24, false);
        self.heads[mixed(head)] = true;
        self.by_head.entry(head).or_default().insert(stretch, field);
    }

    fn find(&self, bytes: &[u8]) -> BTreeSet<(&'static str, String)> {
        let mut found = BTreeSet::new();
        let mut head = 0;
        for (at, byte) in bytes.iter().enumerate() {
            head = head << 8 | u64::from(*byte);
            if at + 1 < HEAD || self.heads.is_empty() || !self.heads[mixed(head)] {
                continue;
            }
            let here = &bytes[at + 1 - HEAD..];
            let stretches = self.by_head.get(&head).into_iter().flatten();
            found.extend(
                stretches
                    .filter(|(stretch, _)| here.starts_with(stretch))
                    .map(|(stretch, field)| (*field, String::from_utf8_lossy(stretch).into_owned())),
            );
        }
        found
    }
}

fn mixed(head: u64) -> usize {
    usize::try_from(head.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40).expect("24 bits")
}

#[test]
fn what_is_there_is_found_whatever_stands_between() {
    let planted = holdfast::phrase::sample::planted(0);
    let mut hunt = Hunt::default();
    hunt.add_phrase("a", &planted);
    hunt.add_key("b", "00112233445566778899aabbccddeeff");
    let three = planted.words[1..4].join("\\n7, ").to_uppercase();
    for (bytes, is_found) in [
        (three.as_bytes(), true),
        (b"\xff 8899AABBccddeeff \xfe", true),
        (planted.words[0].as_bytes(), false),
        (b"nothing at all", false),
    ] {
        assert_eq!(!hunt.find(bytes).is_empty(), is_found);
    }
}
