//! What stands under every message of staff to a person: what we never ask for, and where to check that it is us.

use super::words::footer as say;
use crate::text::Language;

/// The lines under a message.
pub fn footer(language: Language) -> &'static str {
    say::FOOTER.get(language)
}

/// A message with the lines under it, once.
pub fn under(text: &str, language: Language) -> String {
    format!("{}\n\n{}", without(text), footer(language))
}

/// A message without them, in whatever language they stand.
pub fn without(text: &str) -> String {
    let bare = Language::ALL.into_iter().fold(text.to_owned(), |text, language| text.replace(footer(language), ""));
    bare.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_message_has_the_footer_once_whatever_it_says(text in "[a-zA-Z 一-龥\n]{0,60}") {
            for language in Language::ALL {
                let sent = under(&text, language);
                prop_assert!(sent.ends_with(footer(language)));
                prop_assert_eq!(&under(&sent, language), &sent);
                prop_assert_eq!(without(&sent), text.trim_end());
            }
        }
    }
}
