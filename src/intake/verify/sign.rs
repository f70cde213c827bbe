//! Making the signatures that the rest of this room checks: for our own outgoing webhooks, tools and tests (HK-13).

use super::Key;
use base64::{Engine, engine::general_purpose::STANDARD};

/// The `webhook-signature` of Standard Webhooks (`v1`) for one attempt to deliver a body.
///
/// The key is decoded from a secret as [`super::KeyForm::Whsec`]. The id stays the same across attempts and must be 1
/// to 128 of `[A-Za-z0-9_-]`.
#[must_use]
pub fn sign_standard(key: &Key, id: &str, unix_seconds: i64, body: &[u8]) -> String {
    let seconds = unix_seconds.to_string();
    let tag = key.tag(&[id.as_bytes(), b".", seconds.as_bytes(), b".", body]);
    format!("v1,{}", STANDARD.encode(tag))
}

/// HMAC-SHA-256 over the parts in lower-case hex, as GitHub and Slack write it after their prefix.
#[must_use]
pub fn sign_hex(key: &Key, parts: &[&[u8]]) -> String {
    hex::encode(key.tag(parts))
}
