//! From Sigma rules to a group of signs.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use super::item::split;
use super::lines::{Line, lines};
use super::rule::{Correlation, Document, sign_id};
use super::{Detection, Fields, Refused, condition, unknown, yaml};
use crate::playbook::Fault;
use crate::signal::{FieldType, Vocabulary};

/// What came of a set of rules.
#[derive(Debug, Default)]
pub struct Import {
    /// A group of signs, ready to stand under `signs:` of a playbook; empty when there are none.
    pub yaml: String,
    pub signs: usize,
    /// What was left out, by file and line, with the reason.
    pub left_out: Vec<Fault>,
    /// Fields of the body that the signs look at.
    pub raw: BTreeSet<String>,
}

/// The most signs that one group holds.
const MOST_SIGNS: usize = 65_000;

/// Makes signs of rules, given by path and text. `names` says which field of the vocabulary a field of Sigma is; one that
/// it does not name becomes `raw.` and its name. A name that leads to no field of the vocabulary is a fault of all.
pub fn import(
    files: &[(String, String)],
    names: &BTreeMap<String, String>,
    vocabulary: &Vocabulary,
) -> Result<Import, String> {
    let known: Vec<&str> = vocabulary.fields.keys().map(String::as_str).collect();
    for field in names.values() {
        if vocabulary.type_of(field).is_none() {
            return Err(unknown("field", field, &known));
        }
    }
    let mut importer = Importer {
        names,
        type_of: &|field| vocabulary.type_of(field),
        known: &known,
        done: Import::default(),
        ids: BTreeSet::new(),
    };
    let mut documents = Vec::new();
    for (path, text) in files {
        match serde_saphyr::from_multiple_with_options::<Document>(text, options()) {
            Ok(read) => documents.extend(read.into_iter().map(|document| Written { path, text, document })),
            Err(error) => importer.done.left_out.push(Fault::of_yaml(path, &error)),
        }
    }
    importer.all(&documents);
    Ok(importer.done)
}

/// In rules, `no`, `on` and `y` are words.
fn options() -> serde_saphyr::Options {
    serde_saphyr::options! { strict_booleans: true }
}

struct Written<'a> {
    path: &'a str,
    text: &'a str,
    document: Document,
}

struct Importer<'a> {
    names: &'a BTreeMap<String, String>,
    type_of: &'a dyn Fn(&str) -> Option<FieldType>,
    known: &'a [&'a str],
    done: Import,
    ids: BTreeSet<String>,
}

impl Importer<'_> {
    fn all(&mut self, documents: &[Written<'_>]) {
        // As Sigma has it, a rule that a correlation counts fires alone only when the correlation says `generate`.
        let counted: Vec<&String> = documents
            .iter()
            .filter_map(|written| written.document.correlation.as_ref())
            .filter(|correlation| !correlation.generate)
            .flat_map(|correlation| correlation.rules.names())
            .collect();
        for written in documents {
            let outcome = match (&written.document.detection, &written.document.correlation) {
                (Some(_), None) if counted.iter().any(|name| written.document.is_called(name)) => continue,
                (Some(detection), None) => self.detection(detection).map(|detection| vec![("detection", detection)]),
                (None, Some(correlation)) => self.correlation(correlation, documents),
                (Some(_), Some(_)) | (None, None) => {
                    Err(Refused::new("a rule has either a detection or a correlation"))
                }
            };
            match outcome {
                Ok(tests) => tests.into_iter().for_each(|test| self.sign(written, test)),
                Err(refused) => self.leave_out(written, &refused),
            }
        }
    }

    fn leave_out(&mut self, written: &Written<'_>, refused: &Refused) {
        let title = written.document.title.as_deref().unwrap_or_default().lines().next().unwrap_or_default();
        // Documents of one file are told apart by their titles.
        let mut path = vec![title];
        path.extend(refused.path.iter().map(String::as_str));
        let mut fault = Fault::in_text(written.path, written.text, &path, refused.what.clone());
        fault.path = refused.path.join(".");
        self.done.left_out.push(fault);
    }

    fn sign(&mut self, written: &Written<'_>, (how, test): (&str, Value)) {
        if self.done.signs >= MOST_SIGNS {
            return self.leave_out(written, &Refused::new(format!("a group holds at most {MOST_SIGNS} signs")));
        }
        let stem = sign_id(written.path);
        let free = (1..).map(|number| if number == 1 { stem.clone() } else { format!("{stem}-{number}") });
        let id = free.into_iter().find(|id| !self.ids.contains(id)).unwrap_or(stem);
        self.ids.insert(id.clone());
        let title = written.document.title();
        let mut sign = Map::new();
        sign.insert("id".to_owned(), json!(id));
        sign.insert("weight".to_owned(), json!(written.document.weight()));
        sign.insert(how.to_owned(), test);
        sign.insert("because".to_owned(), json!({ "en": title, "zh": format!("Sigma 规则：{title}") }));
        if self.done.signs == 0 {
            self.done.yaml.push_str("sigma:\n  cap: 3000\n  signs:");
        }
        self.done.signs += 1;
        let _ = write!(self.done.yaml, "\n    # {}", written.document.origin());
        let mut lines = String::new();
        yaml::write(&Value::Object(sign), 6, &mut lines);
        let _ = write!(self.done.yaml, "\n    - {}", lines.trim_start());
    }

    /// The detection with fields of ours, checked.
    fn detection(&mut self, written: &Detection) -> Result<Value, Refused> {
        let (renamed, raw) = self.renamed(written);
        condition(&renamed, self.fields())?;
        self.done.raw.extend(raw);
        Ok(json!(renamed))
    }

    fn fields(&self) -> Fields<'_> {
        Fields { type_of: self.type_of, known: self.known }
    }

    fn name_of(&self, field: &str) -> String {
        self.names.get(field).cloned().unwrap_or_else(|| format!("raw.{field}"))
    }

    fn renamed(&self, written: &Detection) -> (Detection, Vec<String>) {
        let mut raw = Vec::new();
        let rename = |(name, selection): (&String, &Value)| {
            let selection = match selection {
                Value::Object(map) => self.map(map, &mut raw),
                Value::Array(maps) => {
                    let one =
                        |value: &Value| value.as_object().map_or_else(|| value.clone(), |map| self.map(map, &mut raw));
                    Value::Array(maps.iter().map(one).collect())
                }
                other => other.clone(),
            };
            (name.clone(), selection)
        };
        (written.iter().map(rename).collect(), raw)
    }

    fn map(&self, map: &Map<String, Value>, raw: &mut Vec<String>) -> Value {
        let mut name_of = |field: &str| {
            let name = self.name_of(field);
            raw.extend(name.strip_prefix("raw.").map(str::to_owned));
            name
        };
        let renamed = map.iter().map(|(key, value)| {
            let (field, modifiers) = split(key);
            if field.is_empty() {
                return (key.clone(), value.clone());
            }
            let value = match value {
                Value::String(other) if modifiers.contains(&"fieldref") => Value::from(name_of(other)),
                other => other.clone(),
            };
            let parts = std::iter::once(name_of(field)).chain(modifiers.into_iter().map(str::to_owned));
            (parts.collect::<Vec<_>>().join("|"), value)
        });
        Value::Object(renamed.collect())
    }

    fn correlation(
        &mut self,
        correlation: &Correlation,
        documents: &[Written<'_>],
    ) -> Result<Vec<(&'static str, Value)>, Refused> {
        let within = |what: &str| Refused::new(what.to_owned()).within("correlation");
        let mut rules: Vec<Vec<Line>> = Vec::new();
        for name in correlation.rules.names() {
            let Some(rule) = documents.iter().find(|written| written.document.is_called(name)) else {
                return Err(within(&format!("no rule is called `{name}`")));
            };
            let Some(detection) = &rule.document.detection else {
                return Err(within(&format!("`{name}` is itself a correlation, which cannot be counted")));
            };
            let (renamed, raw) = self.renamed(detection);
            let condition = condition(&renamed, self.fields())?;
            rules.push(lines(&condition).map_err(|what| within(&format!("{name}: {what}")))?);
            self.done.raw.extend(raw);
        }
        let timespan = correlation.timespan.as_deref().unwrap_or_default();
        let span = span(timespan).ok_or_else(|| within(&format!("`{timespan}` is no span of s, m, h, d or w")))?;
        let least = || at_least(correlation).map_err(|what| within(&what));
        let any: Vec<Line> = rules.iter().flatten().cloned().collect();
        let tests = match correlation.kind.as_str() {
            "event_count" => vec![json!({ "match": any, "count": { "gte": least()? }, "within": span })],
            "value_count" => {
                let field = correlation.condition.as_ref().and_then(|condition| condition.get("field"));
                let Some(field) = field.and_then(Value::as_str) else {
                    return Err(within("value_count needs one `field` in its condition"));
                };
                let field = self.name_of(field);
                self.done.raw.extend(field.strip_prefix("raw.").map(str::to_owned));
                vec![json!({ "match": any, "distinct": { "field": field, "gte": least()? }, "within": span })]
            }
            "temporal_ordered" if !rules.is_empty() => vec![sequence(&rules, &span)],
            "temporal" if !rules.is_empty() => {
                vec![json!({ "match": rules[0], "together": &rules[1..], "within": span })]
            }
            other => return Err(within(&unknown("type", other, &KINDS))),
        };
        Ok(tests.into_iter().map(|test| ("correlate", test)).collect())
    }
}

const KINDS: [&str; 4] = ["event_count", "value_count", "temporal", "temporal_ordered"];

fn sequence(rules: &[Vec<Line>], span: &str) -> Value {
    json!({ "match": rules[0], "then": &rules[1..], "within": span })
}

/// The least count that fulfils the condition.
fn at_least(correlation: &Correlation) -> Result<u64, String> {
    let bounds = correlation.condition.iter().flatten().filter(|(name, _)| *name != "field");
    let bounds: Vec<(&str, Option<u64>)> = bounds.map(|(name, value)| (name.as_str(), value.as_u64())).collect();
    match bounds.as_slice() {
        [("gte", Some(least))] => Ok(*least),
        [("gt", Some(more))] => Ok(more.saturating_add(1)),
        _ => Err("a count is given as gte or gt, and nothing beside it".to_owned()),
    }
}

/// Sigma's span as ours, which knows no weeks.
fn span(text: &str) -> Option<String> {
    let (number, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let number: u32 = number.parse().ok()?;
    match unit {
        "s" | "m" | "h" | "d" => Some(text.to_owned()),
        "w" => Some(format!("{}d", number.checked_mul(7)?)),
        _ => None,
    }
}
