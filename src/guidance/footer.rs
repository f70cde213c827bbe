//! What stands under every message of staff to a person: what we never ask for, and where to check that it is us.

use crate::text::{Language, traditional};

/// The lines under a message.
pub fn footer(language: Language) -> String {
    match language {
        Language::En => "We never ask for recovery words, passwords, codes or payment, and never name an address to move coins to. Whoever does is not us.".to_owned(),
        Language::Zh => "我们绝不会要您的助记词、密码、验证码或付款，也不会让您把币转到某个地址。谁这样要求，谁就不是我们。".to_owned(),
        Language::ZhHant => traditional(&footer(Language::Zh)),
    }
}

/// A message with the lines under it, once.
pub fn under(text: &str, language: Language) -> String {
    format!("{}\n\n{}", without(text), footer(language))
}

/// A message without them, in whatever language they stand.
pub fn without(text: &str) -> String {
    let bare = Language::ALL.into_iter().fold(text.to_owned(), |text, language| text.replace(&footer(language), ""));
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
                prop_assert!(sent.ends_with(&footer(language)));
                prop_assert_eq!(&under(&sent, language), &sent);
                prop_assert_eq!(without(&sent), text.trim_end());
            }
        }
    }

    #[test]
    fn the_footer_reads_right_in_traditional_script() {
        assert!(crate::text::traditional::wrong(&footer(Language::ZhHant)).is_empty());
    }
}
