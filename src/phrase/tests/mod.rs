//! What the scrubber promises, on generated phrases, keys and prose.
#![expect(clippy::unwrap_used, reason = "a step that fails fails its test")]

mod forms;
mod keys;
mod phrases;
mod prose;
mod rules;
