//! What the house raised about itself and its people, on the console's first page.

super::say! {
    TITLE: "alarms-title";
    READING: "alarms-reading";
    CASES: "alarms-cases";
    BRAKE: "alarms-brake";
    ENTRY: "alarms-entry";
}
