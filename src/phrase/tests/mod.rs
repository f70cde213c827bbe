//! What the scrubber promises, on generated phrases, keys and prose.

mod forms;
mod keys;
mod phrases;
mod prose;
mod rules;
