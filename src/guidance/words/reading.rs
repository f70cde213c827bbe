//! What a chain was seen to say.

super::say! {
    ASKED: "reading-asked";
    CONFIRMED_NOW: "reading-confirmed-now";
    CONFIRMED: "reading-confirmed" [blocks];
    REVERTED: "reading-reverted";
    IN_LINE: "reading-in-line";
    FEE_LOW: "reading-fee-low";
    BEHIND: "reading-behind" [number];
    GAP: "reading-gap" [number];
    REPLACED: "reading-replaced";
    DROPPED: "reading-dropped";
    NOT_FOUND: "reading-not-found" [chain];
    UNKNOWN_NO_NODE: "reading-unknown-no-node";
    UNKNOWN_UNREACHABLE: "reading-unknown-unreachable";
    UNKNOWN_STALE: "reading-unknown-stale";
    UNKNOWN_UNRELIABLE: "reading-unknown-unreliable";
}
