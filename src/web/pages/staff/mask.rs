//! Personal data with enough left to tell two values apart; whole only where a reveal was asked for (RB-05).

use super::incident::IncidentPage;
use crate::respond::desk::{PERSONAL, masked, masked_in};

/// The value of a field as this page may show it.
pub fn field(page: &IncidentPage<'_>, name: &str, value: &str) -> String {
    if !PERSONAL.contains(&name) || page.revealed == Some(name) {
        return value.to_owned();
    }
    masked(value)
}

/// Words with the addresses, telephone numbers and networks in them masked.
pub fn prose(page: &IncidentPage<'_>, text: &str) -> String {
    masked_in(text, |name| page.revealed == Some(name))
}
