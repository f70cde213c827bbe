//! Alerts of one subject make one incident, which enters the queue when it deserves a person.

use std::collections::BTreeSet;

use reqwest::StatusCode;
use serde_json::{Value, json};

use super::{login, permission_changed};
use crate::support::app::{App, STATIC_SECRET, on_both};
use crate::support::rows;

async fn accepted(app: &App, id: &str, event: &Value) -> Value {
    let response = app.event(id, event).await;
    assert_eq!(response.status(), StatusCode::ACCEPTED);
    response.json().await.unwrap()
}

/// The kinds of an incident's signals, in alphabetic order.
async fn kinds(app: &App, incident: &Value) -> Vec<String> {
    let id = incident["id"].as_str().unwrap();
    let detail = app.staff_get(&format!("/api/v1/incidents/{id}")).await;
    let kinds =
        detail["signals"].as_array().unwrap().iter().map(|signal| signal["facts"]["kind"].as_str().unwrap().to_owned());
    kinds.collect::<BTreeSet<_>>().into_iter().collect()
}

#[test]
fn a_signed_event_is_kept_and_opens_an_incident() {
    on_both(async |app| {
        let answer = accepted(&app, "msg_1", &permission_changed("account-1")).await;
        assert_eq!(
            (&answer["accepted"], &answer["duplicates"], &answer["ignored"], &answer["unmapped"]),
            (&json!(1), &json!(0), &json!(0), &json!(0))
        );
        assert_eq!(answer["signals"].as_array().unwrap().len(), 1);
        let queue = app.queue().await;
        assert_eq!(queue.len(), 1);
        assert_eq!(
            (queue[0]["lane"].as_str(), queue[0]["kind"].as_str()),
            (Some("security"), Some("tron-permission-hijack"))
        );
    });
}

#[test]
fn a_further_event_of_the_same_account_joins_its_incident() {
    on_both(async |app| {
        accepted(&app, "msg_1", &permission_changed("account-1")).await;
        accepted(&app, "msg_2", &login("account-1")).await;
        accepted(&app, "msg_3", &permission_changed("account-2")).await;
        let queue = app.queue().await;
        assert_eq!(queue.len(), 2);
        let mut signals = [kinds(&app, &queue[0]).await, kinds(&app, &queue[1]).await];
        signals.sort_by_key(Vec::len);
        assert_eq!(signals[0], ["chain.permission-changed"]);
        assert_eq!(signals[1], ["auth.login", "chain.permission-changed"]);
    });
}

#[test]
fn a_plain_login_waits_for_nobody_until_something_happens_to_the_account() {
    on_both(async |app| {
        accepted(&app, "msg_1", &login("account-1")).await;
        assert!(app.queue().await.is_empty());
        assert_eq!(rows::counts(&app).await["signal"], 1, "it is kept all the same");
        accepted(&app, "msg_2", &permission_changed("account-1")).await;
        let queue = app.queue().await;
        assert_eq!(queue.len(), 1);
        assert_eq!(kinds(&app, &queue[0]).await, ["auth.login", "chain.permission-changed"]);
    });
}

#[test]
fn a_name_is_the_same_however_it_is_spelled_and_whichever_source_says_it() {
    on_both(async |app| {
        let login = json!({"type": "auth.threat", "data": {"login": "Someone@Example.org", "severity": "high"}});
        accepted(&app, "msg_1", &login).await;
        let account =
            json!({"type": "account.changed", "data": {"account": "someone@example.org", "severity": "high"}});
        accepted(&app, "msg_2", &account).await;
        let alerts = json!([{"status": "firing", "fingerprint": "1", "labels": {"alertname": "Spike", "account": "SOMEONE@example.org"}}]);
        let request = app.visitor().post(app.url("/api/v1/alerts/alertmanager")).bearer_auth(STATIC_SECRET);
        let response = request.json(&json!({"status": "firing", "alerts": alerts})).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::ACCEPTED);
        let counts = rows::counts(&app).await;
        assert_eq!((counts["incident"], counts["signal"]), (1, 3));
    });
}

#[test]
fn a_report_that_names_an_account_does_not_join_what_alerts_say_of_it() {
    on_both(async |app| {
        accepted(&app, "msg_1", &permission_changed("account-1")).await;
        let body = json!({"text": "someone drained my wallet", "account": "account-1"});
        let response = app.visitor().post(app.url("/api/v1/reports")).json(&body).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::CREATED);
        assert_eq!(app.queue().await.len(), 2, "anybody can name an account");
    });
}

#[test]
fn an_all_clear_from_a_sender_closes_and_lowers_nothing() {
    on_both(async |app| {
        accepted(&app, "msg_1", &permission_changed("account-1")).await;
        let before = app.queue().await[0].clone();
        let over = json!({"type": "monitoring.resolved", "data": {"account": "account-1", "severity": "info"}});
        accepted(&app, "msg_2", &over).await;
        let after = app.queue().await[0].clone();
        for what in ["id", "lane", "level", "due"] {
            assert_eq!(after[what], before[what], "{what}");
        }
    });
}

#[test]
fn an_incident_that_somebody_raises_enters_the_queue() {
    on_both(async |app| {
        accepted(&app, "msg_1", &login("account-1")).await;
        assert!(app.queue().await.is_empty());
        let mut tx = app.house.respond.db.read().await.unwrap();
        let rows = holdfast::store::incidents::after(&mut tx, "", 10).await.unwrap();
        drop(tx);
        let body = json!({"version": rows[0].version, "level": 1, "reason": "the owner calls"});
        let response = app.staff_post(&format!("/api/v1/incidents/{}/escalate", rows[0].id), &body).await;
        assert_eq!(response.status(), StatusCode::OK);
        let queue = app.queue().await;
        assert_eq!((queue.len(), queue[0]["level"].as_u64()), (1, Some(1)));
    });
}
