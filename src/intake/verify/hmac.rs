//! HMAC over a configured order of parts, which covers GitHub, Slack, Stripe, Alchemy and many more.

use std::borrow::Cow;

use ring::digest::{SHA256, digest};

use super::stamp::Stamp;
use super::{Delivery, HmacRule, Key, Part, Refused, SIGNATURES, Strength, Verified, compact};

/// The hash under the HMAC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hash {
    Sha256,
    Sha1,
}

impl Hash {
    const fn length(self) -> usize {
        match self {
            Self::Sha256 => 32,
            Self::Sha1 => 20,
        }
    }
}

pub(super) struct Claim<'a> {
    parts: Vec<Cow<'a, [u8]>>,
    presented: Vec<Vec<u8>>,
    id: Option<&'a str>,
    stamp: Option<Stamp<'a>>,
}

pub(super) fn read<'a>((rule, hash): (&'a HmacRule, Hash), delivery: &Delivery<'a>) -> Result<Claim<'a>, Refused> {
    let headers = delivery.headers;
    let presented = presented((rule, hash), rule.header.only_text(headers)?);
    let id = rule.id.as_ref().map(|header| header.only_id(headers)).transpose()?;
    let stamp = rule.timestamp.as_ref().map(|timestamp| timestamp.read(headers)).transpose()?;
    let time = stamp.map_or("", |stamp| stamp.text);
    let mut parts = Vec::with_capacity(rule.content.len());
    for part in &rule.content {
        parts.push(match part {
            Part::Body => Cow::Borrowed(delivery.body),
            Part::Timestamp => Cow::Borrowed(time.as_bytes()),
            Part::Id => Cow::Borrowed(id.unwrap_or_default().as_bytes()),
            Part::Literal(text) => Cow::Borrowed(text.as_bytes()),
            Part::Header(header) => Cow::Borrowed(header.only(headers)?),
            Part::BodyDigest(header) => {
                let named = header.only(headers)?;
                if !named.eq_ignore_ascii_case(hex::encode(digest(&SHA256, delivery.body)).as_bytes()) {
                    return Err(Refused::BadSignature);
                }
                Cow::Borrowed(named)
            }
            Part::BodyWithTimestamp => {
                Cow::Owned(compact::with_timestamp(delivery.body, time).ok_or(Refused::Malformed)?)
            }
        });
    }
    Ok(Claim { parts, presented, id, stamp })
}

fn presented((rule, hash): (&HmacRule, Hash), value: &str) -> Vec<Vec<u8>> {
    let decode = |entry: &str| rule.encoding.decode_to(entry.strip_prefix(rule.prefix.as_str())?, hash.length());
    if rule.list {
        value.split(',').take(SIGNATURES).filter_map(|entry| decode(entry.trim_ascii())).collect()
    } else {
        decode(value).into_iter().collect()
    }
}

impl Claim<'_> {
    pub(super) fn prove(&self, (hash, keys): (Hash, &[Key]), delivery: &Delivery) -> Result<Verified, Refused> {
        let parts: Vec<&[u8]> = self.parts.iter().map(|part| &**part).collect();
        let mut proven = false;
        // The parts are hashed once for each key, and no signature is passed over because an earlier one fitted.
        for key in keys {
            let tag = match hash {
                Hash::Sha256 => key.tag(&parts),
                Hash::Sha1 => key.tag_sha1(&parts),
            };
            for signature in &self.presented {
                proven |= key.equal(tag.as_ref(), signature);
            }
        }
        if !proven {
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
