//! The mappings that come with Holdfast, and mappings written for one point each.

mod faults;
mod language;
mod others;
mod pitfalls;
mod pitfalls_more;
mod published;
mod published_more;
mod published_rest;
mod raw;
mod robust;

use super::{FILES, Mapping};
use crate::signal::Vocabulary;

fn vocabulary() -> Vocabulary {
    Vocabulary::read(include_str!("../../../../playbooks/vocabulary.yaml")).unwrap()
}

fn every_mapping() -> Vec<Mapping> {
    let vocabulary = vocabulary();
    FILES
        .iter()
        .map(|(name, yaml)| Mapping::read(name, yaml, &vocabulary).unwrap_or_else(|fault| panic!("{fault}")))
        .collect()
}

fn mapping_of(source: &str) -> Mapping {
    every_mapping().into_iter().find(|mapping| mapping.source() == source).unwrap()
}

/// A mapping with the parts that every file has, and the given ones.
fn small(parts: &str) -> Result<Mapping, super::Fault> {
    let about = "source: small\nabout: { en: made up, zh: 编的 }\nauth: { scheme: bearer }\n";
    let rest = "\nsamples: [{ body: {}, expect: [] }]\n";
    Mapping::read("sources/small.yaml", &format!("{about}{parts}{rest}"), &vocabulary())
}

#[test]
fn every_mapping_gives_what_its_samples_say() {
    for mapping in every_mapping() {
        assert_eq!(mapping.try_samples(), [] as [&str; 0]);
        assert!(mapping.sample_count() > 0);
    }
}
