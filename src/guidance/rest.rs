//! What a person is told when their routine request closed itself: calm, nothing lost, a word opens it again.

use super::Notice;
use super::words::rest as say;
use crate::attention::Rest;
use crate::text::Language;

/// The note on a case that closed itself.
pub fn for_rest(why: Rest, language: Language) -> Notice {
    let text = match why {
        Rest::Solved => say::SOLVED,
        Rest::Silent => say::SILENT,
    };
    Notice { id: format!("closed-{why}"), text: text.get(language).to_owned() }
}
