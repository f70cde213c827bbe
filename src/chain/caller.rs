//! The one client that goes out. hyper alone, because it follows no redirect, knows no proxy and keeps no cookie; a short
//! wait and a small mouth are added here.

use std::time::Duration;

use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Bytes;
use hyper::{Method, Request, StatusCode};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use serde_json::Value;

use super::node::question;
use crate::transfer::evm::Call;

/// One request.
const WAIT: Duration = Duration::from_millis(1_800);
const CONNECT: Duration = Duration::from_secs(1);
/// Bytes of one answer: the hashes of a full block of the largest chains fit.
const MOST: usize = 1024 * 1024;

/// A node that gave no answer to be read. No cause is kept: it could hold an address with a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unheard;

pub struct Caller(Client<HttpsConnector<HttpConnector>, Full<Bytes>>);

impl Caller {
    /// A client; an error when the system has no root certificates.
    pub fn new() -> anyhow::Result<Self> {
        let mut connector = HttpConnector::new();
        connector.set_connect_timeout(Some(CONNECT));
        connector.enforce_http(false);
        let connector =
            HttpsConnectorBuilder::new().with_native_roots()?.https_or_http().enable_http1().wrap_connector(connector);
        Ok(Self(Client::builder(TokioExecutor::new()).build(connector)))
    }

    /// A JSON-RPC call; the result, which may be `null`.
    pub async fn call(&self, url: &str, call: Call) -> Result<Value, Unheard> {
        let body = self.read((Method::POST, url), question(&call).to_string()).await?.ok_or(Unheard)?;
        let mut answer: Value = serde_json::from_slice(&body).map_err(|_| Unheard)?;
        let answer = answer.as_object_mut().ok_or(Unheard)?;
        let failed = answer.get("error").is_some_and(|error| !error.is_null());
        if failed || answer.get("id").and_then(Value::as_u64) != Some(1) {
            return Err(Unheard);
        }
        answer.remove("result").ok_or(Unheard)
    }

    /// A text; nothing when the server says that there is no such thing.
    pub async fn get(&self, url: String) -> Result<Option<String>, Unheard> {
        let Some(body) = self.read((Method::GET, &url), String::new()).await? else { return Ok(None) };
        String::from_utf8(body.to_vec()).map(Some).map_err(|_| Unheard)
    }

    /// The body of a good answer, up to the limit; nothing for 404. Anything else, a redirect too, is no answer.
    async fn read(&self, (method, url): (Method, &str), body: String) -> Result<Option<Bytes>, Unheard> {
        let request = Request::builder()
            .method(method)
            .uri(url)
            .header("content-type", "application/json")
            .header("user-agent", concat!("holdfast/", env!("CARGO_PKG_VERSION")))
            .body(Full::new(Bytes::from(body)))
            .map_err(|_| Unheard)?;
        let answered = async {
            let response = self.0.request(request).await.map_err(|_| Unheard)?;
            match response.status() {
                StatusCode::OK => {}
                StatusCode::NOT_FOUND => return Ok(None),
                _ => return Err(Unheard),
            }
            let whole = Limited::new(response.into_body(), MOST).collect().await.map_err(|_| Unheard)?;
            Ok(Some(whole.to_bytes()))
        };
        tokio::time::timeout(WAIT, answered).await.unwrap_or(Err(Unheard))
    }
}
