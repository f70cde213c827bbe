//! Static credentials: the sender shows a secret and signs nothing, so a delivery is only as good as the connection.

use super::{Delivery, Header, Key, Refused, Strength, Verified};
use crate::intake::mapping::{Limits, Reader};
use base64::{Engine, engine::general_purpose::STANDARD};
use zeroize::Zeroizing;

pub(super) enum Place {
    Header(Header),
    Bearer,
    Basic,
    /// A pointer into the body.
    Member(String),
}

pub(super) fn check(place: &Place, keys: &[Key], delivery: &Delivery) -> Result<Verified, Refused> {
    let authorization = Header::known("authorization");
    let headers = delivery.headers;
    let decoded;
    let presented = match place {
        Place::Header(header) => header.only(headers)?,
        Place::Bearer => after("bearer", authorization.only(headers)?)?,
        Place::Basic => {
            let login = STANDARD.decode(after("basic", authorization.only(headers)?)?);
            decoded = Zeroizing::new(login.map_err(|_| Refused::Malformed)?);
            &decoded
        }
        Place::Member(at) => {
            let mut reader = Reader::new(Limits::DEFAULT);
            let body = reader.text(delivery.body).and_then(|text| reader.read(text));
            let body = body.map_err(|_| Refused::Malformed)?;
            let member = body.pointer(at).and_then(serde_json::Value::as_str).ok_or(Refused::MissingHeader)?;
            decoded = Zeroizing::new(member.as_bytes().to_vec());
            &decoded
        }
    };
    let mut known = false;
    for key in keys {
        known |= key.equal(key.bytes(), presented);
    }
    if !known {
        return Err(Refused::BadSignature);
    }
    Ok(Verified { id: None, signed_at: None, strength: Strength::StaticSecret })
}

/// What follows the name of an authorization scheme, which may be in any case (RFC 9110, section 11.1).
pub(super) fn after<'a>(name: &str, value: &'a [u8]) -> Result<&'a [u8], Refused> {
    let (scheme, rest) = value.split_at_checked(name.len()).ok_or(Refused::Malformed)?;
    if !scheme.eq_ignore_ascii_case(name.as_bytes()) {
        return Err(Refused::Malformed);
    }
    rest.strip_prefix(b" ").ok_or(Refused::Malformed)
}
