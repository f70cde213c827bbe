//! Answers for the heads that the gate refused.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::head::Refusal;
use crate::web::problem::Problem;

/// Rides on the request that stands in for a refused one; its route means nothing.
#[derive(Debug, Clone, Copy)]
pub(in crate::web) struct Refused(pub(super) Refusal);

pub(super) async fn answer(request: Request, next: Next) -> Response {
    let Some(Refused(refusal)) = request.extensions().get().copied() else { return next.run(request).await };
    match refusal {
        Refusal::Malformed(rule) => Problem::bad_request().field("request", rule),
        Refusal::Method => Problem::method_not_allowed("GET, HEAD, POST, OPTIONS"),
        Refusal::TargetTooLong => Problem::target_too_long(),
        Refusal::HeadersTooLarge => Problem::headers_too_large(),
        Refusal::TooSlow => Problem::too_slow(),
    }
    .into_response()
}
