//! Alarms that hold, letters that did not arrive, and the page by which a person stops mails.

super::say! {
    UNSEEN: "letters-unseen";
    OPEN: "letters-open";
    ALARMS: "letters-alarms";
    NO_ALARMS: "letters-no-alarms";
    WAITS: "letters-waits";
    SILENT: "letters-silent";
    UNDELIVERED: "letters-undelivered";
    BRAKED: "letters-braked";
    UNREVIEWED: "letters-unreviewed";
    APPROVAL: "letters-approval";
    LATE: "letters-late";
    SINCE: "letters-since";
    SEEN: "letters-seen";
    SEEN_BY: "letters-seen-by";
    DEAD: "letters-dead";
    DEAD_MORE: "letters-dead-more";
    NO_DEAD: "letters-no-dead";
    ORDER: "letters-order";
    NOTICE: "letters-notice";
    ACCOUNT: "letters-account";
    ALARM: "letters-alarm";
    WRITTEN: "letters-written";
    ATTEMPTS: "letters-attempts";
    AGAIN: "letters-again";
    MAIL_TITLE: "letters-mail-title";
    MAIL_ASK: "letters-mail-ask";
    MAIL_STOP: "letters-mail-stop";
    MAIL_STOPPED: "letters-mail-stopped";
    MAIL_STILL: "letters-mail-still";
    MAIL_RESUME: "letters-mail-resume";
    MAIL_RUNNING: "letters-mail-running";
}
