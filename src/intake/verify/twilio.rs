//! Twilio: HMAC-SHA-1 over the public address and the sorted members of a form, or over an address that names the
//! digest of any other body. <https://www.twilio.com/docs/usage/security>

use std::collections::{BTreeMap, BTreeSet};

use axum::http::header::CONTENT_TYPE;
use base64::{Engine, engine::general_purpose::STANDARD};
use ring::digest::{SHA256, digest};
use url::form_urlencoded;

use super::{Delivery, Header, Key, Refused, Strength, Verified};

const SIGNATURE: Header = Header::known("x-twilio-signature");

pub(super) struct Claim {
    presented: Vec<u8>,
    members: String,
}

pub(super) fn read(delivery: &Delivery) -> Result<Claim, Refused> {
    let presented = STANDARD.decode(SIGNATURE.only(delivery.headers)?).map_err(|_| Refused::Malformed)?;
    let kind = Header::known(CONTENT_TYPE.as_str());
    let is_form = kind.only_text(delivery.headers).is_ok_and(is_form);
    if is_form {
        return Ok(Claim { presented, members: members(delivery.body) });
    }
    let query = delivery.url.split_once('?').map_or("", |(_, query)| query);
    let mut named = form_urlencoded::parse(query.as_bytes()).filter(|(name, _)| name == "bodySHA256");
    let (Some((_, named)), None) = (named.next(), named.next()) else { return Err(Refused::MissingHeader) };
    if !named.eq_ignore_ascii_case(&hex::encode(digest(&SHA256, delivery.body))) {
        return Err(Refused::BadSignature);
    }
    Ok(Claim { presented, members: String::new() })
}

fn is_form(content_type: &str) -> bool {
    let kind = content_type.split(';').next().unwrap_or_default().trim();
    kind.eq_ignore_ascii_case("application/x-www-form-urlencoded")
}

/// Names in order, each with its different values in order.
fn members(body: &[u8]) -> String {
    let mut members: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    for (name, value) in form_urlencoded::parse(body) {
        members.entry(name).or_default().insert(value);
    }
    members.iter().flat_map(|(name, values)| values.iter().flat_map(move |value| [&**name, &**value])).collect()
}

impl Claim {
    pub(super) fn prove(&self, keys: &[Key], delivery: &Delivery) -> Result<Verified, Refused> {
        let mut proven = false;
        for key in keys {
            for address in addresses(delivery.url) {
                let tag = key.tag_sha1(&[address.as_bytes(), self.members.as_bytes()]);
                proven |= key.equal(tag.as_ref(), &self.presented);
            }
        }
        if !proven {
            return Err(Refused::BadSignature);
        }
        Ok(Verified { id: None, signed_at: None, strength: Strength::SignedWithoutTime })
    }
}

/// The address as it is and with its default port named: senders do either.
fn addresses(url: &str) -> [String; 2] {
    let with_port = url.split_once("://").and_then(|(scheme, rest)| {
        let port = if scheme == "https" { 443 } else { 80 };
        let end = rest.find(['/', '?']).unwrap_or(rest.len());
        let (host, path) = rest.split_at(end);
        let named = host.rsplit_once(':').is_some_and(|(_, port)| port.bytes().all(|byte| byte.is_ascii_digit()));
        (!named).then(|| format!("{scheme}://{host}:{port}{path}"))
    });
    [url.to_owned(), with_port.unwrap_or_else(|| url.to_owned())]
}
