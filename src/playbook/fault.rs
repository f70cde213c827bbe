//! What is wrong with a written file: where, what, and the nearest right word.

use std::fmt;

use serde_saphyr::Error;

use crate::signal::nearest;

/// A refused file. Prints `playbook drain.yaml:14: signs.burst: unknown field "wehn", did you mean "when"?`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub file: String,
    /// One-based; zero when the place is not known.
    pub line: u64,
    /// Path inside the file, such as `signs.burst`; empty when the parser refused it.
    pub path: String,
    pub what: String,
}

impl Fault {
    /// A fault the parser found.
    pub fn of_yaml(file: &str, error: &Error) -> Self {
        let error = error.without_snippet();
        let line = error.location().map_or(0, |location| location.line());
        let what = match error {
            Error::SerdeUnknownField { field, expected, .. } => unknown("field", field, expected),
            Error::SerdeUnknownVariant { variant, expected, .. } => unknown("word", variant, expected),
            other => other.to_string().lines().next().unwrap_or_default().to_owned(),
        };
        Self { file: file.to_owned(), line, path: String::new(), what }
    }

    /// A fault in the meaning; the line is that of the first mention of `near` after all of `after` were mentioned in turn.
    pub fn in_text(file: &str, yaml: &str, path: &[&str], what: impl Into<String>) -> Self {
        Self { file: file.to_owned(), line: line_of(yaml, path), path: path.join("."), what: what.into() }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: ", self.file, self.line)?;
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        f.write_str(&self.what)
    }
}

impl std::error::Error for Fault {}

/// The error text for a name outside a closed list.
pub fn unknown<S: AsRef<str>>(what: &str, wrong: &str, known: &[S]) -> String {
    match nearest(wrong, known.iter().map(AsRef::as_ref)) {
        Some(right) => format!("unknown {what} \"{wrong}\", did you mean \"{right}\"?"),
        None => format!("unknown {what} \"{wrong}\""),
    }
}

/// The line on which the last name of a path stands, looking for the names one after another.
fn line_of(yaml: &str, path: &[&str]) -> u64 {
    let mut lines = yaml.lines().zip(1..);
    let mut line = 0;
    for name in path {
        let found = lines.by_ref().find(|(text, _)| {
            text.match_indices(name).any(|(at, _)| {
                let border =
                    |letter: Option<char>| letter.is_none_or(|letter| !letter.is_alphanumeric() && letter != '-');
                border(text[..at].chars().next_back()) && border(text[at + name.len()..].chars().next())
            })
        });
        match found {
            Some((_, number)) => line = number,
            None => break,
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_names_its_line_by_the_path_to_it() {
        let yaml = "id: x\nsigns:\n  burst:\n    cap: 3\n    signs:\n      - id: deep\n        weight: 1\n";
        let fault = Fault::in_text("drain.yaml", yaml, &["signs", "burst", "deep"], "weight is odd");
        assert_eq!(fault.to_string(), "drain.yaml:6: signs.burst.deep: weight is odd");
    }
}
