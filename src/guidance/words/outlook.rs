//! What can still be saved, and what nobody can bring back.

super::say! {
    SECRET: "outlook-secret";
    SECRET_OWN: "outlook-secret-own";
    SECRET_LOST: "outlook-secret-lost";
    PERMISSION: "outlook-permission";
    ACCOUNT: "outlook-account";
    NONE: "outlook-none";
    FREEZE: "outlook-freeze";
    NOTHING_LEFT: "outlook-nothing-left";
    CONFIRMED: "outlook-confirmed";
    PROMISES: "outlook-promises";
    MINUTES: "outlook-minutes";
    HOURS: "outlook-hours";
}
