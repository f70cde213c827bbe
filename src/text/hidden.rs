//! Characters that take part in a text without being seen.

/// True for zero-width, bidirectional-control and other characters that a reader does not
/// see, with which words and addresses are hidden from a filter. Source: the property
/// `Default_Ignorable_Code_Point` of Unicode 16.
pub fn is_hidden(c: char) -> bool {
    matches!(
        c,
        '\u{00AD}'
            | '\u{034F}'
            | '\u{061C}'
            | '\u{115F}'..='\u{1160}'
            | '\u{17B4}'..='\u{17B5}'
            | '\u{180B}'..='\u{180F}'
            | '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{3164}'
            | '\u{FE00}'..='\u{FE0F}'
            | '\u{FEFF}'
            | '\u{FFA0}'
            | '\u{FFF0}'..='\u{FFF8}'
            | '\u{1BCA0}'..='\u{1BCA3}'
            | '\u{1D173}'..='\u{1D17A}'
            | '\u{E0000}'..='\u{E0FFF}'
    )
}

/// True for the two selectors that only choose between a plain and a coloured picture.
/// Telephones add them to ordinary emoji, so they hide nothing.
pub fn is_emoji_style(c: char) -> bool {
    matches!(c, '\u{FE0E}' | '\u{FE0F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_thief_hides_words_with_is_hidden() {
        for c in ['\u{200B}', '\u{200D}', '\u{202E}', '\u{2066}', '\u{FEFF}', '\u{AD}'] {
            assert!(is_hidden(c), "{c:?}");
        }
        for c in ['a', ' ', '\n', '钱', '。', 'é', '😡'] {
            assert!(!is_hidden(c), "{c:?}");
        }
    }
}
