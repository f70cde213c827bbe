//! The names of the texts of the console. What playbooks say is not here.

use super::Notice;
use crate::incident::Verdict;
use crate::playbook::{Able, Activity, Class, Exposure, Remaining};
use crate::web::pages::words::{Say, say};

say! {
    QUEUE: "staff-queue";
    SIGN_OUT: "staff-sign-out";
    KEYS: "staff-keys";
    KEYS_PRESS: "staff-keys-press";
    AGO: "staff-ago";
    IN: "staff-in";

    STALE: "staff-stale";
    STALE_MORE: "staff-stale-more";
    STALE_BACK: "staff-stale-back";
    TYPED: "staff-typed";

    NEXT: "staff-next";
    TAKE_NEXT: "staff-take-next";
    TAKE_HINT: "staff-take-hint";
    NOTHING_WAITS: "staff-nothing-waits";
    NOTHING_MORE: "staff-nothing-more";
    EMPTY: "staff-empty";
    RELEASED: "staff-released";
    CLOSED: "staff-closed";
    HELD: "staff-held";
    WAITING: "staff-waiting";
    LANES: "staff-lanes";
    ALL_LANES: "staff-all-lanes";
    SECURITY: "staff-security";
    ROUTINE: "staff-routine";
    AS_OF: "staff-as-of";
    REFRESH: "staff-refresh";
    MORE: "staff-more";
    HEAD_START: "staff-head-start";
    NO_HEAD_START: "staff-no-head-start";
    FITS: "staff-fits";
    CHINESE: "staff-chinese";
    ENGLISH: "staff-english";

    CRITICAL: "staff-critical";
    SEVERE: "staff-severe";
    SERIOUS: "staff-serious";
    WATCH: "staff-watch";
    CALM: "staff-calm";
    ASKS_PERSON: "staff-asks-person";
    SAYS_SOLVED: "staff-says-solved";
    DANGER: "staff-danger";
    DANGER_MORE: "staff-danger-more";

    ON_THIS_PAGE: "staff-on-this-page";
    REFERENCE: "staff-reference";
    THEIR_WORDS: "staff-their-words";
    FEEDBACK: "staff-feedback";
    NO_CASE: "staff-no-case";
    ARRIVED: "staff-arrived";
    HEAD_START_NAME: "staff-head-start-name";
    CHANCE: "staff-chance";
    THEY_READ: "staff-they-read";
    ONLY_RAISED: "staff-only-raised";
    STATE_OPEN: "staff-state-open";
    STATE_MINE: "staff-state-mine";
    STATE_ANOTHER: "staff-state-another";
    STATE_CLOSED: "staff-state-closed";
    STATE_CLOSED_MORE: "staff-state-closed-more";
    CLAIM: "staff-claim";
    RENEW: "staff-renew";
    RELEASE: "staff-release";
    YOURS_FOR: "staff-yours-for";
    STILL_FOR: "staff-still-for";
    LEASE_OVER: "staff-lease-over";

    REASONS: "staff-reasons";
    NO_REASONS: "staff-no-reasons";
    WHOLE_SUM: "staff-whole-sum";
    SIGNAL: "staff-signal";
    SUM: "staff-sum";
    SUM_OF: "staff-sum-of";
    NO_SUM: "staff-no-sum";
    WHAT: "staff-what";
    WEIGHT: "staff-weight";
    RELIABILITY: "staff-reliability";
    POINTS: "staff-points";
    PRIOR: "staff-prior";
    GROUP_CAP: "staff-group-cap";
    ANONYMOUS_CAP: "staff-anonymous-cap";
    LOG_ODDS: "staff-log-odds";
    POINTS_HINT: "staff-points-hint";
    PLAYBOOKS: "staff-playbooks";
    ALSO: "staff-also";
    NOTHING_ELSE: "staff-nothing-else";
    LEFT_OUT: "staff-left-out";
    ACTS: "staff-acts";

    SIGNALS: "staff-signals";
    EARLIER: "staff-earlier";
    VERIFIED: "staff-verified";
    UNVERIFIED: "staff-unverified";
    RECEIVED: "staff-received";
    STAKES: "staff-stakes";
    EXPOSURE: "staff-exposure";
    EXPOSURE_NONE: "staff-exposure-none";
    EXPOSURE_ACCOUNT: "staff-exposure-account";
    EXPOSURE_PERMISSION: "staff-exposure-permission";
    EXPOSURE_SECRET: "staff-exposure-secret";
    ACTIVITY: "staff-activity";
    ACTIVITY_NONE: "staff-activity-none";
    ACTIVITY_ATTEMPTED: "staff-activity-attempted";
    ACTIVITY_LEAVING: "staff-activity-leaving";
    REMAINING: "staff-remaining";
    REMAINING_NONE: "staff-remaining-none";
    REMAINING_SMALL: "staff-remaining-small";
    REMAINING_MEDIUM: "staff-remaining-medium";
    REMAINING_LARGE: "staff-remaining-large";
    VALUE: "staff-value";
    VALUE_KNOWN: "staff-value-known";
    VALUE_ASSUMED: "staff-value-assumed";
    ABLE: "staff-able";
    YES: "staff-yes";
    NO: "staff-no";
    LOSS: "staff-loss";
    RATE: "staff-rate";
    ORDERS: "staff-orders";
    ANSWERS: "staff-answers";
    NO_ANSWERS: "staff-no-answers";

    STAFF_STEPS: "staff-staff-steps";
    NO_STAFF_STEPS: "staff-no-staff-steps";
    REQUIRED: "staff-required";
    TIME_BOX: "staff-time-box";
    WAITS_FOR: "staff-waits-for";
    WAIVE: "staff-waive";
    WAIVE_GO: "staff-waive-go";
    STEPS_OPEN: "staff-steps-open";
    STEPS_OPEN_MORE: "staff-steps-open-more";
    STEPS_OPEN_BACK: "staff-steps-open-back";
    A_STEP: "staff-a-step";
    TOLD: "staff-told";
    NOBODY_TOLD: "staff-nobody-told";
    TALK: "staff-talk";
    NOTHING_SAID: "staff-nothing-said";
    PERSON: "staff-person";
    STAFF: "staff-staff";
    A_LETTER: "staff-a-letter";
    ASKED: "staff-asked";
    MAY_PASS_ON: "staff-may-pass-on";
    MAY_NOT_PASS_ON: "staff-may-not-pass-on";
    GRANT: "staff-grant";
    REFUSE: "staff-refuse";
    GRANT_HINT: "staff-grant-hint";
    GUESSED: "staff-guessed";
    A_NOTE: "staff-a-note";
    A_VERDICT: "staff-a-verdict";
    REPLY: "staff-reply";
    REPLY_HINT: "staff-reply-hint";
    CLAIM_FIRST: "staff-claim-first";
    ANOTHER_ANSWERS: "staff-another-answers";
    REPLY_CLOSED: "staff-reply-closed";
    NOBODY_READS: "staff-nobody-reads";
    SEND: "staff-send";
    NOTE: "staff-note";
    NOTE_HINT: "staff-note-hint";
    KEEP_NOTE: "staff-keep-note";

    DECIDE: "staff-decide";
    VERDICT: "staff-verdict";
    CHOOSE: "staff-choose";
    CONFIRMED: "staff-confirmed";
    FALSE_ALARM: "staff-false-alarm";
    ANSWERED: "staff-answered";
    DUPLICATE: "staff-duplicate";
    IT_WAS: "staff-it-was";
    NOT_LISTED: "staff-not-listed";
    REASON: "staff-reason";
    CLOSE: "staff-close";
    CLOSE_HINT: "staff-close-hint";
    ESCALATE: "staff-escalate";
    NEW_LEVEL: "staff-new-level";
    ESCALATE_HINT: "staff-escalate-hint";
    REOPEN: "staff-reopen";
    REOPEN_HINT: "staff-reopen-hint";
}

pub fn notice(notice: Notice) -> Say {
    match notice {
        Notice::Empty => EMPTY,
        Notice::Released => RELEASED,
        Notice::Closed => CLOSED,
        Notice::Full => crate::web::pages::words::shift::FULL,
        Notice::Late => crate::web::pages::words::desk::TOO_LATE,
        Notice::Undone => crate::web::pages::words::desk::UNDONE,
    }
}

pub fn lane(class: Class) -> Say {
    match class {
        Class::Security => SECURITY,
        Class::Routine => ROUTINE,
    }
}

/// The word for a level, 1 the worst.
pub fn level(level: i64) -> Say {
    match level {
        ..=1 => CRITICAL,
        2 => SEVERE,
        3 => SERIOUS,
        4 => WATCH,
        5.. => CALM,
    }
}

/// The name of a language that people write in, as far as it has one here.
pub fn tongue(tag: &str) -> Option<Say> {
    match tag {
        "zh" => Some(CHINESE),
        "en" => Some(ENGLISH),
        _ => None,
    }
}

/// Who an entry of the conversation is from, by its word in the record.
pub fn author(from: &str) -> Say {
    match from {
        "person" => PERSON,
        "staff" => STAFF,
        "verdict" => A_VERDICT,
        "step" => A_STEP,
        "feedback" => FEEDBACK,
        "letter" => A_LETTER,
        _ => A_NOTE,
    }
}

pub fn verdict(verdict: Verdict) -> Say {
    match verdict {
        Verdict::Confirmed => CONFIRMED,
        Verdict::FalseAlarm => FALSE_ALARM,
        Verdict::Answered => ANSWERED,
        Verdict::Duplicate => DUPLICATE,
    }
}

pub fn exposure(exposure: Exposure) -> Say {
    match exposure {
        Exposure::None => EXPOSURE_NONE,
        Exposure::Account => EXPOSURE_ACCOUNT,
        Exposure::Permission => EXPOSURE_PERMISSION,
        Exposure::Secret => EXPOSURE_SECRET,
    }
}

pub fn activity(activity: Activity) -> Say {
    match activity {
        Activity::NoneSeen => ACTIVITY_NONE,
        Activity::Attempted => ACTIVITY_ATTEMPTED,
        Activity::LeavingNow => ACTIVITY_LEAVING,
    }
}

pub fn remaining(remaining: Remaining) -> Say {
    match remaining {
        Remaining::None => REMAINING_NONE,
        Remaining::Small => REMAINING_SMALL,
        Remaining::MediumOrUnknown => REMAINING_MEDIUM,
        Remaining::Large => REMAINING_LARGE,
    }
}

pub fn able(able: Able) -> Say {
    match able {
        Able::No => NO,
        Able::Yes => YES,
    }
}
