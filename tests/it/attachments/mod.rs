//! Files on a case: what is taken and what becomes of it, who sees it, and when it goes (IN-13, CA-13, PRIV-02).

mod apart;
mod corpus;
mod kept;
mod packed;
mod pages;
mod taken;

pub use corpus::picture;
use reqwest::{Method, Response, StatusCode};
use serde_json::Value;

use crate::support::app::App;
use crate::support::case::Holder;
use crate::support::parts::{Sent, with_file};

const DRAINED: &str = "someone drained my wallet";

/// A case and its holder.
async fn holder(app: &App) -> Holder {
    Holder::of(&app.report(DRAINED).await)
}

/// Adds a file about which nothing true is said.
async fn add(app: &App, holder: &Holder, bytes: &[u8]) -> Response {
    let request = holder.request(app, Method::POST, "/attachments");
    with_file(request, &[], &Sent::misnamed(bytes)).send().await.unwrap()
}

/// Adds a file that is taken, and gives what the case says of it.
async fn added(app: &App, holder: &Holder, bytes: &[u8]) -> Value {
    let response = add(app, holder, bytes).await;
    assert_eq!(response.status(), StatusCode::OK);
    let case: Value = response.json().await.unwrap();
    case["attachments"].as_array().unwrap().last().unwrap().clone()
}

async fn add_by_staff(app: &App, incident: &str, bytes: &[u8]) -> Response {
    let request = app.staff(Method::POST, &format!("/api/v1/incidents/{incident}/attachments"));
    with_file(request, &[], &Sent::misnamed(bytes)).send().await.unwrap()
}

async fn fetch(app: &App, holder: &Holder, id: &str) -> Response {
    holder.request(app, Method::GET, &format!("/attachments/{id}")).send().await.unwrap()
}

fn id(value: &Value) -> &str {
    value["id"].as_str().unwrap()
}

fn holds(bytes: &[u8], piece: &[u8]) -> bool {
    bytes.windows(piece.len()).any(|window| window == piece)
}
