//! How grave the sender calls the event. What is missing or not understood counts as medium, never as less.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_saphyr::Spanned;

use super::fault::Flaw;
use super::place::{Place, Scene};
use crate::signal::{Decimal, Vocabulary};

const MEDIUM: &str = "medium";

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
    from: Option<Spanned<String>>,
    #[serde(default)]
    table: BTreeMap<String, Spanned<String>>,
    #[serde(default)]
    thresholds: Vec<(Spanned<String>, Spanned<String>)>,
    otherwise: Spanned<String>,
}

/// A checked choice; words are compared in lower case, thresholds from the highest down.
#[derive(Debug, Clone)]
pub struct Severity {
    from: Option<Place>,
    table: BTreeMap<String, String>,
    thresholds: Vec<(Decimal, String)>,
    otherwise: String,
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
        let from = rule.from.as_ref().map(Place::check).transpose()?;
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
        Ok(Self { from, table, thresholds, otherwise: rule.otherwise.value.clone() })
    }

    pub fn choose(&self, scene: Scene<'_>) -> &str {
        let Some(word) = self.from.as_ref().and_then(|place| place.plain(scene)) else { return &self.otherwise };
        if let Some(severity) = self.table.get(&word.trim().to_lowercase()) {
            return severity;
        }
        let number = word.trim().parse::<Decimal>().ok();
        let reached = |number: Decimal| self.thresholds.iter().find(|(bound, _)| number >= *bound);
        number.and_then(reached).map_or(&self.otherwise, |(_, severity)| severity)
    }
}

impl Default for Severity {
    fn default() -> Self {
        Self { from: None, table: BTreeMap::new(), thresholds: Vec::new(), otherwise: MEDIUM.to_owned() }
    }
}
