//! Alarms for staff.

super::say! {
    WAITS: "alarm-waits" [kind, level, reference, wait];
    WAITS_CLOSED: "alarm-waits-closed" [level, wait];
    WAITS_MANY: "alarm-waits-many" [count, level, wait];
    SOURCE_SILENT: "alarm-source-silent" [level, source, wait];
    DEAD_LETTERS: "alarm-dead-letters" [level, target];
    AUTOMATIC_BRAKED: "alarm-automatic-braked" [level, wait];
    UNREVIEWED: "alarm-unreviewed" [level, wait];
    GLASS: "alarm-glass" [level];
    CIRCLE_ORPHANED: "alarm-circle-orphaned" [level];
    APPROVAL: "alarm-approval" [level, reference, wait];
    APPROVAL_CLOSED: "alarm-approval-closed" [level, wait];
    LATE: "alarm-late" [level, reference, wait];
    LATE_CLOSED: "alarm-late-closed" [level, wait];
    ADVICE: "alarm-advice";
    SEEN: "alarm-seen" [title];
    OVER: "alarm-over" [title];
    NAMELESS: "alarm-nameless";
    MINUTES: "alarm-minutes" [number];
    HOURS: "alarm-hours" [number];
    DAYS: "alarm-days" [number];
}
