//! Letters without regard to case, character by character, for rules and values alike.

/// Whether upper and lower case differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Case {
    Ignored,
    Kept,
}

/// The text in lower case.
pub fn lowered(text: &str) -> String {
    let mut lower = String::with_capacity(text.len());
    lower_into(text, &mut lower);
    lower
}

/// Appends the text in lower case. Each character is taken by itself, so that a part of a text is the part of its lower
/// case; `str::to_lowercase` is not like that, it writes a Greek sigma at the end of a word in another way.
pub fn lower_into(text: &str, lower: &mut String) {
    let from = lower.len();
    if text.is_ascii() {
        lower.push_str(text);
        lower[from..].make_ascii_lowercase();
    } else {
        lower.extend(text.chars().flat_map(char::to_lowercase));
    }
}
