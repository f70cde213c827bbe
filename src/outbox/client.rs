//! The client for letters: hyper alone, because it follows no redirect, knows no proxy and keeps no cookie; each call
//! through the guard on a connection of its own, with short waits and a small mouth (NET-03).

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Bytes;
use hyper::{Method, Request};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;

use super::guard::{Guard, Guarded, Resolve, address_of};
use super::target::Target;
use crate::intake::verify::sign::sign_standard;
use crate::time::Timestamp;

/// Until a connection is there.
pub const CONNECT: Duration = Duration::from_secs(5);
/// Everything about one letter.
pub const WAIT: Duration = Duration::from_secs(10);
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

/// What came of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    Unreached(&'static str),
    Silence(&'static str),
    /// A status other than a redirect or a fault of the server, and the body.
    Answer(u16, Vec<u8>),
}

/// One letter to be signed and sent.
pub struct Letter<'a> {
    /// The same over all attempts.
    pub id: &'a str,
    pub body: String,
    pub now: Timestamp,
}

/// A call that is ready to leave. Not `Debug`: address and headers may hold keys.
pub struct Call {
    pub url: String,
    pub headers: Vec<(&'static str, String)>,
    /// JSON.
    pub body: String,
}

/// The headers by which a letter proves itself (Standard Webhooks).
pub fn signed(key: &crate::intake::verify::Key, letter: &Letter<'_>) -> Vec<(&'static str, String)> {
    let seconds = letter.now.millis().div_euclid(1_000);
    vec![
        ("webhook-id", letter.id.to_owned()),
        ("webhook-timestamp", seconds.to_string()),
        ("webhook-signature", sign_standard(key, letter.id, seconds, letter.body.as_bytes())),
    ]
}

/// The client; clones share it.
#[derive(Clone)]
pub struct Caller {
    pub(super) client: Client<HttpsConnector<HttpConnector<Guarded>>, Full<Bytes>>,
    pub(super) guard: Guard,
    resolver: Arc<dyn Resolve>,
}

impl Caller {
    /// A client; an error when the system has no root certificates.
    pub fn new(guard: Guard, resolver: Arc<dyn Resolve>) -> anyhow::Result<Self> {
        let guarded = Guarded { guard: guard.clone(), resolver: Arc::clone(&resolver) };
        let mut connector = HttpConnector::new_with_resolver(guarded);
        connector.set_connect_timeout(Some(CONNECT));
        connector.enforce_http(false);
        let connector =
            HttpsConnectorBuilder::new().with_native_roots()?.https_or_http().enable_http1().wrap_connector(connector);
        // A kept connection would outlive the check of its address.
        let client = Client::builder(TokioExecutor::new()).pool_max_idle_per_host(0).build(connector);
        Ok(Self { client, guard, resolver })
    }

    /// Sends a letter once.
    pub async fn send(&self, target: &Target, letter: Letter<'_>) -> Heard {
        let headers = signed(&target.key, &letter);
        match self.call(Call { url: target.url.to_string(), headers, body: letter.body }).await {
            Reply::Unreached(word) => Heard::Unreached(word),
            Reply::Silence(word) => Heard::Silence(word),
            Reply::Answer(200, body) => Heard::Body(body),
            Reply::Answer(..) => Heard::Silence("status"),
        }
    }

    /// Calls once.
    pub async fn call(&self, call: Call) -> Reply {
        let Ok(url) = self.guard.check(&call.url) else { return Reply::Unreached("guard") };
        let mut request = Request::builder()
            .method(Method::POST)
            .uri(url.as_str())
            .header("content-type", "application/json")
            .header("accept", "application/json")
            .header("user-agent", concat!("holdfast/", env!("CARGO_PKG_VERSION")));
        for (name, value) in call.headers {
            request = request.header(name, value);
        }
        let Ok(request) = request.body(Full::new(Bytes::from(call.body))) else { return Reply::Unreached("address") };
        let answered = async {
            let response = match self.client.request(request).await {
                Ok(response) => response,
                Err(error) if error.is_connect() => return Reply::Unreached("no-connection"),
                Err(_) => return Reply::Silence("cut-off"),
            };
            let status = response.status();
            if status.is_redirection() {
                return Reply::Silence("redirect");
            }
            if status.is_server_error() {
                return Reply::Silence("server-error");
            }
            match Limited::new(response.into_body(), MOST).collect().await {
                Ok(whole) => Reply::Answer(status.as_u16(), whole.to_bytes().to_vec()),
                Err(_) => Reply::Silence("answer"),
            }
        };
        tokio::time::timeout(WAIT, answered).await.unwrap_or(Reply::Silence("late"))
    }

    /// The checked addresses of a listed host, resolved once, for a connection that is not HTTP.
    pub async fn addresses(&self, host: &str, port: u16) -> Result<Vec<SocketAddr>, &'static str> {
        let answers: Vec<IpAddr> = match address_of(host) {
            Some(address) => vec![address],
            None => self.resolver.resolve(host).await.map_err(|_| "no-address")?,
        };
        self.guard.check_answers(host, &answers).map_err(|_| "guard")?;
        Ok(answers.into_iter().map(|address| SocketAddr::new(address, port)).collect())
    }
}
