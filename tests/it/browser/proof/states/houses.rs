//! States that need a house of another kind: staff asleep, more than it takes, memory down, something announced.

use super::Do::{
    Announce, ComeBackAfterADay, Dead, Fill, Follow, MemoryDown, Press, Ring, Served, SignIn, Spoil, StaffClose,
    Unsolvable, Visit, Way,
};
use super::words::Words;
use super::{CASE, REPORT, State, refused, state};

/// Pages of staff about what rings and what did not arrive.
pub const STAFF: &[State] = &[
    state("staff-alarms-quiet", "main", &[SignIn, Visit("/staff/alarms")]),
    state("staff-outbox-empty", "main", &[SignIn, Visit("/staff/outbox")]),
    state("staff-alarms", "main form button", &[Way(REPORT), Ring, SignIn, Visit("/staff/alarms")]),
    state(
        "staff-alarms-seen",
        "main",
        &[Way(REPORT), Ring, SignIn, Visit("/staff/alarms"), Follow("main form button")],
    ),
    state("staff-outbox", "main", &[Dead, SignIn, Visit("/staff/outbox")]),
];

/// What nobody who comes first meets: the house has had its fill of reports.
pub const BUSY: &[State] =
    &[refused("busy-on-its-way", "h1[data-sending]:not([hidden])", &[Way(REPORT), Unsolvable, Way(REPORT)], &[429])];

/// One deed at a case is enough for a while; and a case that cannot be read any more.
pub const HASTY: &[State] = &[
    refused(
        "case-too-many",
        "[data-trouble=too-many]",
        &[
            Way(CASE),
            Fill("#message", Words::Message),
            Follow("form.write > button"),
            Fill("#message", Words::Message),
            Follow("form.write > button"),
        ],
        &[429],
    ),
    refused(
        "case-broken",
        "[data-trouble=broken]",
        &[Way(CASE), Spoil("update incident set assessment = x'00'"), Visit("/case")],
        &[500],
    ),
];

/// Nobody of the staff is there.
pub const NIGHT: &[State] = &[
    state("case-at-night", "#standing .away", CASE),
    state("case-with-a-likely-time", "#standing p:has(> b):has(> time)", &[Served, Way(CASE)]),
];

/// Everybody is told of an attack.
pub const ANNOUNCED: &[State] = &[
    state("report-announced", ".board ~ .danger, .board ~ div .stop", &[Announce, Visit("/")]),
    state("case-announced", ".board ~ .beside #standing", &[Announce, Way(CASE)]),
];

/// Memory is down: a state a house, since it stays down.
pub const DOWN: &[State] = &[
    refused("down-report", "#unkept h1[data-unsent] ~ .first", &[MemoryDown, Way(REPORT)], &[503]),
    refused("down-case", "[data-trouble=broken] a[href='/case']", &[Way(CASE), MemoryDown, Visit("/case")], &[503]),
    refused(
        "down-feedback",
        "[data-trouble=broken]",
        &[MemoryDown, Visit("/feedback"), Press("form.sheet label.choice"), Follow("form.sheet > button")],
        &[503],
    ),
    refused(
        "down-check",
        "[data-trouble=broken]",
        &[MemoryDown, Visit(super::NO_CASE), Fill("#code", Words::These("ABCDE-FGHJK")), Follow("form.enter > button")],
        &[503],
    ),
];

/// A day after the end, when one question is asked: a state a house, since the clock goes on.
pub const AFTERWARDS: &[State] = &[
    state(
        "case-a-day-later",
        "#feedback form [name=satisfaction]",
        &[Way(REPORT), ComeBackAfterADay(&[StaffClose("confirmed")])],
    ),
    state(
        "case-after-one-answer",
        "#feedback form [name=solved]",
        &[
            Way(REPORT),
            ComeBackAfterADay(&[StaffClose("confirmed")]),
            Press("#feedback label.choice"),
            Follow("#feedback form > button"),
        ],
    ),
    state(
        "case-after-all-answers",
        "#feedback:not(:has(form, details))",
        &[
            Way(REPORT),
            ComeBackAfterADay(&[StaffClose("confirmed")]),
            Press("#feedback label.choice"),
            Follow("#feedback form > button"),
            Press("#feedback label:has([name=solved])"),
            Press("#feedback label:has([name=speed])"),
            Follow("#feedback form > button"),
        ],
    ),
];
