//! The way in for machines: verified over the raw bytes, decoded, mapped, scrubbed; then `respond` takes over.
//!
//! `verify` answers whether the bytes are the sender's, `mapping` what they say, `receive` walks a delivery through both,
//! `stream` reads them from where they wait, `command` reads what staff write to a bot.

pub mod command;
pub mod mapping;
mod receive;
mod refusals;
pub mod stream;
pub mod verify;

pub use receive::{Endpoint, Endpoints, NotTaken, Request, Say, Streamed, reliability};
pub use refusals::Refusals;
