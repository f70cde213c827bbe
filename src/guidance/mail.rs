//! Mails to the holder of a case: that something waits in it, and nothing of what it is. A mailbox may be in the thief's
//! hands, so a mail holds the reference, plain words and its check number: no link, code, content, amount or address (CA-07).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::footer::footer;
use super::words::{Say, mail as say};
use crate::text::Language;

/// What a mail tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// Staff wrote.
    Answered,
    /// Somebody took the case up.
    Taken,
    Closed,
    Reopened,
    /// A wish was decided on.
    Decided,
    /// Some weeks after closing: the second theft.
    SecondTheft,
    /// Somebody asked for another contact; goes to the one that is in force.
    ContactAsked,
    /// Staff agreed to it; goes to the one that is in force until then.
    ContactAgreed,
    /// Protection is about to be lifted.
    Release,
}

/// The text is no kind of mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no kind of mail")]
pub struct NotTold;

impl Told {
    pub const ALL: [Self; 9] = [
        Self::Answered,
        Self::Taken,
        Self::Closed,
        Self::Reopened,
        Self::Decided,
        Self::SecondTheft,
        Self::ContactAsked,
        Self::ContactAgreed,
        Self::Release,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::Taken => "taken",
            Self::Closed => "closed",
            Self::Reopened => "reopened",
            Self::Decided => "decided",
            Self::SecondTheft => "second-theft",
            Self::ContactAsked => "contact-asked",
            Self::ContactAgreed => "contact-agreed",
            Self::Release => "release",
        }
    }

    /// Whether it comes although its reader wanted no more mails: whoever could stop it could act unseen (OUT-11).
    pub fn comes_anyway(self) -> bool {
        match self {
            Self::ContactAsked | Self::ContactAgreed | Self::Release => true,
            Self::Answered | Self::Taken | Self::Closed | Self::Reopened | Self::Decided | Self::SecondTheft => false,
        }
    }

    /// What it is called, and what it says.
    fn words(self) -> (Say, Say) {
        match self {
            Self::Answered => (say::ANSWERED_SUBJECT, say::ANSWERED_TEXT),
            Self::Taken => (say::TAKEN_SUBJECT, say::TAKEN_TEXT),
            Self::Closed => (say::CLOSED_SUBJECT, say::CLOSED_TEXT),
            Self::Reopened => (say::REOPENED_SUBJECT, say::REOPENED_TEXT),
            Self::Decided => (say::DECIDED_SUBJECT, say::DECIDED_TEXT),
            Self::SecondTheft => (say::SECOND_THEFT_SUBJECT, say::SECOND_THEFT_TEXT),
            Self::ContactAsked => (say::CONTACT_ASKED_SUBJECT, say::CONTACT_ASKED_TEXT),
            Self::ContactAgreed => (say::CONTACT_AGREED_SUBJECT, say::CONTACT_AGREED_TEXT),
            Self::Release => (say::RELEASE_SUBJECT, say::RELEASE_TEXT),
        }
    }
}

impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Told {
    type Err = NotTold;

    fn from_str(text: &str) -> Result<Self, NotTold> {
        Self::ALL.into_iter().find(|told| told.as_str() == text).ok_or(NotTold)
    }
}

/// A mail's words without its check number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mail {
    pub subject: String,
    pub text: String,
}

/// What a mail about the case of a reference is called.
pub fn subject(told: Told, reference: &str, language: Language) -> String {
    told.words().0.with(language, &[("reference", reference)])
}

/// What a mail says, without its frame.
pub fn says(told: Told, language: Language) -> &'static str {
    told.words().1.get(language)
}

/// What a mail says in its frame: the reference, the way in without a link, the lines under every message.
pub fn framed(says: &str, reference: &str, language: Language) -> String {
    say::FRAME.with(language, &[("says", says), ("reference", reference), ("footer", footer(language))])
}

/// The built-in words of a mail about the case of a reference.
pub fn mail(told: Told, reference: &str, language: Language) -> Mail {
    let text = framed(says(told, language), reference, language);
    Mail { subject: subject(told, reference, language), text }
}

/// The words of a mail with its check number and what that is for.
pub fn with_number(text: &str, number: &str, language: Language) -> String {
    say::NUMBERED.with(language, &[("text", text), ("number", number)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_holds_the_reference_and_plain_words_and_nothing_to_click_on() {
        for told in Told::ALL {
            assert_eq!(told.as_str().parse(), Ok(told));
            for language in Language::ALL {
                let mail = mail(told, "HF-7K2M-Q9XD", language);
                let whole = with_number(&mail.text, "CK-AAAA-BBBB-CCCC", language);
                assert!(mail.subject.ends_with("HF-7K2M-Q9XD") && whole.contains("HF-7K2M-Q9XD"), "{whole}");
                assert!(whole.contains("CK-AAAA-BBBB-CCCC") && whole.starts_with(&mail.text), "{whole}");
                assert!(!mail.subject.contains(['\r', '\n']) && mail.subject.chars().count() < 90, "{}", mail.subject);
                for never in ["http", "://", "www.", "/c/", "@", "0x"] {
                    assert!(!whole.contains(never), "{never}: {whole}");
                }
                // no amounts: the only digits are those of reference and number
                let bare = whole.replace("HF-7K2M-Q9XD", "").replace("CK-AAAA-BBBB-CCCC", "");
                assert!(!bare.contains(|letter: char| letter.is_ascii_digit()), "{bare}");
            }
        }
    }
}
