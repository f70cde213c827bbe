//! Signing in through an issuer: leaving for it, coming back, linking.

super::say! {
    SIGN_IN: "federated-sign-in";
    LEAVING_TITLE: "federated-leaving-title";
    LEAVING: "federated-leaving";
    BACK_TITLE: "federated-back-title";
    BACK: "federated-back";
    REFUSED_TITLE: "federated-refused-title";
    REFUSED: "federated-refused";
    UNREACHED: "federated-unreached";
    TO_SIGN_IN: "federated-to-sign-in";
    AGAIN_TITLE: "federated-again-title";
    AGAIN: "federated-again";
    OWN_TITLE: "federated-own-title";
    OWN: "federated-own";
    LINK: "federated-link";
    UNLINK: "federated-unlink";
    LAST: "federated-last";
    SINCE: "federated-since";
    SHOW: "federated-show";
    NO_ROLE: "federated-no-role";
    HAS_NO_ROLE: "federated-has-no-role";
    THROUGH: "federated-through";
    DO_UNLINK: "federated-do-unlink";
}
