//! Tokens in the header `Authorization`: RS256 with the digest of the body among its claims (the Keycloak extension). The
//! algorithm is pinned, never taken from the token.

use axum::http::HeaderMap;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use ring::digest::{SHA256, digest};
use ring::signature::{RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents, UnparsedPublicKey};
use serde_json::Value;

use super::credential::after;
use super::{Delivery, Fault, Header, Refused, Secret, Strength, Verified, der};
use crate::intake::mapping::{Limits, Reader};

/// Seconds that a token may be ahead, and may be past its end.
const LEEWAY_SECONDS: i64 = 30;

/// Seconds that a token may be good for. A longer one is no proof of when it was sent.
const MOST_SECONDS: i64 = 900;

/// A public RSA key.
pub(super) enum Rsa {
    Whole(Vec<u8>),
    Parts { n: Vec<u8>, e: Vec<u8> },
}

impl Rsa {
    /// The keys of a JWKS, or the one of a PEM file.
    pub(super) fn decode(secret: &Secret) -> Result<Vec<Self>, Fault> {
        let wrong = Fault::SecretForm("a JWKS with RSA keys, or an RSA public key or certificate in PEM");
        if !secret.text().trim_start().starts_with('{') {
            let key = der::pem(secret.text()).and_then(|der| der::rsa(&der)).ok_or(wrong)?;
            return Ok(vec![Self::Whole(key)]);
        }
        let mut reader = Reader::new(Limits::DEFAULT);
        let set = reader.read(secret.text()).map_err(|_| wrong.clone())?;
        let part = |key: &Value, name: &str| {
            let text = key[name].as_str()?;
            URL_SAFE_NO_PAD.decode(text).ok().filter(|bytes| !bytes.is_empty())
        };
        let keys: Vec<_> = set["keys"]
            .as_array()
            .into_iter()
            .flatten()
            .filter(|key| key["kty"] == "RSA" && key["use"] != "enc")
            .filter_map(|key| Some(Self::Parts { n: part(key, "n")?, e: part(key, "e")? }))
            .collect();
        if keys.is_empty() { Err(wrong) } else { Ok(keys) }
    }

    fn proves(&self, message: &[u8], signature: &[u8]) -> bool {
        match self {
            Self::Whole(key) => {
                UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, key).verify(message, signature).is_ok()
            }
            Self::Parts { n, e } => {
                RsaPublicKeyComponents { n, e }.verify(&RSA_PKCS1_2048_8192_SHA256, message, signature).is_ok()
            }
        }
    }
}

pub(super) struct Token<'a> {
    signed: &'a [u8],
    claims: Value,
    signature: Vec<u8>,
}

pub(super) fn read<'a>(algorithm: &str, headers: &'a HeaderMap) -> Result<Token<'a>, Refused> {
    let token = after("bearer", Header::known("authorization").only(headers)?)?;
    let mut parts = token.split(|byte| *byte == b'.');
    let (Some(head), Some(claims), Some(signature), None) = (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(Refused::Malformed);
    };
    let signed = &token[..head.len() + 1 + claims.len()];
    let decode = |part: &[u8]| URL_SAFE_NO_PAD.decode(part).map_err(|_| Refused::Malformed);
    let object = |part: &[u8]| {
        let mut reader = Reader::new(Limits::DEFAULT);
        let bytes = decode(part)?;
        let text = reader.text(&bytes).map_err(|_| Refused::Malformed)?.to_owned();
        reader.read(&text).map_err(|_| Refused::Malformed)
    };
    if object(head)?["alg"] != algorithm {
        return Err(Refused::Malformed);
    }
    Ok(Token { signed, claims: object(claims)?, signature: decode(signature)? })
}

impl Token<'_> {
    pub(super) fn prove_body(&self, keys: &[Rsa], audience: &str, delivery: &Delivery) -> Result<Verified, Refused> {
        if !keys.iter().any(|key| key.proves(self.signed, &self.signature)) {
            return Err(Refused::BadSignature);
        }
        let named = self.claims["request_body_sha256"].as_str().unwrap_or_default();
        let is_for_us = match &self.claims["aud"] {
            Value::String(only) => only == audience,
            Value::Array(several) => several.iter().any(|one| one == audience),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => false,
        };
        if !is_for_us || !named.eq_ignore_ascii_case(&hex::encode(digest(&SHA256, delivery.body))) {
            return Err(Refused::BadSignature);
        }
        let signed_at = self.within(delivery.now_ms)?;
        Ok(Verified { id: None, signed_at: Some(signed_at), strength: Strength::Signed })
    }

    /// The time the token was made, in milliseconds, when now is within what it is good for.
    fn within(&self, now_ms: i64) -> Result<i64, Refused> {
        let now = now_ms.div_euclid(1000);
        let claim = |name: &str| {
            let number = self.claims.get(name)?.as_number()?;
            number.as_i64().or_else(|| number.to_string().split('.').next()?.parse().ok())
        };
        let seconds = |name: &str| claim(name).filter(|seconds| (0..=253_402_300_799).contains(seconds));
        let ends = seconds("exp").ok_or(Refused::Malformed)?;
        let made = seconds("iat").or_else(|| seconds("nbf")).unwrap_or(ends - MOST_SECONDS);
        let begins = seconds("nbf").unwrap_or(made).max(made);
        if now > ends + LEEWAY_SECONDS {
            return Err(Refused::Stale);
        }
        if begins > now + LEEWAY_SECONDS || ends > now + MOST_SECONDS {
            return Err(Refused::Future);
        }
        Ok(made * 1000)
    }
}
