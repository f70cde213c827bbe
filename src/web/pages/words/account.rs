//! Mail addresses of staff and what is done by mail: proving one, a new password.

super::say! {
    FORGOTTEN: "account-forgotten";
    FORGOTTEN_TITLE: "account-forgotten-title";
    FORGOTTEN_MORE: "account-forgotten-more";
    FORGOTTEN_WHO: "account-forgotten-who";
    FORGOTTEN_GO: "account-forgotten-go";
    FORGOTTEN_SENT: "account-forgotten-sent";
    FORGOTTEN_ADMIN: "account-forgotten-admin";
    RESET_TITLE: "account-reset-title";
    RESET_MORE: "account-reset-more";
    RESET_GO: "account-reset-go";
    LINK_OVER: "account-link-over";
    PROVE_TITLE: "account-prove-title";
    PROVE_MORE: "account-prove-more";
    PROVE_GO: "account-prove-go";
    PROVED: "account-proved";
    ADDRESS_TITLE: "account-address-title";
    ADDRESS_MORE: "account-address-more";
    ADDRESS: "account-address";
    ADDRESS_HINT: "account-address-hint";
    ADDRESS_GO: "account-address-go";
    IN_FORCE: "account-in-force";
    WAITS: "account-waits";
    NO_ADDRESS: "account-no-address";
    TO_SIGN_IN: "account-to-sign-in";
    OWN_PASSWORD: "account-own-password";
    BEFORE: "account-before";
    NOT_BEFORE: "account-not-before";
    TO_OWN: "account-to-own";
}
