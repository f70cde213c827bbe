//! What a bot answers to people who report through a chat.

super::say! {
    HELLO: "channel-hello";
    NUMBER: "channel-number";
    MORE: "channel-more";
}
