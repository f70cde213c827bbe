//! The samples of a source file: short bodies of our own with what they must give.

use std::collections::BTreeMap;

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use serde::Deserialize;
use serde_json::Value;
use serde_saphyr::Spanned;

use super::fault::Flaw;
use super::place::plain;
use super::shape::OneOrMany;
use super::{Effect, Event, Mapping};
use crate::signal::Vocabulary;
use crate::time::Timestamp;

/// When samples come in that do not say: 2026-01-01T00:00:00Z.
const RECEIVED: Timestamp = Timestamp::from_millis(1_767_225_600_000);

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
    #[serde(default)]
    headers: BTreeMap<String, String>,
    received: Option<Timestamp>,
    body: Value,
    #[serde(default)]
    expect: Option<Vec<BTreeMap<String, Value>>>,
    #[serde(default)]
    ignored: Option<OneOrMany<String>>,
}

/// A checked sample.
#[derive(Debug, Clone)]
pub struct Sample {
    line: u64,
    headers: HeaderMap,
    received: Timestamp,
    pub body: Vec<u8>,
    events: Vec<BTreeMap<String, Vec<String>>>,
    ignored: Vec<String>,
}

impl Sample {
    pub fn check(written: &Spanned<Written>, vocabulary: &Vocabulary) -> Result<Self, Flaw> {
        let sample = &written.value;
        if sample.expect.is_none() && sample.ignored.is_none() {
            return Err(Flaw::at(written, "a sample says what it gives: `expect` or `ignored`"));
        }
        let mut headers = HeaderMap::new();
        for (name, value) in &sample.headers {
            let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) else {
                return Err(Flaw::at(written, format!("`{name}: {value}` is not a header")));
            };
            headers.append(name, value);
        }
        let mut events = Vec::new();
        for expected in sample.expect.iter().flatten() {
            let known = |name: &str| vocabulary.fields.contains_key(name) || ["effect", "subject"].contains(&name);
            if let Some(wrong) = expected.keys().find(|name| !known(name)) {
                return Err(Flaw::unknown(written, "field", wrong, vocabulary.fields.keys().map(String::as_str)));
            }
            if !expected.contains_key("kind") {
                return Err(Flaw::at(written, "an expected event has a `kind`"));
            }
            let values = |value: &Value| match value {
                Value::Array(values) => values.iter().filter_map(plain).map(Into::into).collect(),
                one => plain(one).map(Into::into).into_iter().collect(),
            };
            events.push(expected.iter().map(|(name, value)| (name.clone(), values(value))).collect());
        }
        Ok(Self {
            line: written.referenced.line(),
            headers,
            received: sample.received.unwrap_or(RECEIVED),
            // A text is the body as it stands, for what YAML cannot say.
            body: sample.body.as_str().map_or_else(|| sample.body.to_string(), str::to_owned).into_bytes(),
            events,
            ignored: sample.ignored.as_ref().map_or_else(Vec::new, |ignored| ignored.0.clone()),
        })
    }
}

impl Mapping {
    /// Runs the mapping's own samples and says where they give something else than is written; nothing when all is well.
    pub fn try_samples(&self) -> Vec<String> {
        self.samples
            .iter()
            .flat_map(|sample| {
                self.try_sample(sample).into_iter().map(|says| format!("{}:{}: {says}", self.source, sample.line))
            })
            .collect()
    }

    fn try_sample(&self, sample: &Sample) -> Vec<String> {
        let batch = match self.apply(&sample.headers, &sample.body, sample.received) {
            Ok(batch) => batch,
            Err(error) => return vec![error.to_string()],
        };
        let mut wrong = Vec::new();
        if batch.ignored != sample.ignored {
            wrong.push(format!("ignored {:?}, expected {:?}", batch.ignored, sample.ignored));
        }
        if batch.events.len() != sample.events.len() {
            wrong.push(format!("gave {} events, expected {}", batch.events.len(), sample.events.len()));
        }
        for (place, (event, expected)) in batch.events.iter().zip(&sample.events).enumerate() {
            for (name, values) in expected {
                let given = given(event, name);
                if given != *values {
                    wrong.push(format!("event {}: `{name}` is {given:?}, expected {values:?}", place + 1));
                }
            }
        }
        wrong
    }

    /// How many samples there are.
    pub fn sample_count(&self) -> usize {
        self.samples.len()
    }
}

fn given(event: &Event, name: &str) -> Vec<String> {
    match name {
        "effect" => vec![effect(event.effect).to_owned()],
        "subject" => event.subject.iter().map(|candidate| candidate.value.clone()).collect(),
        field => event.facts.get(field).to_vec(),
    }
}

const fn effect(effect: Effect) -> &'static str {
    match effect {
        Effect::Open => "open",
        Effect::Update => "update",
        Effect::Close => "close",
        Effect::Retract => "retract",
    }
}
