//! The client for letters: hyper alone, because it follows no redirect, knows no proxy and keeps no cookie; each call
//! through the guard on a connection of its own, with short waits and a small mouth (NET-03).

use std::sync::Arc;
use std::time::Duration;

use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Bytes;
use hyper::{Method, Request, StatusCode};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;

use super::guard::{Guard, Guarded, Resolve};
use super::target::Target;
use crate::intake::verify::sign::sign_standard;
use crate::time::Timestamp;

const CONNECT: Duration = Duration::from_secs(5);
/// Everything about one letter.
const WAIT: Duration = Duration::from_secs(10);
/// Bytes of an answer.
const MOST: usize = 64 * 1024;

/// What came of a letter. No cause is kept beyond a word of ours: it could hold an address with a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// No connection came about: not one byte of the letter left.
    Unreached(&'static str),
    /// It may have arrived.
    Silence(&'static str),
    /// A 2xx with its body.
    Body(Vec<u8>),
}

/// One letter to be signed and sent.
pub struct Letter<'a> {
    /// The same over all attempts.
    pub id: &'a str,
    pub body: String,
    pub now: Timestamp,
}

/// The client; clones share it.
#[derive(Clone)]
pub struct Caller {
    client: Client<HttpsConnector<HttpConnector<Guarded>>, Full<Bytes>>,
    guard: Guard,
}

impl Caller {
    /// A client; an error when the system has no root certificates.
    pub fn new(guard: Guard, resolver: Arc<dyn Resolve>) -> anyhow::Result<Self> {
        let mut connector = HttpConnector::new_with_resolver(Guarded { guard: guard.clone(), resolver });
        connector.set_connect_timeout(Some(CONNECT));
        connector.enforce_http(false);
        let connector =
            HttpsConnectorBuilder::new().with_native_roots()?.https_or_http().enable_http1().wrap_connector(connector);
        // A kept connection would outlive the check of its address.
        let client = Client::builder(TokioExecutor::new()).pool_max_idle_per_host(0).build(connector);
        Ok(Self { client, guard })
    }

    /// Sends a letter once.
    pub async fn send(&self, target: &Target, letter: Letter<'_>) -> Heard {
        let Ok(url) = self.guard.check(target.url.as_str()) else { return Heard::Unreached("guard") };
        let seconds = letter.now.millis().div_euclid(1_000);
        let request = Request::builder()
            .method(Method::POST)
            .uri(url.as_str())
            .header("content-type", "application/json")
            .header("accept", "application/json")
            .header("user-agent", concat!("holdfast/", env!("CARGO_PKG_VERSION")))
            .header("webhook-id", letter.id)
            .header("webhook-timestamp", seconds.to_string())
            .header("webhook-signature", sign_standard(&target.key, letter.id, seconds, letter.body.as_bytes()))
            .body(Full::new(Bytes::from(letter.body)));
        let Ok(request) = request else { return Heard::Unreached("address") };
        let answered = async {
            let response = match self.client.request(request).await {
                Ok(response) => response,
                Err(error) if error.is_connect() => return Heard::Unreached("no-connection"),
                Err(_) => return Heard::Silence("cut-off"),
            };
            match response.status() {
                StatusCode::OK => {}
                status if status.is_redirection() => return Heard::Silence("redirect"),
                status if status.is_server_error() => return Heard::Silence("server-error"),
                _ => return Heard::Silence("status"),
            }
            match Limited::new(response.into_body(), MOST).collect().await {
                Ok(whole) => Heard::Body(whole.to_bytes().to_vec()),
                Err(_) => Heard::Silence("answer"),
            }
        };
        tokio::time::timeout(WAIT, answered).await.unwrap_or(Heard::Silence("late"))
    }
}
