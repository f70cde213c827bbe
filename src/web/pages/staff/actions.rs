//! Where the console's links and forms lead, and the bodies that its forms post. Routes take these names.

use serde::Deserialize;

use crate::id::{Id, of};
use crate::playbook::Class;
use crate::respond::Kept;

/// The next case, the cases in hand and the queue; `?lane=` and `?after=` (a cursor) choose a page of it.
pub const HOME: &str = "/staff";
/// Shows the form, and takes login and password, or a token.
pub const SIGN_IN: &str = "/staff/sign-in";
/// Takes [`Bare`].
pub const SIGN_OUT: &str = "/staff/sign-out";
/// Asks for the second factor after the password.
pub const SECOND: &str = "/staff/second";
/// Sets up a second factor.
pub const ENROL: &str = "/staff/enrol";
/// Takes a second factor before what needs a fresh one.
pub const STEP_UP: &str = "/staff/step-up";
/// Everybody on the staff.
pub const PEOPLE: &str = "/staff/people";
/// One's own sessions.
pub const ME: &str = "/staff/me";
pub const END_OTHERS: &str = "/staff/me/end-others";
/// Takes [`Bare`] and shows a code that says in a chat who one is.
pub const CHAT_CODE: &str = "/staff/me/chat-code";
/// Takes [`Bare`].
pub const LEAVE_CHATS: &str = "/staff/me/leave-chats";
/// Takes an address that is to be proven, or nothing in the place of one.
pub const ADDRESS: &str = "/staff/me/address";
pub const PASSWORD: &str = "/staff/me/password";
/// Takes a login or an address, and mails a link for a new password.
pub const FORGOTTEN: &str = "/staff/forgotten";
/// Takes `csrf` and `identity`, which is to be forgotten.
pub const UNLINK: &str = "/staff/me/unlink";
/// Takes [`Bare`] and leads to the incident that was claimed.
pub const CLAIM_NEXT: &str = "/staff/claim";
/// An incident's page has its id behind this.
pub const INCIDENTS: &str = "/staff/incidents";

/// The sources; the page of one has its name behind this.
pub const SOURCES: &str = "/staff/sources";

/// Alarms that hold; takes `csrf` and `alarm`, which was seen.
pub const ALARMS: &str = "/staff/alarms";
/// What somebody has to look at afterwards; takes `csrf` and `reason`, why the house may order by itself again.
pub const REVIEW: &str = "/staff/review";
/// Being let into a closed case; takes `csrf`, `case` and `reason`.
pub const GLASS: &str = "/staff/glass";
/// Letters that did not arrive; takes `csrf` and `letter`, which is to be sent again.
pub const OUTBOX: &str = "/staff/outbox";

/// Begins a sign-in at an issuer; takes `csrf` and what it is `for`.
pub fn federated(issuer: &str) -> String {
    format!("/staff/federated/{issuer}")
}

/// The page of a source.
pub fn source(endpoint: &str) -> String {
    format!("{SOURCES}/{endpoint}")
}

/// One thing that is kept of a source.
pub fn shelved(endpoint: &str, kept: Kept, id: &str) -> String {
    format!("{SOURCES}/{endpoint}/{}/{id}", kept.as_str())
}

/// Begins a quiet time of a source.
pub fn quiet(endpoint: &str) -> String {
    format!("{SOURCES}/{endpoint}/quiet")
}

/// Ends one.
pub fn quiet_end(endpoint: &str) -> String {
    format!("{SOURCES}/{endpoint}/quiet-end")
}
/// The figures of the desk; `?days=` chooses how far back.
pub const NUMBERS: &str = "/staff/numbers";
/// One table of them, `?table=` and `?days=`.
pub const NUMBERS_CSV: &str = "/staff/numbers/csv";

/// What people said of us; takes who looks after it and what came of it.
pub const INBOX: &str = "/staff/feedback";
/// Who is at work with what; takes how the desk counts on somebody.
pub const SHIFT: &str = "/staff/shift";
/// Takes what the next shift should know.
pub const HAND_OVER: &str = "/staff/shift/hand-over";
/// Takes a case, the tier that it goes to, and why.
pub const TIER: &str = "/staff/shift/tier";
/// Takes [`Bare`] and leads to a made-up case.
pub const PRACTICE: &str = "/staff/shift/practice";

/// Who is at work, with the settings of one of them in the form.
pub fn shift_of(name: &str) -> String {
    format!("{SHIFT}?{}", url::form_urlencoded::Serializer::new(String::new()).append_pair("person", name).finish())
}

/// The page of an incident.
pub fn incident(id: Id<of::Incident>) -> String {
    format!("{INCIDENTS}/{id}")
}

/// What is posted about one person.
pub fn person(id: Id<of::Person>, change: &str) -> String {
    format!("{PEOPLE}/{id}/{change}")
}

/// The first page of one lane.
pub fn lane(lane: Class) -> String {
    format!("{HOME}?lane={}", lane.as_str())
}

/// What is posted to an incident; the last part of its address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Post {
    /// [`Bare`]
    Claim,
    /// [`Hold`]
    Renew,
    /// [`Hold`]
    Release,
    /// [`Written`]
    Message,
    /// [`Written`]
    Note,
    /// [`Ticked`]
    Step,
    /// [`Verdict`]
    Verdict,
    /// [`Escalation`]
    Escalate,
    /// [`Reopening`]
    Reopen,
    /// [`Decided`]
    Decide,
}

impl Post {
    pub const ALL: [Self; 10] = [
        Self::Claim,
        Self::Renew,
        Self::Release,
        Self::Message,
        Self::Note,
        Self::Step,
        Self::Verdict,
        Self::Escalate,
        Self::Reopen,
        Self::Decide,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Claim => "claim",
            Self::Renew => "renew",
            Self::Release => "release",
            Self::Message => "message",
            Self::Note => "note",
            Self::Step => "step",
            Self::Verdict => "verdict",
            Self::Escalate => "escalate",
            Self::Reopen => "reopen",
            Self::Decide => "decide",
        }
    }

    /// The address for one incident.
    pub fn to(self, id: Id<of::Incident>) -> String {
        format!("{INCIDENTS}/{id}/{}", self.as_str())
    }
}

/// Posted by buttons that say everything by themselves.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bare {
    pub csrf: String,
}

/// Posted by whoever holds the incident.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hold {
    pub csrf: String,
    pub fence: i64,
}

/// A message to the person, or a note. Not `Debug`: it may hold what must not be logged.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
    pub csrf: String,
    pub text: String,
}

/// How far a staff step is. Not `Debug`: a reason may hold what must not be logged.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ticked {
    pub csrf: String,
    pub step: String,
    /// `open`, `done`, `cannot`, `not-sure` or `waived`.
    pub state: String,
    /// Why it is waived.
    #[serde(default)]
    pub reason: String,
}

/// What was found; closes the incident. Not `Debug`: a reason may hold what must not be logged.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Verdict {
    pub csrf: String,
    pub version: i64,
    /// `confirmed`, `false-alarm`, `answered` or `duplicate`.
    pub verdict: String,
    /// The playbook that it was; empty when that is not said.
    #[serde(default)]
    pub kind: String,
    pub reason: String,
}

/// Raises the level, and moves into the security lane. Not `Debug`, as above.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Escalation {
    pub csrf: String,
    pub version: i64,
    pub level: u8,
    pub reason: String,
}

/// Opens a closed incident again. Not `Debug`, as above.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reopening {
    pub csrf: String,
    pub version: i64,
    pub reason: String,
}

/// Grants or refuses what a case holder asked for. Not `Debug`, as above.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decided {
    pub csrf: String,
    pub request: String,
    /// `yes` or `no`.
    pub grant: String,
    pub reason: String,
}

/// Every case; [`crate::respond::desk::Lens`] says what narrows it.
pub const LIST: &str = "/staff/list";
/// Tells of new cases.
pub const EVENTS: &str = "/staff/events";
/// Names a list or takes the name away.
pub const VIEWS: &str = "/staff/views";
/// Shows what would happen to many cases, and does it.
pub const BULK: &str = "/staff/bulk";
/// Takes the last deed back.
pub const UNDO: &str = "/staff/undo";

/// The list as a lens shows it.
pub fn list(lens: &crate::respond::desk::Lens) -> String {
    let query: String = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(lens.fields()).finish();
    if query.is_empty() { LIST.to_owned() } else { format!("{LIST}?{query}") }
}

/// To whom a case is closed.
pub fn circle(id: Id<of::Incident>) -> String {
    format!("{INCIDENTS}/{id}/circle")
}

/// The list of what is found under these words.
pub fn search(words: &str) -> String {
    format!("{LIST}?{}", url::form_urlencoded::Serializer::new(String::new()).append_pair("q", words).finish())
}

/// Where a draft of an incident is kept.
pub fn draft(id: Id<of::Incident>) -> String {
    format!("{INCIDENTS}/{id}/draft")
}

/// Takes a case down for somebody.
pub const NEW: &str = "/staff/new";

/// Where an incident is corrected.
pub fn correct(id: Id<of::Incident>) -> String {
    format!("{INCIDENTS}/{id}/correct")
}

/// Where a masked value of an incident is asked for.
pub fn reveal(id: Id<of::Incident>) -> String {
    format!("{INCIDENTS}/{id}/reveal")
}
