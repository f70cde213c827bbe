//! What a reporter may see of their case, for pages and programs alike. Never weights, evidence, staff names or notes (CA-08).

use serde::{Deserialize, Serialize};

use crate::guidance::{ChainNote, Guidance, Notice, Question};
use crate::playbook::Class;
use crate::time::Timestamp;

/// The answer to a report.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ReportAnswer {
    pub case: CaseKeys,
    pub incident: IncidentView,
    pub guidance: Guidance,
    pub questions: Vec<Question>,
    pub notices: Vec<Notice>,
}

/// What opens the case again; the code is shown once.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CaseKeys {
    /// `HF-XXXX-XXXX`, for talking; opens nothing.
    pub reference: String,
    /// The whole address of the case page.
    pub link: String,
    /// `ABCDE-FGHJK`.
    pub code: String,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct IncidentView {
    pub class: Class,
    pub kind: String,
    pub title: String,
    /// One sentence that says what this may be.
    pub summary: String,
    /// How long such a thing usually takes, and what is normal meanwhile; for routine requests.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub normal: Option<String>,
    /// 1 to 5.
    pub level: u8,
    /// 0 to 1, two digits.
    pub confidence: f64,
    pub alternatives: Vec<Alternative>,
    pub place: Place,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Alternative {
    pub kind: String,
    pub title: String,
    pub confidence: f64,
}

/// Where a case stands in its lane.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Place {
    /// `security` or `routine`.
    pub lane: Class,
    /// Cases that would be taken before this one if nothing else arrived; counted up to 1,000.
    pub ahead: u32,
    pub first_reply_by: Timestamp,
    /// No case of the lane that arrives after this moment goes before this one.
    pub never_passed_by_arrivals_after: Timestamp,
}

/// A case as its holder may see it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CaseView {
    pub reference: String,
    pub received: Timestamp,
    pub state: CaseState,
    pub incident: IncidentView,
    pub guidance: Guidance,
    pub questions: Vec<Question>,
    pub messages: Vec<MessageView>,
    pub notices: Vec<Notice>,
    /// The holder asked for a person: staff see it, and only people close the case.
    #[serde(default)]
    pub asks_person: bool,
    /// A routine request that its holder may call solved.
    #[serde(default)]
    pub solvable: bool,
    /// What the chain was last seen to say of the transfers that the case names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub chain: Vec<ChainNote>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CaseState {
    /// Nobody of the staff has it in hand now.
    Waiting,
    /// A responder has it in hand.
    WithStaff,
    Closed,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct MessageView {
    pub at: Timestamp,
    pub from: Author,
    pub text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Author {
    You,
    Staff,
}
