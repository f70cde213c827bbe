//! Where the pages lead and post to. Routes take these names.

/// The report page.
pub const HOME: &str = "/";
/// Takes the fields of [`super::form::Form`] and shows the answer.
pub const REPORT: &str = "/report";
/// The report page as an app opens it, with its signed link behind.
pub const FROM: &str = "/from";
/// Keeps what is being written for an hour.
pub const DRAFT: &str = "/report/draft";
/// The case page; only with the case session.
pub const CASE: &str = "/case";
/// Takes `csrf` and `state` (`open`, `done`, `cannot`, `not-sure`), with the step's id behind it.
pub const STEPS: &str = "/case/steps";
/// Takes `csrf`, `question` and `choice`.
pub const ANSWERS: &str = "/case/answers";
/// Takes `csrf` and `text`.
pub const MESSAGES: &str = "/case/messages";
/// Takes `csrf` and `file` as `multipart/form-data`; a file has its id behind it.
pub const ATTACHMENTS: &str = "/case/attachments";
/// Takes `csrf`, `tried`, `used_device`, `chain` and `first_sign`.
pub const DETAILS: &str = "/case/details";
/// The steps as plain text.
pub const TEXT: &str = "/case/steps.txt";
/// The interrupt before something harmful, with its id behind it.
pub const STOP: &str = "/case/stop";
/// Takes `csrf`, `round`, `choice` and `lang`; shows words on offer.
pub const WORDS: &str = "/case/words";
/// Takes `csrf` and any of `satisfaction`, `solved`, `speed`, `text`.
pub const CASE_FEEDBACK: &str = "/case/feedback";
/// "Is this really us?": takes `message` and `secret`.
pub const CHECK: &str = "/check";
/// Takes any of `satisfaction`, `solved`, `speed`, `text` from anybody.
pub const FEEDBACK: &str = "/feedback";
/// The help place; takes `q`.
pub const HELP: &str = "/help";
/// Leads to the box for messages of the open case, else to the report with the wish for a person.
pub const TO_A_PERSON: &str = "/person";
/// Takes `csrf`: the holder asks for a person.
pub const PERSON: &str = "/case/person";
/// Takes `csrf`: the holder calls a routine request solved.
pub const SOLVED: &str = "/case/solved";
pub const CONSENT: &str = "/case/consent";
/// Server-sent events: each unnamed event says that the case page has changed.
pub const EVENTS: &str = "/case/events";
/// Ends the session, clears what the browser kept and shows something harmless.
pub const LEAVE: &str = "/leave";
/// The answer to a report with link and code, shown once; a POST with `csrf` puts them away.
pub const FIRST: &str = "/case/first";
/// Takes `csrf`, `what` (`new-link`, `contact`, `withdraw`, `stop-protection`) and `detail` for a contact.
pub const REQUESTS: &str = "/case/requests";
/// Takes `csrf`; gives the new link that staff granted.
pub const NEW_LINK: &str = "/case/new-link";
/// The evidence as a page to print, for a `region`.
pub const EVIDENCE: &str = "/case/evidence";
/// The evidence as a ZIP archive.
pub const EVIDENCE_PACK: &str = "/case/evidence/pack";
/// The evidence as plain text.
pub const EVIDENCE_TEXT: &str = "/case/evidence/text";
