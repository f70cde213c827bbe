//! Under every message of staff.

super::say! {
    FOOTER: "footer";
}
