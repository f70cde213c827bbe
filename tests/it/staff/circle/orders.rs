//! Orders on an account that a closed case and an open one name: whoever is not in the circle learns of none of the first.

use std::sync::atomic::{AtomicU32, Ordering};

use reqwest::Method;
use serde_json::{Value, json};

use super::filled::BUSY;
use super::{Known, Somebody, somebody};
use crate::orders::backend::backend;
use crate::support::app::{App, on_both_with};
use crate::support::person::asks;
use crate::support::rows::audit;

/// An account that no other story has, in a case that is closed to one person and in another that everybody sees.
async fn held_twice(app: &App, boss: &Somebody) -> (Known, Known) {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let account = format!("acct-closed-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    let closed = Known::report_about(app, ("otterwing", &account)).await;
    boss.closes(app, &closed.incident, &[]).await;
    (closed, Known::report_about(app, ("heronfoot", &account)).await)
}

/// Posts to the orders of a case; the status and the answer.
async fn post(app: &App, (who, known): (&Somebody, &Known), (path, body): (&str, Value)) -> (u16, Value) {
    let path = format!("/api/v1/incidents/{}/orders{path}", known.incident);
    let response = asks(app, (Method::POST, &path), &who.session).json(&body).send().await.unwrap();
    (response.status().as_u16(), response.json().await.unwrap())
}

/// Asks for an order, and waits until the backend has done it.
async fn done(app: &App, (who, known): (&Somebody, &Known), body: Value) -> Value {
    let (status, order) = post(app, (who, known), ("", body)).await;
    assert_eq!(status, 201, "{order}");
    let path = format!("/api/v1/incidents/{}/orders", known.incident);
    crate::letters::once("the order is confirmed", async || {
        let orders: Value = serde_json::from_str(&who.get(app, &path).await.text).unwrap();
        let placed = orders["placed"].as_array().unwrap().iter().find(|placed| placed["id"] == order["id"]).cloned();
        placed.filter(|placed| placed["state"] == "confirmed")
    })
    .await
}

/// RB-12, AUD-01: a hold of a closed case is not told of, is not shortened, and looking at a preview is a view on record.
#[test]
fn a_hold_of_a_closed_case_is_neither_told_of_nor_shortened() {
    on_both_with(BUSY, async |app| {
        let boss = somebody(&app, "boss", "responder approver").await;
        let cat = somebody(&app, "cat", "responder approver").await;
        let (closed, open) = held_twice(&app, &boss).await;
        let hold = |minutes: u32| json!({"action": "hold-withdrawals", "minutes": minutes, "reason": "It is leaving."});
        let hidden = done(&app, (&boss, &closed), hold(60)).await;

        let line = format!("staff:{} incident.view incident:{} done", cat.key, open.incident);
        let views = async || audit(&app).await.iter().filter(|entry| entry.starts_with(&line)).count();
        let before = views().await;
        let look = json!({"action": "hold-withdrawals", "minutes": 5});
        let (status, radius) = post(&app, (&cat, &open), ("/preview", look)).await;
        assert_eq!((status, &radius["in_force"]), (200, &json!([])), "{radius}");
        assert_eq!(views().await, before + 1);
        let (_, own) = post(&app, (&boss, &closed), ("/preview", json!({"action": "end-sessions"}))).await;
        assert_eq!(own["in_force"], json!(["hold-withdrawals"]), "its people are shown it");

        let short = done(&app, (&cat, &open), hold(5)).await;
        assert_eq!(short["until"], "2026-03-02T09:05:00.000Z");
        assert_eq!(hidden["until"], "2026-03-02T10:00:00.000Z");
        let letters = backend().letters(short["id"].as_str().unwrap());
        assert_eq!(letters[0]["until"], hidden["until"], "what holds is not shortened");
        // What is in their own sight they are told of as ever.
        let before = views().await;
        let shorter = json!({"action": "hold-withdrawals", "minutes": 1});
        let (status, problem) = post(&app, (&cat, &open), ("/preview", shorter)).await;
        assert_eq!((status, problem["type"].as_str()), (409, Some("urn:holdfast:problem:order-in-force")));
        assert_eq!(views().await, before + 1, "a preview that is refused is a view too");
    });
}

/// RB-12: nor is it told that a closed case asked for the same and waits for a second person.
#[test]
fn an_order_of_a_closed_case_that_waits_is_not_told_of() {
    on_both_with(BUSY, async |app| {
        let boss = somebody(&app, "boss", "responder approver").await;
        let cat = somebody(&app, "cat", "responder approver").await;
        let (closed, open) = held_twice(&app, &boss).await;
        let lock = || json!({"action": "lock-account", "minutes": 30, "reason": "It is taken over."});
        assert_eq!(post(&app, (&boss, &closed), ("", lock())).await.0, 201);
        let (status, order) = post(&app, (&cat, &open), ("", lock())).await;
        assert_eq!((status, order["state"].as_str()), (201, Some("proposed")), "{order}");
        let (status, again) = post(&app, (&cat, &open), ("", lock())).await;
        assert_eq!((status, again["type"].as_str()), (409, Some("urn:holdfast:problem:order-under-way")));
    });
}
