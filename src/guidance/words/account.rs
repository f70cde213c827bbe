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
    ADDRESS_ASKED_SUBJECT: "account-address-asked-subject";
    ADDRESS_ASKED_TEXT: "account-address-asked-text";
    ADDRESS_CHANGED_SUBJECT: "account-address-changed-subject";
    ADDRESS_CHANGED_TEXT: "account-address-changed-text";
    ADDRESS_TAKEN_SUBJECT: "account-address-taken-subject";
    ADDRESS_TAKEN_TEXT: "account-address-taken-text";
}
