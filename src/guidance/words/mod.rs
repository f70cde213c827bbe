//! The names by which letters, notices and alarms call their texts, with the pieces that each takes; the texts stand in
//! `catalogues/`. What playbooks say is not here.

pub mod account;
pub mod aftercare;
pub mod alarm;
pub mod footer;
pub mod mail;
pub mod notice;
pub mod outlook;
pub mod reading;
pub mod release;
pub mod rest;
pub mod security_txt;
pub mod stop;

use super::catalogue;
use crate::text::Language;

/// One text, by its key in the catalogues.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Say {
    key: &'static str,
    takes: &'static [&'static str],
}

impl Say {
    pub const fn new(key: &'static str, takes: &'static [&'static str]) -> Self {
        Self { key, takes }
    }

    pub const fn key(self) -> &'static str {
        self.key
    }

    /// The pieces that stand in it.
    pub const fn takes(self) -> &'static [&'static str] {
        self.takes
    }

    /// A text that takes nothing in.
    pub fn get(self, language: Language) -> &'static str {
        debug_assert!(self.takes.is_empty(), "{} takes in {:?}", self.key, self.takes);
        catalogue::of(language).text(self.key)
    }

    /// The text with its pieces; what it has no place for is left out.
    pub fn with(self, language: Language, pieces: &[(&'static str, &str)]) -> String {
        let given = |name: &&str| pieces.iter().any(|(piece, _)| piece == name);
        debug_assert!(self.takes.iter().all(given), "{} takes in {:?}", self.key, self.takes);
        catalogue::of(language).with(self.key, pieces)
    }
}

/// Names texts by their keys and keeps a list of them all, so that one test can hold it against the catalogues.
macro_rules! say {
    ($($name:ident: $key:literal $([$($piece:ident),*])?;)*) => {
        $(pub const $name: $crate::guidance::words::Say =
            $crate::guidance::words::Say::new($key, &[$($(stringify!($piece)),*)?]);)*

        #[cfg(test)]
        pub const ALL: &[$crate::guidance::words::Say] = &[$($name),*];
    };
}
pub(crate) use say;

/// Every text that is named.
#[cfg(test)]
pub fn rooms() -> [&'static [Say]; 12] {
    [
        account::ALL,
        aftercare::ALL,
        alarm::ALL,
        footer::ALL,
        mail::ALL,
        notice::ALL,
        outlook::ALL,
        reading::ALL,
        release::ALL,
        rest::ALL,
        security_txt::ALL,
        stop::ALL,
    ]
}
