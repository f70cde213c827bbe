//! "Is this really us?", and the words of a case.

use super::Say;
use crate::guidance::official::{Place, Whose};

super::say! {
    TITLE: "check-title";
    LEAD: "check-lead";
    MESSAGE: "check-message";
    MESSAGE_HINT: "check-message-hint";
    SECRET: "check-secret";
    SECRET_HINT: "check-secret-hint";
    SECRET_OPEN: "check-secret-open";
    GO: "check-go";

    GENUINE: "check-genuine";
    GENUINE_SAME: "check-genuine-same";
    GENUINE_NUMBER: "check-genuine-number";
    GENUINE_CASE: "check-genuine-case";
    GENUINE_WORDS: "check-genuine-words";
    GENUINE_STILL: "check-genuine-still";

    MIXED: "check-mixed";
    MIXED_MORE: "check-mixed-more";
    ALTERED: "check-altered";
    ALTERED_MORE: "check-altered-more";
    REFUSED: "check-refused";
    REFUSED_MORE: "check-refused-more";
    CANNOT: "check-cannot";
    CANNOT_SECRET: "check-cannot-secret";
    CANNOT_PLACE: "check-cannot-place";
    NO_NUMBER: "check-no-number";
    NO_NUMBER_MORE: "check-no-number-more";
    PLACE_OURS: "check-place-ours";
    PLACE_OURS_MORE: "check-place-ours-more";
    PLACE_NOT: "check-place-not";
    PLACE_NOT_MORE: "check-place-not-more";
    EMPTY: "check-empty";
    SECRET_SENT: "check-secret-sent";
    PLACES: "check-places";
    NEXT_GAVE: "check-next-gave";
    NEXT_REPORT: "check-next-report";
    NEXT_CASE: "check-next-case";

    LINK: "check-link";
    EMAIL: "check-email";
    HANDLE: "check-handle";
    NUMBER: "check-number";
    OURS: "check-ours";
    NOT_OURS: "check-not-ours";
    LOOKS: "check-looks";
    UNKNOWN: "check-unknown";

    TELL: "check-tell";
    TELL_FIRST: "check-tell-first";
    TELL_PAGE: "check-tell-page";
    TELL_WORDS: "check-tell-words";
    TELL_KNOW: "check-tell-know";
    TELL_HURRY: "check-tell-hurry";
    NEVER: "check-never";
    NEVER_SIGN: "check-never-sign";
    NEVER_WALLET: "check-never-wallet";
    NEVER_CARD: "check-never-card";
    NEVER_SECRET: "check-never-secret";
    OFFICIAL: "check-official";
    OFFICIAL_SITES: "check-official-sites";
    OFFICIAL_MAIL: "check-official-mail";
    OFFICIAL_NAMES: "check-official-names";
    OFFICIAL_NUMBERS: "check-official-numbers";
    OFFICIAL_APPS: "check-official-apps";

    WORDS: "check-words";
    WORDS_WHY: "check-words-why";
    WORDS_NONE: "check-words-none";
    WORDS_CHOOSE: "check-words-choose";
    WORDS_CHANGE: "check-words-change";
    WORDS_PICK: "check-words-pick";
    WORDS_OTHER: "check-words-other";
    WORDS_KEEP: "check-words-keep";
    WORDS_NOTE: "check-words-note";
    BACK: "check-back";
    UNDER_NUMBER: "check-under-number";
    UNDER_WORDS: "check-under-words";
    UNDER_LINK: "check-under-link";
}

/// What sort of place it is.
pub fn place(place: Place) -> Say {
    match place {
        Place::Link => LINK,
        Place::Email => EMAIL,
        Place::Handle => HANDLE,
        Place::Number => NUMBER,
    }
}

/// Whose a place is.
pub fn whose(whose: Whose) -> Say {
    match whose {
        Whose::Ours => OURS,
        Whose::NotOurs => NOT_OURS,
        Whose::LooksLikeOurs => LOOKS,
        Whose::Unknown => UNKNOWN,
    }
}
