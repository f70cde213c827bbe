//! Authentication of alert webhooks: whether these raw bytes come from the source that was configured.
//!
//! Pure: the clock is an argument and nothing is read or remembered. Replays inside the time window, and all replays of
//! schemes that sign no time, are stopped by the memory of delivery ids; limits on the body lie with the door.

mod credential;
mod header;
mod hmac_sha256;
mod scheme;
mod secret;
pub mod sign;
mod stamp;
mod standard;
mod suffix;
#[cfg(test)]
mod tests;

use axum::http::HeaderMap;

pub use header::Header;
pub use scheme::{Encoding, Fault, HmacRule, Part, Prefix, Scheme};
pub use secret::{Key, KeyForm, Secret};
pub use stamp::{TimestampRule, Unit};

/// How many secrets of one source may be live at a time, which is during rotation (HK-07).
pub const LIVE_SECRETS: usize = 2;

/// How many signatures of one header are looked at (HK-06).
const SIGNATURES: usize = 8;

/// One request as it came in, before anything was decoded.
pub struct Delivery<'a> {
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

/// How much a verified delivery proves, weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// The sender knew a static secret; nothing ties it to the body.
    StaticSecret,
    /// The body is signed, the time of sending is not.
    SignedWithoutTime,
    /// Body and time are signed.
    Signed,
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
        }
    }
}

/// A scheme with its live secrets, checked against each other.
pub struct Verifier(Check);

enum Check {
    Standard(Prefix, Vec<standard::Key>),
    Hmac(HmacRule, Vec<Key>),
    Suffix(suffix::Rule, Vec<Key>),
    Credential(credential::Place, Vec<Key>),
}

impl Verifier {
    /// Binds a scheme to one secret, or to two during rotation.
    ///
    /// # Errors
    ///
    /// Refuses a faulty scheme, no or too many secrets, and a secret that does not fit the scheme.
    pub fn new(scheme: &Scheme, secrets: &[Secret]) -> Result<Self, Fault> {
        scheme.check()?;
        if secrets.is_empty() {
            return Err(Fault::NoSecret);
        }
        if secrets.len() > LIVE_SECRETS {
            return Err(Fault::TooManySecrets(secrets.len()));
        }
        let keys = |form| secrets.iter().map(|secret| Key::decode(secret, form)).collect::<Result<Vec<_>, _>>();
        Ok(Self(match scheme {
            Scheme::StandardWebhooks { prefix } => {
                let keys = secrets.iter().map(standard::Key::decode).collect::<Result<_, _>>()?;
                Check::Standard(*prefix, keys)
            }
            Scheme::HmacSha256(rule) => Check::Hmac(rule.clone(), keys(rule.key)?),
            Scheme::Keccak256Suffix { header, encoding } => {
                let rule = suffix::Rule { header: header.clone(), encoding: *encoding };
                Check::Suffix(rule, keys(KeyForm::Text)?)
            }
            Scheme::StaticHeader { header } => {
                Check::Credential(credential::Place::Header(header.clone()), keys(KeyForm::Credential)?)
            }
            Scheme::Bearer {} => Check::Credential(credential::Place::Bearer, keys(KeyForm::Credential)?),
            Scheme::Basic {} => Check::Credential(credential::Place::Basic, keys(KeyForm::Login)?),
        }))
    }

    /// Tells whether a delivery comes from this source. Every refusal costs the same passes over the body.
    ///
    /// # Errors
    ///
    /// Says for the counters why not.
    pub fn verify(&self, delivery: &Delivery) -> Result<Verified, Refused> {
        let mut passes = 0;
        let outcome = self.decide(delivery, &mut passes);
        if outcome.is_err() {
            spend(delivery.body, LIVE_SECRETS - passes);
        }
        outcome
    }

    /// Notes in `passes` how often the body was hashed, which is once for each secret or not at all.
    fn decide(&self, delivery: &Delivery, passes: &mut usize) -> Result<Verified, Refused> {
        match &self.0 {
            Check::Standard(prefix, keys) => {
                let claim = standard::read(*prefix, delivery.headers)?;
                *passes = keys.len();
                claim.prove(keys, delivery)
            }
            Check::Hmac(rule, keys) => {
                let claim = hmac_sha256::read(rule, delivery)?;
                *passes = keys.len();
                claim.prove(keys, delivery)
            }
            Check::Suffix(rule, keys) => {
                let claim = rule.read(delivery.headers)?;
                *passes = keys.len();
                claim.prove(keys, delivery)
            }
            Check::Credential(place, keys) => credential::check(place, keys, delivery.headers),
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
