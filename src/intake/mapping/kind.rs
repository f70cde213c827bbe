//! Choosing a signal's kind from what the sender calls the event.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_saphyr::Spanned;

use super::condition::Condition;
use super::fault::Flaw;
use super::place::{Places, Scene};
use super::shape::{OneOrMany, WordOr};
use crate::playbook::matcher::Match;
use crate::signal::Vocabulary;

/// The kind of an event that a mapping does not name.
const UNCLASSIFIED: &str = "unclassified";

/// Kinds that only our own doors may give.
const OURS: [&str; 5] = ["report", "answer", "step-outcome", "message", "secret.disclosed"];

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
    #[serde(rename = "const")]
    fixed: Option<Spanned<String>>,
    #[serde(default)]
    cases: Vec<WrittenCase>,
    from: Option<Spanned<OneOrMany<String>>>,
    #[serde(default)]
    table: BTreeMap<String, Spanned<String>>,
    #[serde(default)]
    prefix_table: BTreeMap<String, Spanned<String>>,
    otherwise: Option<Spanned<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenCase {
    when: Spanned<Match>,
    kind: Spanned<String>,
}

/// A checked choice: cases first, then the sender's word, whole or by its longest known beginning.
#[derive(Debug, Clone)]
pub struct Kind {
    cases: Vec<(Condition, String)>,
    from: Option<Places>,
    table: BTreeMap<String, String>,
    prefixes: BTreeMap<String, String>,
    otherwise: String,
}

impl Kind {
    pub fn check(written: &Spanned<WordOr<Written>>, vocabulary: &Vocabulary) -> Result<Self, Flaw> {
        let kind = |word: &Spanned<String>| known(word, &word.value, vocabulary);
        let rule = match &written.value {
            WordOr::Word(word) => return Ok(Self::fixed(known(written, word, vocabulary)?)),
            WordOr::Long(rule) => rule,
        };
        let tables = |table: &BTreeMap<String, Spanned<String>>| {
            table.iter().map(|(word, value)| Ok((word.clone(), kind(value)?))).collect::<Result<BTreeMap<_, _>, Flaw>>()
        };
        let cases = rule
            .cases
            .iter()
            .map(|case| Ok((Condition::check(&case.when)?, kind(&case.kind)?)))
            .collect::<Result<Vec<_>, Flaw>>()?;
        let from = rule.from.as_ref().map(Places::check).transpose()?;
        let has_table = !rule.table.is_empty() || !rule.prefix_table.is_empty();
        let otherwise = match (&rule.fixed, &rule.otherwise) {
            (Some(word), None) if from.is_none() && !has_table => kind(word)?,
            (None, Some(word)) if from.is_some() || !has_table => kind(word)?,
            (None, None) => {
                return Err(Flaw::at(written, "a kind needs `const`, or `otherwise` for words that no table names"));
            }
            _ => return Err(Flaw::at(written, "a kind has either `const`, or `otherwise` with `from` and tables")),
        };
        Ok(Self { cases, from, table: tables(&rule.table)?, prefixes: tables(&rule.prefix_table)?, otherwise })
    }

    /// The kind here and, where there is one, the sender's own word for it.
    pub fn choose(&self, scene: Scene<'_>) -> (&str, Option<String>) {
        let word = self.from.as_ref().and_then(|place| place.plain(scene));
        let case = self.cases.iter().find(|(condition, _)| condition.fits(scene)).map(|(_, kind)| kind);
        let kind = case.or_else(|| self.named(word.as_deref()?)).unwrap_or(&self.otherwise);
        (kind, word)
    }

    /// Whether the sender names the event at all.
    pub fn is_named(&self, scene: Scene<'_>) -> bool {
        self.from.as_ref().is_none_or(|place| place.plain(scene).is_some())
    }

    fn named(&self, word: &str) -> Option<&String> {
        let longest = || {
            self.prefixes
                .iter()
                .filter(|(prefix, _)| word.starts_with(prefix.as_str()))
                .max_by_key(|(prefix, _)| prefix.len())
                .map(|(_, kind)| kind)
        };
        self.table.get(word).or_else(longest)
    }

    fn fixed(kind: String) -> Self {
        Self { cases: Vec::new(), from: None, table: BTreeMap::new(), prefixes: BTreeMap::new(), otherwise: kind }
    }
}

impl Default for Kind {
    fn default() -> Self {
        Self::fixed(UNCLASSIFIED.to_owned())
    }
}

fn known<T>(written: &Spanned<T>, word: &str, vocabulary: &Vocabulary) -> Result<String, Flaw> {
    if OURS.contains(&word) {
        return Err(Flaw::at(written, format!("kind `{word}` is given by Holdfast alone")));
    }
    if vocabulary.kinds.contains_key(word) {
        return Ok(word.to_owned());
    }
    Err(Flaw::unknown(written, "kind", word, vocabulary.kinds.keys().map(String::as_str)))
}
