//! One network for all conditions: each distinct test is made once a signal, and only rules that can hold are looked at.
//!
//! A [`Builder`] takes conditions (and, or, not over tests of fields) and files each under the cheapest set of tests of
//! which one must be true; a [`Network`] answers which of them hold, over the facts of a signal or over JSON as it is
//! parsed. What a rule means when it holds is for others.

mod build;
mod case;
mod condition;
mod cost;
mod facts;
mod field;
mod json;
mod number;
mod parts;
mod place;
mod run;
#[cfg(test)]
mod tests;
mod texts;
mod wildcard;

use std::collections::HashMap;
use std::sync::Mutex;

use foldhash::fast::FixedState;

pub use build::Builder;
pub use case::{Case, lowered};
pub use condition::{Asks, Atom, Bound, Condition, Part, Text};
pub use place::Place;
pub use run::{Pass, Scratch};
pub use wildcard::Wildcard;

use field::Field;
use run::{Late, Node};

/// Only the words of rules are ever put into these maps, so no outsider can make them collide; a fixed seed serves.
type Map<K, V> = HashMap<K, V, FixedState>;

/// Conditions compiled together; each is named by the number that [`Builder::add`] gave it.
pub struct Network {
    fields: Vec<Field>,
    by_name: Map<Box<str>, u32>,
    places: Vec<Place>,
    late: Vec<Late>,
    rules: Vec<Node>,
    /// Rules filed under each atom: those of atom `a` stand in `filed` from `filed_from[a]` to `filed_from[a + 1]`.
    filed_from: Vec<u32>,
    filed: Vec<u32>,
    /// Rules that can hold although none of their tests is true.
    always: Vec<u32>,
    wildcards: usize,
    /// Scratch that is not in use; as many as ever ran at once.
    spare: Mutex<Vec<Scratch>>,
}

impl Network {
    /// Conditions in it.
    pub fn len(&self) -> usize {
        self.rules.len()
    }

    pub fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// Distinct tests.
    pub fn atoms(&self) -> usize {
        self.filed_from.len() - 1
    }

    /// Conditions that are looked at for every signal, because they can hold although none of their tests is true.
    pub fn always(&self) -> usize {
        self.always.len()
    }
}
