//! The help place, and the pages on staying safe. What everyday questions are answered with comes from the playbooks.

use super::Say;

super::say! {
    TITLE: "help-title";
    SEARCH: "help-search";
    SEARCH_HINT: "help-search-hint";
    FIND: "help-find";
    FOUND: "help-found";
    NOTHING: "help-nothing";
    URGENT: "help-urgent";
    URGENT_MORE: "help-urgent-more";
    REPORT: "help-report";
    EVERYDAY: "help-everyday";
    SAFE: "help-safe";
    STEPS: "help-steps";
    HERE: "help-here";
    ASK: "help-ask";
    ASK_MORE: "help-ask-more";
    ASK_GO: "help-ask-go";
    EVERYTHING: "help-everything";
    CHECK: "help-check";

    WORDS_TITLE: "help-words-title";
    WORDS_SUM: "help-words-sum";
    WORDS_ONE: "help-words-one";
    WORDS_TWO: "help-words-two";
    WORDS_THREE: "help-words-three";
    WORDS_FOUR: "help-words-four";

    SITE_TITLE: "help-site-title";
    SITE_SUM: "help-site-sum";
    SITE_ONE: "help-site-one";
    SITE_TWO: "help-site-two";
    SITE_THREE: "help-site-three";
    SITE_FOUR: "help-site-four";

    SIGN_TITLE: "help-sign-title";
    SIGN_SUM: "help-sign-sum";
    SIGN_ONE: "help-sign-one";
    SIGN_TWO: "help-sign-two";
    SIGN_THREE: "help-sign-three";
    SIGN_FOUR: "help-sign-four";

    PHONE_TITLE: "help-phone-title";
    PHONE_SUM: "help-phone-sum";
    PHONE_ONE: "help-phone-one";
    PHONE_TWO: "help-phone-two";
    PHONE_THREE: "help-phone-three";
    PHONE_FOUR: "help-phone-four";

    AFTER_TITLE: "help-after-title";
    AFTER_SUM: "help-after-sum";
    AFTER_ONE: "help-after-one";
    AFTER_TWO: "help-after-two";
    AFTER_THREE: "help-after-three";
    AFTER_FOUR: "help-after-four";
}

/// A page on staying safe.
pub struct Safety {
    pub id: &'static str,
    pub title: Say,
    pub summary: Say,
    pub points: [Say; 4],
}

pub const SAFETY: [Safety; 5] = [
    Safety {
        id: "recovery-words",
        title: WORDS_TITLE,
        summary: WORDS_SUM,
        points: [WORDS_ONE, WORDS_TWO, WORDS_THREE, WORDS_FOUR],
    },
    Safety {
        id: "real-site",
        title: SITE_TITLE,
        summary: SITE_SUM,
        points: [SITE_ONE, SITE_TWO, SITE_THREE, SITE_FOUR],
    },
    Safety {
        id: "before-signing",
        title: SIGN_TITLE,
        summary: SIGN_SUM,
        points: [SIGN_ONE, SIGN_TWO, SIGN_THREE, SIGN_FOUR],
    },
    Safety {
        id: "phone-and-mail",
        title: PHONE_TITLE,
        summary: PHONE_SUM,
        points: [PHONE_ONE, PHONE_TWO, PHONE_THREE, PHONE_FOUR],
    },
    Safety {
        id: "after-a-theft",
        title: AFTER_TITLE,
        summary: AFTER_SUM,
        points: [AFTER_ONE, AFTER_TWO, AFTER_THREE, AFTER_FOUR],
    },
];
