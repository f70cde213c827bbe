//! Keccak-256 of the body followed by the secret, as Moralis Streams signs. It is a plain hash; Keccak, unlike SHA-256,
//! cannot be carried on from its result, so the missing HMAC costs nothing but the signed time.

use super::{Delivery, Encoding, Header, Key, Refused, Strength, Verified};
use axum::http::HeaderMap;
use tiny_keccak::{Hasher, Keccak};

pub(super) struct Rule {
    pub(super) header: Header,
    pub(super) encoding: Encoding,
}

pub(super) struct Claim {
    presented: [u8; 32],
}

impl Rule {
    pub(super) fn read(&self, headers: &HeaderMap) -> Result<Claim, Refused> {
        let presented = self.encoding.decode(self.header.only_text(headers)?).ok_or(Refused::Malformed)?;
        Ok(Claim { presented })
    }
}

impl Claim {
    pub(super) fn prove(&self, keys: &[Key], delivery: &Delivery) -> Result<Verified, Refused> {
        let mut proven = false;
        for key in keys {
            proven |= key.equal(&hash(delivery.body, key.bytes()), &self.presented);
        }
        if !proven {
            return Err(Refused::BadSignature);
        }
        Ok(Verified { id: None, signed_at: None, strength: Strength::SignedWithoutTime })
    }
}

fn hash(body: &[u8], secret: &[u8]) -> [u8; 32] {
    let mut hasher = Keccak::v256();
    hasher.update(body);
    hasher.update(secret);
    let mut hash = [0; 32];
    hasher.finalize(&mut hash);
    hash
}
