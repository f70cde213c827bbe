//! The texts of the page of figures.

use super::Say;

super::say! {
    LINK: "numbers-link";
    TITLE: "numbers-title";
    WINDOW: "numbers-window";
    PRACTICE_NEVER: "numbers-practice-never";
    KEPT: "numbers-kept";
    ONLY_YOURS: "numbers-only-yours";
    NOTHING: "numbers-nothing";
    SHOW_TABLE: "numbers-show-table";
    CSV: "numbers-csv";
    COUNTERFACTUAL: "numbers-counterfactual";
    ARRIVALS: "numbers-arrivals";
    BACKLOG: "numbers-backlog";
    TIMES_OF_ALL: "numbers-times-of-all";
    REPLY_BY_LANE: "numbers-reply-by-lane";
    REPLY_BY_LEVEL: "numbers-reply-by-level";
    REPLY_BY_LANGUAGE: "numbers-reply-by-language";
    REPLY_BY_BAND: "numbers-reply-by-band";
    WAIT_BY_LANE: "numbers-wait-by-lane";
    WAIT_BY_LEVEL: "numbers-wait-by-level";
    WAIT_BY_LANGUAGE: "numbers-wait-by-language";
    WAIT_BY_BAND: "numbers-wait-by-band";
    RESOLVE_BY_LANE: "numbers-resolve-by-lane";
    RESOLVE_BY_LEVEL: "numbers-resolve-by-level";
    RESOLVE_BY_LANGUAGE: "numbers-resolve-by-language";
    RESOLVE_BY_BAND: "numbers-resolve-by-band";
    HOLD_BY_LANE: "numbers-hold-by-lane";
    HOLD_BY_LEVEL: "numbers-hold-by-level";
    HOLD_BY_LANGUAGE: "numbers-hold-by-language";
    HOLD_BY_BAND: "numbers-hold-by-band";
    FLOW_BY_LEVEL: "numbers-flow-by-level";
    OPEN_BY_LEVEL: "numbers-open-by-level";
    FLOW_BY_LANGUAGE: "numbers-flow-by-language";
    OPEN_BY_LANGUAGE: "numbers-open-by-language";
    FLOW_BY_BAND: "numbers-flow-by-band";
    OPEN_BY_BAND: "numbers-open-by-band";
    LOAD_BY_PERSON: "numbers-load-by-person";
    SPEED_BY_PERSON: "numbers-speed-by-person";
    T_BREACHES: "numbers-t-breaches";
    H_BREACHES: "numbers-h-breaches";
    C_INCIDENT: "numbers-c-incident";
    C_DUE: "numbers-c-due";
    C_DONE: "numbers-c-done";
    C_LATE_SECONDS: "numbers-c-late-seconds";
    DAYS: "numbers-days";
    T_LOSS: "numbers-t-loss";
    T_STEPS: "numbers-t-steps";
    T_TURNOVER: "numbers-t-turnover";
    T_TIMES: "numbers-t-times";
    T_TARGETS: "numbers-t-targets";
    T_KINDS: "numbers-t-kinds";
    T_CAUSES: "numbers-t-causes";
    T_VERDICTS: "numbers-t-verdicts";
    T_SATISFACTION: "numbers-t-satisfaction";
    T_SIGNS: "numbers-t-signs";
    T_SOURCES: "numbers-t-sources";
    T_PEOPLE: "numbers-t-people";
    H_TIMES: "numbers-h-times";
    H_SATISFACTION: "numbers-h-satisfaction";
    H_SIGNS: "numbers-h-signs";
    H_SOURCES: "numbers-h-sources";
    H_PEOPLE: "numbers-h-people";
    H_TARGETS: "numbers-h-targets";
    C_CASES: "numbers-c-cases";
    C_AT_ONCE_USD: "numbers-c-at-once-usd";
    C_AVERTED_USD: "numbers-c-averted-usd";
    C_OLDEST_FIRST_USD: "numbers-c-oldest-first-usd";
    C_GAINED_USD: "numbers-c-gained-usd";
    C_AVERTED_SHARE: "numbers-c-averted-share";
    C_OLDEST_FIRST_SHARE: "numbers-c-oldest-first-share";
    C_BEGIN: "numbers-c-begin";
    C_SECURITY: "numbers-c-security";
    C_ROUTINE: "numbers-c-routine";
    C_CLOSED: "numbers-c-closed";
    C_BACKLOG: "numbers-c-backlog";
    C_BY: "numbers-c-by";
    C_NAME: "numbers-c-name";
    C_ARRIVED: "numbers-c-arrived";
    C_OPEN: "numbers-c-open";
    C_WHAT: "numbers-c-what";
    C_MEDIAN_SECONDS: "numbers-c-median-seconds";
    C_NINE_OF_TEN_SECONDS: "numbers-c-nine-of-ten-seconds";
    C_PROMISE: "numbers-c-promise";
    C_LEVEL: "numbers-c-level";
    C_MET: "numbers-c-met";
    C_MISSED: "numbers-c-missed";
    C_RUNNING: "numbers-c-running";
    C_MET_SHARE: "numbers-c-met-share";
    C_KIND: "numbers-c-kind";
    C_NOW: "numbers-c-now";
    C_BEFORE: "numbers-c-before";
    C_CHANGE: "numbers-c-change";
    C_CONFIRMED: "numbers-c-confirmed";
    C_FALSE_ALARM: "numbers-c-false-alarm";
    C_ANSWERED: "numbers-c-answered";
    C_DUPLICATE: "numbers-c-duplicate";
    C_FALSE_ALARM_SHARE: "numbers-c-false-alarm-share";
    C_LANE: "numbers-c-lane";
    C_LANGUAGE: "numbers-c-language";
    C_GIVEN: "numbers-c-given";
    C_RATED: "numbers-c-rated";
    C_STARS: "numbers-c-stars";
    C_SOLVED: "numbers-c-solved";
    C_IN_PART: "numbers-c-in-part";
    C_NOT_SOLVED: "numbers-c-not-solved";
    C_SIGN: "numbers-c-sign";
    C_PERSON: "numbers-c-person";
    C_IN_HAND: "numbers-c-in-hand";
    C_TAKEN: "numbers-c-taken";
    C_REPLIED: "numbers-c-replied";
    C_REPLY_MEDIAN_SECONDS: "numbers-c-reply-median-seconds";
    C_CLOSE_MEDIAN_SECONDS: "numbers-c-close-median-seconds";
    W_ALL: "numbers-w-all";
    W_SECURITY: "numbers-w-security";
    W_ROUTINE: "numbers-w-routine";
    W_NONE: "numbers-w-none";
    W_TAKEN: "numbers-w-taken";
    W_ANSWERED: "numbers-w-answered";
    W_HOLD_ASKED: "numbers-w-hold-asked";
    W_CLOSED: "numbers-w-closed";
    W_DETECTED: "numbers-w-detected";
    W_LANE: "numbers-w-lane";
    W_LEVEL: "numbers-w-level";
    W_LANGUAGE: "numbers-w-language";
    W_BAND: "numbers-w-band";
    W_SMALL: "numbers-w-small";
    W_MEDIUM: "numbers-w-medium";
    W_LARGE: "numbers-w-large";
    W_UNKNOWN: "numbers-w-unknown";
    W_REPLY: "numbers-w-reply";
    W_RESOLUTION: "numbers-w-resolution";
    W_REPORT: "numbers-w-report";
}

/// By lane, level, language and value.
pub const REPLY_BY: [Say; 4] = [REPLY_BY_LANE, REPLY_BY_LEVEL, REPLY_BY_LANGUAGE, REPLY_BY_BAND];
/// By lane, level, language and value.
pub const WAIT_BY: [Say; 4] = [WAIT_BY_LANE, WAIT_BY_LEVEL, WAIT_BY_LANGUAGE, WAIT_BY_BAND];
/// By lane, level, language and value.
pub const RESOLVE_BY: [Say; 4] = [RESOLVE_BY_LANE, RESOLVE_BY_LEVEL, RESOLVE_BY_LANGUAGE, RESOLVE_BY_BAND];
/// By lane, level, language and value.
pub const HOLD_BY: [Say; 4] = [HOLD_BY_LANE, HOLD_BY_LEVEL, HOLD_BY_LANGUAGE, HOLD_BY_BAND];

/// The title of a table.
pub fn table(name: &str) -> Say {
    match name {
        "loss" => T_LOSS,
        "steps" => T_STEPS,
        "turnover" => T_TURNOVER,
        "times" => T_TIMES,
        "targets" => T_TARGETS,
        "breaches" => T_BREACHES,
        "kinds" => T_KINDS,
        "causes" => T_CAUSES,
        "verdicts" => T_VERDICTS,
        "satisfaction" => T_SATISFACTION,
        "signs" => T_SIGNS,
        "sources" => T_SOURCES,
        "people" => T_PEOPLE,
        _ => TITLE,
    }
}

/// What there is to know of a table.
pub fn hint(name: &str) -> Option<Say> {
    match name {
        "times" => Some(H_TIMES),
        "satisfaction" => Some(H_SATISFACTION),
        "signs" => Some(H_SIGNS),
        "sources" => Some(H_SOURCES),
        "people" => Some(H_PEOPLE),
        "targets" => Some(H_TARGETS),
        "breaches" => Some(H_BREACHES),
        _ => None,
    }
}

/// The head of a column.
pub fn column(name: &str) -> Say {
    match name {
        "cases" => C_CASES,
        "at_once_usd" => C_AT_ONCE_USD,
        "averted_usd" => C_AVERTED_USD,
        "oldest_first_usd" => C_OLDEST_FIRST_USD,
        "gained_usd" => C_GAINED_USD,
        "averted_share" => C_AVERTED_SHARE,
        "oldest_first_share" => C_OLDEST_FIRST_SHARE,
        "begin" => C_BEGIN,
        "security" => C_SECURITY,
        "routine" => C_ROUTINE,
        "closed" => C_CLOSED,
        "backlog" => C_BACKLOG,
        "by" => C_BY,
        "name" => C_NAME,
        "arrived" => C_ARRIVED,
        "open" => C_OPEN,
        "what" => C_WHAT,
        "median_seconds" => C_MEDIAN_SECONDS,
        "nine_of_ten_seconds" => C_NINE_OF_TEN_SECONDS,
        "promise" => C_PROMISE,
        "incident" => C_INCIDENT,
        "due" => C_DUE,
        "done" => C_DONE,
        "late_seconds" => C_LATE_SECONDS,
        "level" => C_LEVEL,
        "met" => C_MET,
        "missed" => C_MISSED,
        "running" => C_RUNNING,
        "met_share" => C_MET_SHARE,
        "kind" => C_KIND,
        "now" => C_NOW,
        "before" => C_BEFORE,
        "change" => C_CHANGE,
        "confirmed" => C_CONFIRMED,
        "false_alarm" => C_FALSE_ALARM,
        "answered" => C_ANSWERED,
        "duplicate" => C_DUPLICATE,
        "false_alarm_share" => C_FALSE_ALARM_SHARE,
        "lane" => C_LANE,
        "language" => C_LANGUAGE,
        "given" => C_GIVEN,
        "rated" => C_RATED,
        "stars" => C_STARS,
        "solved" => C_SOLVED,
        "in_part" => C_IN_PART,
        "not_solved" => C_NOT_SOLVED,
        "sign" => C_SIGN,
        "person" => C_PERSON,
        "in_hand" => C_IN_HAND,
        "taken" => C_TAKEN,
        "replied" => C_REPLIED,
        "reply_median_seconds" => C_REPLY_MEDIAN_SECONDS,
        "close_median_seconds" => C_CLOSE_MEDIAN_SECONDS,
        _ => TITLE,
    }
}

/// The words by which rows are named.
pub fn word_of(word: &str) -> Option<Say> {
    match word {
        "all" => Some(W_ALL),
        "security" => Some(W_SECURITY),
        "routine" => Some(W_ROUTINE),
        "none" => Some(W_NONE),
        "taken" => Some(W_TAKEN),
        "answered" => Some(W_ANSWERED),
        "hold-asked" => Some(W_HOLD_ASKED),
        "closed" => Some(W_CLOSED),
        "detected" => Some(W_DETECTED),
        "lane" => Some(W_LANE),
        "level" => Some(W_LEVEL),
        "language" => Some(W_LANGUAGE),
        "band" => Some(W_BAND),
        "small" => Some(W_SMALL),
        "medium" => Some(W_MEDIUM),
        "large" => Some(W_LARGE),
        "unknown" => Some(W_UNKNOWN),
        "reply" => Some(W_REPLY),
        "resolution" => Some(W_RESOLUTION),
        "report" => Some(W_REPORT),
        _ => None,
    }
}
