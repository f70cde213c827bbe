//! Reading the request headers that a scheme rests on: each exactly once and within its length.

use super::Refused;
use axum::http::{HeaderMap, HeaderName};
use serde::Deserialize;

/// HK-06.
const HEADER_BYTES: usize = 4096;
const ID_BYTES: usize = 128;

/// The name of a header in a source file.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Header(HeaderName);

impl TryFrom<String> for Header {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        HeaderName::try_from(name.as_str()).map(Self).map_err(|_| format!("{name:?} is not a header name"))
    }
}

impl Header {
    pub(super) const fn known(name: &'static str) -> Self {
        Self(HeaderName::from_static(name))
    }

    /// The one value of the header. A repeat is refused: two parties could each read a different one (HK-12).
    pub(super) fn only<'a>(&self, headers: &'a HeaderMap) -> Result<&'a [u8], Refused> {
        let mut values = headers.get_all(&self.0).iter();
        let value = values.next().ok_or(Refused::MissingHeader)?.as_bytes();
        if values.next().is_some() {
            return Err(Refused::RepeatedHeader);
        }
        if value.len() > HEADER_BYTES {
            return Err(Refused::Malformed);
        }
        Ok(value)
    }

    pub(super) fn only_text<'a>(&self, headers: &'a HeaderMap) -> Result<&'a str, Refused> {
        str::from_utf8(self.only(headers)?).map_err(|_| Refused::Malformed)
    }

    /// The header as a delivery id. A full stop would make the signed text ambiguous (HK-06).
    pub(super) fn only_id<'a>(&self, headers: &'a HeaderMap) -> Result<&'a str, Refused> {
        let id = self.only_text(headers)?;
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
        if id.is_empty() || id.len() > ID_BYTES || !id.bytes().all(plain) {
            return Err(Refused::Malformed);
        }
        Ok(id)
    }
}
