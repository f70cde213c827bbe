//! Moments, how long things take, and how many are ahead.

super::say! {
    MOMENT: "time-moment";
    SECONDS: "time-seconds";
    MINUTES: "time-minutes";
    HOURS: "time-hours";
    DAYS: "time-days";
    ABOUT: "time-about";
    AHEAD: "time-ahead";
    AHEAD_MANY: "time-ahead-many";
    TEN_THOUSANDS: "time-ten-thousands";
    EXACT: "time-exact";
    SHORT_SECONDS: "time-short-seconds";
    SHORT_MINUTES: "time-short-minutes";
    SHORT_HOURS: "time-short-hours";
    SHORT_DAYS: "time-short-days";
}
