//! Time, token and signature as members of the body, as Mailgun sends them. What the body says is not signed.
//! <https://documentation.mailgun.com/docs/mailgun/user-manual/webhooks/securing-webhooks>

use axum::http::header::CONTENT_TYPE;
use serde_json::Value;
use url::form_urlencoded;

use super::stamp::Stamp;
use super::{Delivery, Encoding, Header, Key, Refused, Strength, Unit, Verified, secret};
use crate::intake::mapping::{Limits, Reader};

/// The sender tries again for hours with a signature made anew; a captured one is good for this long.
const TOLERANCE_SECONDS: u32 = 900;

pub(super) struct Claim {
    timestamp: String,
    token: String,
    presented: [u8; 32],
}

pub(super) fn read(at: &str, delivery: &Delivery) -> Result<Claim, Refused> {
    let [timestamp, token, signature] = members(at, delivery).ok_or(Refused::MissingHeader)?;
    let plain = (1..=128).contains(&token.len()) && token.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let presented = Encoding::Hex.decode(&signature).filter(|_| plain).ok_or(Refused::Malformed)?;
    Ok(Claim { timestamp, token, presented })
}

fn members(at: &str, delivery: &Delivery) -> Option<[String; 3]> {
    const NAMES: [&str; 3] = ["timestamp", "token", "signature"];
    let kind = Header::known(CONTENT_TYPE.as_str()).only_text(delivery.headers).unwrap_or_default();
    if kind.to_ascii_lowercase().starts_with("application/x-www-form-urlencoded") {
        let mut found = NAMES.map(|_| None);
        for (name, value) in form_urlencoded::parse(delivery.body) {
            if let Some(place) = NAMES.iter().position(|wanted| *wanted == name)
                && found[place].replace(value.into_owned()).is_some()
            {
                return None;
            }
        }
        let [Some(timestamp), Some(token), Some(signature)] = found else { return None };
        return Some([timestamp, token, signature]);
    }
    let mut reader = Reader::new(Limits::DEFAULT);
    let body = reader.text(delivery.body).and_then(|text| reader.read(text)).ok()?;
    let object = body.pointer(at)?;
    let member = |name: &str| match &object[name] {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    };
    let [timestamp, token, signature] = NAMES.map(member);
    Some([timestamp?, token?, signature?])
}

impl Claim {
    pub(super) fn prove(&self, keys: &[Key], delivery: &Delivery) -> Result<Verified, Refused> {
        if !secret::proven(keys, &[self.timestamp.as_bytes(), self.token.as_bytes()], &[self.presented]) {
            return Err(Refused::BadSignature);
        }
        let stamp = Stamp::read(&self.timestamp, Unit::Seconds, TOLERANCE_SECONDS)?;
        stamp.within(delivery.now_ms)?;
        let strength = Strength::SignedInPart;
        Ok(Verified { id: Some(self.token.clone()), signed_at: Some(stamp.at_ms), strength })
    }
}
