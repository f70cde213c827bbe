//! A house with a real door on the loopback, and a client that says exactly the bytes it is told.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use axum::body::Body;
use axum::extract::Request;
use axum::response::{Html, IntoResponse};
use axum::routing::{get, post};
use axum::{Extension, Router};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::id::Random;
use crate::web::body;
use crate::web::client::{Client, Proxies, Trail};
use crate::web::door::{Door, Limits};
use crate::web::headers::Nonce;
use crate::web::problem;

#[derive(Default)]
struct Counting(AtomicU64);

impl Random for Counting {
    fn fill(&self, buffer: &mut [u8]) {
        let next = self.0.fetch_add(1, Ordering::Relaxed).to_le_bytes();
        buffer.iter_mut().zip(next).for_each(|(byte, next)| *byte = next);
    }
}

pub(super) const SHORT: Duration = Duration::from_millis(80);
const PATIENCE: Duration = Duration::from_secs(20);

pub(super) fn door(limits: Limits) -> Door {
    Door {
        limits,
        proxies: Arc::new(Proxies::default()),
        random: Arc::new(Counting::default()),
        page: std::sync::Arc::new(problem::plain),
        stop: CancellationToken::new(),
        tracker: TaskTracker::new(),
    }
}

pub(super) fn behind_loopback(door: Door) -> Door {
    Door { proxies: Arc::new(Proxies::new(&["127.0.0.0/8"], Trail::default()).unwrap()), ..door }
}

/// `/wait` answers once `go` is told.
pub(super) fn routes(go: Arc<Notify>) -> Router {
    Router::new()
        .route("/", get(|| async { "hello" }))
        .route("/echo", post(async |request: Request| body::bytes(request, 64 * 1024).await))
        .route("/deaf", post(|| async { "did not listen" }))
        .route("/page", get(async |Extension(nonce): Extension<Nonce>| Html(nonce.as_str().to_owned())))
        .route("/client", get(async |Extension(client): Extension<Client>| client.0.to_string()))
        .route("/c/{link}", get(|| async { "case" }))
        .route("/panic", get(async || -> &str { panic!("planted in a panic") }))
        .route("/bare", get(|| async { axum::http::StatusCode::INTERNAL_SERVER_ERROR }))
        .route("/never", get(|| async { std::future::pending::<&str>().await }))
        .route("/big", get(|| async { vec![b'x'; 32 * 1024 * 1024] }))
        .route("/events", get(|| async { ([("content-type", "text/event-stream")], endless()).into_response() }))
        .route("/stuck", get(|| async { endless() }))
        .route(
            "/wait",
            get(move || async move {
                go.notified().await;
                "waited"
            }),
        )
}

/// One piece, then nothing more, and no end.
fn endless() -> Body {
    Body::new(Endless(Some("data: first\n\n")))
}

struct Endless(Option<&'static str>);

impl axum::body::HttpBody for Endless {
    type Data = axum::body::Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<hyper::body::Frame<Self::Data>, axum::Error>>> {
        match self.0.take() {
            Some(piece) => std::task::Poll::Ready(Some(Ok(hyper::body::Frame::data(piece.into())))),
            None => std::task::Poll::Pending,
        }
    }
}

pub(super) struct House {
    pub(super) address: SocketAddr,
    pub(super) stop: CancellationToken,
    pub(super) go: Arc<Notify>,
    pub(super) served: JoinHandle<()>,
}

pub(super) async fn open(door: Door) -> House {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (address, stop, go) = (listener.local_addr().unwrap(), door.stop.clone(), Arc::new(Notify::new()));
    let served = door.tracker.clone().spawn(door.serve(listener, routes(Arc::clone(&go))));
    House { address, stop, go, served }
}

impl House {
    pub(super) async fn connect(&self) -> Line {
        Line(TcpStream::connect(self.address).await.unwrap())
    }

    /// Everything that is answered to these bytes until the door closes the connection.
    pub(super) async fn say(&self, bytes: impl AsRef<[u8]>) -> String {
        let mut line = self.connect().await;
        line.say(bytes).await;
        line.rest().await
    }

    pub(super) async fn status(&self, bytes: impl AsRef<[u8]>) -> u16 {
        status(&self.say(bytes).await)
    }
}

pub(super) fn status(answer: &str) -> u16 {
    answer.get(9..12).unwrap_or_default().parse().unwrap_or(0)
}

pub(super) struct Line(pub(super) TcpStream);

impl Line {
    /// What is said after the door has had enough may fail; the answer tells.
    pub(super) async fn say(&mut self, bytes: impl AsRef<[u8]>) {
        let _ = timeout(PATIENCE, self.0.write_all(bytes.as_ref())).await.expect("the door never read");
    }

    /// Reads until this has come.
    pub(super) async fn until(&mut self, end: &str) -> String {
        let mut heard = Vec::new();
        while !String::from_utf8_lossy(&heard).contains(end) {
            let byte = timeout(PATIENCE, self.0.read_u8()).await.expect("the door fell silent");
            heard.push(byte.unwrap_or_else(|_| panic!("the door closed after {}", String::from_utf8_lossy(&heard))));
        }
        String::from_utf8(heard).unwrap()
    }

    /// Reads until the door closes; a reset is a close too.
    pub(super) async fn rest(&mut self) -> String {
        let mut heard = Vec::new();
        let _ = timeout(PATIENCE, self.0.read_to_end(&mut heard)).await.expect("the door never closed");
        String::from_utf8_lossy(&heard).into_owned()
    }
}
