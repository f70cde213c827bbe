//! The learned sign as a whole: trained on a few made-up lines, written, read again, and asked.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use proptest::prelude::*;

use super::train::corpus::Row;
use super::train::{Corpus, Recipe, train};
use super::{BUILTIN, Weights};
use crate::playbook::Class;
use crate::text::{Language, fold};

static WHOLE: LazyLock<Vec<u8>> = LazyLock::new(|| trained(1).write());

fn kinds() -> BTreeMap<String, Class> {
    [("theft".to_owned(), Class::Security), ("question".to_owned(), Class::Routine)].into()
}

fn corpus() -> Corpus {
    let lines = [
        ("one", "theft", "somebody took all my coins at night"),
        ("one", "question", "how do i add a network"),
        ("two", "theft", "my coins were taken, somebody took them"),
        ("two", "question", "how can i add a token"),
        ("three", "theft", "somebody took coins from me"),
        ("three", "question", "where do i add a coin"),
        ("kept", "theft", "somebody took my coins"),
        ("kept", "question", "how do i add it"),
    ];
    let row = |(writer, kind, text): (&str, &str, &str)| Row {
        writer: writer.to_owned(),
        language: Language::En,
        kind: kind.to_owned(),
        text: text.to_owned(),
    };
    Corpus {
        rows: lines.into_iter().map(row).collect(),
        neutral: vec!["The weather is fine today.".to_owned()],
        digest: [7; 32],
    }
}

fn trained(seed: u64) -> Weights {
    let recipe = Recipe { seed, least: 2, ..Recipe::default() };
    train(&corpus(), "kept", &kinds(), (&recipe, &mut |_, _| {}))
}

#[test]
fn training_twice_gives_the_same_bytes_and_another_seed_gives_others() {
    let bytes = trained(1).write();
    assert_eq!(trained(1).write(), bytes);
    assert_ne!(trained(2).write(), bytes);
    assert_eq!(Weights::read(&bytes), Ok(trained(1)));
}

#[test]
fn a_text_unlike_any_of_the_corpus_is_told_by_what_it_shares() {
    let weights = trained(1);
    let evidence = |text: &str| weights.evidence(&weights.scores(&fold(text)));
    let place = |kind: &str| weights.kinds.iter().position(|(name, _)| name == kind).unwrap();
    assert!(evidence("somebody took everything")[place("theft")] > 0);
    assert!(evidence("how do i add one")[place("theft")] < 0);
    let padded = "The weather is fine today.\nsomebody took everything\nThe weather is fine today.";
    assert_eq!(evidence(padded), evidence("somebody took everything"), "what is said beside the matter weighs nothing");
}

#[test]
fn the_weights_in_the_tree_are_read() {
    let weights = Weights::read(BUILTIN).unwrap();
    assert!(weights.kinds.len() >= 40 && weights.hashes.len() > 10_000);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        if let Ok(weights) = Weights::read(&bytes) {
            let _ = weights.evidence(&weights.scores(&fold("somebody took all my coins")));
        }
    }

    #[test]
    fn a_damaged_file_is_refused_or_still_scores(at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<prop::sample::Index>()) {
        let mut bytes = WHOLE.clone();
        let place = at.index(bytes.len());
        bytes[place] = byte;
        for read in [Weights::read(&bytes), Weights::read(&bytes[..cut.index(bytes.len())])].into_iter().flatten() {
            let _ = read.evidence(&read.scores(&fold("somebody took all my coins 他们拿走了我的币")));
        }
    }
}
