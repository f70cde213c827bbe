//! The `auth` part of a source file: how a source proves its deliveries. The algorithm stands here and nowhere in a
//! request. There is no scheme without a secret, and none that takes the secret from the address.

use super::{Header, KeyForm, LIVE_SECRETS, TimestampRule};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde::Deserialize;

/// How a source proves its deliveries.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "scheme", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Scheme {
    /// The convention of that name: HMAC-SHA-256 (`v1`) under a `whsec_` secret, Ed25519 (`v1a`) under a `whpk_` key.
    StandardWebhooks {
        #[serde(default)]
        prefix: Prefix,
    },
    /// HMAC-SHA-256 over parts in a given order.
    #[serde(rename = "hmac-sha256")]
    HmacSha256(HmacRule),
    /// Keccak-256 of the body followed by the secret, as Moralis does.
    #[serde(rename = "keccak256-suffix")]
    Keccak256Suffix { header: Header, encoding: Encoding },
    /// A header whose whole value is the secret.
    StaticHeader { header: Header },
    /// `Authorization: Bearer` and the secret.
    Bearer {},
    /// `Authorization: Basic`; the secret is `name:password`.
    Basic {},
}

/// What the three headers of Standard Webhooks begin with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Prefix {
    #[default]
    Webhook,
    Svix,
}

/// What is signed, where the signature stands and how it is written.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HmacRule {
    pub(super) header: Header,
    pub(super) encoding: Encoding,
    /// What stands before a signature, such as `sha256=`; entries without it are passed over.
    #[serde(default)]
    pub(super) prefix: String,
    /// Whether the header holds a comma-separated list.
    #[serde(default)]
    pub(super) list: bool,
    pub(super) content: Vec<Part>,
    pub(super) key: KeyForm,
    /// The header that holds the delivery id or nonce.
    #[serde(default)]
    pub(super) id: Option<Header>,
    #[serde(default)]
    pub(super) timestamp: Option<TimestampRule>,
}

/// One part of the signed bytes.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    Body,
    /// The signed time, as it was written.
    Timestamp,
    Id,
    Literal(String),
    Header(Header),
}

/// How 32 bytes are written in a header.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Encoding {
    Hex,
    /// Hex after `0x`.
    #[serde(rename = "0x-hex")]
    PrefixedHex,
    /// The standard alphabet, padded.
    Base64,
}

impl Encoding {
    /// The 32 bytes, or nothing if it is not exactly them.
    pub(super) fn decode(self, text: &str) -> Option<[u8; 32]> {
        let bytes = match self {
            Self::Hex => hex::decode(text).ok(),
            Self::PrefixedHex => hex::decode(text.strip_prefix("0x")?).ok(),
            Self::Base64 => STANDARD.decode(text).ok(),
        };
        bytes?.try_into().ok()
    }
}

/// Why a scheme or its secrets cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    #[error("no secret is set")]
    NoSecret,
    #[error("{0} secrets are live, at most {LIVE_SECRETS} may be")]
    TooManySecrets(usize),
    #[error("secret is empty")]
    EmptySecret,
    #[error("secret begins or ends with white space")]
    SpaceAroundSecret,
    #[error("secret is not {0}")]
    SecretForm(&'static str),
    #[error("content must hold the body once, not {0} times")]
    Body(usize),
    #[error("content and {0} do not agree: what is named must be signed once, what is signed must be named")]
    Unsigned(&'static str),
    #[error("tolerance_seconds {0} is not within 1 to 900")]
    Tolerance(u32),
}

impl Scheme {
    /// Checks what the shape of the file cannot say.
    ///
    /// # Errors
    ///
    /// Refuses a signature that leaves out the body, and a time or id that would be trusted without being signed.
    pub fn check(&self) -> Result<(), Fault> {
        match self {
            Self::HmacSha256(rule) => rule.check(),
            Self::StandardWebhooks { .. }
            | Self::Keccak256Suffix { .. }
            | Self::StaticHeader { .. }
            | Self::Bearer {}
            | Self::Basic {} => Ok(()),
        }
    }
}

impl HmacRule {
    fn check(&self) -> Result<(), Fault> {
        let times = |wanted: &Part| self.content.iter().filter(|part| *part == wanted).count();
        let bodies = times(&Part::Body);
        if bodies != 1 {
            return Err(Fault::Body(bodies));
        }
        if times(&Part::Id) != usize::from(self.id.is_some()) {
            return Err(Fault::Unsigned("id"));
        }
        if times(&Part::Timestamp) != usize::from(self.timestamp.is_some()) {
            return Err(Fault::Unsigned("timestamp"));
        }
        self.timestamp.as_ref().map_or(Ok(()), TimestampRule::check)
    }
}
