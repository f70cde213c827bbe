//! Correlations read what is stored of a subject, in whatever order it came and whichever incident it lies in.

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::support::app::{App, on_both};
use crate::support::rows;
use crate::support::settle::settle;

/// A refused sign-in, a number of seconds after nine.
fn refused(account: &str, second: u32) -> Value {
    json!({
        "type": "auth.login-failed",
        "timestamp": format!("2026-03-02T08:{:02}:{:02}Z", 50 + second / 60, second % 60),
        "data": {"account": account, "ip": "203.0.113.7", "severity": "medium"},
    })
}

async fn sent(app: &App, account: &str, second: u32) {
    let response = app.event(&format!("msg_{account}_{second}"), &refused(account, second)).await;
    assert_eq!(response.status(), StatusCode::ACCEPTED);
}

async fn only(app: &App) -> Value {
    let queue = app.queue().await;
    assert_eq!(queue.len(), 1, "{queue:?}");
    let id = queue[0]["id"].as_str().unwrap().to_owned();
    app.staff_get(&format!("/api/v1/incidents/{id}")).await
}

/// Whether eight refusals within ten minutes are among the evidence.
fn burst(incident: &Value) -> bool {
    incident["assessment"].to_string().contains("burst-of-refusals")
}

#[test]
fn a_count_runs_over_stored_signals_in_any_order_of_arrival() {
    on_both(async |app| {
        for second in [70, 10, 60, 20, 50, 30, 40] {
            sent(&app, "account-1", second).await;
        }
        assert!(!burst(&only(&app).await), "seven are not eight");
        sent(&app, "account-1", 5).await;
        assert!(burst(&only(&app).await));
    });
}

#[test]
fn signals_of_another_subject_do_not_count() {
    on_both(async |app| {
        for second in 0..7 {
            sent(&app, "account-1", second).await;
        }
        sent(&app, "account-2", 8).await;
        let queue = app.queue().await;
        assert_eq!(queue.len(), 2);
        for row in queue {
            let id = row["id"].as_str().unwrap();
            assert!(!burst(&app.staff_get(&format!("/api/v1/incidents/{id}")).await));
        }
    });
}

#[test]
fn what_a_closed_incident_holds_still_counts_for_the_next_one() {
    on_both(async |app| {
        for second in 0..7 {
            sent(&app, "account-1", second).await;
        }
        let seen = only(&app).await;
        let path = format!("/api/v1/incidents/{}", seen["id"].as_str().unwrap());
        settle(&app, &seen).await;
        let version = app.staff_get(&path).await["version"].clone();
        let verdict = json!({"version": version, "verdict": "false-alarm", "reason": "the owner mistyped"});
        assert_eq!(app.staff_post(&format!("{path}/verdict"), &verdict).await.status(), StatusCode::OK);

        sent(&app, "account-1", 9).await;
        let next = only(&app).await;
        assert_ne!(next["id"], seen["id"]);
        assert_eq!(next["signals"].as_array().unwrap().len(), 1);
        assert!(burst(&next), "seven before and one now are eight: {}", next["assessment"]);
    });
}

#[test]
fn a_closed_incident_that_cannot_be_read_does_not_keep_its_subject_from_being_heard() {
    on_both(async |app| {
        sent(&app, "account-1", 1).await;
        let seen = only(&app).await;
        let settled = settle(&app, &seen).await;
        let path = format!("/api/v1/incidents/{}", seen["id"].as_str().unwrap());
        let verdict = json!({"version": settled["version"], "verdict": "false-alarm", "reason": "the owner mistyped"});
        assert_eq!(app.staff_post(&format!("{path}/verdict"), &verdict).await.status(), StatusCode::OK);
        rows::spoil(&app, "update incident set data_key = assessment where state = 'closed'").await;

        sent(&app, "account-1", 9).await;
        assert_ne!(only(&app).await["id"], seen["id"]);
    });
}

#[test]
fn a_flood_of_one_subject_is_read_in_part_and_keeps_its_evidence() {
    on_both(async |app| {
        let permission = json!({
            "type": "chain.permission-changed",
            "timestamp": "2026-03-02T08:00:00Z",
            "data": {"account": "account-1", "chain": "tron", "severity": "high"},
        });
        assert_eq!(app.event("msg_first", &permission).await.status(), StatusCode::ACCEPTED);
        let before = only(&app).await;
        for second in 0..300 {
            sent(&app, "account-1", second).await;
        }
        let after = only(&app).await;
        assert_eq!(after["kind"], before["kind"]);
        let chance = |incident: &Value| incident["assessment"]["chance"].as_i64().unwrap();
        assert!(chance(&after) >= chance(&before), "{} then {}", chance(&before), chance(&after));
        let read = after["signals"].as_array().unwrap().len();
        assert!((257..=280).contains(&read), "{read} signals were read of 301");
    });
}
