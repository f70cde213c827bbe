//! What is said when a request cannot be met: RFC 9457 problems, and the same as a page for a person with a browser.
//!
//! The one place that knows status codes. The public face never holds a value that came from outside (OUT-09); the
//! private cause is logged once, with the request id.

mod kind;
mod reject;
mod show;

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::error::Error;
use std::sync::Arc;

use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};

use self::kind::Kind;
use crate::text::Language;

pub use self::show::{Page, Shown, plain, show};

/// A refusal or a failure on its way out.
#[derive(Debug)]
pub struct Problem(Box<Inner>);

#[derive(Debug)]
struct Inner {
    kind: Kind,
    id: Option<&'static str>,
    detail: Option<Cow<'static, str>>,
    fields: Vec<(Cow<'static, str>, &'static str)>,
    extra: Map<String, Value>,
    headers: Vec<(HeaderName, HeaderValue)>,
    cause: Option<Box<dyn Error + Send + Sync>>,
}

/// Carries the problem in its response to the layer that shows it.
#[derive(Clone)]
struct Carried(Arc<Inner>);

impl Problem {
    fn of(kind: Kind) -> Self {
        Self(Box::new(Inner {
            kind,
            id: None,
            detail: None,
            fields: Vec::new(),
            extra: Map::new(),
            headers: Vec::new(),
            cause: None,
        }))
    }

    /// 400: the request is not well formed.
    pub fn bad_request() -> Self {
        Self::of(Kind::BadRequest)
    }

    /// 401: who is asking is not known; `scheme` is how to say it, like `Bearer`.
    pub fn unauthorized(scheme: &'static str) -> Self {
        Self::of(Kind::Unauthorized).header(header::WWW_AUTHENTICATE, HeaderValue::from_static(scheme))
    }

    /// 403: known, and not permitted.
    pub fn forbidden() -> Self {
        Self::of(Kind::Forbidden)
    }

    /// 404: not there, or not to be known.
    pub fn not_found() -> Self {
        Self::of(Kind::NotFound)
    }

    /// 405; `allow` lists the methods that would do.
    pub fn method_not_allowed(allow: &'static str) -> Self {
        Self::of(Kind::MethodNotAllowed).header(header::ALLOW, HeaderValue::from_static(allow))
    }

    /// 408: the client did not send its request in time.
    pub fn too_slow() -> Self {
        Self::of(Kind::TooSlow)
    }

    /// 409: against the state things are in.
    pub fn conflict() -> Self {
        Self::of(Kind::Conflict)
    }

    /// 413: the body is over its limit.
    pub fn too_large() -> Self {
        Self::of(Kind::TooLarge)
    }

    /// 414: the URL is over its limit.
    pub fn target_too_long() -> Self {
        Self::of(Kind::TargetTooLong)
    }

    /// 415: not a format that is read here.
    pub fn unsupported_media_type() -> Self {
        Self::of(Kind::UnsupportedMediaType)
    }

    /// 422: well formed, but a field breaks a rule; name it with [`Problem::field`].
    pub fn unprocessable() -> Self {
        Self::of(Kind::Unprocessable)
    }

    /// 429: over a rate limit, open again in this many seconds.
    pub fn too_many(seconds: u64) -> Self {
        Self::of(Kind::TooMany).retry_after(seconds)
    }

    /// 431: the headers are over their limit.
    pub fn headers_too_large() -> Self {
        Self::of(Kind::HeadersTooLarge)
    }

    /// 500, with what went wrong for the log.
    pub fn internal(cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::of(Kind::Internal).cause(cause)
    }

    /// 503: not now.
    pub fn unavailable() -> Self {
        Self::of(Kind::Unavailable)
    }

    /// Tells this refusal from others of its status: the end of `type`, in place of the general one.
    #[must_use]
    pub fn named(mut self, id: &'static str) -> Self {
        self.0.id = Some(id);
        self
    }

    /// A sentence for the person outside. Never a value that came from outside.
    #[must_use]
    pub fn detail(mut self, detail: impl Into<Cow<'static, str>>) -> Self {
        self.0.detail = Some(detail.into());
        self
    }

    /// A field and the rule it breaks, never its value.
    #[must_use]
    pub fn field(mut self, field: impl Into<Cow<'static, str>>, rule: &'static str) -> Self {
        self.0.fields.push((field.into(), rule));
        self
    }

    /// A further member, like `guidance`.
    #[must_use]
    pub fn with(mut self, member: &'static str, value: Value) -> Self {
        self.0.extra.insert(member.to_owned(), value);
        self
    }

    /// When to come back, in seconds.
    #[must_use]
    pub fn retry_after(self, seconds: u64) -> Self {
        self.header(header::RETRY_AFTER, HeaderValue::from(seconds))
    }

    /// Why, for the log only. It must not hold personal data (LOG-02).
    #[must_use]
    pub fn cause(mut self, cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        self.0.cause = Some(cause.into());
        self
    }

    #[must_use]
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.0.headers.push((name, value));
        self
    }

    /// The status this is answered with.
    pub fn status(&self) -> u16 {
        self.0.kind.status().as_u16()
    }
}

impl Inner {
    fn id(&self) -> &'static str {
        self.id.unwrap_or_else(|| self.kind.id())
    }

    fn json(&self, request_id: Option<&str>) -> String {
        let mut body = self.extra.clone();
        body.insert("type".into(), json!(format!("urn:holdfast:problem:{}", self.id())));
        body.insert("title".into(), json!(self.kind.title().get(Language::En)));
        body.insert("status".into(), json!(self.kind.status().as_u16()));
        if let Some(detail) = &self.detail {
            body.insert("detail".into(), json!(detail));
        }
        if let Some(id) = request_id {
            body.insert("instance".into(), json!(format!("urn:request:{id}")));
        }
        if !self.fields.is_empty() {
            let errors: Vec<Value> =
                self.fields.iter().map(|(field, rule)| json!({"field": field, "rule": rule})).collect();
            body.insert("errors".into(), Value::Array(errors));
        }
        Value::Object(body).to_string()
    }
}

const PROBLEM_JSON: HeaderValue = HeaderValue::from_static("application/problem+json");

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let inner: Arc<Inner> = Arc::from(self.0);
        let mut response =
            (inner.kind.status(), [(header::CONTENT_TYPE, PROBLEM_JSON)], inner.json(None)).into_response();
        for (name, value) in &inner.headers {
            response.headers_mut().append(name, value.clone());
        }
        response.extensions_mut().insert(Carried(inner));
        response
    }
}
