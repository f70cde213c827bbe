//! One line of `assess --jsonl`: a report body, a labelled report, or a delivery of a source.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use crate::phrase::scrub;
use crate::signal::Report;

/// What a line asks for.
pub struct Asked {
    pub id: Option<Value>,
    pub of: Input,
}

pub enum Input {
    Report(Box<Report>, Option<Labelled>),
    Alert(Alert),
}

/// What a reader said of a report beforehand.
pub struct Labelled {
    pub label: Label,
    pub kind: String,
    pub language: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Label {
    Incident,
    Routine,
    Unclear,
}

/// A delivery; `endpoint` is taken as the name of a source, since no settings are read here.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Alert {
    #[serde(alias = "endpoint")]
    pub source: String,
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
    body: Box<RawValue>,
}

impl Alert {
    /// The bytes of the body: those of a text that holds it, else the JSON as it stands in the line.
    pub fn body(&self) -> Vec<u8> {
        let raw = self.body.get();
        serde_json::from_str::<String>(raw).map_or_else(|_| raw.as_bytes().to_vec(), String::into_bytes)
    }
}

/// Members of a labelled line that say nothing to a judgement.
const BESIDE: [&str; 4] = ["urgency", "has_secret", "source", "licence"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Marks {
    label: Label,
    #[serde(default)]
    kind: String,
}

/// Reads a line. What is wrong is told without secrets.
pub fn read(line: &[u8], lenient: bool) -> Result<Asked, String> {
    parse(line, lenient).map_err(|error| scrub(&error.to_string()).text)
}

fn parse(line: &[u8], lenient: bool) -> serde_json::Result<Asked> {
    let mut members: BTreeMap<String, Box<RawValue>> = serde_json::from_slice(line)?;
    let id = members.remove("id").map(|id| serde_json::from_str(id.get())).transpose()?;
    if members.contains_key("body") && (members.contains_key("source") || members.contains_key("endpoint")) {
        return Ok(Asked { id, of: Input::Alert(again(&members)?) });
    }
    let mut labelled = None;
    if members.contains_key("label") {
        let marks: BTreeMap<&str, Box<RawValue>> =
            ["label", "kind"].into_iter().filter_map(|name| Some((name, members.remove(name)?))).collect();
        let Marks { label, kind } = again(&marks)?;
        members.retain(|name, _| !BESIDE.contains(&name.as_str()));
        labelled = Some((label, kind));
    }
    if lenient {
        members.retain(|name, _| ["text", "lang", "language"].contains(&name.as_str()));
    }
    if (lenient || labelled.is_some())
        && let Some(language) = members.remove("lang")
    {
        members.entry("language".to_owned()).or_insert(language);
    }
    let report: Report = again(&members)?;
    let labelled =
        labelled.map(|(label, kind)| Labelled { label, kind, language: report.language.clone().unwrap_or_default() });
    Ok(Asked { id, of: Input::Report(Box::new(report), labelled) })
}

fn again<T: for<'de> Deserialize<'de>, K: AsRef<str> + Ord>(
    members: &BTreeMap<K, Box<RawValue>>,
) -> serde_json::Result<T> {
    let text: Vec<String> =
        members.iter().map(|(name, value)| format!("{}:{}", Value::from(name.as_ref()), value.get())).collect();
    serde_json::from_str(&format!("{{{}}}", text.join(",")))
}

/// The body of one report in a file of its own, with an optional `id`.
pub fn read_report(bytes: &[u8]) -> Result<Report, String> {
    let read = || -> serde_json::Result<Report> {
        let mut members: Map<String, Value> = serde_json::from_slice(bytes)?;
        members.remove("id");
        serde_json::from_value(Value::Object(members))
    };
    read().map_err(|error| scrub(&error.to_string()).text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_labelled_line_keeps_its_label_and_drops_what_stands_beside() {
        let line = r#"{"id":"d-1","lang":"zh","text":"币不见了","label":"incident","kind":"unknown-theft","urgency":"recent","has_secret":false,"source":"x","licence":"y"}"#;
        let Input::Report(report, Some(labelled)) = read(line.as_bytes(), false).unwrap().of else {
            panic!("a labelled report")
        };
        assert_eq!(
            (report.text.as_str(), labelled.label, labelled.kind.as_str(), labelled.language.as_str()),
            ("币不见了", Label::Incident, "unknown-theft", "zh")
        );
    }

    #[test]
    fn unknown_members_are_refused_unless_asked_for() {
        let line = br#"{"id":1,"text":"help","lang":"en","mood":"bad"}"#;
        let Err(error) = read(line, false) else { panic!("must be refused") };
        assert!(error.contains("unknown field `lang`"), "{error}");
        assert_eq!(read(line, true).unwrap().id, Some(Value::from(1)));
        for wrong in [&b"\xff"[..], b"", b"[]", br#"{"text":1}"#, br#"{"text":"a","label":"odd"}"#] {
            assert!(read(wrong, false).is_err());
        }
    }

    #[test]
    fn a_body_is_taken_as_it_stands_or_out_of_a_text() {
        for line in [
            r#"{"source":"okta","body":{"b":1.00,"a":2}}"#,
            r#"{"endpoint":"okta","headers":{},"body":"{\"b\":1.00,\"a\":2}"}"#,
        ] {
            let Input::Alert(alert) = read(line.as_bytes(), false).unwrap().of else { panic!("an alert") };
            assert_eq!((alert.source.as_str(), alert.body().as_slice()), ("okta", &br#"{"b":1.00,"a":2}"#[..]));
        }
    }

    #[test]
    fn a_refusal_does_not_repeat_a_phrase() {
        let line = r#"{"text":"x","happening_now":"legal winner thank year wave sausage worth useful legal winner thank yellow"}"#;
        let Err(error) = read(line.as_bytes(), false) else { panic!("must be refused") };
        assert!(!error.contains("sausage"), "{error}");
    }
}
