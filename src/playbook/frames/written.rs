//! The written form of a frame and of the lexicon.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::playbook::shape::Phrases;

/// Names of word lists, one or more a role; every role that has any must be found.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Frame {
    #[serde(default)]
    pub who: Vec<String>,
    #[serde(default)]
    pub did: Vec<String>,
    #[serde(default)]
    pub what: Vec<String>,
    /// A further list of any role.
    #[serde(default)]
    pub also: Vec<String>,
    #[serde(default)]
    pub when: Vec<String>,
    #[serde(default)]
    pub order: Order,
    /// Letters from the first word to the last; a Chinese character counts three.
    pub within: Option<u16>,
    #[serde(default)]
    pub span: Span,
    /// None of these may stand in the same sentence (with `span: text`, in the text).
    #[serde(default)]
    pub not: Vec<String>,
}

/// Whether the roles must follow one another as who, did, what, also, when.
#[derive(Debug, Clone, Copy, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Order {
    #[default]
    Any,
    Given,
}

/// What a frame must not reach beyond.
#[derive(Debug, Clone, Copy, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Span {
    Clause,
    #[default]
    Sentence,
    Text,
}

/// `frames.yaml`: word lists by role and name. A word that ends with `*` may go on.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lists {
    #[serde(default)]
    pub who: BTreeMap<String, Phrases>,
    #[serde(default)]
    pub did: BTreeMap<String, Phrases>,
    #[serde(default)]
    pub what: BTreeMap<String, Phrases>,
    #[serde(default)]
    pub when: BTreeMap<String, Phrases>,
    /// Words that are right as they are, though a listed word is one letter away.
    #[serde(default)]
    pub right: Vec<String>,
}
