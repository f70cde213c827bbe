//! Mails to the holder of a case.

super::say! {
    ANSWERED_SUBJECT: "mail-answered-subject" [reference];
    ANSWERED_TEXT: "mail-answered-text";
    TAKEN_SUBJECT: "mail-taken-subject" [reference];
    TAKEN_TEXT: "mail-taken-text";
    CLOSED_SUBJECT: "mail-closed-subject" [reference];
    CLOSED_TEXT: "mail-closed-text";
    REOPENED_SUBJECT: "mail-reopened-subject" [reference];
    REOPENED_TEXT: "mail-reopened-text";
    DECIDED_SUBJECT: "mail-decided-subject" [reference];
    DECIDED_TEXT: "mail-decided-text";
    SECOND_THEFT_SUBJECT: "mail-second-theft-subject" [reference];
    SECOND_THEFT_TEXT: "mail-second-theft-text";
    CONTACT_ASKED_SUBJECT: "mail-contact-asked-subject" [reference];
    CONTACT_ASKED_TEXT: "mail-contact-asked-text";
    CONTACT_AGREED_SUBJECT: "mail-contact-agreed-subject" [reference];
    CONTACT_AGREED_TEXT: "mail-contact-agreed-text";
    RELEASE_SUBJECT: "mail-release-subject" [reference];
    RELEASE_TEXT: "mail-release-text";
    FRAME: "mail-frame" [footer, reference, says];
    NUMBERED: "mail-numbered" [number, text];
}
