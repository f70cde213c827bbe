//! Playbooks: what a kind of incident looks like, what is at stake, and what to do about it.
//!
//! `compile` turns the written files (`shape`) into a [`Set`]; `Set::recognise` says which signs fire. What follows from
//! fired signs is `scoring`'s matter, which steps a person sees is `guidance`'s.

mod builtin;
mod check;
mod compile;
mod correlate;
pub mod examples;
mod fault;
mod frames;
mod help;
pub mod learned;
pub mod matcher;
pub mod network;
mod phrases;
mod policy;
mod raw;
mod recognise;
#[cfg(test)]
mod script;
mod set;
mod shape;
pub mod sigma;
mod spoken;
mod stance;
mod stop;
mod weighed;

pub use builtin::builtin_files;
pub use compile::{Files, compile};
pub use fault::{Fault, unknown};
pub use help::{Channel, Region};
pub use policy::Policy;
pub use raw::RawPaths;
pub use weighed::compile_weighed;
/// The phrase automaton alone, for the bench that compares it with others.
#[cfg(feature = "testing")]
pub mod bench {
    pub use super::phrases::{BadPhrase, Builder, Hit, Phrases};
    pub use super::stance::Stance;
}
pub use recognise::Fired;
pub use set::{CompiledStep, Group, Kind, Layers, Set, Sign, SignRef, Stakes, Test};
pub use shape::{
    Able, Activity, Answer, Approval, Audience, Class, Danger, Example, Expect, Exposure, Moment, Never, Order,
    Question, Remaining, Sets, Step, Words,
};
pub use stop::Stop;
