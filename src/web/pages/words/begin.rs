//! The report: one tap, own words, drafts and the quiet proof.

super::say! {
    KEPT_SHORT: "begin-kept-short";
    KEPT_MORE: "begin-kept-more";
    TAPS: "begin-taps";
    OWN_WORDS: "begin-own-words";
    DRAFT_HINT: "begin-draft-hint";
    KEEP: "begin-keep";
    KEPT: "begin-kept";
    LOOKS: "begin-looks";
    NOW_WHY: "begin-now-why";
    LEFT_HINT: "begin-left-hint";
    ON_ITS_WAY: "begin-on-its-way";
    SENDING: "begin-sending";
    AGAIN_CHANGED: "begin-again-changed";
}
