//! The texts of the box of feedback.

super::say! {
    TITLE: "inbox-title";
    LINK: "inbox-link";
    OPEN: "inbox-open";
    ALL_OF_IT: "inbox-all";
    HINT: "inbox-hint";
    EMPTY: "inbox-empty";
    IN_INCIDENT: "inbox-in-incident";
    OWNER: "inbox-owner";
    NOBODYS: "inbox-nobodys";
    TAKE: "inbox-take";
    OUTCOME: "inbox-outcome";
    SETTLE: "inbox-settle";
    IMPROVED: "inbox-improved";
    PLAYBOOK: "inbox-playbook";
    ANSWERED: "inbox-answered";
    KNOWN: "inbox-known";
    NOTHING: "inbox-nothing";
}
