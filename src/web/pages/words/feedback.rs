//! What we ask about our work, and the operator's announcements.

use super::Say;
use crate::guidance::feedback::{Solved, Speed};
use crate::respond::About;

super::say! {
    TITLE: "feedback-title";
    LEAD: "feedback-lead";
    FIRST: "feedback-first";
    STARS: "feedback-stars";
    ONE: "feedback-one";
    TWO: "feedback-two";
    THREE: "feedback-three";
    FOUR: "feedback-four";
    FIVE: "feedback-five";
    SOLVED: "feedback-solved";
    SOLVED_YES: "feedback-solved-yes";
    SOLVED_PARTLY: "feedback-solved-partly";
    SOLVED_NO: "feedback-solved-no";
    SPEED: "feedback-speed";
    FAST: "feedback-fast";
    FINE: "feedback-fine";
    SLOW: "feedback-slow";
    TEXT: "feedback-text";
    TEXT_HINT: "feedback-text-hint";
    SEND: "feedback-send";
    MORE: "feedback-more";
    THANKS: "feedback-thanks";
    THANKS_MORE: "feedback-thanks-more";
    ANYTIME: "feedback-anytime";
    GOING: "feedback-going";
    OF_CASE: "feedback-of-case";
    TO_CASE: "feedback-to-case";
    READ: "feedback-read";
    NOT_URGENT: "feedback-not-urgent";
    PRIVACY: "feedback-privacy";
    PRIVACY_CASE: "feedback-privacy-case";
    PRIVACY_OPEN: "feedback-privacy-open";
    EMPTY: "feedback-empty";

    OUTAGE: "feedback-outage";
    MAINTENANCE: "feedback-maintenance";
    MARKET: "feedback-market";
    OUTBREAK: "feedback-outbreak";
    OTHER: "feedback-other";
    DO_NOW: "feedback-do-now";
    CHANGED: "feedback-changed";
}

pub fn stars(count: u8) -> Say {
    match count {
        0 | 1 => ONE,
        2 => TWO,
        3 => THREE,
        4 => FOUR,
        5.. => FIVE,
    }
}

pub fn solved(solved: Solved) -> Say {
    match solved {
        Solved::Yes => SOLVED_YES,
        Solved::Partly => SOLVED_PARTLY,
        Solved::No => SOLVED_NO,
    }
}

pub fn speed(speed: Speed) -> Say {
    match speed {
        Speed::Fast => FAST,
        Speed::Fine => FINE,
        Speed::Slow => SLOW,
    }
}

/// The heading of an announcement.
pub fn about(about: About) -> Say {
    match about {
        About::Outage => OUTAGE,
        About::Maintenance => MAINTENANCE,
        About::Market => MARKET,
        About::Outbreak => OUTBREAK,
        About::Other => OTHER,
    }
}
