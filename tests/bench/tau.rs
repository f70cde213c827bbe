//! A condition in the words of tau-engine, where it has words for it.

use std::collections::BTreeMap;

use holdfast::playbook::network::{Asks, Atom, Case, Condition, Part, Text};
use serde_json::{Map, Value, json};

/// The rule for tau-engine, or nothing when it cannot say so. `numbers` tells which fields hold numbers.
pub fn rule(condition: &Condition, numbers: &BTreeMap<String, bool>) -> Option<tau_engine::Rule> {
    let mut writer = Writer { identifiers: Map::new(), numbers };
    let condition = writer.write(condition)?;
    let mut detection = writer.identifiers;
    detection.insert("condition".to_owned(), json!(condition));
    let rule = json!({ "detection": detection, "true_positives": [], "true_negatives": [] });
    // JSON is YAML.
    let rule = tau_engine::Rule::from_str(&rule.to_string()).ok()?;
    Some(rule.optimise(tau_engine::Optimisations::default()))
}

struct Writer<'a> {
    identifiers: Map<String, Value>,
    numbers: &'a BTreeMap<String, bool>,
}

impl Writer<'_> {
    fn write(&mut self, condition: &Condition) -> Option<String> {
        match condition {
            Condition::Atom(_) => self.values(std::slice::from_ref(condition), false),
            Condition::Any(parts) => {
                let parts = flat(parts);
                self.values(&parts, false).or_else(|| self.joined(&parts, " or "))
            }
            Condition::All(parts) => self.values(parts, true).or_else(|| self.joined(parts, " and ")),
            Condition::Not(part) => Some(format!("not {}", self.write(part)?)),
        }
    }

    fn joined(&mut self, parts: &[Condition], word: &str) -> Option<String> {
        if parts.is_empty() {
            return None;
        }
        let parts: Vec<String> = parts.iter().map(|part| self.write(part)).collect::<Option<_>>()?;
        Some(format!("({})", parts.join(word)))
    }

    /// Tests of one field as one identifier.
    fn values(&mut self, parts: &[Condition], all: bool) -> Option<String> {
        let Some(Condition::Atom(Atom { field, .. })) = parts.first() else { return None };
        let value = |part: &Condition| match part {
            Condition::Atom(atom) if atom.field == *field => self.value(atom),
            Condition::Atom(_) | Condition::All(_) | Condition::Any(_) | Condition::Not(_) => None,
        };
        let mut values: Vec<Value> = parts.iter().map(value).collect::<Option<_>>()?;
        let key = if all && values.len() > 1 { format!("all({field})") } else { field.clone() };
        let value = if values.len() == 1 { values.remove(0) } else { Value::Array(values) };
        let name = format!("S{}", self.identifiers.len());
        self.identifiers.insert(name.clone(), json!({ key: value }));
        Some(name)
    }

    fn value(&self, atom: &Atom) -> Option<Value> {
        let Asks::Text(text, Case::Ignored) = &atom.asks else { return None };
        let special = |text: &str| text.starts_with(['?', '*', '"', '\'', '>', '<', '=']);
        match text {
            Text::Equal(text) if self.numbers.get(&atom.field).copied().unwrap_or_default() => {
                text.parse::<i64>().ok().map(Value::from)
            }
            Text::Equal(text) => Some(json!(format!("i\"{text}\""))),
            Text::Part(Part::Anywhere, text) => Some(json!(format!("i*{text}*"))),
            Text::Part(Part::Start, text) if !special(text) => Some(json!(format!("i{text}*"))),
            Text::Part(Part::End, text) if !text.ends_with('*') => Some(json!(format!("i*{text}"))),
            Text::Part(..) | Text::Wildcard(_) => None,
        }
    }
}

/// Any of any is any.
fn flat(parts: &[Condition]) -> Vec<Condition> {
    let inner = |part: &Condition| match part {
        Condition::Any(parts) => flat(parts),
        other => vec![other.clone()],
    };
    parts.iter().flat_map(inner).collect()
}
