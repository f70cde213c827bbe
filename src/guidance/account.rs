//! Mails to people on the staff about their own accounts: what was changed, and the two links that are mailed.

use std::fmt;
use std::str::FromStr;

use super::words::{Say, account as say};
use crate::text::Language;

/// What a mail tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// A link for a new password.
    Reset,
    /// A link that proves the address it goes to.
    Prove,
    PasswordChanged,
    /// A second factor and its recovery codes were set up or taken away.
    FactorChanged,
    RecoveryUsed,
    /// The day's guesses at the second factor are used up.
    Guessed,
    /// One session too many ended the oldest.
    SessionEnded,
    /// An admin changed what they may do.
    RolesChanged,
    /// An issuer opens the account from now on, or no more.
    IssuerLinked,
    IssuerUnlinked,
    /// A chat knows who they are from now on.
    ChatLinked,
    /// Another address was given; goes to the one that is in force.
    AddressAsked,
    /// Another address is in force; goes to the old and the new one.
    AddressChanged,
    AddressTaken,
}

/// The text is no kind of mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no kind of mail")]
pub struct NotTold;

impl Told {
    pub const ALL: [Self; 14] = [
        Self::Reset,
        Self::Prove,
        Self::PasswordChanged,
        Self::FactorChanged,
        Self::RecoveryUsed,
        Self::Guessed,
        Self::SessionEnded,
        Self::RolesChanged,
        Self::IssuerLinked,
        Self::IssuerUnlinked,
        Self::ChatLinked,
        Self::AddressAsked,
        Self::AddressChanged,
        Self::AddressTaken,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reset => "reset",
            Self::Prove => "prove",
            Self::PasswordChanged => "password-changed",
            Self::FactorChanged => "factor-changed",
            Self::RecoveryUsed => "recovery-used",
            Self::Guessed => "guessed",
            Self::SessionEnded => "session-ended",
            Self::RolesChanged => "roles-changed",
            Self::IssuerLinked => "issuer-linked",
            Self::IssuerUnlinked => "issuer-unlinked",
            Self::ChatLinked => "chat-linked",
            Self::AddressAsked => "address-asked",
            Self::AddressChanged => "address-changed",
            Self::AddressTaken => "address-taken",
        }
    }

    /// Subject, and what it says.
    fn words(self) -> (Say, Say) {
        match self {
            Self::Reset => (say::RESET_SUBJECT, say::RESET_TEXT),
            Self::Prove => (say::PROVE_SUBJECT, say::PROVE_TEXT),
            Self::PasswordChanged => (say::PASSWORD_CHANGED_SUBJECT, say::PASSWORD_CHANGED_TEXT),
            Self::FactorChanged => (say::FACTOR_CHANGED_SUBJECT, say::FACTOR_CHANGED_TEXT),
            Self::RecoveryUsed => (say::RECOVERY_USED_SUBJECT, say::RECOVERY_USED_TEXT),
            Self::Guessed => (say::GUESSED_SUBJECT, say::GUESSED_TEXT),
            Self::SessionEnded => (say::SESSION_ENDED_SUBJECT, say::SESSION_ENDED_TEXT),
            Self::RolesChanged => (say::ROLES_CHANGED_SUBJECT, say::ROLES_CHANGED_TEXT),
            Self::IssuerLinked => (say::ISSUER_LINKED_SUBJECT, say::ISSUER_LINKED_TEXT),
            Self::IssuerUnlinked => (say::ISSUER_UNLINKED_SUBJECT, say::ISSUER_UNLINKED_TEXT),
            Self::ChatLinked => (say::CHAT_LINKED_SUBJECT, say::CHAT_LINKED_TEXT),
            Self::AddressAsked => (say::ADDRESS_ASKED_SUBJECT, say::ADDRESS_ASKED_TEXT),
            Self::AddressChanged => (say::ADDRESS_CHANGED_SUBJECT, say::ADDRESS_CHANGED_TEXT),
            Self::AddressTaken => (say::ADDRESS_TAKEN_SUBJECT, say::ADDRESS_TAKEN_TEXT),
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

/// Subject and words of a mail, with its link where it has one.
pub fn mail(told: Told, link: Option<&str>, language: Language) -> (String, String) {
    let (subject, says) = told.words();
    let text = says.get(language);
    let text = link.map_or_else(|| text.to_owned(), |link| format!("{text}\n\n{link}"));
    (subject.get(language).to_owned(), text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_about_an_account_names_nobody_and_holds_no_link_but_the_one_it_is_for() {
        for told in Told::ALL {
            assert_eq!(told.as_str().parse(), Ok(told));
            for language in Language::ALL {
                let (subject, text) = mail(told, None, language);
                assert!(!subject.contains(['\r', '\n']) && subject.chars().count() < 60, "{subject}");
                assert!(!text.contains("://") && !text.contains('@'), "{text}");
                let (_, with) = mail(told, Some("https://help.example/x"), language);
                assert_eq!(with, format!("{text}\n\nhttps://help.example/x"));
                if language == Language::ZhHant {
                    assert!(crate::text::traditional::wrong(&format!("{subject}{text}")).is_empty(), "{text}");
                }
            }
        }
    }
}
