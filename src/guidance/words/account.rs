//! Mails to people on the staff about their own accounts.

super::say! {
    RESET_SUBJECT: "account-reset-subject";
    RESET_TEXT: "account-reset-text";
    PROVE_SUBJECT: "account-prove-subject";
    PROVE_TEXT: "account-prove-text";
    PASSWORD_CHANGED_SUBJECT: "account-password-changed-subject";
    PASSWORD_CHANGED_TEXT: "account-password-changed-text";
    FACTOR_CHANGED_SUBJECT: "account-factor-changed-subject";
    FACTOR_CHANGED_TEXT: "account-factor-changed-text";
    RECOVERY_USED_SUBJECT: "account-recovery-used-subject";
    RECOVERY_USED_TEXT: "account-recovery-used-text";
    GUESSED_SUBJECT: "account-guessed-subject";
    GUESSED_TEXT: "account-guessed-text";
    SESSION_ENDED_SUBJECT: "account-session-ended-subject";
    SESSION_ENDED_TEXT: "account-session-ended-text";
    ROLES_CHANGED_SUBJECT: "account-roles-changed-subject";
    ROLES_CHANGED_TEXT: "account-roles-changed-text";
    ISSUER_LINKED_SUBJECT: "account-issuer-linked-subject";
    ISSUER_LINKED_TEXT: "account-issuer-linked-text";
    ISSUER_UNLINKED_SUBJECT: "account-issuer-unlinked-subject";
    ISSUER_UNLINKED_TEXT: "account-issuer-unlinked-text";
    CHAT_LINKED_SUBJECT: "account-chat-linked-subject";
    CHAT_LINKED_TEXT: "account-chat-linked-text";
    ADDRESS_ASKED_SUBJECT: "account-address-asked-subject";
    ADDRESS_ASKED_TEXT: "account-address-asked-text";
    ADDRESS_CHANGED_SUBJECT: "account-address-changed-subject";
    ADDRESS_CHANGED_TEXT: "account-address-changed-text";
    ADDRESS_TAKEN_SUBJECT: "account-address-taken-subject";
    ADDRESS_TAKEN_TEXT: "account-address-taken-text";
}
