//! Generated recovery phrases: whole, misspelt, and in raw bytes.

use std::collections::BTreeMap;

use super::super::{
    sample::{self, Planted},
    scrub, scrub_bytes,
};

/// True if three words of the phrase that follow each other stand close together in the text.
pub fn remains(planted: &Planted, text: &str) -> bool {
    let next = |word: &str, from: usize| {
        let end = text.ceil_char_boundary(text.len().min(from + 14 + word.len()));
        text[from..end].find(word).map(|at| from + at + word.len())
    };
    planted.words.windows(3).any(|three| {
        text.match_indices(three[0].as_str())
            .any(|(at, first)| next(&three[1], at + first.len()).and_then(|from| next(&three[2], from)).is_some())
    })
}

/// True if any word of five letters and more is left that carriers do not use themselves.
fn leaves_a_word(planted: &Planted, text: &str) -> bool {
    let left: Vec<&str> = text.split(|letter: char| !letter.is_alphanumeric()).collect();
    let long = planted.words.iter().filter(|word| word.chars().count() >= 5);
    long.into_iter().any(|word| left.contains(&word.as_str()) && !CARRIED.contains(&word.as_str()))
}

const CARRIED: [&str; 7] = ["phrase", "address", "phone", "agent", "again", "minutes", "private"];

fn caught(plant: fn(u64) -> Planted, seeds: std::ops::Range<u64>) -> (u64, BTreeMap<&'static str, u32>) {
    let mut missed: BTreeMap<&'static str, u32> = BTreeMap::new();
    let total = seeds.end - seeds.start;
    for seed in seeds {
        let planted = plant(seed);
        let scrubbed = scrub(&planted.text);
        if scrubbed.removed.is_empty() || remains(&planted, &scrubbed.text) || leaves_a_word(&planted, &scrubbed.text) {
            *missed.entry(planted.layout).or_default() += 1;
        }
    }
    (total, missed)
}

#[test]
fn ten_thousand_phrases_in_all_layouts_are_removed() {
    let (total, missed) = caught(sample::planted, 0..10_000);
    let count: u32 = missed.values().sum();
    assert!(u64::from(count) * 1000 <= total, "{count} of {total} missed: {missed:?}");
}

#[test]
fn phrases_with_one_misspelt_word_are_removed() {
    let (total, missed) = caught(sample::misspelt, 50_000..53_000);
    let count: u32 = missed.values().sum();
    assert!(u64::from(count) * 1000 <= total * 3, "{count} of {total} missed: {missed:?}");
}

#[test]
fn phrases_in_raw_bytes_are_removed_escaped_or_broken() {
    for seed in 0..400 {
        let planted = sample::planted(seed);
        let json = serde_json::to_string(&serde_json::json!({ "text": planted.text })).unwrap();
        let escaped: String =
            json.chars()
                .flat_map(|letter| {
                    if letter.is_ascii() { letter.to_string().chars().collect::<Vec<_>>() } else { escape(letter) }
                })
                .collect();
        for body in [json.into_bytes(), escaped.into_bytes(), [&[0xff, 0xfe], planted.text.as_bytes()].concat()] {
            let scrubbed = String::from_utf8(scrub_bytes(&body)).unwrap();
            assert!(scrubbed.contains("[removed: recovery phrase]"), "{}: {scrubbed}", planted.layout);
            assert!(!remains(&planted, &scrubbed), "{}: {scrubbed}", planted.layout);
        }
    }
}

fn escape(letter: char) -> Vec<char> {
    let mut units = [0; 2];
    letter
        .encode_utf16(&mut units)
        .iter()
        .flat_map(|unit| format!("\\u{unit:04x}").chars().collect::<Vec<_>>())
        .collect()
}
