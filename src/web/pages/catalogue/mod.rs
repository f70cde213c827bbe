//! The texts of the pages, from the Fluent files in `catalogues/`: one folder a language, one file a room.

crate::catalogue::shelf![
    "../catalogues":
    "account",
    "alarms",
    "answer",
    "attachment",
    "begin",
    "case",
    "casepage",
    "channel",
    "chats",
    "check",
    "circle",
    "console",
    "desk",
    "door",
    "embedded",
    "evidence",
    "facts",
    "federated",
    "feedback",
    "frame",
    "help",
    "inbox",
    "letters",
    "numbers",
    "orders",
    "people",
    "plan",
    "problem",
    "report",
    "review",
    "routine",
    "shift",
    "sources",
    "staff",
    "time"
];

#[cfg(test)]
mod tests;
