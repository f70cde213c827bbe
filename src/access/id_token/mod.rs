//! ID tokens of issuers: whether one is theirs, meant for us and for this sign-in, and of now (ID-17). Keys and time are
//! arguments; that a token is good once is the memory's matter.

mod keys;
#[cfg(test)]
mod tests;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::Value;

pub use keys::{Keys, NotKeys};

use self::keys::Algorithm;
use super::digest_of;
use crate::time::{Span, Timestamp};

/// Bytes of a token.
const LONGEST: usize = 16 * 1024;
/// How far two clocks may be apart.
const APART: Span = Span::from_seconds(60);
/// Characters of a subject, as the standard has it.
const SUBJECT: usize = 255;
/// Characters of what somebody is called.
const CALLED: usize = 200;
/// The last second of the year 9999.
const LAST: i64 = 253_402_300_799;

/// What a token must say to be good here.
pub struct Expected<'a> {
    pub issuer: &'a str,
    pub client: &'a str,
    pub nonce: &'a str,
    /// How far this issuer dates its tokens back.
    pub dated_back: Span,
    /// How long ago the person may have signed in there; nothing for any time.
    pub no_older: Option<Span>,
    pub proofs: &'a Proofs,
}

/// The values of `acr` and `amr` by which an issuer says how somebody signed in.
#[derive(Debug, Clone, Default)]
pub struct Proofs {
    pub two_factors: Vec<String>,
    pub passkey: Vec<String>,
}

/// What an issuer proves of how somebody signed in there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Proof {
    /// No more than one factor.
    One,
    Two,
    /// Two factors, and no page of somebody else could have asked for them.
    Passkey,
}

/// A token that is good. Not `Debug`: it names a person.
pub struct IdToken {
    /// Who it is at the issuer, for good.
    pub subject: String,
    /// What they are called there, and how an admin may know them; either may be empty and proves nothing.
    pub name: String,
    pub contact: String,
    /// When they signed in there, if the issuer says so; never later than now.
    pub signed_at: Option<Timestamp>,
    pub proof: Proof,
    /// By what it is known when it comes again, and until when it could.
    pub digest: String,
    pub expires: Timestamp,
}

/// Why a token is not good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    Long,
    Form,
    /// Not one of the three that are taken.
    Algorithm,
    /// Not an ID token, or one that wants to be read in a way we do not know.
    Kind,
    /// None of the issuer's keys is the one it names.
    Key,
    Signature,
    Issuer,
    Audience,
    /// Made for another party.
    Party,
    Over,
    Future,
    Old,
    Nonce,
    Subject,
    /// The person signed in there longer ago than was asked for.
    Stale,
}

impl Refused {
    /// A word for the trail.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Long => "long",
            Self::Form => "form",
            Self::Algorithm => "algorithm",
            Self::Kind => "kind",
            Self::Key => "key",
            Self::Signature => "signature",
            Self::Issuer => "issuer",
            Self::Audience => "audience",
            Self::Party => "party",
            Self::Over => "over",
            Self::Future => "future",
            Self::Old => "old",
            Self::Nonce => "nonce",
            Self::Subject => "subject",
            Self::Stale => "stale",
        }
    }
}

/// What is read of a header. Where a token says its key lies (`jku`, `x5u`, `jwk`, `x5c`) is not looked at.
#[derive(Deserialize)]
struct Header {
    alg: String,
    kid: Option<String>,
    typ: Option<String>,
    crit: Option<IgnoredAny>,
}

#[derive(Deserialize)]
struct Claims {
    iss: String,
    sub: String,
    aud: Value,
    azp: Option<String>,
    exp: i64,
    iat: i64,
    nbf: Option<i64>,
    nonce: Option<String>,
    auth_time: Option<i64>,
    #[serde(default)]
    acr: Value,
    #[serde(default)]
    amr: Value,
    #[serde(default)]
    name: Value,
    #[serde(default)]
    preferred_username: Value,
    #[serde(default)]
    email: Value,
}

/// Reads a token and gives what it says, if it is good. Nothing that it claims is looked at before its signature.
pub fn read(token: &str, keys: &Keys, (expected, now): (&Expected<'_>, Timestamp)) -> Result<IdToken, Refused> {
    if token.len() > LONGEST {
        return Err(Refused::Long);
    }
    let (signed, signature) = token.rsplit_once('.').ok_or(Refused::Form)?;
    let (header, claims) = signed.split_once('.').filter(|(_, claims)| !claims.contains('.')).ok_or(Refused::Form)?;
    let header: Header = part(header)?;
    let algorithm = Algorithm::of(&header.alg).ok_or(Refused::Algorithm)?;
    if header.crit.is_some() || header.typ.is_some_and(|kind| !kind.eq_ignore_ascii_case("jwt")) {
        return Err(Refused::Kind);
    }
    let signature = BASE64_URL_SAFE_NO_PAD.decode(signature).map_err(|_| Refused::Form)?;
    keys.verify((algorithm, header.kid.as_deref()), (signed.as_bytes(), &signature))?;
    said(part(claims)?, (expected, now), digest_of(signed))
}

fn part<T: DeserializeOwned>(text: &str) -> Result<T, Refused> {
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(text).map_err(|_| Refused::Form)?;
    serde_json::from_slice(&bytes).map_err(|_| Refused::Form)
}

fn at(seconds: i64) -> Result<Timestamp, Refused> {
    if (0..=LAST).contains(&seconds) { Ok(Timestamp::from_millis(seconds * 1_000)) } else { Err(Refused::Form) }
}

fn said(claims: Claims, (expected, now): (&Expected<'_>, Timestamp), digest: String) -> Result<IdToken, Refused> {
    if claims.iss != expected.issuer {
        return Err(Refused::Issuer);
    }
    meant_for(&claims, expected.client)?;
    let (expires, issued) = (at(claims.exp)?, at(claims.iat)?);
    if now.since(expires) > APART {
        return Err(Refused::Over);
    }
    let begins = claims.nbf.map(at).transpose()?.unwrap_or(issued);
    if issued.since(now) > APART || begins.since(now) > APART {
        return Err(Refused::Future);
    }
    if now.since(issued).millis() > APART.millis() + expected.dated_back.millis() {
        return Err(Refused::Old);
    }
    if expected.nonce.is_empty() || claims.nonce.as_deref() != Some(expected.nonce) {
        return Err(Refused::Nonce);
    }
    let signed_at = claims.auth_time.map(at).transpose()?;
    if signed_at.is_some_and(|at| at.since(now) > APART) {
        return Err(Refused::Future);
    }
    if let Some(most) = expected.no_older {
        let age = signed_at.map(|at| now.since(at).millis()).ok_or(Refused::Stale)?;
        if age > most.millis() + APART.millis() {
            return Err(Refused::Stale);
        }
    }
    let subject = claims.sub;
    if subject.is_empty() || subject.len() > SUBJECT || subject.chars().any(char::is_control) {
        return Err(Refused::Subject);
    }
    let called = |values: [&Value; 3]| {
        let mut texts = values.into_iter().filter_map(Value::as_str);
        texts.find(|text| !text.trim().is_empty() && text.chars().count() <= CALLED).unwrap_or_default().to_owned()
    };
    Ok(IdToken {
        name: called([&claims.name, &claims.preferred_username, &claims.email]),
        contact: called([&claims.email, &claims.preferred_username, &claims.name]),
        proof: proof(expected.proofs, &claims.acr, &claims.amr),
        signed_at: signed_at.map(|at| at.min(now)),
        subject,
        digest,
        // As long as it would be taken.
        expires: expires.plus(APART).plus(Span::from_millis(1)),
    })
}

/// One audience, or several with ourselves among them and named as the party that asked.
fn meant_for(claims: &Claims, client: &str) -> Result<(), Refused> {
    let several = match &claims.aud {
        Value::String(one) if one == client => false,
        Value::Array(many) if many.iter().all(Value::is_string) && many.iter().any(|one| one == client) => {
            many.len() > 1
        }
        _ => return Err(Refused::Audience),
    };
    match claims.azp.as_deref() {
        Some(party) if party == client => Ok(()),
        None if !several => Ok(()),
        Some(_) | None => Err(Refused::Party),
    }
}

fn proof(proofs: &Proofs, acr: &Value, amr: &Value) -> Proof {
    let one = std::slice::from_ref(amr);
    let methods = amr.as_array().map_or(one, Vec::as_slice);
    let says = |wanted: &[String]| {
        methods.iter().chain([acr]).filter_map(Value::as_str).any(|value| wanted.iter().any(|one| one == value))
    };
    if says(&proofs.passkey) {
        Proof::Passkey
    } else if says(&proofs.two_factors) {
        Proof::Two
    } else {
        Proof::One
    }
}
