//! Layers around the event: JSON inside a text, base64, one JSON text a line.

use base64::{Engine, engine::general_purpose::STANDARD};
use serde::Deserialize;
use serde_json::Value;
use serde_saphyr::Spanned;

use super::fault::Flaw;
use super::field::Trouble;
use super::json::{Reader, Undecodable};
use super::place::{Place, spread};

/// One step, at a place in the body.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Written {
    JsonString(Spanned<String>),
    Base64(Spanned<String>),
    JsonLines(Spanned<String>),
    /// Names of members in lower case, for pipelines that change them.
    LowerNames(Spanned<String>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Layer {
    JsonString,
    Base64,
    JsonLines,
    LowerNames,
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
            Written::LowerNames(at) => (Layer::LowerNames, at),
        };
        let place = Place::check_pointer(at)?;
        if place.of_element() {
            return Err(Flaw::at(at, "layers are taken off the body, before there are elements"));
        }
        let takes_whole = layer == Layer::LowerNames || first && layer == Layer::JsonLines;
        if place.as_str().is_empty() && !takes_whole {
            return Err(Flaw::at(
                at,
                "only `lower-names`, and `json-lines` as the first step, take the body as a whole",
            ));
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
    match steps.split_first() {
        Some((step, others)) if step.at.is_empty() && step.layer == Layer::JsonLines => {
            let body = lines(text, step, reader, troubles)?;
            rest(others, body, reader, troubles)
        }
        _ => {
            let body = reader.read(text)?;
            rest(steps, body, reader, troubles)
        }
    }
}

/// Takes the layers off a body that is read. `*` in a place stands for every item.
pub fn rest(
    steps: &[Step],
    mut body: Value,
    reader: &mut Reader,
    troubles: &mut Vec<Trouble>,
) -> Result<Value, Undecodable> {
    for step in steps {
        let places: Vec<String> = spread(&body, &step.at).into_iter().map(|(place, _)| place).collect();
        for at in places {
            let Some(place) = body.pointer_mut(&at) else { continue };
            if step.layer == Layer::LowerNames {
                *place = lowered(place.take())?;
                continue;
            }
            let Some(text) = place.as_str() else { continue };
            let opened = match step.layer {
                // Senders put plain words where others put JSON.
                Layer::JsonString if !text.trim_start().starts_with(['{', '[']) => continue,
                Layer::JsonString => limited(reader.read(text))?,
                Layer::Base64 => {
                    STANDARD.decode(text.trim()).ok().and_then(|bytes| String::from_utf8(bytes).ok()).map(Value::String)
                }
                Layer::JsonLines => Some(lines(text, step, reader, troubles)?),
                Layer::LowerNames => None,
            };
            match opened {
                Some(value) => *place = value,
                None => troubles.push(step.trouble()),
            }
        }
    }
    Ok(body)
}

/// Two names that become one say two things.
fn lowered(value: Value) -> Result<Value, Undecodable> {
    Ok(match value {
        Value::Object(members) => {
            let mut lower = serde_json::Map::new();
            for (name, member) in members {
                if lower.insert(name.to_lowercase(), lowered(member)?).is_some() {
                    return Err(Undecodable::RepeatedMember);
                }
            }
            Value::Object(lower)
        }
        Value::Array(items) => Value::Array(items.into_iter().map(lowered).collect::<Result<_, _>>()?),
        plain @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_)) => plain,
    })
}

/// One JSON text a line; a text that is one object or list as a whole is that.
fn lines(text: &str, step: &Step, reader: &mut Reader, troubles: &mut Vec<Trouble>) -> Result<Value, Undecodable> {
    match reader.read(text) {
        Ok(list @ Value::Array(_)) => return Ok(list),
        Ok(one) => return Ok(Value::Array(vec![one])),
        Err(error) if error.is_over_limit() => return Err(error),
        Err(_) => {}
    }
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
            Layer::LowerNames => "lower-names",
        };
        Trouble { field: "unwrap".to_owned(), place: self.at.clone(), converter }
    }
}
