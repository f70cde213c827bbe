//! The keys of an issuer, as it publishes them. A key serves the one algorithm of its kind, whatever a token says.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, ED25519, RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents, UnparsedPublicKey,
};
use serde_json::Value;

use super::Refused;

/// Keys that are looked at.
const MOST: usize = 100;
/// Bits of an RSA key.
const RSA_BITS: std::ops::RangeInclusive<usize> = 2_048..=8_192;

/// The algorithms that are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Algorithm {
    Rs256,
    Es256,
    EdDsa,
}

impl Algorithm {
    pub(super) fn of(name: &str) -> Option<Self> {
        match name {
            "RS256" => Some(Self::Rs256),
            "ES256" => Some(Self::Es256),
            "EdDSA" => Some(Self::EdDsa),
            _ => None,
        }
    }
}

enum Form {
    Rsa { modulus: Vec<u8>, exponent: Vec<u8> },
    P256(Vec<u8>),
    Ed25519(Vec<u8>),
}

struct Key {
    name: Option<String>,
    form: Form,
}

/// The keys of one issuer.
pub struct Keys(Vec<Key>);

/// The text is no set of keys, or holds none that can be used here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no set of keys for RS256, ES256 or EdDSA")]
pub struct NotKeys;

impl Keys {
    /// The keys of a JWKS. What is for another use, of another kind or too short is left out.
    pub fn read(text: &[u8]) -> Result<Self, NotKeys> {
        let set: Value = serde_json::from_slice(text).map_err(|_| NotKeys)?;
        let listed = set["keys"].as_array().ok_or(NotKeys)?;
        let keys: Vec<Key> = listed.iter().take(MOST).filter_map(key).collect();
        if keys.is_empty() { Err(NotKeys) } else { Ok(Self(keys)) }
    }

    /// Whether the key that a token names, or the only one of its kind where it names none, has signed it.
    pub(super) fn verify(
        &self,
        (algorithm, name): (Algorithm, Option<&str>),
        (signed, signature): (&[u8], &[u8]),
    ) -> Result<(), Refused> {
        let fits = |key: &&Key| key.form.algorithm() == algorithm && (name.is_none() || key.name.as_deref() == name);
        let mut fitting = self.0.iter().filter(fits);
        let (Some(key), None) = (fitting.next(), fitting.next()) else { return Err(Refused::Key) };
        if key.form.verifies(signed, signature) { Ok(()) } else { Err(Refused::Signature) }
    }
}

impl Form {
    fn algorithm(&self) -> Algorithm {
        match self {
            Self::Rsa { .. } => Algorithm::Rs256,
            Self::P256(_) => Algorithm::Es256,
            Self::Ed25519(_) => Algorithm::EdDsa,
        }
    }

    fn verifies(&self, signed: &[u8], signature: &[u8]) -> bool {
        let verified = match self {
            Self::Rsa { modulus: n, exponent: e } => {
                RsaPublicKeyComponents { n, e }.verify(&RSA_PKCS1_2048_8192_SHA256, signed, signature)
            }
            Self::P256(point) => UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point).verify(signed, signature),
            Self::Ed25519(key) => UnparsedPublicKey::new(&ED25519, key).verify(signed, signature),
        };
        verified.is_ok()
    }
}

fn key(key: &Value) -> Option<Key> {
    let bytes = |name: &str| BASE64_URL_SAFE_NO_PAD.decode(key[name].as_str()?).ok();
    let number = |name: &str| Some(bytes(name)?.into_iter().skip_while(|byte| *byte == 0).collect::<Vec<u8>>());
    let (form, algorithm) = match (key["kty"].as_str()?, key["crv"].as_str()) {
        ("RSA", _) => (Form::Rsa { modulus: number("n")?, exponent: number("e")? }, "RS256"),
        ("EC", Some("P-256")) => {
            let (x, y) = (bytes("x")?, bytes("y")?);
            let whole = x.len() == 32 && y.len() == 32;
            (Form::P256(whole.then(|| [vec![4], x, y].concat())?), "ES256")
        }
        ("OKP", Some("Ed25519")) => (Form::Ed25519(bytes("x").filter(|key| key.len() == 32)?), "EdDSA"),
        _ => return None,
    };
    if let Form::Rsa { modulus, .. } = &form {
        let unused = modulus.first()?.leading_zeros();
        if !RSA_BITS.contains(&(modulus.len() * 8 - usize::try_from(unused).unwrap_or(0))) {
            return None;
        }
    }
    let only = |name: &str, wanted: &str| key[name].as_str().is_none_or(|value| value == wanted);
    let usable = only("use", "sig") && only("alg", algorithm);
    usable.then(|| Key { name: key["kid"].as_str().map(str::to_owned), form })
}
