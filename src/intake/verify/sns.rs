//! Amazon SNS: the signature and what it covers are members of the body. The certificate is pinned: the address of one
//! that the body names is never asked. <https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html>

use base64::{Engine, engine::general_purpose::STANDARD};
use ring::signature::{
    RSA_PKCS1_2048_8192_SHA1_FOR_LEGACY_USE_ONLY, RSA_PKCS1_2048_8192_SHA256, RsaParameters, UnparsedPublicKey,
};
use serde::Deserialize;
use serde_json::Value;

use super::stamp::Stamp;
use super::{Delivery, Fault, Refused, Secret, Strength, Unit, Verified, der};
use crate::intake::mapping::{Limits, Reader};

/// The sender tries for an hour with one and the same message.
const TOLERANCE_SECONDS: u32 = 3_600;

/// The version of the signature, which the topic's settings fix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
pub enum Version {
    /// SHA-1.
    #[serde(rename = "1")]
    One,
    /// SHA-256.
    #[default]
    #[serde(rename = "2")]
    Two,
}

impl Version {
    const fn word(self) -> &'static str {
        match self {
            Self::One => "1",
            Self::Two => "2",
        }
    }

    fn algorithm(self) -> &'static RsaParameters {
        match self {
            Self::One => &RSA_PKCS1_2048_8192_SHA1_FOR_LEGACY_USE_ONLY,
            Self::Two => &RSA_PKCS1_2048_8192_SHA256,
        }
    }
}

/// The public key of a pinned certificate.
pub(super) struct Key(Vec<u8>);

impl Key {
    pub(super) fn decode(secret: &Secret) -> Result<Self, Fault> {
        let key = der::pem(secret.text()).and_then(|der| der::rsa(&der));
        key.map(Self).ok_or(Fault::SecretForm("an RSA certificate or public key, PEM"))
    }
}

pub(super) struct Claim {
    signed: String,
    signature: Vec<u8>,
    id: String,
    time: String,
}

pub(super) fn read(version: Version, topic: &str, body: &[u8]) -> Result<Claim, Refused> {
    let mut reader = Reader::new(Limits::DEFAULT);
    let body = reader.text(body).and_then(|text| reader.read(text)).map_err(|_| Refused::Malformed)?;
    let member = |name: &str| body.get(name).and_then(Value::as_str);
    let needed = |name: &str| member(name).ok_or(Refused::MissingHeader);
    if needed("TopicArn")? != topic || needed("SignatureVersion")? != version.word() {
        return Err(Refused::Malformed);
    }
    let names: &[&str] = match needed("Type")? {
        "Notification" => &["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"],
        "SubscriptionConfirmation" | "UnsubscribeConfirmation" => {
            &["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"]
        }
        _ => return Err(Refused::Malformed),
    };
    let mut signed = String::new();
    for name in names {
        match member(name) {
            Some(value) => signed.extend([*name, "\n", value, "\n"]),
            None if *name == "Subject" => {}
            None => return Err(Refused::MissingHeader),
        }
    }
    let id = needed("MessageId")?;
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    if id.is_empty() || id.len() > 128 || !id.bytes().all(plain) {
        return Err(Refused::Malformed);
    }
    let signature = STANDARD.decode(needed("Signature")?).map_err(|_| Refused::Malformed)?;
    Ok(Claim { signed, signature, id: id.to_owned(), time: needed("Timestamp")?.to_owned() })
}

impl Claim {
    pub(super) fn prove(&self, (version, keys): (Version, &[Key]), delivery: &Delivery) -> Result<Verified, Refused> {
        let proves = |key: &Key| {
            UnparsedPublicKey::new(version.algorithm(), &key.0).verify(self.signed.as_bytes(), &self.signature).is_ok()
        };
        if !keys.iter().any(proves) {
            return Err(Refused::BadSignature);
        }
        let stamp = Stamp::read(&self.time, Unit::Iso, TOLERANCE_SECONDS)?;
        stamp.within(delivery.now_ms)?;
        Ok(Verified { id: Some(self.id.clone()), signed_at: Some(stamp.at_ms), strength: Strength::Signed })
    }
}
