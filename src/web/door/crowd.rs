//! How many connections each client has open.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::web::client::Prefix;

pub(super) struct Crowd {
    each: usize,
    inside: Mutex<BTreeMap<Prefix, usize>>,
}

/// A connection's place, given back when dropped.
pub(super) struct Place {
    crowd: Arc<Crowd>,
    prefix: Prefix,
}

impl Crowd {
    pub(super) fn new(each: usize) -> Arc<Self> {
        Arc::new(Self { each, inside: Mutex::default() })
    }

    pub(super) fn enter(self: &Arc<Self>, prefix: Prefix) -> Option<Place> {
        let mut inside = self.inside.lock().unwrap_or_else(PoisonError::into_inner);
        let count = inside.entry(prefix).or_default();
        if *count >= self.each {
            return None;
        }
        *count += 1;
        Some(Place { crowd: Arc::clone(self), prefix })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut inside = self.crowd.inside.lock().unwrap_or_else(PoisonError::into_inner);
        match inside.get_mut(&self.prefix) {
            Some(count) if *count > 1 => *count -= 1,
            _ => {
                inside.remove(&self.prefix);
            }
        }
    }
}
