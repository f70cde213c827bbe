//! Secrets of sources and the keys decoded from them: never printed, wiped on drop, compared in constant time.

use super::Fault;
use base64::{Engine, engine::general_purpose::STANDARD};
use ring::hmac;
use serde::Deserialize;
use zeroize::Zeroizing;

/// The spec of Standard Webhooks: 24 to 64 bytes (HK-07).
const WHSEC_BYTES: std::ops::RangeInclusive<usize> = 24..=64;

/// A credential that travels as it is must not be guessable over the network.
const CREDENTIAL_BYTES: usize = 16;

/// A secret as the operator wrote it.
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes a secret in.
    ///
    /// # Errors
    ///
    /// Refuses an empty one, and one with white space around it, which is a line end left by an editor.
    pub fn new(text: String) -> Result<Self, Fault> {
        let text = Zeroizing::new(text);
        if text.is_empty() {
            return Err(Fault::EmptySecret);
        }
        if text.trim().len() != text.len() {
            return Err(Fault::SpaceAroundSecret);
        }
        Ok(Self(text))
    }

    pub(super) fn text(&self) -> &str {
        &self.0
    }
}

/// How the text of a secret becomes a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum KeyForm {
    /// The text as it is, a `whsec_` included: Alchemy, Stripe and most others.
    Text,
    Base64,
    Hex,
    /// `whsec_` and base64 of 24 to 64 bytes.
    Whsec,
    /// A static credential: text of at least 16 bytes.
    #[serde(skip)]
    Credential,
    /// A static credential with a colon between name and password.
    #[serde(skip)]
    Login,
}

/// The bytes a source signs with.
pub struct Key(Zeroizing<Vec<u8>>);

impl Key {
    /// Decodes a secret.
    ///
    /// # Errors
    ///
    /// Refuses a secret that is not in the given form.
    pub fn decode(secret: &Secret, form: KeyForm) -> Result<Self, Fault> {
        let text = secret.text();
        let key = match form {
            KeyForm::Base64 => decode_base64(text),
            KeyForm::Hex => hex::decode(text).ok().map(Zeroizing::new),
            KeyForm::Whsec => {
                text.strip_prefix("whsec_").and_then(decode_base64).filter(|bytes| WHSEC_BYTES.contains(&bytes.len()))
            }
            KeyForm::Credential | KeyForm::Login if text.len() < CREDENTIAL_BYTES => None,
            KeyForm::Login if !text.contains(':') => None,
            KeyForm::Text | KeyForm::Credential | KeyForm::Login => Some(Zeroizing::new(text.as_bytes().to_vec())),
        };
        key.map(Self).ok_or(Fault::SecretForm(match form {
            KeyForm::Text => "text",
            KeyForm::Base64 => "padded base64",
            KeyForm::Hex => "hex",
            KeyForm::Whsec => "whsec_ and padded base64 of 24 to 64 bytes",
            KeyForm::Credential => "text of at least 16 bytes",
            KeyForm::Login => "name:password of at least 16 bytes",
        }))
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// HMAC-SHA-256 over the parts, one after the other.
    pub(super) fn tag(&self, parts: &[&[u8]]) -> hmac::Tag {
        let mut context = hmac::Context::with_key(&self.hmac());
        for part in parts {
            context.update(part);
        }
        context.sign()
    }

    /// HMAC-SHA-1 over the parts, for schemes that are made so.
    pub(super) fn tag_sha1(&self, parts: &[&[u8]]) -> hmac::Tag {
        let mut context = hmac::Context::with_key(&hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &self.0));
        for part in parts {
            context.update(part);
        }
        context.sign()
    }

    /// Compares in a time that does not depend on where the two differ: both sides go through HMAC under this key,
    /// which the sender of a forgery does not know, and `ring` compares the tags (HK-04).
    pub(super) fn equal(&self, expected: &[u8], presented: &[u8]) -> bool {
        let key = self.hmac();
        hmac::verify(&key, presented, hmac::sign(&key, expected).as_ref()).is_ok()
    }

    fn hmac(&self) -> hmac::Key {
        hmac::Key::new(hmac::HMAC_SHA256, &self.0)
    }
}

/// Whether any key made any of the presented signatures over the parts.
///
/// The parts are hashed once for each key however many signatures there are, so that a header full of them costs no
/// more, and no key or signature is skipped because an earlier one fitted.
pub(super) fn proven(keys: &[Key], parts: &[&[u8]], presented: &[[u8; 32]]) -> bool {
    let mut proven = false;
    for key in keys {
        let tag = key.tag(parts);
        for signature in presented {
            proven |= key.equal(tag.as_ref(), signature);
        }
    }
    proven
}

/// A tag that means nothing, for the time it takes to make.
pub(super) fn dummy_tag(body: &[u8]) -> hmac::Tag {
    hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, &[0; 32]), body)
}

fn decode_base64(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    STANDARD.decode(text).ok().map(Zeroizing::new)
}
