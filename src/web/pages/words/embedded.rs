//! The report page as an app opens it.

super::say! {
    BROUGHT: "embedded-brought";
    ACCOUNT: "embedded-account";
    BROKEN: "embedded-broken";
}
