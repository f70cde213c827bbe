//! Writes a group of signs as YAML that an author can go on with.

use std::fmt::Write as _;

use serde_json::Value;

/// A value in block style; texts in double quotes, which YAML reads as JSON does.
pub(super) fn write(value: &Value, indent: usize, out: &mut String) {
    match value {
        Value::Object(members) if !members.is_empty() => {
            for (name, value) in members {
                let _ = write!(out, "\n{:indent$}{}:", "", key(name));
                write(value, indent + 2, out);
            }
        }
        Value::Array(items) if items.iter().any(|item| item.is_object() || item.is_array()) => {
            for item in items {
                let mut inner = String::new();
                write(item, indent + 2, &mut inner);
                let _ = write!(out, "\n{:indent$}- {}", "", inner.trim_start());
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) | Value::Object(_) => {
            let _ = write!(out, " {value}");
        }
    }
}

/// A name, in quotes when it is not a plain word.
fn key(name: &str) -> String {
    let plain = name.starts_with(|letter: char| letter.is_ascii_lowercase())
        && name.chars().all(|letter| letter.is_ascii_lowercase() || letter == '_' || letter == '-')
        && !["null", "true", "false", "yes", "no", "on", "off", "y", "n"].contains(&name);
    if plain { name.to_owned() } else { Value::from(name).to_string() }
}
