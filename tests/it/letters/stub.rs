//! A chat, a pager and a hook in one: it writes down every byte that reaches it and answers as it is told.

use std::collections::{BTreeMap, VecDeque};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, OnceLock};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{OriginalUri, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::Value;

use crate::support::server::serve;

/// One call as it came in.
#[derive(Debug, Clone)]
pub struct Call {
    pub address: String,
    pub headers: BTreeMap<String, String>,
    pub body: String,
}

impl Call {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }

    /// Everything that left, as one text.
    pub fn whole(&self) -> String {
        format!("{} {:?} {}", self.address, self.headers, self.body)
    }
}

#[derive(Default)]
struct Notebook {
    calls: Vec<Call>,
    moods: BTreeMap<String, VecDeque<(u16, &'static str)>>,
}

pub struct Stub {
    pub address: SocketAddr,
    notebook: Arc<Mutex<Notebook>>,
}

/// The one of this process; each house has a place of its own in it.
pub fn stub() -> &'static Stub {
    static STUB: OnceLock<Stub> = OnceLock::new();
    STUB.get_or_init(|| {
        let notebook: Arc<Mutex<Notebook>> = Arc::default();
        let router = Router::new().fallback(take).with_state(Arc::clone(&notebook));
        let address = serve(router);
        Stub { address, notebook }
    })
}

impl Stub {
    /// Where a house finds the one of its targets that goes by this name.
    pub fn url(&self, house: &std::path::Path, name: &str) -> String {
        format!("http://{}{}", self.address, place(house, name))
    }

    /// How the next calls there are answered; then all is well again.
    pub fn moods(&self, house: &std::path::Path, (name, moods): (&str, &[(u16, &'static str)])) {
        self.notebook.lock().unwrap().moods.insert(place(house, name), moods.iter().copied().collect());
    }

    /// What came there.
    pub fn calls(&self, house: &std::path::Path, name: &str) -> Vec<Call> {
        let place = place(house, name);
        self.notebook.lock().unwrap().calls.iter().filter(|call| call.address.starts_with(&place)).cloned().collect()
    }
}

fn place(house: &std::path::Path, name: &str) -> String {
    format!("/{}/{name}", house.file_name().unwrap().to_str().unwrap().trim_start_matches('.'))
}

async fn take(
    State(notebook): State<Arc<Mutex<Notebook>>>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let address = uri.to_string();
    let headers = headers.iter().map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned())).collect();
    let call = Call { address: address.clone(), headers, body: String::from_utf8(body.to_vec()).unwrap() };
    let mut notebook = notebook.lock().unwrap();
    notebook.calls.push(call);
    let place = address.split(['?']).next().unwrap_or_default().to_owned();
    let mood = notebook.moods.get_mut(&place).and_then(VecDeque::pop_front);
    let well = match place.rsplit('/').next().unwrap_or_default() {
        "sendMessage" => (200, "{\"ok\":true}"),
        "feishu" => (200, "{\"code\":0}"),
        "dingtalk" | "wecom" => (200, "{\"errcode\":0}"),
        "pager" => (202, "{\"status\":\"success\"}"),
        _ => (200, "ok"),
    };
    let (status, answer) = mood.unwrap_or(well);
    (StatusCode::from_u16(status).unwrap(), answer).into_response()
}
