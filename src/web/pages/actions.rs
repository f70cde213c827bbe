//! Where the pages lead and post to. Routes take these names.

/// The report page.
pub const HOME: &str = "/";
/// Takes the fields of [`super::form::Form`] and shows the answer.
pub const REPORT: &str = "/report";
/// The case page; only with the case session.
pub const CASE: &str = "/case";
/// Takes `csrf` and `state` (`open`, `done`, `cannot`, `not-sure`), with the step's id behind it.
pub const STEPS: &str = "/case/steps";
/// Takes `csrf`, `question` and `choice`.
pub const ANSWERS: &str = "/case/answers";
/// Takes `csrf` and `text`.
pub const MESSAGES: &str = "/case/messages";
/// Takes `csrf`: the holder asks for a person.
pub const PERSON: &str = "/case/person";
/// Takes `csrf`: the holder calls a routine request solved.
pub const SOLVED: &str = "/case/solved";
/// Server-sent events: each unnamed event says that the case page has changed.
pub const EVENTS: &str = "/case/events";
/// Ends the session, clears what the browser kept and shows something harmless.
pub const LEAVE: &str = "/leave";
