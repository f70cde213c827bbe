//! The way of a signal's facts into the network.

use super::{Network, Scratch};
use crate::signal::Facts;

impl Network {
    /// The rules that hold for these facts, in the order of their numbers.
    pub fn over_facts<'a>(&'a self, facts: &Facts, scratch: &'a mut Scratch) -> &'a [u32] {
        let mut pass = self.pass(scratch);
        for (name, values) in facts.iter() {
            if let Some(field) = self.by_name.get(name) {
                for value in values {
                    pass.value(*field, value);
                }
            }
        }
        pass.holding()
    }
}
