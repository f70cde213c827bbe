//! `POST /api/v1/alerts/{endpoint}`: a machine's alert, verified over the raw bytes, acknowledged after the commit.

use axum::extract::{Path, Request, State};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::{channel, json};
use crate::intake::mapping::Asked;
use crate::intake::{self, NotTaken};
use crate::respond::{Arrival, Outcome};
use crate::web::body;
use crate::web::client::Client;
use crate::web::house::{House, Shared};
use crate::web::limits::RetryAfter;
use crate::web::problem::Problem;

/// Bytes of a delivery that are read at all; a mapping may take less.
const LIMIT: usize = 256 * 1024;

/// Takes an alert.
#[utoipa::path(post, path = "/api/v1/alerts/{endpoint}", tag = "alerts", params(("endpoint" = String, Path, description = "name of a configured source")), request_body = serde_json::Value,
    responses((status = 202, description = "kept: counts and ids of signals", body = serde_json::Value), (status = 401, description = "unknown endpoint, bad signature or old timestamp, not told apart"), (status = 409, description = "the delivery id came with another body before"), (status = 413, description = "over a limit"), (status = 429, description = "over the source's quota"), (status = 503, description = "not kept; send it again")))]
pub async fn post(
    State(house): State<Shared>,
    Path(name): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let (request, gzip) = without_packing(request);
    let received = body::read(request, LIMIT).await?;
    if let Some(reply) = handshake(&house, &name, (&received.parts, &received.bytes)) {
        return Ok(reply);
    }
    let room = &house.respond.room();
    let target = received.parts.uri.path_and_query().map_or("", axum::http::uri::PathAndQuery::as_str);
    let asked = intake::Request {
        url: &format!("{}{target}", room.public_url),
        client: received.parts.extensions.get::<Client>().map(|client| client.0),
        gzip,
        headers: &received.parts.headers,
        body: &received.bytes,
        now: room.now(),
    };
    let mut arrival = house.endpoints.receive(&name, &asked, &room.playbooks).map_err(|reason| {
        let known = house.endpoints.get(&name).map(|endpoint| endpoint.name.as_str());
        house.refusals.count(known, (reason, room.now()));
        refused(reason)
    })?;
    // Counted once the sender is proved: strangers cannot use up a source's quota.
    house.limits.alerts.check(&name).map_err(|over| over_quota(&house, over))?;
    let answer = house.endpoints.get(&name).map_or(202, |endpoint| endpoint.mapping.answer());
    let people = if house.endpoints.get(&name).is_some_and(|endpoint| endpoint.reports) {
        channel::messages(&mut arrival)
    } else {
        Vec::new()
    };
    let mut told = None;
    for message in &people {
        let answer = channel::report(&house, &name, message).await?;
        told = told.or_else(|| channel::telegram(&house, message, answer.as_deref()));
    }
    let is_bot = house.endpoints.get(&name).is_some_and(|endpoint| endpoint.mapping.source() == "telegram");
    if let Some(told) = told.filter(|_| is_bot) {
        // Counted as heard from; what the person wrote is kept whether or not that can be written.
        if let Err(error) = house.respond.writer.arrive(Arrival::Alert(arrival)).await {
            tracing::warn!(endpoint = %name, %error, "a delivery of {name} was not counted: {error}");
        }
        return Ok(told);
    }
    match house.respond.writer.arrive(Arrival::Alert(arrival)).await? {
        Outcome::Alerted(counts) => {
            if house.endpoints.get(&name).is_some_and(|endpoint| endpoint.orders) {
                house.respond.posted.notify_one();
            }
            metrics::counter!("holdfast_alerts_total", "outcome" => "kept").increment(1);
            Ok(json(StatusCode::from_u16(answer).unwrap_or(StatusCode::ACCEPTED), &counts))
        }
        Outcome::AlertConflicts => Err(Problem::conflict()
            .named("delivery-conflict")
            .detail("this delivery id came with another body before; both are kept")),
        Outcome::Reported(_) | Outcome::ReportDiffers => Err(Problem::internal("an alert was answered as a report")),
    }
}

/// Answers a set-up request of a source, such as Okta's challenge.
#[utoipa::path(get, path = "/api/v1/alerts/{endpoint}", tag = "alerts", params(("endpoint" = String, Path, description = "name of a configured source")),
    responses((status = 200, description = "the reply that the source's mapping names"), (status = 401, description = "unknown endpoint, or nothing to reply to")))]
pub async fn get(State(house): State<Shared>, Path(name): Path<String>, request: Request) -> Result<Response, Problem> {
    let (parts, _) = request.into_parts();
    handshake(&house, &name, (&parts, &[])).ok_or_else(|| refused(NotTaken::UnknownEndpoint))
}

/// Answers a set-up request by the method OPTIONS, as `CloudEvents` senders make it.
#[utoipa::path(options, path = "/api/v1/alerts/{endpoint}", tag = "alerts", params(("endpoint" = String, Path, description = "name of a configured source")),
    responses((status = 200, description = "the reply that the source's mapping names"), (status = 401, description = "unknown endpoint, or nothing to reply to")))]
pub async fn options(
    State(house): State<Shared>,
    Path(name): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    get(State(house), Path(name), request).await
}

/// A packed body is taken as it is: whether the source may send one is known once there is a source.
fn without_packing(mut request: Request) -> (Request, bool) {
    let headers = request.headers_mut();
    let mut values = headers.get_all(header::CONTENT_ENCODING).iter();
    let gzip =
        matches!((values.next(), values.next()), (Some(only), None) if only.as_bytes().eq_ignore_ascii_case(b"gzip"));
    if gzip {
        headers.remove(header::CONTENT_ENCODING);
    }
    (request, gzip)
}

type Asking<'a> = (&'a axum::http::request::Parts, &'a [u8]);

fn handshake(house: &House, name: &str, (parts, body): Asking<'_>) -> Option<Response> {
    let endpoint = house.endpoints.get(name).filter(|endpoint| endpoint.set_up)?;
    let method: &Method = &parts.method;
    let reply = endpoint.mapping.handshake(Asked {
        method,
        headers: &parts.headers,
        query: parts.uri.query().unwrap_or_default(),
        body,
    })?;
    let status = StatusCode::from_u16(reply.status).ok()?;
    let mut response = (status, [(header::CONTENT_TYPE, reply.content_type)], reply.body).into_response();
    for (name, value) in reply.headers {
        response.headers_mut().insert(name, value.parse().ok()?);
    }
    Some(response)
}

/// Over the quota: when to come back, and what the quota is (HK-09; draft-ietf-httpapi-ratelimit-headers).
fn over_quota(house: &House, RetryAfter(seconds): RetryAfter) -> Problem {
    let quota = house.limits.alerts.quota();
    let whole = (quota.per.millis() + 999) / 1_000;
    let value = |text: String| HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static(""));
    Problem::too_many(seconds)
        .header(HeaderName::from_static("ratelimit-policy"), value(format!("\"alerts\";q={};w={whole}", quota.burst)))
        .header(HeaderName::from_static("ratelimit"), value(format!("\"alerts\";r=0;t={seconds}")))
}

/// One answer for everything but the size (HK-05).
fn refused(reason: NotTaken) -> Problem {
    metrics::counter!("holdfast_alerts_refused_total", "reason" => reason.label()).increment(1);
    match reason {
        NotTaken::TooLarge => Problem::too_large(),
        NotTaken::UnknownEndpoint | NotTaken::Refused(_) => Problem::unauthorized("Signature"),
    }
}
