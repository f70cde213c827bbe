//! What staff owe an incident before it may be closed.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use super::app::App;
use super::person::asks;

/// What is said of a step, with what shows that one goes by the incident as it is: the fence of a claim, else the version.
pub fn step_body(incident: &Value, mut body: Value) -> Value {
    let seen = if incident["state"] == "held" { "fence" } else { "version" };
    body[seen] = incident[seen].clone();
    body
}

/// Does every required step that is still open, as a program with this token or as the person of this session; the
/// incident as it is then.
pub async fn settle_as(app: &App, who: &str, id: &str) -> Value {
    let mut incident = app.staff_get(&format!("/api/v1/incidents/{id}")).await;
    let settled = |step: &Value| ["done", "waived"].contains(&step["state"].as_str().unwrap());
    let steps = incident["steps"].as_array().unwrap().iter();
    let open: Vec<String> = steps
        .filter(|step| step["required"] == true && !settled(step))
        .map(|step| step["id"].as_str().unwrap().to_owned())
        .collect();
    for step in open {
        let path = format!("/api/v1/incidents/{id}/step");
        let body = step_body(&incident, json!({"step": step, "state": "done"}));
        let response = asks(app, (Method::POST, &path), who).json(&body).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::OK, "{step}");
        incident = response.json().await.unwrap();
    }
    incident
}

/// The same for the member of staff that every house has.
pub async fn settle(app: &App, incident: &Value) -> Value {
    settle_as(app, &app.token, incident["id"].as_str().unwrap()).await
}
