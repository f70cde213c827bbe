//! The way in to a case, and what is said when something does not work.

super::say! {
    ENTER: "door-enter";
    ENTER_HINT: "door-enter-hint";
    CODE: "door-code";
    CODE_HINT: "door-code-hint";
    OPEN: "door-open";
    REFUSED: "door-refused";
    REFUSED_MORE: "door-refused-more";
    LOST: "door-lost";
    REPORT: "door-report";

    NOT_FOUND: "door-not-found";
    NOT_FOUND_NEXT: "door-not-found-next";
    SESSION_OVER: "door-session-over";
    SESSION_OVER_NEXT: "door-session-over-next";
    STALE: "door-stale";
    STALE_NEXT: "door-stale-next";
    TOO_MANY: "door-too-many";
    TOO_MANY_NEXT: "door-too-many-next";
    TOO_LARGE: "door-too-large";
    TOO_LARGE_NEXT: "door-too-large-next";
    UNREADABLE: "door-unreadable";
    UNREADABLE_NEXT: "door-unreadable-next";
    BROKEN: "door-broken";
    BROKEN_NEXT: "door-broken-next";
    TYPED: "door-typed";
    TYPED_HINT: "door-typed-hint";
    REQUEST: "door-request";
    PERSON: "door-person";

    NOT_KEPT: "door-not-kept";
    AGAIN: "door-again";
    AGAIN_HINT: "door-again-hint";
}
