//! Stories that run against the real thing, a module a feature.
#![expect(clippy::unwrap_used, reason = "a test that fails should stop at once")]

mod store;
mod support;
