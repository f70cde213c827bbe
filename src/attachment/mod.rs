//! Files from outside (IN-13): told by their content, never by their name, and written anew as far as they can be.
//!
//! Pictures are decoded and encoded again, so that nothing but what is seen is left of them; texts lose their secrets; a PDF is
//! kept as it came or not at all. Who may add one, and where it is kept, is for the floors above.

mod look;
mod pdf;
mod picture;
mod plain;
#[cfg(test)]
mod tests;

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::phrase::Secret;

/// Bytes of a file as it is sent.
pub const LIMIT: usize = 5 * 1024 * 1024;
/// Bytes of a picture written anew: one that was packed harder than we pack may grow.
const KEPT: usize = 2 * LIMIT;

/// What a kept file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    Png,
    Jpeg,
    Pdf,
    Text,
}

impl Kind {
    pub const ALL: [Self; 4] = [Self::Png, Self::Jpeg, Self::Pdf, Self::Text];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg => "jpeg",
            Self::Pdf => "pdf",
            Self::Text => "text",
        }
    }

    /// The end of the name that we give it.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg => "jpg",
            Self::Pdf => "pdf",
            Self::Text => "txt",
        }
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Pdf => "application/pdf",
            Self::Text => "text/plain; charset=utf-8",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The text names no kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a kind of file")]
pub struct NotAKind;

impl FromStr for Kind {
    type Err = NotAKind;

    fn from_str(text: &str) -> Result<Self, NotAKind> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or(NotAKind)
    }
}

/// A file that may be kept.
#[derive(Clone)]
pub struct Clean {
    pub kind: Kind,
    pub bytes: Vec<u8>,
    /// What was taken out of a text.
    pub secrets: Vec<Secret>,
}

/// Why a file is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("the file is empty")]
    Empty,
    #[error("the file is over 5 MiB, or a text over 1 MiB")]
    TooLong,
    #[error("the picture has over 40 megapixels or needs over 256 MiB")]
    TooManyPixels,
    #[error("the file is cut off or damaged")]
    Broken,
    #[error("HTML, SVG and XML are not taken")]
    Markup,
    #[error("a recording of a browser's traffic holds keys to accounts and is not taken")]
    Recording,
    #[error("archives and office documents are not taken")]
    Archive,
    #[error("a PDF that runs something or carries files is not taken")]
    Active,
    #[error("PNG, JPEG, WebP, PDF or plain text")]
    Unknown,
}

impl Refused {
    pub const ALL: [Self; 9] = [
        Self::Empty,
        Self::TooLong,
        Self::TooManyPixels,
        Self::Broken,
        Self::Markup,
        Self::Recording,
        Self::Archive,
        Self::Active,
        Self::Unknown,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLong => "too-long",
            Self::TooManyPixels => "too-many-pixels",
            Self::Broken => "broken",
            Self::Markup => "markup",
            Self::Recording => "recording",
            Self::Archive => "archive",
            Self::Active => "active",
            Self::Unknown => "unknown",
        }
    }
}

/// Makes of a file from outside what may be kept of it. Takes up to seconds and 256 MiB for a large picture.
pub fn clean(bytes: &[u8]) -> Result<Clean, Refused> {
    if bytes.len() > LIMIT {
        return Err(Refused::TooLong);
    }
    match look::at(bytes)? {
        look::Form::Png => picture::png(bytes),
        look::Form::Jpeg => picture::jpeg(bytes),
        look::Form::Webp => picture::webp(bytes),
        look::Form::Pdf => pdf::checked(bytes),
        look::Form::Text(text) => plain::scrubbed(&text),
    }
}
