//! The audit trail's entries: who did what to what, without personal data. Written in the transaction of the deed (AUD-01).
//!
//! `line` is the form in which an entry is hashed and exported, `tree` the Merkle tree over those lines, `note` the signed
//! checkpoint of a tree. `verifier` proves an export from outside and shares nothing with the other three.

pub mod insider;
mod line;
mod note;
mod tree;
pub mod verifier;

pub use line::Line;
pub use note::{Checkpoint, NotACheckpoint, Signer};
pub use tree::{Frontier, Hash};

use serde_json::{Map, Value};

use crate::time::Timestamp;

/// Who acted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// Holdfast itself: a lease that ended, an assessment.
    System,
    /// A person on the staff, by the name of their token.
    Staff(String),
    /// The holder of a case, by nothing but that.
    CaseHolder,
    /// A source, by its endpoint.
    Endpoint(String),
}

impl Actor {
    /// The actor as it stands in the trail.
    pub fn text(&self) -> String {
        match self {
            Self::System => "system".to_owned(),
            Self::Staff(name) => format!("staff:{name}"),
            Self::CaseHolder => "case-holder".to_owned(),
            Self::Endpoint(name) => format!("endpoint:{name}"),
        }
    }
}

/// One entry; `detail` holds words of ours, ids and numbers only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub at: Timestamp,
    pub actor: Actor,
    /// A dotted verb, such as `incident.claim`.
    pub action: &'static str,
    /// What it was done to, such as `incident:0192…`.
    pub object: String,
    pub outcome: Outcome,
    pub detail: Map<String, Value>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Done,
    Refused,
}

impl Outcome {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Refused => "refused",
        }
    }
}

impl Entry {
    /// An entry for something that was done.
    pub fn done(at: Timestamp, actor: Actor, action: &'static str, object: String) -> Self {
        Self { at, actor, action, object, outcome: Outcome::Done, detail: Map::new() }
    }

    /// The entry with one more detail.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.detail.insert(name.to_owned(), value.into());
        self
    }
}
