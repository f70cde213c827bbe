//! What is wrong with a source file, and where in it.

use serde_saphyr::{DefaultMessageFormatter, Error, Location, MessageFormatter, Spanned};

use crate::signal::nearest;

/// Why a source file was refused; prints as `sources/okta.yaml:14: unknown field …`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {says}")]
pub struct Fault {
    pub file: String,
    /// From 1; 0 when the file as a whole is meant.
    pub line: u64,
    /// From 1; 0 when the file as a whole is meant.
    pub column: u64,
    pub says: String,
}

/// A fault inside one file, before the file's name is put to it.
#[derive(Debug, PartialEq, Eq)]
pub struct Flaw {
    line: u64,
    column: u64,
    says: String,
}

impl Flaw {
    /// What is wrong with one value of the file.
    pub fn at<T>(value: &Spanned<T>, says: impl Into<String>) -> Self {
        Self::located(Some(value.referenced), &says.into())
    }

    /// What is wrong with the file as a whole.
    pub fn of_file(says: impl Into<String>) -> Self {
        Self::located(None, &says.into())
    }

    /// A name that is not in a closed list, with the nearest right one.
    pub fn unknown<'a, T>(value: &Spanned<T>, what: &str, wrong: &str, known: impl Iterator<Item = &'a str>) -> Self {
        Self::at(value, unknown(what, wrong, known))
    }

    /// What the YAML reader found.
    pub fn of_yaml(error: &Error) -> Self {
        let mut error = error;
        while let Error::WithSnippet { error: inner, .. } | Error::AliasError { error: inner, .. } = error {
            error = inner;
        }
        let says = match error {
            Error::SerdeUnknownField { field, expected, .. } => unknown("field", field, expected.iter().copied()),
            Error::SerdeUnknownVariant { variant, expected, .. } => unknown("word", variant, expected.iter().copied()),
            Error::SerdeMissingField { field, .. } => format!("`{field}` is missing"),
            Error::Message { msg, .. } => msg.clone(),
            other => DefaultMessageFormatter.format_message(other).into_owned(),
        };
        Self::located(error.location(), &says)
    }

    pub fn in_file(self, file: &str) -> Fault {
        Fault { file: file.to_owned(), line: self.line, column: self.column, says: self.says }
    }

    fn located(location: Option<Location>, says: &str) -> Self {
        let (line, column) = location.map_or((0, 0), |location| (location.line(), location.column()));
        // A message quotes the file, and a fault is one line in a log.
        let says = says.replace(char::is_control, " ");
        Self { line, column, says }
    }
}

fn unknown<'a>(what: &str, wrong: &str, known: impl Iterator<Item = &'a str>) -> String {
    match nearest(wrong, known) {
        Some(right) => format!("unknown {what} `{wrong}`, did you mean `{right}`?"),
        None => format!("unknown {what} `{wrong}`"),
    }
}
