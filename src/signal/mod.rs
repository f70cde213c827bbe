//! Signals: single immutable observations about a subject, in the words of `playbooks/vocabulary.yaml`.
//!
//! What a signal means for a case is `scoring`'s matter; how bytes become one is `intake`'s.

mod decimal;
mod details;
mod facts;
mod known;
mod quiet;
mod report;
mod strength;
mod vocabulary;

pub use decimal::{Decimal, NotADecimal};
pub use details::{CHAINS, DEVICES, Details, FIRST_SIGNS, TRIED_LIMIT};
pub use facts::Facts;
pub use known::{KNOWN_BAD, KnownBad, KnownList, canonical_bad};
pub use quiet::{MAY_WAIT, may_wait};
pub use report::{Asset, BadField, Contact, NOT_A_TAP, Reading, Report, TEXT_LIMIT, Wallet};
pub use strength::{PROOF, Strength};
pub use vocabulary::{Field, FieldType, Tap, Vocabulary, nearest, raw_path};

use serde::{Deserialize, Serialize};

use crate::id::{Id, of};
use crate::time::Timestamp;

/// Who says so, and how far that can be trusted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Origin {
    /// Name of the endpoint, or `report`, `staff`, `holdfast` for our own doors.
    pub endpoint: String,
    /// Whether a secret or a person's sign-in proved the origin.
    pub verified: bool,
    /// Thousandths by which the weights of its evidence are multiplied, 0 to 1000.
    pub reliability: u16,
}

/// One observation. `facts` never holds a wallet secret: the scrubber stands before this type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signal {
    pub id: Id<of::Signal>,
    pub origin: Origin,
    /// When it happened, as far as the sender says; else the receipt.
    pub at: Timestamp,
    /// When we took it in.
    pub received: Timestamp,
    pub facts: Facts,
}

impl Signal {
    /// The signal's kind, a word of the vocabulary.
    pub fn kind(&self) -> &str {
        self.facts.first("kind").unwrap_or("unclassified")
    }
}
