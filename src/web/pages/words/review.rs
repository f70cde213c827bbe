//! What one person alone or the house ordered, for somebody else to look at.

super::say! {
    TITLE: "review-title";
    LEAD: "review-lead";
    EMPTY: "review-empty";
    OVERDUE: "review-overdue";
    DUE: "review-due";
    ORDERED: "review-ordered";
    BY_HOUSE: "review-by-house";
    OWN: "review-own";
    CASE: "review-case";
    LOOKED: "review-looked";
    WAITING: "review-waiting";
    LATE: "review-late";
    OPEN: "review-open";
    BRAKED: "review-braked";
    ACCOUNTS: "review-accounts";
    BRAKED_MORE: "review-braked-more";
    REASON: "review-reason";
    PROPOSED: "review-proposed";
    PROPOSED_TITLE: "review-proposed-title";
    PROPOSED_LEAD: "review-proposed-lead";
    PROPOSED_NONE: "review-proposed-none";
    SEE: "review-see";
    AFTERWARDS: "review-afterwards";
    GO_ON: "review-go-on";
}
