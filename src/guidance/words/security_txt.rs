//! In security.txt.

super::say! {
    LEAD: "security-txt-lead" [page];
}
