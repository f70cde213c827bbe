//! Source mappings: what a sender's bytes say, in the words of the vocabulary.
//!
//! One file of `playbooks/sources/` describes one source: places, converters and conditions, no program. Pure: bytes and
//! headers in, facts out. Whether the bytes are the sender's is `verify`'s matter, whose wallet it is that of `respond`.

mod apply;
mod condition;
mod convert;
mod default;
mod effect;
mod fault;
mod field;
mod file;
mod form;
mod handshake;
mod json;
mod kind;
mod place;
mod raw;
mod redact;
mod sample;
mod schema;
mod severity;
mod shape;
mod subject;
#[cfg(test)]
mod tests;
mod unwrap;

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

pub use default::FILES;
pub use effect::Effect;
pub use fault::Fault;
pub use field::Trouble;
pub use handshake::{Asked, Reply};
pub(super) use json::Reader;
pub use json::{Limits, Undecodable};
pub use schema::schema;
pub use subject::{Candidate, Resolve};

use condition::Condition;
use effect::{Effects, Key};
use field::Field;
use handshake::Handshake;
use kind::Kind;
use redact::Redaction;
use sample::Sample;
use severity::Severity;
use subject::Subject;
use unwrap::Step;

use super::verify::Scheme;
use crate::signal::{Facts, Vocabulary};

/// A checked source file.
#[derive(Debug, Clone)]
pub struct Mapping {
    source: String,
    about: About,
    transport: Transport,
    auth: Scheme,
    handshakes: Vec<Handshake>,
    steps: Vec<Step>,
    ignore: Vec<Ignore>,
    each: Vec<Each>,
    severity: Severity,
    subjects: Vec<Subject>,
    effects: Effects,
    key: Key,
    redact: Vec<Redaction>,
    answer: u16,
    samples: Vec<Sample>,
}

/// One sentence about the source, for the staff who connect it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct About {
    pub en: String,
    pub zh: String,
}

/// How deliveries come in; the door holds requests to it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Transport {
    pub method: Method,
    pub max_bytes: usize,
    /// What comes in; forms and parts are read where they are named here and the request says that it is one.
    pub content_types: Vec<String>,
    /// Whether the sender may pack its bodies with gzip; they are verified as they were before that.
    pub gzip: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Method {
    Post,
    Put,
}

impl Default for Transport {
    fn default() -> Self {
        Self {
            method: Method::Post,
            max_bytes: Limits::DEFAULT.bytes,
            content_types: vec!["application/json".to_owned()],
            gzip: false,
        }
    }
}

#[derive(Debug, Clone)]
struct Ignore {
    when: Condition,
    reason: String,
    only_in_production: bool,
}

/// Where elements stand and how they are read.
#[derive(Debug, Clone)]
struct Each {
    at: String,
    kind: Kind,
    fields: BTreeMap<String, Field>,
    /// Looked at only when there is nothing at any other place.
    fallback: bool,
}

/// What one delivery says.
#[derive(Debug, Clone, PartialEq)]
pub struct Batch {
    pub events: Vec<Event>,
    /// The reasons for what was acknowledged and left out.
    pub ignored: Vec<String>,
    pub troubles: Vec<Trouble>,
    /// The body as it may be kept: layers taken off, credentials taken out; wallet secrets once it is scrubbed.
    pub redacted: Value,
    /// Pointers to the lists whose items are elements, or to single elements.
    lists: Vec<String>,
}

impl Batch {
    /// Whether the delivery says nothing that the mapping knows, not even that it can be left out.
    #[must_use]
    pub fn is_unmapped(&self) -> bool {
        self.events.is_empty() && self.ignored.is_empty()
    }
}

/// One event of a delivery.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    pub facts: Facts,
    pub subject: Vec<Candidate>,
    /// SHA-256 in hex; a repeat of the event has the same.
    pub key: String,
    pub effect: Effect,
    /// SHA-256 in hex; what the sender holds for one incident has the same.
    pub incident_key: Option<String>,
    /// Pointer to its element in the body.
    pub place: String,
}

impl Mapping {
    /// Reads and checks a source file; the fault names the file, the line and the nearest right word.
    pub fn read(file_name: &str, yaml: &str, vocabulary: &Vocabulary) -> Result<Self, Fault> {
        file::read(file_name, yaml, vocabulary)
    }

    /// The mapping without the rules that are kept to production, so that a sender's test events can be seen to arrive.
    #[must_use]
    pub fn on_trial(mut self) -> Self {
        self.ignore.retain(|rule| !rule.only_in_production);
        self
    }

    /// The reply to a set-up request, when this is one.
    pub fn handshake(&self, asked: Asked<'_>) -> Option<Reply> {
        self.handshakes.iter().find_map(|handshake| handshake.answer(asked))
    }

    pub fn source(&self) -> &str {
        &self.source
    }

    pub const fn about(&self) -> &About {
        &self.about
    }

    pub const fn transport(&self) -> &Transport {
        &self.transport
    }

    pub const fn auth(&self) -> &Scheme {
        &self.auth
    }

    /// Whether the sender asks for a value of its own back before it sends anything.
    pub fn has_handshake(&self) -> bool {
        !self.handshakes.is_empty()
    }

    /// The status for a delivery that is stored, 200 to 299.
    pub const fn answer(&self) -> u16 {
        self.answer
    }
}
