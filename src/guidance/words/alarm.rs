//! Alarms for staff.

super::say! {
    WAITS: "alarm-waits" [kind, level, reference, wait];
    WAITS_MANY: "alarm-waits-many" [count, level, wait];
    SOURCE_SILENT: "alarm-source-silent" [level, source, wait];
    DEAD_LETTERS: "alarm-dead-letters" [level, target];
    ADVICE: "alarm-advice";
    SEEN: "alarm-seen" [title];
    OVER: "alarm-over" [title];
    NAMELESS: "alarm-nameless";
    MINUTES: "alarm-minutes" [number];
    HOURS: "alarm-hours" [number];
    DAYS: "alarm-days" [number];
}
