//! What a bot answers in a chat, and the part of one's own page that links a chat.

super::say! {
    NOT_LINKED: "chats-not-linked";
    LINKED: "chats-linked";
    NOT_THIS_CODE: "chats-not-this-code";
    NOT_YOURS: "chats-not-yours";
    HELP: "chats-help";
    HELP_NEXT: "chats-help-next";
    HELP_SEEN: "chats-help-seen";
    HELP_CASE: "chats-help-case";
    HELP_CONSOLE: "chats-help-console";
    SECURITY: "chats-security";
    ROUTINE: "chats-routine";
    FIRST: "chats-first";
    LEVEL: "chats-level";
    WAITS_FOR: "chats-waits-for";
    NOTHING_WAITS: "chats-nothing-waits";
    RINGING: "chats-ringing";
    SEEN: "chats-seen";
    SEVERAL: "chats-several";
    QUIET: "chats-quiet";
    CASE: "chats-case";
    STATE_OPEN: "chats-state-open";
    STATE_HELD: "chats-state-held";
    STATE_CLOSED: "chats-state-closed";
    NO_CASE: "chats-no-case";
    TITLE: "chats-title";
    MORE: "chats-more";
    MAKE: "chats-make";
    CODE: "chats-code";
    GOOD: "chats-good";
    KNOWN: "chats-known";
    SINCE: "chats-since";
    LEAVE: "chats-leave";
}
