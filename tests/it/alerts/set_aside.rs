//! What verified but does not fit is kept for the operator, scrubbed; one bad element takes no other with it.

use reqwest::StatusCode;
use serde_json::{Value, json};

use super::permission_changed;
use crate::support::app::{App, STATIC_SECRET, on_both};
use crate::support::rows;
use holdfast::time::Span;

const PHRASE: &str = "legal winner thank year wave sausage worth useful legal winner thank yellow";

async fn unmapped(app: &App) -> Vec<Value> {
    app.staff_get("/api/v1/sources/unmapped").await["unmapped"].as_array().unwrap().clone()
}

#[test]
fn what_verified_and_cannot_be_decoded_is_kept_and_shown_scrubbed() {
    on_both(async |app| {
        let bodies = [
            (format!("not json, and my words are {PHRASE}"), "not JSON"),
            (format!("{{\"type\":\"a\",\"type\":\"b\",\"text\":\"{PHRASE}\"}}"), "repeated"),
        ];
        for (number, (body, _)) in bodies.iter().enumerate() {
            let response = app.signed(&format!("msg_{number}"), body.as_bytes()).await;
            assert_eq!(response.status(), StatusCode::ACCEPTED, "{body}");
            let answer: Value = response.json().await.unwrap();
            assert_eq!((&answer["unmapped"], &answer["accepted"]), (&json!(1), &json!(0)));
            app.clock.pass(Span::from_seconds(1));
        }
        let shown = unmapped(&app).await;
        assert_eq!(shown.len(), 2);
        for (shown, (_, reason)) in shown.iter().zip(&bodies) {
            assert_eq!(shown["endpoint"], "events");
            assert!(shown["reason"].as_str().unwrap().contains(reason), "{shown}");
            let body = shown["body"].as_str().unwrap();
            assert!(body.contains("[removed: recovery phrase]") && !body.contains("sausage"), "{body}");
        }
        assert_eq!(app.staff_get("/api/v1/sources").await["unmapped"], 2);
        assert!(!rows::hold(&rows::bytes(&app).await, "wave sausage"));
    });
}

#[test]
fn the_list_of_what_did_not_fit_is_paged() {
    on_both(async |app| {
        for number in 0..5 {
            app.signed(&format!("msg_{number}"), b"nothing of ours").await;
        }
        let first = app.staff_get("/api/v1/sources/unmapped?limit=3").await;
        let first = first["unmapped"].as_array().unwrap();
        let after = first[2]["id"].as_str().unwrap();
        let rest = app.staff_get(&format!("/api/v1/sources/unmapped?limit=3&after={after}")).await;
        assert_eq!((first.len(), rest["unmapped"].as_array().unwrap().len()), (3, 2));
    });
}

async fn alertmanager(app: &App, alerts: &Value) -> Value {
    let body = json!({"version": "4", "status": "firing", "alerts": alerts});
    let request = app.visitor().post(app.url("/api/v1/alerts/alertmanager")).bearer_auth(STATIC_SECRET).json(&body);
    let response = request.send().await.unwrap();
    assert_eq!(response.status(), StatusCode::ACCEPTED);
    response.json().await.unwrap()
}

#[test]
fn one_bad_element_takes_no_other_with_it() {
    on_both(async |app| {
        let alert = |account: &str| {
            json!({"status": "firing", "startsAt": "2026-03-02T08:00:00Z", "fingerprint": account,
                   "labels": {"alertname": "WithdrawalSpike", "severity": "critical", "account": account}})
        };
        let answer =
            alertmanager(&app, &json!([alert("account-1"), "not an alert", 7, null, alert("account-2")])).await;
        assert_eq!(answer["accepted"], 2, "{answer}");
        assert_eq!(rows::counts(&app).await["incident"], 2);
        let again = alertmanager(&app, &json!([alert("account-2"), alert("account-3")])).await;
        assert_eq!(
            (&again["accepted"], &again["duplicates"]),
            (&json!(1), &json!(1)),
            "copies are told apart one by one"
        );
    });
}

#[test]
fn a_secret_in_any_field_of_an_alert_is_removed_before_it_is_kept() {
    on_both(async |app| {
        let mut event = permission_changed("account-1");
        event["data"]["text"] = json!(format!("the customer wrote: {PHRASE}"));
        event["data"]["title"] = json!(PHRASE);
        event["data"]["error"] = json!(PHRASE);
        event["data"]["beside"] = json!({"deep": [PHRASE]});
        assert_eq!(app.event("msg_1", &event).await.status(), StatusCode::ACCEPTED);
        event["data"]["amount"] = json!("2");
        assert_eq!(app.event("msg_1", &event).await.status(), StatusCode::CONFLICT);
        let id = app.queue().await[0]["id"].as_str().unwrap().to_owned();
        let signal = app.staff_get(&format!("/api/v1/incidents/{id}")).await["signals"][0].clone();
        assert_eq!(signal["facts"]["secret"], "recovery-phrase", "{signal}");
        assert!(signal["facts"]["text"].as_str().unwrap().starts_with("the customer wrote: [removed"));
        assert!(!signal.to_string().contains("sausage"));
        assert!(!rows::hold(&rows::bytes(&app).await, "wave sausage"));
    });
}

#[test]
fn a_set_up_request_is_answered_as_the_source_wants_it() {
    on_both(async |app| {
        let request =
            app.visitor().get(app.url("/api/v1/alerts/okta")).header("x-okta-verification-challenge", "a-challenge");
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.json::<Value>().await.unwrap(), json!({"verification": "a-challenge"}));
    });
}

#[test]
fn what_nobody_understood_is_let_go_after_its_time_batch_after_batch() {
    on_both(async |app| {
        let now = app.house.respond.room().now();
        let mut tx = app.house.respond.db.begin().await.unwrap();
        for number in 0..2_100_u32 {
            let days = if number < 2_050 { 91 } else { 89 };
            let received = now.minus(holdfast::time::Span::from_days(days));
            let row = holdfast::store::unmapped::UnmappedRow {
                id: holdfast::id::Id::new(received, &*app.house.respond.room().random),
                endpoint: "monitor".to_owned(),
                received,
                reason: "no-mapping".to_owned(),
                data_key: vec![1],
                body: vec![2],
            };
            holdfast::store::unmapped::insert(&mut tx, &row).await.unwrap();
        }
        tx.commit().await.unwrap();
        holdfast::respond::sweep(&app.house.respond).await.unwrap();
        assert_eq!(rows::counts(&app).await["unmapped"], 50, "one sweep takes more than one batch");
    });
}
