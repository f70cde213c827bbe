//! Stories that run against the real thing, a module a feature.
#![expect(clippy::unwrap_used, reason = "a test that fails should stop at once")]

mod alerts;
mod attachments;
mod browser;
mod cases;
mod chats;
#[cfg(feature = "testing")]
mod crash;
mod door;
mod embedding;
mod floors;
mod letters;
mod numbers;
mod openapi;
mod orders;
mod output;
mod people;
mod personal;
#[cfg(feature = "testing")]
mod planted;
#[cfg(feature = "testing")]
mod playbooks;
mod reports;
mod routine;
mod sigma;
mod sources;
mod staff;
mod store;
mod streams;
mod support;
mod trail;
mod trust;
