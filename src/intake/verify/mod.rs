//! Authentication of alert webhooks: whether these raw bytes come from the source that was configured.
//!
//! Pure: the clock is an argument and nothing is read or remembered. Replays inside the time window, and all replays of
//! schemes that sign no time, are stopped by the memory of delivery ids; limits on the body lie with the door.

mod allow;
mod bot;
mod compact;
mod credential;
mod der;
mod ecdsa;
mod header;
mod hmac;
mod jwt;
mod members;
mod scheme;
mod secret;
pub mod sign;
mod sns;
mod stamp;
mod standard;
mod suffix;
#[cfg(test)]
mod tests;
mod twilio;

use std::net::IpAddr;

use axum::http::HeaderMap;

pub use allow::Allowed;
pub use bot::{Bot, Chat};
pub use header::Header;
pub use scheme::{Encoding, Fault, HmacRule, Part, Prefix, Scheme};
pub use secret::{Key, KeyForm, Secret};
pub use stamp::{TimestampRule, Unit};

pub use crate::signal::Strength;
use hmac::Hash;

/// How many secrets of one source may be live at a time, which is during rotation (HK-07).
pub const LIVE_SECRETS: usize = 2;

/// How many signatures of one header are looked at (HK-06).
const SIGNATURES: usize = 8;

/// One request as it came in, before anything was decoded.
pub struct Delivery<'a> {
    /// The whole address it was sent to, as the outside knows it.
    pub url: &'a str,
    /// Who sent it, when that is known.
    pub client: Option<IpAddr>,
    pub headers: &'a HeaderMap,
    pub body: &'a [u8],
    /// Milliseconds since 1970 by the clock of this server.
    pub now_ms: i64,
}

/// What a verified delivery is known to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// The delivery id, where the scheme signs one.
    pub id: Option<String>,
    /// When the attempt was signed, in milliseconds since 1970, where the scheme signs a time.
    pub signed_at: Option<i64>,
    pub strength: Strength,
}

/// Why a delivery was refused. It is for counters only: the sender always sees the same answer (HK-05).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Refused {
    MissingHeader,
    RepeatedHeader,
    Malformed,
    BadSignature,
    /// Rightly signed, but too long ago.
    Stale,
    /// Rightly signed, but by a clock too far ahead.
    Future,
    /// Not from a network that the source may send from.
    WrongNetwork,
}

impl Refused {
    /// The label of the counter.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::MissingHeader => "missing-header",
            Self::RepeatedHeader => "repeated-header",
            Self::Malformed => "malformed",
            Self::BadSignature => "bad-signature",
            Self::Stale => "stale",
            Self::Future => "future",
            Self::WrongNetwork => "wrong-network",
        }
    }
}

/// A scheme with its live secrets and the networks it may send from, checked against each other.
pub struct Verifier {
    check: Check,
    allowed: Allowed,
}

/// What the operator's configuration adds to a scheme.
pub struct Bounds<'a> {
    /// One secret, or two during rotation; none for the scheme `none`.
    pub secrets: &'a [Secret],
    /// The topic or audience that a delivery must name, for schemes that name one.
    pub expects: Option<&'a str>,
    pub allowed: Allowed,
}

enum Check {
    Standard(Prefix, Vec<standard::Key>),
    Hmac(HmacRule, Hash, Vec<Key>),
    Suffix(suffix::Rule, Vec<Key>),
    Credential(credential::Place, Vec<Key>),
    Twilio(Vec<Key>),
    Members(String, Vec<Key>),
    Ecdsa(Header, TimestampRule, Vec<ecdsa::Key>),
    Sns(sns::Version, String, Vec<sns::Key>),
    BodyToken(String, Vec<jwt::Rsa>),
    /// The network rule is all there is.
    Nothing,
}

impl Verifier {
    /// Binds a scheme to its secrets alone.
    ///
    /// # Errors
    ///
    /// As [`Verifier::bound`].
    pub fn new(scheme: &Scheme, secrets: &[Secret]) -> Result<Self, Fault> {
        Self::bound(scheme, Bounds { secrets, expects: None, allowed: Allowed::default() })
    }

    /// Binds a scheme to what the operator configured.
    ///
    /// # Errors
    ///
    /// Refuses a faulty scheme, no or too many secrets, a secret that does not fit the scheme, a scheme without the
    /// topic, audience or network rule it needs, and one that names what it has no use for.
    pub fn bound(scheme: &Scheme, Bounds { secrets, expects, allowed }: Bounds<'_>) -> Result<Self, Fault> {
        scheme.check()?;
        let is_none = matches!(scheme, Scheme::None {});
        if is_none && allowed.is_any() {
            return Err(Fault::NoNetwork);
        }
        match (secrets.len(), is_none) {
            (0, false) => return Err(Fault::NoSecret),
            (1.., true) => return Err(Fault::UnusedSecret),
            (count, false) if count > LIVE_SECRETS => return Err(Fault::TooManySecrets(count)),
            _ => {}
        }
        let expects = match (scheme.expects(), expects) {
            (Some(what), None | Some("")) => return Err(Fault::Expects(what)),
            (None, Some(_)) => return Err(Fault::ExpectsNothing),
            (Some(_), Some(expects)) => expects.to_owned(),
            (None, None) => String::new(),
        };
        Ok(Self { check: Check::new(scheme, secrets, expects)?, allowed })
    }

    /// Tells whether a delivery comes from this source. Every refusal costs the same passes over the body.
    ///
    /// # Errors
    ///
    /// Says for the counters why not.
    pub fn verify(&self, delivery: &Delivery) -> Result<Verified, Refused> {
        let mut passes = 0;
        let outcome = self.allowed.check(delivery.client).and_then(|()| self.check.decide(delivery, &mut passes));
        if outcome.is_err() {
            spend(delivery.body, LIVE_SECRETS.saturating_sub(passes));
        }
        outcome
    }
}

fn each<K>(secrets: &[Secret], decode: impl Fn(&Secret) -> Result<K, Fault>) -> Result<Vec<K>, Fault> {
    secrets.iter().map(decode).collect()
}

impl Check {
    fn new(scheme: &Scheme, secrets: &[Secret], expects: String) -> Result<Self, Fault> {
        let keys = |form| each(secrets, |secret| Key::decode(secret, form));
        Ok(match scheme {
            Scheme::StandardWebhooks { prefix } => Self::Standard(*prefix, each(secrets, standard::Key::decode)?),
            Scheme::HmacSha256(rule) => Self::Hmac(rule.clone(), Hash::Sha256, keys(rule.key)?),
            Scheme::HmacSha1(rule) => Self::Hmac(rule.clone(), Hash::Sha1, keys(rule.key)?),
            Scheme::Keccak256Suffix { header, encoding } => {
                let rule = suffix::Rule { header: header.clone(), encoding: *encoding };
                Self::Suffix(rule, keys(KeyForm::Text)?)
            }
            Scheme::StaticHeader { header } => {
                Self::Credential(credential::Place::Header(header.clone()), keys(KeyForm::Credential)?)
            }
            Scheme::Bearer {} => Self::Credential(credential::Place::Bearer, keys(KeyForm::Credential)?),
            Scheme::Basic {} => Self::Credential(credential::Place::Basic, keys(KeyForm::Login)?),
            Scheme::Twilio {} => Self::Twilio(keys(KeyForm::Text)?),
            Scheme::BodyMembers { at } => Self::Members(at.clone(), keys(KeyForm::Text)?),
            Scheme::BodyCredential { at } => {
                Self::Credential(credential::Place::Member(at.clone()), keys(KeyForm::Credential)?)
            }
            Scheme::EcdsaP256 { header, timestamp } => {
                Self::Ecdsa(header.clone(), timestamp.clone(), each(secrets, ecdsa::Key::decode)?)
            }
            Scheme::AwsSns { version } => Self::Sns(*version, expects, each(secrets, sns::Key::decode)?),
            Scheme::JwtBodyDigest {} => {
                Self::BodyToken(expects, each(secrets, jwt::Rsa::decode)?.into_iter().flatten().collect())
            }
            Scheme::None {} => Self::Nothing,
        })
    }

    /// Notes in `passes` how often the body was hashed, which is once for each secret or not at all.
    fn decide(&self, delivery: &Delivery, passes: &mut usize) -> Result<Verified, Refused> {
        match self {
            Self::Standard(prefix, keys) => {
                let claim = standard::read(*prefix, delivery.headers)?;
                *passes = keys.len();
                claim.prove(keys, delivery)
            }
            Self::Hmac(rule, hash, keys) => {
                let claim = hmac::read((rule, *hash), delivery)?;
                *passes = keys.len();
                claim.prove((*hash, keys), delivery)
            }
            Self::Suffix(rule, keys) => {
                let claim = rule.read(delivery.headers)?;
                *passes = keys.len();
                claim.prove(keys, delivery)
            }
            Self::Credential(place, keys) => credential::check(place, keys, delivery),
            Self::Twilio(keys) => {
                let claim = twilio::read(delivery)?;
                *passes = keys.len();
                claim.prove(keys, delivery)
            }
            Self::Members(at, keys) => members::read(at, delivery)?.prove(keys, delivery),
            Self::Ecdsa(header, timestamp, keys) => {
                let claim = ecdsa::read((header, timestamp), delivery.headers)?;
                *passes = keys.len();
                claim.prove(keys, delivery)
            }
            Self::Sns(version, topic, keys) => {
                let claim = sns::read(*version, topic, delivery.body)?;
                *passes = keys.len();
                claim.prove((*version, keys), delivery)
            }
            Self::BodyToken(audience, keys) => {
                jwt::read("RS256", delivery.headers)?.prove_body(keys, audience, delivery)
            }
            Self::Nothing => Ok(Verified { id: None, signed_at: None, strength: Strength::Network }),
        }
    }
}

/// Spends the time that refusing a forged delivery takes, for an endpoint that does not exist (HK-05).
///
/// The time is that of HMAC-SHA-256. A source on Ed25519 or Keccak-256 takes longer over a well-formed forgery, which
/// tells that it exists and nothing about its secrets.
pub fn refuse_in_the_same_time(body: &[u8]) {
    spend(body, LIVE_SECRETS);
}

fn spend(body: &[u8], passes: usize) {
    for _ in 0..passes {
        std::hint::black_box(secret::dummy_tag(std::hint::black_box(body)));
    }
}
