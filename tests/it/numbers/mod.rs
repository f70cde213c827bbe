//! The figures of the desk: counted right on both engines, shown to whom they belong, never from practice.

mod figures;
mod inbox;
mod shift;
mod tiers;

use serde_json::{Value, json};

use crate::support::app::App;
use crate::support::settle::settle_as;
use reqwest::{Method, StatusCode};

pub const DRAIN: &str =
    "I signed an approval on a fake airdrop site and my USDT on Ethereum is being drained right now";
pub const ROUTINE: &str = "我的转账一直待确认";

/// Claims the next case with a token.
pub async fn take(app: &App, token: &str) -> Value {
    let request = app.visitor().request(Method::POST, app.url("/api/v1/queue/claim")).bearer_auth(token);
    let response = request.send().await.unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    response.json().await.unwrap()
}

/// Does something to an incident with a token.
pub async fn act(app: &App, token: &str, (incident, action, body): (&Value, &str, Value)) -> Value {
    let url = app.url(&format!("/api/v1/incidents/{}/{action}", incident["id"].as_str().unwrap()));
    let response = app.visitor().post(url).bearer_auth(token).json(&body).send().await.unwrap();
    assert_eq!(response.status(), StatusCode::OK, "{action}");
    response.json().await.unwrap()
}

/// Closes an incident with a verdict.
pub async fn judge(app: &App, token: &str, (incident, verdict): (&Value, &str)) -> Value {
    let id = incident["id"].as_str().unwrap();
    let settled = settle_as(app, token, id).await;
    let body = json!({"version": settled["version"], "verdict": verdict, "reason": "as it looks"});
    act(app, token, (incident, "verdict", body)).await
}

/// The rows of a table whose words are these.
pub fn rows<'a>(numbers: &'a Value, table: &str, words: &[(&str, &str)]) -> Vec<&'a Value> {
    let rows = numbers["tables"][table].as_array().unwrap();
    rows.iter().filter(|row| words.iter().all(|(name, word)| row[*name] == *word)).collect()
}
