//! Where a report goes whose account an app shows (DESIGN §9.6).

use holdfast::time::Span;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use super::{WITH_APP, good};
use crate::support::app::{App, on_both_with, on_sqlite_with};
use crate::support::case::Holder;

fn seen(account: &str) -> Value {
    json!({
        "type": "chain.permission-changed",
        "timestamp": "2026-03-02T08:59:00Z",
        "data": {"account": account, "chain": "tron", "severity": "high"},
    })
}

async fn report(app: &App, link: Option<&str>) -> Value {
    let request = app.visitor().post(app.url("/api/v1/reports")).json(&json!({"text": "I cannot send my coins"}));
    let request = if let Some(link) = link { request.header("report-link", link) } else { request };
    let response = request.send().await.unwrap();
    assert_eq!(response.status(), StatusCode::CREATED);
    response.json().await.unwrap()
}

#[test]
fn a_shown_account_joins_what_machines_saw_of_it_and_its_steps_know() {
    on_both_with(WITH_APP, async |app| {
        assert_eq!(app.event("msg_1", &seen("user-1001")).await.status(), StatusCode::ACCEPTED);
        let answer = report(&app, Some(&good(&app))).await;
        assert_eq!(app.queue().await.len(), 1, "one incident of one account");
        assert_eq!(answer["incident"]["kind"], "tron-permission-hijack", "what the monitor saw decides the steps");
        assert_eq!(Holder::of(&answer).case(&app).await["incident"]["kind"], "tron-permission-hijack");
    });
}

#[test]
fn machines_join_the_report_of_a_shown_account() {
    on_both_with(WITH_APP, async |app| {
        report(&app, Some(&good(&app))).await;
        assert_eq!(app.event("msg_1", &seen("user-1001")).await.status(), StatusCode::ACCEPTED);
        let queue = app.queue().await;
        assert_eq!(queue.len(), 1);
        assert_eq!(queue[0]["kind"], "tron-permission-hijack");
    });
}

#[test]
fn whoever_comes_second_with_the_same_account_gets_an_incident_and_a_case_of_their_own() {
    on_both_with(WITH_APP, async |app| {
        let first = Holder::of(&report(&app, Some(&good(&app))).await);
        let incident = app.queue().await[0]["id"].as_str().unwrap().to_owned();
        let words = json!({"text": "for the first holder alone"});
        assert_eq!(app.staff_post(&format!("/api/v1/incidents/{incident}/message"), &words).await.status(), 200);
        let second = Holder::of(&report(&app, Some(&good(&app))).await);
        assert_eq!(app.queue().await.len(), 2);
        assert!(first.case(&app).await.to_string().contains("for the first holder alone"));
        assert!(!second.case(&app).await.to_string().contains("for the first holder alone"));
    });
}

#[test]
fn an_account_that_is_only_named_joins_nothing() {
    on_both_with(WITH_APP, async |app| {
        assert_eq!(app.event("msg_1", &seen("user-1001")).await.status(), StatusCode::ACCEPTED);
        let named = json!({"text": "I cannot send my coins", "account": "user-1001"});
        let response = app.visitor().post(app.url("/api/v1/reports")).json(&named).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::CREATED);
        assert_eq!(app.queue().await.len(), 2);
    });
}

#[test]
fn a_flood_of_alerts_pushes_no_word_of_the_person_out_of_what_they_carry_to_the_police() {
    on_sqlite_with(WITH_APP, async |app| {
        let alert = |number: u32| {
            let (minute, second) = (40 + number / 60, number % 60);
            json!({
                "type": "auth.login-failed",
                "timestamp": format!("2026-03-02T{:02}:{:02}:{second:02}Z", 8 + minute / 60, minute % 60),
                "data": {"account": "user-1001", "ip": "203.0.113.7", "severity": "medium"},
            })
        };
        for number in 0..20 {
            assert_eq!(app.event(&format!("msg_{number}"), &alert(number)).await.status(), StatusCode::ACCEPTED);
        }
        let holder = Holder::of(&report(&app, Some(&good(&app))).await);
        assert_eq!(app.queue().await.len(), 1, "report and alerts are one incident");
        app.clock.pass(Span::from_minutes(30));
        for number in 1_300..1_580 {
            assert_eq!(app.event(&format!("msg_{number}"), &alert(number)).await.status(), StatusCode::ACCEPTED);
        }
        let pack = holder.request(&app, Method::GET, "/evidence?region=SG").send().await.unwrap();
        let pack = String::from_utf8_lossy(&pack.bytes().await.unwrap()).into_owned();
        assert!(pack.contains("I cannot send my coins"), "{pack}");
    });
}
