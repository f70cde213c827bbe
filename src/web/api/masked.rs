//! What programs are shown of personal data: enough to tell two values apart, as the console shows people (RB-05). Whole
//! values are for a person with a reason.

use axum::http::StatusCode;
use axum::response::Response;
use serde::Serialize;
use serde_json::Value;

use super::json;
use crate::respond::desk::{PERSONAL, masked, masked_in};

/// Fields that hold words somebody wrote.
const PROSE: [&str; 6] = ["text", "title", "words", "error", "reason", "detail"];

/// An answer with the personal data in it masked.
pub fn answer(status: StatusCode, body: &impl Serialize) -> Response {
    let mut value = serde_json::to_value(body).unwrap_or_default();
    mask("", &mut value);
    json(status, &value)
}

fn mask(name: &str, value: &mut Value) {
    match value {
        Value::Object(fields) => fields.iter_mut().for_each(|(name, value)| mask(name, value)),
        Value::Array(values) => values.iter_mut().for_each(|value| mask(name, value)),
        Value::String(text) if PERSONAL.contains(&name) => *text = masked(text),
        Value::String(text) if PROSE.contains(&name) => *text = masked_in(text, |_| false),
        Value::String(_) | Value::Number(_) | Value::Bool(_) | Value::Null => {}
    }
}
