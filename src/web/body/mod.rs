//! Reading a request's body: never more than its limit, never in two ways (IN-05 to IN-07, IN-14).

mod form;
mod json;
mod parts;
mod typed;

#[cfg(test)]
mod tests;

use std::error::Error;

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::Request;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use http_body_util::BodyExt;
use serde::de::DeserializeOwned;

use super::door::TooSlow;
use super::problem::Problem;

pub use self::form::{Fields, query};
pub use self::parts::{FILE_FORM, file_form, is_with_file};

/// Limits of IN-05, in bytes.
pub const STAFF_JSON: usize = 256 * 1024;
pub const FORM: usize = 128 * 1024;

/// A request with its whole body.
pub struct Received {
    pub parts: Parts,
    pub bytes: Bytes,
}

/// Reads a whole request; a body over `limit` bytes is 413 as soon as that is known, a compressed one 415.
pub async fn read(request: Request, limit: usize) -> Result<Received, Problem> {
    let (parts, body) = request.into_parts();
    let bytes = collect(&parts.headers, body, limit).await?;
    Ok(Received { parts, bytes })
}

/// Reads a request's body alone, as [`read`] does.
pub async fn bytes(request: Request, limit: usize) -> Result<Bytes, Problem> {
    read(request, limit).await.map(|received| received.bytes)
}

impl Received {
    /// The body as strict JSON.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Problem> {
        json(&self.parts.headers, &self.bytes)
    }

    /// The body as the fields of an HTML form.
    pub fn form(&self) -> Result<Fields, Problem> {
        form(&self.parts.headers, &self.bytes)
    }
}

/// Reads strict JSON: one value, UTF-8, no repeated key, at most 32 levels, no NUL, else 400; of the type's shape, else
/// 422 with the field and the rule. It is parsed once.
pub fn json<T: DeserializeOwned>(headers: &HeaderMap, bytes: &[u8]) -> Result<T, Problem> {
    content_type(headers, "application/json")?;
    let tree = json::parse(bytes).map_err(|fault| fault.into_problem(Problem::bad_request()))?;
    T::deserialize(tree).map_err(|fault| fault.into_problem(Problem::unprocessable()))
}

/// Refuses a type other than JSON where no body is needed, so that no form of another site passes; none is fine (SES-08).
pub fn json_or_none(headers: &HeaderMap) -> Result<(), Problem> {
    if headers.contains_key(header::CONTENT_TYPE) { content_type(headers, "application/json") } else { Ok(()) }
}

/// Reads the fields of an HTML form without files.
pub fn form(headers: &HeaderMap, bytes: &[u8]) -> Result<Fields, Problem> {
    content_type(headers, "application/x-www-form-urlencoded")?;
    Fields::parse(bytes, "body")
}

/// Refuses a compressed body.
fn as_it_is(headers: &HeaderMap) -> Result<(), Problem> {
    let mut encodings = headers.get_all(header::CONTENT_ENCODING).iter();
    let plain = encodings.all(|value| value.as_bytes().eq_ignore_ascii_case(b"identity"));
    plain.then_some(()).ok_or_else(|| Problem::unsupported_media_type().field("content-encoding", "identity"))
}

async fn collect(headers: &HeaderMap, mut body: Body, limit: usize) -> Result<Bytes, Problem> {
    as_it_is(headers)?;
    let promised = body.size_hint().lower();
    if promised > limit as u64 {
        return Err(Problem::too_large());
    }
    let mut whole = Vec::with_capacity(usize::try_from(promised).unwrap_or(0));
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|error| unread(&error))?;
        let Some(piece) = frame.data_ref() else { continue };
        if piece.len() > limit - whole.len() {
            return Err(Problem::too_large());
        }
        whole.extend_from_slice(piece);
    }
    Ok(whole.into())
}

fn unread(error: &axum::Error) -> Problem {
    let mut cause: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(error) = cause {
        if error.is::<TooSlow>() {
            return Problem::too_slow();
        }
        cause = error.source();
    }
    Problem::bad_request().field("body", "incomplete")
}

/// Once, and of this type; a charset other than UTF-8 is another type.
fn content_type(headers: &HeaderMap, expected: &str) -> Result<(), Problem> {
    let refuse = || Problem::unsupported_media_type().field("content-type", "type");
    let given = only(headers, header::CONTENT_TYPE).ok_or_else(refuse)?;
    let mut parts = given.split(';').map(str::trim);
    let right = parts.next().is_some_and(|kind| kind.eq_ignore_ascii_case(expected))
        && parts.all(|parameter| {
            let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
            !name.eq_ignore_ascii_case("charset") || value.trim_matches('"').eq_ignore_ascii_case("utf-8")
        });
    right.then_some(()).ok_or_else(refuse)
}

fn only(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    let mut values = headers.get_all(name).iter();
    let value = values.next().map(HeaderValue::to_str)?.ok()?;
    values.next().is_none().then_some(value)
}
