//! One connection from its first byte to its close.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderValue, Request, header};
use axum::response::Response;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tower::ServiceExt;

use super::Door;
use super::gate::Gate;
use super::refusal::Refused;
use super::turn::{Answer, Turn};
use crate::web::client::Peer;

/// A response extension: the body runs until one side ends it, like `text/event-stream`, which implies it.
#[derive(Debug, Clone, Copy)]
pub struct Streaming;

pub(super) async fn run(door: Arc<Door>, router: Router, (stream, peer): (TcpStream, SocketAddr)) {
    // An answer is written whole; waiting to fill a packet only delays it.
    let _ = stream.set_nodelay(true);
    let turn = Arc::new(Turn::default());
    let limits = door.limits;
    let gate = Gate::new(stream, Arc::clone(&turn), limits);
    let stop = door.stop.clone();
    let service = service_fn(|request| {
        let (door, turn) = (Arc::clone(&door), Arc::clone(&turn));
        answer(door, turn, (router.clone(), peer), request)
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        // The gate is stricter and tells waiting from reading; this is the second lock.
        .header_read_timeout(limits.idle.max(limits.first_byte) + limits.headers * 2)
        .max_headers(limits.header_lines)
        .max_buf_size((limits.header_bytes + limits.target_bytes * 2).max(16 * 1024))
        .serve_connection(TokioIo::new(gate), service);
    let mut connection = pin!(connection);
    tokio::select! {
        result = connection.as_mut() => return ended(&result),
        () = stop.cancelled() => connection.as_mut().graceful_shutdown(),
    }
    if let Ok(result) = timeout(limits.stop, connection).await {
        ended(&result);
    }
}

/// A client that leaves or stalls is its own matter: a word for someone who looks, not a fault.
fn ended(result: &hyper::Result<()>) {
    if let Err(error) = result {
        tracing::debug!(%error, "a connection ended early: {error}");
    }
}

async fn answer(
    door: Arc<Door>,
    turn: Arc<Turn>,
    (router, peer): (Router, SocketAddr),
    request: Request<Incoming>,
) -> Result<Response<Answer>, Infallible> {
    let mut request = request.map(Body::new);
    request.extensions_mut().insert(Peer(peer));
    if let Some(refusal) = turn.take_refusal() {
        request.extensions_mut().insert(Refused(refusal));
    }
    let mut response = router.oneshot(request).await?;
    if turn.is_last() {
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    let streaming = response.extensions().get::<Streaming>().is_some() || is_event_stream(&response);
    Ok(response.map(|body| {
        if streaming {
            Answer::stream(body, turn, door.stop.clone())
        } else {
            Answer::ordinary(body, turn, door.limits.handler)
        }
    }))
}

fn is_event_stream(response: &Response) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE).map(HeaderValue::as_bytes).unwrap_or_default();
    kind.get(..17).is_some_and(|start| start.eq_ignore_ascii_case(b"text/event-stream"))
}
