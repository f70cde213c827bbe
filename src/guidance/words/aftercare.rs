//! The warning of the second theft.

super::say! {
    SECOND_THEFT: "aftercare-second-theft";
    WEEKS_LATER: "aftercare-weeks-later";
}
