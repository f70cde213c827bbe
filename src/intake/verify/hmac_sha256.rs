//! HMAC-SHA-256 over a configured order of parts, which covers GitHub, Slack, Stripe, Alchemy and many more.

use super::stamp::Stamp;
use super::{Delivery, HmacRule, Key, Part, Refused, SIGNATURES, Strength, Verified, secret};

pub(super) struct Claim<'a> {
    parts: Vec<&'a [u8]>,
    presented: Vec<[u8; 32]>,
    id: Option<&'a str>,
    stamp: Option<Stamp<'a>>,
}

pub(super) fn read<'a>(rule: &'a HmacRule, delivery: &'a Delivery) -> Result<Claim<'a>, Refused> {
    let headers = delivery.headers;
    let presented = presented(rule, rule.header.only_text(headers)?);
    let id = rule.id.as_ref().map(|header| header.only_id(headers)).transpose()?;
    let stamp = rule.timestamp.as_ref().map(|timestamp| timestamp.read(headers)).transpose()?;
    let mut parts = Vec::with_capacity(rule.content.len());
    for part in &rule.content {
        parts.push(match part {
            Part::Body => delivery.body,
            Part::Timestamp => stamp.map_or("", |stamp| stamp.text).as_bytes(),
            Part::Id => id.unwrap_or_default().as_bytes(),
            Part::Literal(text) => text.as_bytes(),
            Part::Header(header) => header.only(headers)?,
        });
    }
    Ok(Claim { parts, presented, id, stamp })
}

fn presented(rule: &HmacRule, value: &str) -> Vec<[u8; 32]> {
    let decode = |entry: &str| rule.encoding.decode(entry.strip_prefix(rule.prefix.as_str())?);
    if rule.list {
        value.split(',').take(SIGNATURES).filter_map(|entry| decode(entry.trim_ascii())).collect()
    } else {
        decode(value).into_iter().collect()
    }
}

impl Claim<'_> {
    pub(super) fn prove(&self, keys: &[Key], delivery: &Delivery) -> Result<Verified, Refused> {
        if !secret::proven(keys, &self.parts, &self.presented) {
            return Err(Refused::BadSignature);
        }
        if let Some(stamp) = &self.stamp {
            stamp.within(delivery.now_ms)?;
        }
        Ok(Verified {
            id: self.id.map(str::to_owned),
            signed_at: self.stamp.map(|stamp| stamp.at_ms),
            strength: if self.stamp.is_some() { Strength::Signed } else { Strength::SignedWithoutTime },
        })
    }
}
