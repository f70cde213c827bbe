//! What the operator announces now, held for every page: from the settings and from the database, looked at again every few
//! seconds.

use std::sync::{Arc, PoisonError, RwLock};

use crate::respond::Announcement;

/// The announcements in force.
#[derive(Debug, Default)]
pub struct Board {
    /// From the settings, as long as this process runs.
    standing: Vec<Announcement>,
    shown: RwLock<Arc<Vec<Announcement>>>,
}

impl Board {
    pub fn new(standing: Vec<Announcement>) -> Self {
        let shown = RwLock::new(Arc::new(standing.clone()));
        Self { standing, shown }
    }

    /// Puts up what the database holds, beside what the settings say.
    pub fn put_up(&self, kept: Vec<Announcement>) {
        let shown = kept.into_iter().chain(self.standing.iter().cloned()).collect();
        *self.shown.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(shown);
    }

    pub fn shown(&self) -> Arc<Vec<Announcement>> {
        Arc::clone(&self.shown.read().unwrap_or_else(PoisonError::into_inner))
    }
}
