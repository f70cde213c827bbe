//! What a person is told before protection on their account is lifted: from when on, and how to stop it.

use super::words::release as say;
use crate::text::Language;
use crate::time::Timestamp;

/// The message that goes out when a release is asked for.
pub fn release_ahead(from: Timestamp, language: Language) -> String {
    let at = from.to_string();
    let at = at.get(..16).unwrap_or(&at).replace('T', " ");
    say::AHEAD.with(language, &[("at", &at)])
}
