//! The way in for machines: verified over the raw bytes, decoded, mapped, scrubbed; then `respond` takes over.
//!
//! `command` reads what staff write to a bot. `verify` answers whether the bytes are the sender's, `mapping` what they say, `receive` walks a delivery through both.

pub mod command;
pub mod mapping;
mod receive;
mod refusals;
pub mod verify;

pub use receive::{Endpoint, Endpoints, NotTaken, Request, Say, reliability};
pub use refusals::Refusals;
