//! What staff may do, in which order, and what happens when two do it.

mod circle;
mod claims;
mod console;
mod corrections;
mod decisions;
mod desk;
mod doors;
mod fields;
mod model;
mod permissions;
mod queue;
mod raced;
mod secrets;
pub mod set_up;
mod shown;
mod size;
mod steps;
mod way_on;

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::app::App;

const TRON: &str = "我的波场钱包转不出去了，提示没有权限";
const LOST: &str = "someone drained my wallet, everything is gone";
const ROUTINE: &str = "my withdrawal is pending since monday";

/// The next incident, for the member of staff with this token; nothing when nobody waits.
async fn claim_as(app: &App, token: &str) -> Option<Value> {
    let request = app.visitor().request(Method::POST, app.url("/api/v1/queue/claim")).bearer_auth(token);
    let response = request.send().await.unwrap();
    if response.status() == StatusCode::NO_CONTENT {
        return None;
    }
    assert_eq!(response.status(), StatusCode::OK);
    Some(response.json().await.unwrap())
}

async fn claim(app: &App) -> Option<Value> {
    claim_as(app, &app.token).await
}

fn id(incident: &Value) -> &str {
    incident["id"].as_str().unwrap()
}

/// Does something to an incident: the status, and the incident or the problem.
async fn act(app: &App, incident: &Value, (action, body): (&str, Value)) -> (u16, Value) {
    let response = app.staff_post(&format!("/api/v1/incidents/{}/{action}", id(incident)), &body).await;
    (response.status().as_u16(), response.json().await.unwrap())
}

async fn detail(app: &App, incident: &Value) -> Value {
    app.staff_get(&format!("/api/v1/incidents/{}", id(incident))).await
}

fn verdict(incident: &Value) -> (&'static str, Value) {
    ("verdict", json!({"version": incident["version"], "verdict": "confirmed", "reason": "as it looks"}))
}
