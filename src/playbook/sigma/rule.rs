//! A rule file of Sigma: what of it matters here.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use super::Detection;

/// One document: a rule with a detection, or a correlation of other rules. Everything else in it is left alone.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Document {
    pub title: Option<String>,
    pub id: Option<String>,
    pub name: Option<String>,
    pub author: Option<Value>,
    pub license: Option<String>,
    pub level: Option<String>,
    pub detection: Option<Detection>,
    pub correlation: Option<Correlation>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Correlation {
    #[serde(rename = "type")]
    pub kind: String,
    pub rules: OneOrMany,
    pub timespan: Option<String>,
    pub condition: Option<BTreeMap<String, Value>>,
    #[serde(default)]
    pub generate: bool,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub(super) enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

impl OneOrMany {
    pub fn names(&self) -> &[String] {
        match self {
            Self::One(name) => std::slice::from_ref(name),
            Self::Many(names) => names,
        }
    }
}

impl Document {
    pub fn title(&self) -> &str {
        self.title.as_deref().unwrap_or("a rule without a title").trim()
    }

    /// Whether a correlation means this rule.
    pub fn is_called(&self, name: &str) -> bool {
        self.name.as_deref() == Some(name) || self.id.as_deref() == Some(name)
    }

    /// Centi-decibans by the rule's own level: a critical rule alone makes 400 to one, a low one four to one.
    pub fn weight(&self) -> i32 {
        match self.level.as_deref() {
            Some("critical") => 2_600,
            Some("high") => 2_000,
            Some("low") => 600,
            Some("informational") => 200,
            _ => 1_200,
        }
    }

    /// Title, author, id and licence, which the licence of the public rules asks to keep.
    pub fn origin(&self) -> String {
        let author = match &self.author {
            Some(Value::String(author)) => author.trim(),
            _ => "an unnamed author",
        };
        let mut origin = format!("Sigma: {} by {author}", self.title());
        if let Some(id) = &self.id {
            origin = format!("{origin}, rule {id}");
        }
        if let Some(license) = &self.license {
            origin = format!("{origin}, {license}");
        }
        origin.lines().collect::<Vec<_>>().join(" ")
    }
}

/// A sign's id from a file's name: lower case words with `-` between.
pub(super) fn sign_id(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let words = stem.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let id = words.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("-");
    if id.is_empty() { "rule".to_owned() } else { id }
}
