//! The closed list of kinds, fields and buckets that playbooks and source mappings are checked against.

use std::collections::BTreeMap;

use serde::Deserialize;

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

/// `playbooks/vocabulary.yaml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vocabulary {
    pub kinds: BTreeMap<String, String>,
    pub severities: Vec<String>,
    pub fields: BTreeMap<String, Field>,
    pub buckets: Vec<String>,
    pub orders: Vec<String>,
}

impl Vocabulary {
    /// Reads the vocabulary; the error names line and column.
    pub fn read(yaml: &str) -> Result<Self, serde_saphyr::Error> {
        serde_saphyr::from_str(yaml)
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
