//! What one page stands before.

use serde::{Deserialize, Serialize};

/// Something a person is about to do, or has done, that one page stands before; the worst first.
#[derive(Debug, Clone, Copy, Deserialize, Serialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "kebab-case")]
pub enum Stop {
    /// Recovery words or a key were in what they sent. Set by the scrubber.
    WordsRemoved,
    TypeWords,
    PayFee,
    /// Send coins, or a fee, to an address that others empty.
    FundAddress,
    /// A sign-in token was in what they sent. Set by the scrubber.
    TokenRemoved,
}

impl Stop {
    pub const ALL: [Self; 5] =
        [Self::WordsRemoved, Self::TypeWords, Self::PayFee, Self::FundAddress, Self::TokenRemoved];

    /// The word in addresses and for programs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::WordsRemoved => "words-removed",
            Self::TypeWords => "type-words",
            Self::PayFee => "pay-fee",
            Self::FundAddress => "fund-address",
            Self::TokenRemoved => "token-removed",
        }
    }
}
