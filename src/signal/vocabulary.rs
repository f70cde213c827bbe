//! The closed list of kinds, fields and buckets that playbooks and source mappings are checked against.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::text::{Language, traditional};

/// What a field's values look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FieldType {
    Word,
    Text,
    Decimal,
    Integer,
    Bool,
    Time,
    Ip,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    #[serde(rename = "type")]
    pub of: FieldType,
    pub about: String,
}

/// What a person can say with one tap instead of words; the id is the value of the field `happened`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tap {
    pub id: String,
    en: String,
    zh: String,
    /// Converted from `zh` when it is not written.
    #[serde(default, rename = "zh-Hant")]
    zh_hant: Option<String>,
}

impl Tap {
    /// What stands on the button.
    pub fn label(&self, language: Language) -> String {
        match language {
            Language::En => self.en.clone(),
            Language::Zh => self.zh.clone(),
            Language::ZhHant => self.zh_hant.clone().unwrap_or_else(|| traditional(&self.zh)),
        }
    }
}

/// The text names no severity of the vocabulary.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown severity `{0}`")]
pub struct UnknownSeverity(String);

/// `playbooks/vocabulary.yaml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vocabulary {
    pub kinds: BTreeMap<String, String>,
    pub severities: Vec<String>,
    pub fields: BTreeMap<String, Field>,
    pub buckets: Vec<String>,
    pub orders: Vec<String>,
    /// In the order of the report page; versions from before there were taps have none.
    #[serde(default)]
    pub happened: Vec<Tap>,
}

impl Vocabulary {
    /// Reads the vocabulary; the error names line and column.
    pub fn read(yaml: &str) -> Result<Self, serde_saphyr::Error> {
        serde_saphyr::from_str(yaml)
    }

    /// The severities up to one of them, the least first.
    pub fn severities_up_to(&self, highest: &str) -> Result<Vec<String>, UnknownSeverity> {
        let place = self.severities.iter().position(|severity| severity == highest);
        let place = place.ok_or_else(|| UnknownSeverity(highest.to_owned()))?;
        Ok(self.severities[..=place].to_vec())
    }

    /// Whether a person can say this with one tap.
    pub fn has_tap(&self, id: &str) -> bool {
        self.happened.iter().any(|tap| tap.id == id)
    }

    /// What the values of a field look like; nothing when there is no such field. `raw.` and a place in the sender's body
    /// is a text, whatever stands there.
    pub fn type_of(&self, field: &str) -> Option<FieldType> {
        match raw_path(field) {
            Some(_) => Some(FieldType::Text),
            None => self.fields.get(field).map(|field| field.of),
        }
    }
}

/// The place in the sender's body that a field `raw.…` stands for: names with points between.
pub fn raw_path(field: &str) -> Option<&str> {
    field.strip_prefix("raw.").filter(|path| !path.is_empty() && path.len() <= 200)
}

/// The candidate nearest to a mistyped name, when one is near enough to be meant.
pub fn nearest<'a>(wrong: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let limit = (wrong.chars().count() / 3).max(1);
    candidates
        .map(|candidate| (strsim::damerau_levenshtein(wrong, candidate), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_is_answered_with_the_right_word() {
        let names = ["kind", "chain", "country", "when"];
        assert_eq!(nearest("wehn", names.into_iter()), Some("when"));
        assert_eq!(nearest("amount", names.into_iter()), None);
        assert_eq!(nearest("contry", names.into_iter()), Some("country"));
    }
}
