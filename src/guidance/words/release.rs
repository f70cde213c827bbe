//! Before a protection is lifted.

super::say! {
    AHEAD: "release-ahead" [at];
}
