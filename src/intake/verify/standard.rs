//! Standard Webhooks: `id.timestamp.body`, signed with HMAC-SHA-256 (`v1`) or Ed25519 (`v1a`).
//! <https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md>

use super::secret;
use super::stamp::{Stamp, TOLERANCE_SECONDS};
use super::{
    Delivery, Encoding, Fault, Header, KeyForm, Prefix, Refused, SIGNATURES, Secret, Strength, Unit, Verified,
};
use axum::http::HeaderMap;
use base64::{Engine, engine::general_purpose::STANDARD};
use ring::signature::{ED25519, UnparsedPublicKey};

/// A key says by its form which signatures count: the version in a header only tells which ones to pass over.
pub(super) enum Key {
    Shared(secret::Key),
    Public([u8; 32]),
}

impl Key {
    pub(super) fn decode(secret: &Secret) -> Result<Self, Fault> {
        let Some(public) = secret.text().strip_prefix("whpk_") else {
            return secret::Key::decode(secret, KeyForm::Whsec).map(Self::Shared);
        };
        Encoding::Base64
            .decode(public)
            .map(Self::Public)
            .ok_or(Fault::SecretForm("whpk_ and padded base64 of 32 bytes"))
    }
}

pub(super) struct Claim<'a> {
    id: &'a str,
    stamp: Stamp<'a>,
    shared: Vec<[u8; 32]>,
    public: Vec<Vec<u8>>,
}

pub(super) fn read(prefix: Prefix, headers: &HeaderMap) -> Result<Claim<'_>, Refused> {
    let [id, timestamp, signature] = match prefix {
        Prefix::Webhook => ["webhook-id", "webhook-timestamp", "webhook-signature"],
        Prefix::Svix => ["svix-id", "svix-timestamp", "svix-signature"],
    }
    .map(Header::known);
    let id = id.only_id(headers)?;
    let stamp = Stamp::read(timestamp.only_text(headers)?, Unit::Seconds, TOLERANCE_SECONDS)?;
    let (mut shared, mut public) = (Vec::new(), Vec::new());
    for entry in signature.only_text(headers)?.split_ascii_whitespace().take(SIGNATURES) {
        match entry.split_once(',') {
            Some(("v1", text)) => shared.extend(Encoding::Base64.decode(text)),
            Some(("v1a", text)) => public.extend(STANDARD.decode(text).ok()),
            Some(_) | None => {}
        }
    }
    Ok(Claim { id, stamp, shared, public })
}

impl Claim<'_> {
    pub(super) fn prove(&self, keys: &[Key], delivery: &Delivery) -> Result<Verified, Refused> {
        let parts = [self.id.as_bytes(), b".", self.stamp.text.as_bytes(), b".", delivery.body];
        let mut proven = false;
        for key in keys {
            proven |= match key {
                Key::Shared(key) => secret::proven(std::slice::from_ref(key), &parts, &self.shared),
                Key::Public(key) => self.proven_in_public(*key, &parts),
            };
        }
        if !proven {
            return Err(Refused::BadSignature);
        }
        self.stamp.within(delivery.now_ms)?;
        Ok(Verified { id: Some(self.id.to_owned()), signed_at: Some(self.stamp.at_ms), strength: Strength::Signed })
    }

    fn proven_in_public(&self, key: [u8; 32], parts: &[&[u8]]) -> bool {
        let message = parts.concat();
        let key = UnparsedPublicKey::new(&ED25519, key);
        self.public.iter().any(|signature| key.verify(&message, signature).is_ok())
    }
}
