//! What a reporter may see of their case, for pages and programs alike. Never weights, evidence, staff names or notes (CA-08).

use serde::{Deserialize, Serialize};

use super::orders::Protection;
use crate::attachment::Kind;
use crate::guidance::feedback::{Ask, Rating};
use crate::guidance::{ChainNote, Guidance, Notice, Outlook, Question, StopPage};
use crate::id::{Id, of};
use crate::incident::Verdict;
use crate::playbook::{Activity, Class, Remaining};
use crate::scoring::Situation;
use crate::signal::{Facts, Signal};
use crate::store::requests::Wish;
use crate::time::Timestamp;

/// The answer to a report.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ReportAnswer {
    pub case: CaseKeys,
    pub incident: IncidentView,
    pub guidance: Guidance,
    pub questions: Vec<Question>,
    pub notices: Vec<Notice>,
    /// To be read once before the steps.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stop: Option<StopPage>,
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
    /// What can still be saved and what not; only of incidents.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outlook: Option<Outlook>,
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
    pub wait: Wait,
}

/// How long it likely takes until a person takes the case up, and what that rests on.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Wait {
    /// Nothing when too few were served of late to tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub likely: Option<Likely>,
    /// Cases of the lane that were taken up within the last `within_minutes`.
    pub served: u32,
    pub within_minutes: u32,
    /// When staff are back, while they are away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub staff_back: Option<Timestamp>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Likely {
    pub from: Timestamp,
    pub until: Timestamp,
}

/// A case as its holder may see it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CaseView {
    pub reference: String,
    pub received: Timestamp,
    pub state: CaseState,
    /// How it ended, as the one who closed it found it; only of a closed case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    pub incident: IncidentView,
    pub guidance: Guidance,
    pub questions: Vec<Question>,
    pub messages: Vec<MessageView>,
    /// The files that the holder added, oldest first.
    #[serde(default)]
    pub attachments: Vec<AttachmentView>,
    /// What was done, oldest first.
    pub progress: Vec<Done>,
    /// What the holder asked for.
    pub requests: Vec<RequestView>,
    /// Wrong codes that were tried at this case within a day.
    pub wrong_codes: u32,
    pub notices: Vec<Notice>,
    /// After a message that says what must not be done; only in the answer to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stop: Option<StopPage>,
    /// The holder asked for a person: staff see it, and only people close the case.
    pub asks_person: bool,
    /// Since when the holder lets details of the case be passed to exchanges and the police; absent when they do not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consent: Option<Timestamp>,
    /// A routine request that its holder may call solved.
    pub solvable: bool,
    /// What the chain was last seen to say of the transfers that the case names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub chain: Vec<ChainNote>,
    /// What holds on the person's account, as the wallet backend has confirmed it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub protections: Vec<Protection>,
    #[serde(flatten)]
    pub trust: TrustView,
}

/// What lets the holder tell our words from others', and what they said of us.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct TrustView {
    /// The words that the holder chose and that stand under every message of ours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
    /// What to ask about our work now.
    pub ask: Ask,
    #[serde(default)]
    pub rating: Rating,
}

/// One thing that was done about a case.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Done {
    pub at: Timestamp,
    pub what: DoneWhat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DoneWhat {
    Received,
    /// A person of the staff took it in hand and read it.
    Taken,
    HandedBack,
    Answered,
    Raised,
    Closed,
    Reopened,
    HoldAsked,
}

/// Something the holder asked for; staff decide.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RequestView {
    pub what: Wish,
    pub asked: Timestamp,
    pub state: RequestState,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RequestState {
    Waiting,
    /// Staff agreed; it has no effect yet.
    Granted,
    Refused,
    /// It has taken effect.
    Done,
    /// A link that was granted and not taken in time.
    Over,
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

impl CaseState {
    /// The word for programs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::WithStaff => "with-staff",
            Self::Closed => "closed",
        }
    }
}

/// How a case ended. Never better than what is known: without a verdict there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// It was an incident, and nothing is known to be lost.
    Saved,
    /// Something left or was about to, and not all of it is known to be gone.
    Partly,
    /// Nothing was left to save.
    Gone,
    /// Nothing was wrong.
    Nothing,
    /// A question that was answered.
    Answered,
    /// It goes on elsewhere.
    Elsewhere,
}

impl Outcome {
    /// What a verdict on an incident in this situation comes to.
    pub(super) fn of(verdict: Verdict, class: Class, situation: &Situation) -> Self {
        match (verdict, class) {
            (Verdict::Confirmed, Class::Security) if situation.remaining == Remaining::None => Self::Gone,
            (Verdict::Confirmed, Class::Security) if situation.activity == Activity::NoneSeen => Self::Saved,
            (Verdict::Confirmed, Class::Security) => Self::Partly,
            (Verdict::Confirmed, Class::Routine) | (Verdict::Answered, _) => Self::Answered,
            (Verdict::FalseAlarm, _) => Self::Nothing,
            (Verdict::Duplicate, _) => Self::Elsewhere,
        }
    }

    /// Whether thieves will offer to bring something back.
    pub(super) fn attracts_thieves(self) -> bool {
        match self {
            Self::Saved | Self::Partly | Self::Gone => true,
            Self::Nothing | Self::Answered | Self::Elsewhere => false,
        }
    }
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct MessageView {
    pub at: Timestamp,
    pub from: Author,
    pub text: String,
    /// Came through the letterbox: with the link, without the code.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unproven: bool,
    /// `CK-XXXX-XXXX-XXXX` under a message of ours, which `/check` confirms.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub check: Option<String>,
}

/// A file of the case, under the name that we gave it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AttachmentView {
    /// The end of the address it is fetched from.
    pub id: String,
    pub name: String,
    pub kind: Kind,
    /// Bytes.
    pub size: i64,
    pub at: Timestamp,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Author {
    You,
    Staff,
}

/// One signal as staff see it.
#[derive(Debug, Clone, Serialize)]
pub struct SignalView {
    pub id: Id<of::Signal>,
    pub endpoint: String,
    pub verified: bool,
    pub at: Timestamp,
    pub received: Timestamp,
    pub facts: Facts,
}

impl SignalView {
    pub(super) fn of(signal: &Signal) -> Self {
        Self {
            id: signal.id,
            endpoint: signal.origin.endpoint.clone(),
            verified: signal.origin.verified,
            at: signal.at,
            received: signal.received,
            facts: signal.facts.clone(),
        }
    }
}
