//! The actions that a wallet backend may be asked for, how dangerous each is, and what undoes it.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// One thing a backend can do to an account. The words are those of `orders` in `playbooks/vocabulary.yaml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    HoldWithdrawals,
    EndSessions,
    LockAccount,
    FreezeApiKeys,
    LockAddressBook,
    ReleaseWithdrawals,
    UnlockAccount,
    UnfreezeApiKeys,
    UnlockAddressBook,
}

/// Who may have it done, in classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Danger {
    /// Makes an account safer for a short time: one person alone (RB-09).
    Hold,
    /// Locks the person out of something: two people (RB-07).
    Dangerous,
    /// Lifts protection: two people, a wait, and word to the person first (RB-11).
    Release,
}

/// The text names no action.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not an order: {0}")]
pub struct NotAnAction(String);

impl Action {
    pub const ALL: [Self; 9] = [
        Self::HoldWithdrawals,
        Self::EndSessions,
        Self::LockAccount,
        Self::FreezeApiKeys,
        Self::LockAddressBook,
        Self::ReleaseWithdrawals,
        Self::UnlockAccount,
        Self::UnfreezeApiKeys,
        Self::UnlockAddressBook,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::HoldWithdrawals => "hold-withdrawals",
            Self::EndSessions => "end-sessions",
            Self::LockAccount => "lock-account",
            Self::FreezeApiKeys => "freeze-api-keys",
            Self::LockAddressBook => "lock-address-book",
            Self::ReleaseWithdrawals => "release-withdrawals",
            Self::UnlockAccount => "unlock-account",
            Self::UnfreezeApiKeys => "unfreeze-api-keys",
            Self::UnlockAddressBook => "unlock-address-book",
        }
    }

    pub fn danger(self) -> Danger {
        match self {
            Self::HoldWithdrawals | Self::EndSessions => Danger::Hold,
            Self::LockAccount | Self::FreezeApiKeys | Self::LockAddressBook => Danger::Dangerous,
            Self::ReleaseWithdrawals | Self::UnlockAccount | Self::UnfreezeApiKeys | Self::UnlockAddressBook => {
                Danger::Release
            }
        }
    }

    /// What undoes it; nothing for what stays done.
    pub fn inverse(self) -> Option<Self> {
        match self {
            Self::HoldWithdrawals => Some(Self::ReleaseWithdrawals),
            Self::LockAccount => Some(Self::UnlockAccount),
            Self::FreezeApiKeys => Some(Self::UnfreezeApiKeys),
            Self::LockAddressBook => Some(Self::UnlockAddressBook),
            Self::EndSessions
            | Self::ReleaseWithdrawals
            | Self::UnlockAccount
            | Self::UnfreezeApiKeys
            | Self::UnlockAddressBook => None,
        }
    }

    /// Whether its effect lasts until a moment and then ends by itself.
    pub fn lasts(self) -> bool {
        self.inverse().is_some()
    }

    /// What of an account it is about. Orders about the same part of an account go out one after the other, so that a hold
    /// sent again can never overtake its release.
    pub fn part(self) -> &'static str {
        match self {
            Self::HoldWithdrawals | Self::ReleaseWithdrawals => "withdrawals",
            Self::EndSessions => "sessions",
            Self::LockAccount | Self::UnlockAccount => "account",
            Self::FreezeApiKeys | Self::UnfreezeApiKeys => "api-keys",
            Self::LockAddressBook | Self::UnlockAddressBook => "address-book",
        }
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Action {
    type Err = NotAnAction;

    fn from_str(text: &str) -> Result<Self, NotAnAction> {
        Self::ALL.into_iter().find(|action| action.as_str() == text).ok_or_else(|| NotAnAction(text.to_owned()))
    }
}
