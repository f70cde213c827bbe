//! Orders to wallet backends: who may, what leaves, what is told, and what happens when things break in between.

mod automatic;
pub mod backend;
#[cfg(feature = "testing")]
mod crash;
mod doubt;
mod faults;
mod hidden;
mod lifting;
mod people;
mod told;

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use holdfast::config::{Backend, Config};
use reqwest::Method;
use serde_json::{Value, json};

use self::backend::backend;
use crate::support::app::{App, EVENTS_SECRET, Plan};
use crate::support::person::{asks, fresh};

/// A house with the reference backend, and one at a closed port for address books.
fn plan() -> Plan {
    Plan { settings, ..Plan::default() }
}

pub fn settings(config: &mut Config) {
    let file = config.data.join("wallet.secret");
    std::fs::write(&file, EVENTS_SECRET).unwrap();
    let local = |name: &str, url: String, actions: &[&str]| Backend {
        name: name.to_owned(),
        url,
        secret_file: Some(file.clone()),
        networks: vec!["127.0.0.0/8".to_owned()],
        actions: actions.iter().map(|action| (*action).to_owned()).collect(),
        ..Backend::default()
    };
    let all = [
        "hold-withdrawals",
        "release-withdrawals",
        "end-sessions",
        "lock-account",
        "unlock-account",
        "freeze-api-keys",
        "unfreeze-api-keys",
    ];
    config.backend = vec![
        local("wallet", format!("http://{}/orders", backend().address), &all),
        local("books", "http://127.0.0.1:1/orders".to_owned(), &["lock-address-book", "unlock-address-book"]),
    ];
}

/// An account that no other story has.
fn account() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!("acct-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed))
}

/// An incident that a signed alert opened about an account.
async fn incident(app: &App, account: &str) -> String {
    let body = json!({"type": "auth.threat", "data": {"account": account, "severity": "high"}});
    let response = app.event(&format!("event-{account}"), &body).await;
    assert!(response.status().is_success(), "{}", response.status());
    let row = app.queue().await.into_iter().next_back().unwrap();
    row["id"].as_str().unwrap().to_owned()
}

/// Posts to the orders of an incident, as whoever has the token or the session; the status and the answer.
async fn post(app: &App, who: &str, (incident, path): (&str, &str), body: Value) -> (u16, Value) {
    let path = format!("/api/v1/incidents/{incident}/orders{path}");
    let response = asks(app, (Method::POST, &path), who).json(&body).send().await.unwrap();
    (response.status().as_u16(), response.json().await.unwrap())
}

/// Asks for an order that is taken.
async fn ask(app: &App, incident: &str, action: &str) -> Value {
    let body = json!({"action": action, "reason": "sign of a takeover"});
    let (status, order) = post(app, &responder(app).await, (incident, ""), body).await;
    assert_eq!(status, 201, "{order}");
    order
}

/// Asks for what lifts an order; the release.
async fn lift(app: &App, incident: &str, order: &Value) -> Value {
    let path = format!("/{}/reverse", order["id"].as_str().unwrap());
    let (status, release) = post(app, &responder(app).await, (incident, &path), json!({"reason": "it was them"})).await;
    assert_eq!(status, 200, "{release}");
    release
}

/// A second person says yes to an order; the status.
async fn approve(app: &App, incident: &str, order: &Value) -> u16 {
    let path = format!("/{}/approve", order["id"].as_str().unwrap());
    post(app, &approver(app).await, (incident, &path), json!({"digest": order["digest"]})).await.0
}

/// Who asks, with a fresh second factor.
async fn responder(app: &App) -> String {
    fresh(app, ("first", "responder approver")).await.1
}

/// Who says yes, with a fresh second factor.
async fn approver(app: &App) -> String {
    fresh(app, ("second", "approver")).await.1
}

/// The order as it is now.
async fn look(app: &App, incident: &str, order: &Value) -> Value {
    let orders = app.staff_get(&format!("/api/v1/incidents/{incident}/orders")).await;
    let found = orders["placed"].as_array().unwrap().iter().find(|placed| placed["id"] == order["id"]);
    found.expect("the order is shown").clone()
}

/// The order once it is in one of these states; a story that waits in vain fails.
async fn becomes(app: &App, incident: &str, (order, states): (&Value, &[&str])) -> Value {
    let within = Duration::from_secs(25);
    let waiting = async {
        loop {
            let now = look(app, incident, order).await;
            if states.contains(&now["state"].as_str().unwrap()) {
                return now;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    if let Ok(order) = tokio::time::timeout(within, waiting).await {
        return order;
    }
    panic!("not {states:?}: {}", look(app, incident, order).await)
}
