//! The texts of closed circles and of breaking the glass.

super::say! {
    TITLE: "circle-title";
    CLOSED_TO: "circle-closed-to";
    LINK_CLOSE: "circle-link-close";
    LINK_LIST: "circle-link-list";
    BACK: "circle-back";
    WHAT_IT_IS: "circle-what-it-is";
    CLOSE: "circle-close";
    CLOSE_WHO: "circle-close-who";
    CLOSE_YOU: "circle-close-you";
    CLOSED_BY: "circle-closed-by";
    ORPHANED: "circle-orphaned";
    MEMBERS: "circle-members";
    GUESTS: "circle-guests";
    UNTIL: "circle-until";
    ADD: "circle-add";
    ADD_WHO: "circle-add-who";
    REMOVE: "circle-remove";
    OPEN: "circle-open";
    OPEN_HINT: "circle-open-hint";
    ONLY_MEMBERS: "circle-only-members";
    NOT_YOURS: "circle-not-yours";
    OTHERWISE: "circle-otherwise";
    NOBODY: "circle-nobody";
    LAST: "circle-last";
    GLASS: "circle-glass";
    GLASS_HINT: "circle-glass-hint";
    GLASS_CASE: "circle-glass-case";
    GLASS_GO: "circle-glass-go";
    GLASS_DONE: "circle-glass-done";
    GLASS_THERE: "circle-glass-there";
    RANG_GLASS: "circle-rang-glass";
    RANG_ORPHANED: "circle-rang-orphaned";
    RANG_AUDITOR: "circle-rang-auditor";
}
