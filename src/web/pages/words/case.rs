//! The answer to a report, and the case page.

use super::Say;
use crate::playbook::Class;
use crate::respond::view::{Author, CaseState};

super::say! {
    ANSWER: "case-answer";
    MAYBE: "case-maybe";
    FITS: "case-fits";
    LIKELY: "case-likely";
    POSSIBLE: "case-possible";
    EARLY: "case-early";
    ALSO: "case-also";

    KEYS: "case-keys";
    REFERENCE: "case-reference";
    REFERENCE_HINT: "case-reference-hint";
    CODE: "case-code";
    CODE_HINT: "case-code-hint";
    CODE_HINT_DANGER: "case-code-hint-danger";
    LINK: "case-link";
    LINK_HINT: "case-link-hint";
    NOBODY: "case-nobody";
    OPEN_CASE: "case-open-case";
    OPEN_CASE_HINT: "case-open-case-hint";

    PLACE: "case-place";
    NOT_PASSED: "case-not-passed";
    NOT_PASSED_ROUTINE: "case-not-passed-routine";
    REPLY_BY: "case-reply-by";

    TITLE: "case-title";
    RECEIVED: "case-received";
    WAITING: "case-waiting";
    WAITING_MORE: "case-waiting-more";
    WITH_STAFF: "case-with-staff";
    WITH_STAFF_MORE: "case-with-staff-more";
    CLOSED: "case-closed";
    CLOSED_MORE: "case-closed-more";
    CLOSED_BEWARE: "case-closed-beware";

    MESSAGES: "case-messages";
    NO_MESSAGES: "case-no-messages";
    YOU: "case-you";
    STAFF: "case-staff";
    WRITE: "case-write";
    WRITE_HINT: "case-write-hint";
    SEND: "case-send";
}

/// How sure we are, without a number.
pub fn fit(confidence: f64) -> Say {
    if confidence >= 0.9 {
        FITS
    } else if confidence >= 0.6 {
        LIKELY
    } else if confidence >= 0.35 {
        POSSIBLE
    } else {
        EARLY
    }
}

pub fn not_passed(lane: Class) -> Say {
    match lane {
        Class::Security => NOT_PASSED,
        Class::Routine => NOT_PASSED_ROUTINE,
    }
}

/// The state of a case, and what that means for the person.
pub fn state(state: CaseState) -> (Say, Say) {
    match state {
        CaseState::Waiting => (WAITING, WAITING_MORE),
        CaseState::WithStaff => (WITH_STAFF, WITH_STAFF_MORE),
        CaseState::Closed => (CLOSED, CLOSED_MORE),
    }
}

pub fn author(author: Author) -> Say {
    match author {
        Author::You => YOU,
        Author::Staff => STAFF,
    }
}
