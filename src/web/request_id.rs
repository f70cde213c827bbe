//! A number for each request, which its answer, its log lines and its trace share.

use std::sync::Arc;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::Response;
use tokio::time::Instant;
use tracing::{Instrument, field::Empty, info_span};

use crate::id::Random;
use crate::web::door::Refused;

/// The header an answer names its request in. One that a client sends is not read.
pub const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// A request extension: 128 random bits in hex.
#[derive(Clone)]
pub struct RequestId(String);

impl RequestId {
    fn new(random: &dyn Random) -> Self {
        let mut bytes = [0; 16];
        random.fill(&mut bytes);
        Self(hex::encode(bytes))
    }

    /// 32 hex digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The outermost layer: the id, the span `http.request`, and one line when the answer's head is made. The line has no
/// address, no query and no path, only the route (CA-06, LOG-02).
pub async fn give(State(random): State<Arc<dyn Random>>, mut request: Request, next: Next) -> Response {
    let id = RequestId::new(&*random);
    let (method, route) = (method(request.method()), route(&request));
    let span = info_span!("http.request", method, route, status = Empty, took_ms = Empty, request.id = id.as_str());
    request.extensions_mut().insert(id.clone());
    let began = Instant::now();
    let mut response = next.run(request).instrument(span.clone()).await;
    let took_ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    let status = response.status().as_u16();
    span.record("status", status);
    span.record("took_ms", took_ms);
    span.in_scope(|| tracing::info!(status, took_ms, "answered {status} in {took_ms} ms"));
    if let Ok(value) = HeaderValue::from_str(id.as_str()) {
        response.headers_mut().insert(X_REQUEST_ID, value);
    }
    response
}

/// A made-up method is the client's text and stays out of the log.
fn method(method: &Method) -> &'static str {
    const KNOWN: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
    KNOWN.into_iter().find(|known| *known == method.as_str()).unwrap_or("<other>")
}

fn route(request: &Request) -> String {
    if request.extensions().get::<Refused>().is_some() {
        return "<refused>".to_owned();
    }
    let Some(matched) = request.extensions().get::<MatchedPath>() else { return "<none>".to_owned() };
    match matched.as_str().strip_prefix("/c/") {
        Some(rest) => {
            let rest = rest.split_once('/').map(|(_, rest)| format!("/{rest}")).unwrap_or_default();
            format!("/c/<case-token>{rest}")
        }
        None => matched.as_str().to_owned(),
    }
}
