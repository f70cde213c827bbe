//! Texts with `*` for any run of characters and `?` for one, as Sigma writes them.

/// A text with wildcards, taken apart at its stars.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Wildcard {
    /// Between the stars; nothing stands for a question mark. One segment more than stars, empty where stars touch an end.
    segments: Vec<Vec<Option<char>>>,
}

impl Wildcard {
    /// Reads a text in which a backslash takes the meaning from `*`, `?` and itself, and is a plain character before others.
    pub fn read(text: &str) -> Self {
        let mut segments = vec![Vec::new()];
        let mut escaped = false;
        for letter in text.chars() {
            let last = segments.last_mut().expect("there is always a segment, the first");
            match (letter, escaped) {
                ('\\', false) => {
                    escaped = true;
                    continue;
                }
                ('*' | '?' | '\\', true) => last.push(Some(letter)),
                ('*', false) => segments.push(Vec::new()),
                ('?', false) => last.push(None),
                (_, true) => last.extend([Some('\\'), Some(letter)]),
                (_, false) => last.push(Some(letter)),
            }
            escaped = false;
        }
        if escaped {
            segments.last_mut().expect("there is always a segment, the first").push(Some('\\'));
        }
        Self { segments }
    }

    /// The same text with a star before or behind it, unless one is there.
    #[must_use]
    pub fn open(mut self, before: bool, behind: bool) -> Self {
        let starts = self.segments.len() > 1 && self.segments.first().is_some_and(Vec::is_empty);
        let ends = self.segments.len() > 1 && self.segments.last().is_some_and(Vec::is_empty);
        if before && !starts {
            self.segments.insert(0, Vec::new());
        }
        if behind && !ends {
            self.segments.push(Vec::new());
        }
        let last = self.segments.len() - 1;
        let mut place = 0;
        self.segments.retain(|segment| {
            place += 1;
            place == 1 || place == last + 1 || !segment.is_empty()
        });
        self
    }

    /// The same text in lower case.
    #[must_use]
    pub fn lowered(self) -> Self {
        let lower = |letter: Option<char>| -> Vec<Option<char>> {
            letter.map_or_else(|| vec![None], |letter| letter.to_lowercase().map(Some).collect())
        };
        let segments = self.segments.into_iter().map(|segment| segment.into_iter().flat_map(lower).collect()).collect();
        Self { segments }
    }

    /// The characters between the stars when none of them is a question mark, for tests that need no wildcard.
    pub fn plain(&self) -> Option<Vec<String>> {
        self.segments.iter().map(|segment| segment.iter().copied().collect()).collect()
    }

    /// The longest run of characters that every matching text holds.
    pub fn longest_literal(&self) -> String {
        let runs = self.segments.iter().flat_map(|segment| segment.split(Option::is_none));
        let longest = runs.max_by_key(|run| run.len()).unwrap_or_default();
        longest.iter().flatten().collect()
    }

    /// Whether the whole text fits. Takes at most the product of both lengths.
    pub fn fits(&self, text: &str) -> bool {
        let Some((first, rest)) = self.segments.split_first() else { return text.is_empty() };
        let Some(mut text) = after(first, text) else { return false };
        let Some((last, middle)) = rest.split_last() else { return text.is_empty() };
        for segment in middle {
            let mut places = text.char_indices().map(|(at, _)| at).chain([text.len()]);
            let found = places.find_map(|at| after(segment, &text[at..]));
            let Some(behind) = found else { return false };
            text = behind;
        }
        if last.is_empty() {
            return true;
        }
        let from = text.char_indices().rev().nth(last.len() - 1);
        from.is_some_and(|(at, _)| after(last, &text[at..]).is_some())
    }
}

/// What is left of a text that begins with the segment.
fn after<'a>(segment: &[Option<char>], text: &'a str) -> Option<&'a str> {
    let mut letters = text.chars();
    for wanted in segment {
        let letter = letters.next()?;
        if wanted.is_some_and(|wanted| wanted != letter) {
            return None;
        }
    }
    Some(letters.as_str())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn stars_question_marks_and_escapes_mean_what_sigma_says() {
        for (pattern, text, fits) in [
            ("*", "", true),
            ("a*", "abc", true),
            ("*c", "abc", true),
            ("a*c", "ac", true),
            ("a*b?c", "abxbyc", true),
            ("a?c", "ac", false),
            (r"a\*c", "a*c", true),
            (r"a\*c", "abc", false),
            (r"c:\\*\x.exe", r"c:\temp\x.exe", true),
            (r"c:\temp\", r"c:\temp\", true),
            ("ab*ba", "aba", false),
            ("**a**", "xay", true),
            ("?*", "", false),
        ] {
            assert_eq!(Wildcard::read(pattern).fits(text), fits, "{pattern} {text}");
            assert_eq!(Wildcard::read(pattern).open(false, false).fits(text), fits, "{pattern} {text}, opened");
        }
        assert_eq!(Wildcard::read("*abc?defg*").longest_literal(), "defg");
        assert!(Wildcard::read("b").open(true, true).fits("abc"));
        assert!(Wildcard::read("*").open(true, true).fits("abc"));
        assert!(Wildcard::read("").open(false, true).fits("x"));
    }

    /// The textbook recursion.
    fn slow(pattern: &[char], text: &[char]) -> bool {
        match (pattern.split_first(), text.split_first()) {
            (None, rest) => rest.is_none(),
            (Some(('*', rest)), _) => {
                slow(rest, text) || text.split_first().is_some_and(|(_, text)| slow(pattern, text))
            }
            (Some(('?', rest)), Some((_, text))) => slow(rest, text),
            (Some((wanted, rest)), Some((letter, text))) => wanted == letter && slow(rest, text),
            (Some(_), None) => false,
        }
    }

    proptest! {
        #[test]
        fn agrees_with_the_textbook(pattern in "[ab*?]{0,8}", text in "[ab]{0,10}") {
            let letters = |text: &str| text.chars().collect::<Vec<_>>();
            prop_assert_eq!(Wildcard::read(&pattern).fits(&text), slow(&letters(&pattern), &letters(&text)));
            let opened = format!("*{pattern}*");
            prop_assert_eq!(Wildcard::read(&pattern).open(true, true).fits(&text), slow(&letters(&opened), &letters(&text)));
        }
    }
}
