//! What an observable is.

use std::{fmt, ops::Range};

use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    Wallet,
    Transaction,
    Domain,
    Url,
    Email,
    Phone,
    Ip,
}

/// Chains that share one form of address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Family {
    Evm,
    Tron,
    Bitcoin,
    Solana,
}

/// Whether the checksum inside a value holds; `Absent` when its form has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Checksum {
    Good,
    Bad,
    Absent,
}

/// A value that ties signals together.
///
/// Its canonical form is lower case for EVM and bech32, as written for base58, punycode in
/// lower case for domains, and `+` with digits for telephone numbers. A value with a bad
/// checksum is evidence and must never become a target (IN-16).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Observable {
    pub kind: Kind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub family: Option<Family>,
    pub value: String,
    pub checksum: Checksum,
}

/// An observable and the bytes of the text that it was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    pub observable: Observable,
    pub at: Range<usize>,
}

impl Observable {
    pub(super) fn plain(kind: Kind, value: String) -> Self {
        Self { kind, family: None, value, checksum: Checksum::Absent }
    }

    pub(super) fn wallet(family: Family, value: String, checksum: Checksum) -> Self {
        Self { kind: Kind::Wallet, family: Some(family), value, checksum }
    }

    pub(super) fn transaction(family: Option<Family>, value: String) -> Self {
        Self { kind: Kind::Transaction, family, value, checksum: Checksum::Absent }
    }
}

impl Family {
    /// The family of a chain by one of its usual names or native assets, in any case.
    #[must_use]
    pub fn of_chain(name: &str) -> Option<Self> {
        let name = name.trim().to_ascii_lowercase();
        match name.as_str() {
            "evm"
            | "ethereum"
            | "eth"
            | "erc20"
            | "mainnet"
            | "bsc"
            | "bnb"
            | "bnb-chain"
            | "bep20"
            | "binance-smart-chain"
            | "polygon"
            | "matic"
            | "pol"
            | "arbitrum"
            | "arb"
            | "arbitrum-one"
            | "optimism"
            | "op"
            | "base"
            | "avalanche"
            | "avax"
            | "linea"
            | "scroll"
            | "zksync"
            | "blast"
            | "mantle"
            | "gnosis"
            | "fantom"
            | "opbnb" => Some(Self::Evm),
            "tron" | "trx" | "trc20" => Some(Self::Tron),
            "bitcoin" | "btc" => Some(Self::Bitcoin),
            "solana" | "sol" => Some(Self::Solana),
            _ => None,
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Wallet => "wallet",
            Self::Transaction => "transaction",
            Self::Domain => "domain",
            Self::Url => "url",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Ip => "ip",
        })
    }
}

impl fmt::Display for Family {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Evm => "evm",
            Self::Tron => "tron",
            Self::Bitcoin => "bitcoin",
            Self::Solana => "solana",
        })
    }
}

impl fmt::Display for Checksum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Good => "good",
            Self::Bad => "bad",
            Self::Absent => "absent",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_on_the_wire_are_the_words_shown() {
        let observable = Observable::wallet(Family::Evm, "0x0".to_owned(), Checksum::Bad);
        let json = serde_json::to_string(&observable).unwrap();
        assert_eq!(json, r#"{"kind":"wallet","family":"evm","value":"0x0","checksum":"bad"}"#);
        assert_eq!(serde_json::from_str::<Observable>(&json).unwrap(), observable);
        assert_eq!(format!("{} {} {}", Kind::Ip, Family::Tron, Checksum::Good), "ip tron good");
    }

    #[test]
    fn chains_are_known_by_their_usual_names() {
        for (name, family) in [
            ("Ethereum", Some(Family::Evm)),
            ("BNB", Some(Family::Evm)),
            ("base", Some(Family::Evm)),
            (" trx", Some(Family::Tron)),
            ("BTC", Some(Family::Bitcoin)),
            ("sol", Some(Family::Solana)),
            ("ton", None),
        ] {
            assert_eq!(Family::of_chain(name), family, "{name}");
        }
    }
}
