//! ECDSA on P-256 over time and body, as the `SendGrid` event webhook signs.

use axum::http::HeaderMap;
use base64::{Engine, engine::general_purpose::STANDARD};
use ring::signature::{ECDSA_P256_SHA256_ASN1, UnparsedPublicKey};

use super::stamp::Stamp;
use super::{Delivery, Fault, Header, Refused, Secret, Strength, TimestampRule, Verified, der};

/// A public key.
pub(super) struct Key(Vec<u8>);

impl Key {
    pub(super) fn decode(secret: &Secret) -> Result<Self, Fault> {
        let point = der::pem(secret.text()).and_then(|der| der::p256(&der));
        point.map(Self).ok_or(Fault::SecretForm("a P-256 public key, PEM or base64"))
    }
}

pub(super) struct Claim<'a> {
    signature: Vec<u8>,
    stamp: Stamp<'a>,
}

pub(super) fn read<'a>(
    (header, timestamp): (&Header, &TimestampRule),
    headers: &'a HeaderMap,
) -> Result<Claim<'a>, Refused> {
    let signature = STANDARD.decode(header.only(headers)?).map_err(|_| Refused::Malformed)?;
    Ok(Claim { signature, stamp: timestamp.read(headers)? })
}

impl Claim<'_> {
    pub(super) fn prove(&self, keys: &[Key], delivery: &Delivery) -> Result<Verified, Refused> {
        let message = [self.stamp.text.as_bytes(), delivery.body].concat();
        let proves = |key: &Key| {
            UnparsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, &key.0).verify(&message, &self.signature).is_ok()
        };
        if !keys.iter().any(proves) {
            return Err(Refused::BadSignature);
        }
        self.stamp.within(delivery.now_ms)?;
        Ok(Verified { id: None, signed_at: Some(self.stamp.at_ms), strength: Strength::Signed })
    }
}
