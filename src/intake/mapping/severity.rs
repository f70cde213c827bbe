//! How grave the sender calls the event. What is missing or not understood counts as medium, never as less.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_saphyr::Spanned;

use super::fault::Flaw;
use super::place::{Places, Scene};
use super::shape::OneOrMany;
use crate::signal::{Decimal, Vocabulary};

const MEDIUM: &str = "medium";

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
    from: Option<Spanned<OneOrMany<String>>>,
    #[serde(default)]
    table: BTreeMap<String, Spanned<String>>,
    #[serde(default)]
    thresholds: Vec<(Spanned<String>, Spanned<String>)>,
    otherwise: Spanned<String>,
}

/// A checked choice; words are compared in lower case, thresholds from the highest down.
#[derive(Debug, Clone)]
pub struct Severity {
    from: Option<Places>,
    table: BTreeMap<String, String>,
    thresholds: Vec<(Decimal, String)>,
    otherwise: String,
    /// Every severity, the least first.
    ranks: Vec<String>,
    /// Whether the file says what holds without a word of the sender.
    is_rule: bool,
}

/// A severity, and whether it is the sender's word or a rule of the file; else nobody has judged it yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chosen<'a> {
    pub severity: &'a str,
    pub is_checked: bool,
}

impl Severity {
    pub fn check(written: &Spanned<Written>, vocabulary: &Vocabulary) -> Result<Self, Flaw> {
        let rank = |word: &Spanned<String>| {
            let known = || vocabulary.severities.iter().map(String::as_str);
            known()
                .position(|known| known == word.value)
                .ok_or_else(|| Flaw::unknown(word, "severity", &word.value, known()))
        };
        let rule = &written.value;
        let from = rule.from.as_ref().map(Places::check).transpose()?;
        let medium = vocabulary.severities.iter().position(|word| word == MEDIUM);
        if from.is_some() && Some(rank(&rule.otherwise)?) < medium {
            return Err(Flaw::at(&rule.otherwise, "a severity that is not understood counts as medium at least"));
        }
        rank(&rule.otherwise)?;
        let mut table = BTreeMap::new();
        for (word, severity) in &rule.table {
            rank(severity)?;
            table.insert(word.to_lowercase(), severity.value.clone());
        }
        let mut thresholds: Vec<(Decimal, String)> = Vec::new();
        for (bound, severity) in &rule.thresholds {
            rank(severity)?;
            let number: Decimal =
                bound.value.parse().map_err(|error| Flaw::at(bound, format!("`{}` is {error}", bound.value)))?;
            if thresholds.last().is_some_and(|(higher, _)| *higher <= number) {
                return Err(Flaw::at(bound, "thresholds stand from the highest down"));
            }
            thresholds.push((number, severity.value.clone()));
        }
        if from.is_none() && !(table.is_empty() && thresholds.is_empty()) {
            return Err(Flaw::at(written, "a severity with a table needs `from`"));
        }
        let is_rule = from.is_none();
        let ranks = vocabulary.severities.clone();
        Ok(Self { from, table, thresholds, otherwise: rule.otherwise.value.clone(), ranks, is_rule })
    }

    /// What the sender's word stands for, the gravest where several places have one; a word that is missing or not understood is marked as unchecked.
    pub fn choose(&self, scene: Scene<'_>) -> Chosen<'_> {
        let words = self.from.iter().flat_map(|places| places.each_plain(scene));
        let understood = words.filter_map(|word| self.known(&word));
        match understood.max_by_key(|severity| self.ranks.iter().position(|rank| rank == severity)) {
            Some(severity) => Chosen { severity, is_checked: true },
            None => Chosen { severity: &self.otherwise, is_checked: self.is_rule },
        }
    }

    fn known(&self, word: &str) -> Option<&str> {
        if let Some(severity) = self.table.get(&word.trim().to_lowercase()) {
            return Some(severity);
        }
        let number = word.trim().parse::<Decimal>().ok()?;
        self.thresholds.iter().find(|(bound, _)| number >= *bound).map(|(_, severity)| severity.as_str())
    }
}

impl Default for Severity {
    fn default() -> Self {
        Self {
            from: None,
            table: BTreeMap::new(),
            thresholds: Vec::new(),
            otherwise: MEDIUM.to_owned(),
            ranks: Vec::new(),
            is_rule: false,
        }
    }
}
