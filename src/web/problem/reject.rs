//! The refusals of axum's own extractors, without the words of its parsers: those repeat what was sent.

use axum::extract::rejection::{
    BytesRejection, FormRejection, JsonRejection, PathRejection, QueryRejection, RawFormRejection,
};
use axum::http::StatusCode;

use super::Problem;
use super::kind::Kind;

fn of(status: StatusCode) -> Problem {
    Problem::of(Kind::of(status))
}

impl From<JsonRejection> for Problem {
    fn from(rejection: JsonRejection) -> Self {
        of(rejection.status()).field("body", "json")
    }
}

impl From<FormRejection> for Problem {
    fn from(rejection: FormRejection) -> Self {
        of(rejection.status()).field("body", "form")
    }
}

impl From<RawFormRejection> for Problem {
    fn from(rejection: RawFormRejection) -> Self {
        of(rejection.status()).field("body", "form")
    }
}

impl From<BytesRejection> for Problem {
    fn from(rejection: BytesRejection) -> Self {
        of(rejection.status()).field("body", "bytes")
    }
}

impl From<QueryRejection> for Problem {
    fn from(_: QueryRejection) -> Self {
        Self::bad_request().field("query", "form")
    }
}

/// A path whose parts are not what the route expects names nothing.
impl From<PathRejection> for Problem {
    fn from(_: PathRejection) -> Self {
        Self::not_found()
    }
}
