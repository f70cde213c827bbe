//! The `auth` part of a source file: how a source proves its deliveries. The algorithm stands here and nowhere in a
//! request. Without a secret there is only the scheme `none`, which wants a network rule; none takes it from the address.

use super::sns::Version;
use super::{Header, KeyForm, LIVE_SECRETS, Strength, TimestampRule};
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
    /// The same with SHA-1, for senders that know nothing better.
    #[serde(rename = "hmac-sha1")]
    HmacSha1(HmacRule),
    /// Keccak-256 of the body followed by the secret, as Moralis does.
    #[serde(rename = "keccak256-suffix")]
    Keccak256Suffix { header: Header, encoding: Encoding },
    /// A header whose whole value is the secret.
    StaticHeader { header: Header },
    /// `Authorization: Bearer` and the secret.
    Bearer {},
    /// `Authorization: Basic`; the secret is `name:password`.
    Basic {},
    /// HMAC-SHA-1 over the public address and the sorted members of a form, as Twilio does.
    Twilio {},
    /// `timestamp`, `token` and `signature` as members of the object at a pointer, as Mailgun does.
    BodyMembers {
        #[serde(default)]
        at: String,
    },
    /// A member of the body, at a pointer, whose whole value is the secret.
    BodyCredential { at: String },
    /// ECDSA on P-256 over time and body, as `SendGrid` does; the secret is the public key.
    #[serde(rename = "ecdsa-p256")]
    EcdsaP256 { header: Header, timestamp: TimestampRule },
    /// The signature in the body that Amazon SNS makes; the secret is the certificate.
    AwsSns {
        #[serde(default)]
        version: Version,
    },
    /// `Authorization: Bearer` and a token under RS256 that names the body's digest, as the Keycloak extension sends; the
    /// secret is the realm's JWKS.
    JwtBodyDigest {},
    /// Nothing but the network that the sender is in.
    None {},
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
    /// A header with the SHA-256 of the body in hex, which is worked out again; it stands for the body.
    BodyDigest(Header),
    /// The body without white space, with the signed time as its last member; it stands for body and time.
    BodyWithTimestamp,
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
    /// The bytes, or nothing if it is not exactly so many.
    pub(super) fn decode_to(self, text: &str, length: usize) -> Option<Vec<u8>> {
        let bytes = match self {
            Self::Hex => hex::decode(text).ok(),
            Self::PrefixedHex => hex::decode(text.strip_prefix("0x")?).ok(),
            Self::Base64 => STANDARD.decode(text).ok(),
        };
        bytes.filter(|bytes| bytes.len() == length)
    }

    /// The 32 bytes, or nothing if it is not exactly them.
    pub(super) fn decode(self, text: &str) -> Option<[u8; 32]> {
        self.decode_to(text, 32)?.try_into().ok()
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
    #[error("the scheme none takes no secret")]
    UnusedSecret,
    #[error("the scheme none needs the networks that the source sends from: allow = [\"203.0.113.0/24\"]")]
    NoNetwork,
    #[error("{0} is not a network to allow: write one like 203.0.113.0/24")]
    Network(String),
    #[error("the scheme needs {0}: expects = \"...\"")]
    Expects(&'static str),
    #[error("the scheme has no use for what it should expect")]
    ExpectsNothing,
    #[error("`{0}` is not a pointer into the body")]
    Pointer(String),
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
            Self::HmacSha256(rule) | Self::HmacSha1(rule) => rule.check(),
            Self::EcdsaP256 { timestamp, .. } => timestamp.check(),
            Self::BodyMembers { at } if !at.is_empty() && !at.starts_with('/') => Err(Fault::Pointer(at.clone())),
            Self::BodyCredential { at } if !at.starts_with('/') => Err(Fault::Pointer(at.clone())),
            Self::BodyMembers { .. }
            | Self::BodyCredential { .. }
            | Self::StandardWebhooks { .. }
            | Self::Keccak256Suffix { .. }
            | Self::StaticHeader { .. }
            | Self::Bearer {}
            | Self::Basic {}
            | Self::Twilio {}
            | Self::AwsSns { .. }
            | Self::JwtBodyDigest {}
            | Self::None {} => Ok(()),
        }
    }

    /// What a verified delivery proves at best.
    #[must_use]
    pub const fn strength(&self) -> Strength {
        match self {
            Self::StandardWebhooks { .. } | Self::EcdsaP256 { .. } | Self::AwsSns { .. } | Self::JwtBodyDigest {} => {
                Strength::Signed
            }
            Self::HmacSha256(rule) | Self::HmacSha1(rule) => {
                if rule.timestamp.is_some() {
                    Strength::Signed
                } else {
                    Strength::SignedWithoutTime
                }
            }
            Self::Keccak256Suffix { .. } | Self::Twilio {} => Strength::SignedWithoutTime,
            Self::BodyMembers { .. } => Strength::SignedInPart,
            Self::StaticHeader { .. } | Self::Bearer {} | Self::Basic {} | Self::BodyCredential { .. } => {
                Strength::StaticSecret
            }
            Self::None {} => Strength::Network,
        }
    }

    /// What the operator must name for it beside the secret.
    pub(super) const fn expects(&self) -> Option<&'static str> {
        match self {
            Self::AwsSns { .. } => Some("the topic's ARN"),
            Self::JwtBodyDigest {} => Some("the audience of its tokens"),
            Self::StandardWebhooks { .. }
            | Self::HmacSha256(_)
            | Self::HmacSha1(_)
            | Self::Keccak256Suffix { .. }
            | Self::StaticHeader { .. }
            | Self::Bearer {}
            | Self::Basic {}
            | Self::Twilio {}
            | Self::BodyMembers { .. }
            | Self::BodyCredential { .. }
            | Self::EcdsaP256 { .. }
            | Self::None {} => None,
        }
    }
}

impl HmacRule {
    fn check(&self) -> Result<(), Fault> {
        let times = |wanted: &Part| self.content.iter().filter(|part| *part == wanted).count();
        let both = times(&Part::BodyWithTimestamp);
        let digests = self.content.iter().filter(|part| matches!(part, Part::BodyDigest(_))).count();
        let bodies = times(&Part::Body) + digests + both;
        if bodies != 1 {
            return Err(Fault::Body(bodies));
        }
        if times(&Part::Id) != usize::from(self.id.is_some()) {
            return Err(Fault::Unsigned("id"));
        }
        if times(&Part::Timestamp) + both != usize::from(self.timestamp.is_some()) {
            return Err(Fault::Unsigned("timestamp"));
        }
        self.timestamp.as_ref().map_or(Ok(()), TimestampRule::check)
    }
}
