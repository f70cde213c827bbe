//! Layers around the event: JSON inside a text, base64, one JSON text a line.

use base64::{Engine, engine::general_purpose::STANDARD};
use serde::Deserialize;
use serde_json::Value;
use serde_saphyr::Spanned;

use super::fault::Flaw;
use super::field::Trouble;
use super::json::{Reader, Undecodable};
use super::place::Place;

/// One step, at a place in the body.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Written {
    JsonString(Spanned<String>),
    Base64(Spanned<String>),
    JsonLines(Spanned<String>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Layer {
    JsonString,
    Base64,
    JsonLines,
}

/// A checked step.
#[derive(Debug, Clone)]
pub struct Step {
    layer: Layer,
    at: String,
}

impl Step {
    pub fn check(written: &Written, first: bool) -> Result<Self, Flaw> {
        let (layer, at) = match written {
            Written::JsonString(at) => (Layer::JsonString, at),
            Written::Base64(at) => (Layer::Base64, at),
            Written::JsonLines(at) => (Layer::JsonLines, at),
        };
        let place = Place::check_pointer(at)?;
        if place.of_element() {
            return Err(Flaw::at(at, "layers are taken off the body, before there are elements"));
        }
        if place.as_str().is_empty() && !(first && layer == Layer::JsonLines) {
            return Err(Flaw::at(at, "only `json-lines`, as the first step, takes the body as a whole"));
        }
        Ok(Self { layer, at: place.as_str().to_owned() })
    }
}

/// Reads a body and takes its layers off. A layer that cannot be read stays as it is and is a trouble.
pub fn open(
    steps: &[Step],
    text: &str,
    reader: &mut Reader,
    troubles: &mut Vec<Trouble>,
) -> Result<Value, Undecodable> {
    let (mut body, rest) = match steps.split_first() {
        Some((step, rest)) if step.at.is_empty() => (lines(text, step, reader, troubles)?, rest),
        _ => (reader.read(text)?, steps),
    };
    for step in rest {
        let Some(place) = body.pointer_mut(&step.at) else { continue };
        let Some(text) = place.as_str() else { continue };
        let opened = match step.layer {
            Layer::JsonString => limited(reader.read(text))?,
            Layer::Base64 => {
                STANDARD.decode(text.trim()).ok().and_then(|bytes| String::from_utf8(bytes).ok()).map(Value::String)
            }
            Layer::JsonLines => Some(lines(text, step, reader, troubles)?),
        };
        match opened {
            Some(value) => *place = value,
            None => troubles.push(step.trouble()),
        }
    }
    Ok(body)
}

fn lines(text: &str, step: &Step, reader: &mut Reader, troubles: &mut Vec<Trouble>) -> Result<Value, Undecodable> {
    let mut events = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        match limited(reader.read(line))? {
            Some(event) => events.push(event),
            None => troubles.push(step.trouble()),
        }
    }
    Ok(Value::Array(events))
}

/// Nothing for what is wrong in itself; what passes a limit ends the reading.
fn limited(read: Result<Value, Undecodable>) -> Result<Option<Value>, Undecodable> {
    match read {
        Ok(value) => Ok(Some(value)),
        Err(error) if error.is_over_limit() => Err(error),
        Err(_) => Ok(None),
    }
}

impl Step {
    fn trouble(&self) -> Trouble {
        let converter = match self.layer {
            Layer::JsonString => "json-string",
            Layer::Base64 => "base64",
            Layer::JsonLines => "json-lines",
        };
        Trouble { field: "unwrap".to_owned(), place: self.at.clone(), converter }
    }
}
