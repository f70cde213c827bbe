//! The fields of a signal: names of the vocabulary with one or more values in canonical text.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize, Serializer, ser::SerializeMap};

/// Field names with their values. Text in canonical form: decimals plain, times RFC 3339, flags `true`/`false`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts(BTreeMap<String, Vec<String>>);

impl Facts {
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a value; an equal value of the same field is kept once.
    pub fn add(&mut self, field: &str, value: impl Into<String>) {
        let value = value.into();
        let values = self.0.entry(field.to_owned()).or_default();
        if !values.contains(&value) {
            values.push(value);
        }
    }

    /// Puts one value in place of all.
    pub fn set(&mut self, field: &str, value: impl Into<String>) {
        self.0.insert(field.to_owned(), vec![value.into()]);
    }

    /// The field with its value, for building facts in one expression.
    #[must_use]
    pub fn with(mut self, field: &str, value: impl Into<String>) -> Self {
        self.add(field, value);
        self
    }

    pub fn get(&self, field: &str) -> &[String] {
        self.0.get(field).map_or(&[], Vec::as_slice)
    }

    pub fn first(&self, field: &str) -> Option<&str> {
        self.get(field).first().map(String::as_str)
    }

    pub fn has(&self, field: &str) -> bool {
        !self.get(field).is_empty()
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.0.iter().map(|(name, values)| (name.as_str(), values.as_slice()))
    }

    /// Every field's values, for passing through the scrubber.
    pub fn lists_mut(&mut self) -> impl Iterator<Item = &mut Vec<String>> {
        self.0.values_mut()
    }

    /// Every value, for passing through the scrubber.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut String> {
        self.0.values_mut().flatten()
    }
}

impl Serialize for Facts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, values) in &self.0 {
            match values.as_slice() {
                [one] => map.serialize_entry(name, one)?,
                many => map.serialize_entry(name, many)?,
            }
        }
        map.end()
    }
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

impl<'de> Deserialize<'de> for Facts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let map = BTreeMap::<String, OneOrMany>::deserialize(deserializer)?;
        let facts = map.into_iter().map(|(name, values)| match values {
            OneOrMany::One(value) => (name, vec![value]),
            OneOrMany::Many(values) => (name, values),
        });
        Ok(Self(facts.collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_print_single_values_plainly_and_read_back() {
        let facts =
            Facts::new().with("kind", "report").with("family", "evm").with("family", "tron").with("family", "evm");
        let text = serde_json::to_string(&facts).unwrap();
        assert_eq!(text, r#"{"family":["evm","tron"],"kind":"report"}"#);
        assert_eq!(serde_json::from_str::<Facts>(&text).unwrap(), facts);
    }
}
