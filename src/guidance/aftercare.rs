//! The warning of the second theft: whoever lost something is offered help for money, often weeks later, by people who know
//! the sum and the name of the wallet ([RV-RECOVERY], [FBI-RECOV] of the threat reference). Said unprompted.

use super::Notice;
use super::words::aftercare as say;
use crate::text::Language;
use crate::time::Span;

/// When it is said once more, after closing.
pub const AGAIN_AFTER: Span = Span::from_days(30);

/// The notice beside the steps of a security case.
pub fn second_theft(language: Language) -> Notice {
    Notice { id: "second-theft".to_owned(), text: say::SECOND_THEFT.get(language).to_owned() }
}

/// The message that stands in the case some weeks after closing.
pub fn weeks_later(language: Language) -> String {
    say::WEEKS_LATER.get(language).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_warning_asks_for_nothing() {
        for language in Language::ALL {
            for text in [second_theft(language).text, weeks_later(language)] {
                assert!(!text.contains("http") && text.chars().count() < 600, "{text}");
            }
        }
    }
}
