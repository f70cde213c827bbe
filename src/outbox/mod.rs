//! Out to wallet backends, to staff and to people: takes what the outbox holds, sends it to listed hosts and no others, and tells what came back.
//!
//! What is in the outbox was written in the transaction of its cause; `respond` says what a row means. Here are the
//! guard that every call passes (NET-01, NET-02), the client (NET-03), back-off and the circuit breaker (NET-04).

mod backoff;
pub mod channel;
mod circuit;
mod client;
mod feed;
pub mod guard;
pub mod issuer;
pub mod robot;
mod target;
mod worker;

pub use backoff::wait;
pub use channel::{Channel, Form};
pub use circuit::Circuit;
pub use client::{Call, Caller, Heard, Letter, Reply};
pub use feed::{Feed, Got, lines};
pub use target::{BadTarget, Target};
pub use worker::Outbox;
