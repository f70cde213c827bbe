//! Sending twice makes one case (CA-12).

use reqwest::{RequestBuilder, StatusCode};
use serde_json::{Value, json};
use tokio::task::JoinSet;

use super::TRON;
use crate::support::app::{App, on_both, on_sqlite};
use crate::support::browser::Browser;
use crate::support::rows;
use holdfast::time::Span;

/// 128 random bits in hex, as a client makes them.
const KEY: &str = "5f0c1b9d27e84a63b0d4c2a9187e6f35";

fn report(app: &App, key: &str, text: &str) -> RequestBuilder {
    app.visitor().post(app.url("/api/v1/reports")).header("idempotency-key", key).json(&json!({"text": text}))
}

async fn created(request: RequestBuilder) -> Value {
    let response = request.send().await.unwrap();
    assert_eq!(response.status(), StatusCode::CREATED);
    response.json().await.unwrap()
}

#[test]
fn the_same_key_with_the_same_body_gets_the_first_answer_again() {
    on_both(async |app| {
        let first = created(report(&app, KEY, TRON)).await;
        app.clock.pass(Span::from_minutes(23 * 60));
        assert_eq!(created(report(&app, KEY, TRON)).await, first, "the same link and code");
        assert_eq!(app.queue().await.len(), 1);
    });
}

#[test]
fn the_same_key_with_another_body_is_refused() {
    on_both(async |app| {
        created(report(&app, KEY, TRON)).await;
        let response = report(&app, KEY, "something else happened").send().await.unwrap();
        assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let problem: Value = response.json().await.unwrap();
        assert_eq!(problem["type"], "urn:holdfast:problem:idempotency");
        assert_eq!(problem["errors"][0]["field"], "idempotency-key");
        assert_eq!(app.queue().await.len(), 1);
    });
}

#[test]
fn a_key_that_could_be_guessed_is_refused() {
    on_sqlite(async |app| {
        for (length, expected) in [(0, 422), (21, 422), (22, 201), (128, 201), (129, 422)] {
            let response = report(&app, &"k".repeat(length), TRON).send().await.unwrap();
            assert_eq!(response.status().as_u16(), expected, "{length}");
        }
    });
}

#[test]
fn fifty_copies_at_once_make_one_case_with_one_answer() {
    on_both(async |app| {
        let mut copies = JoinSet::new();
        for _ in 0..50 {
            copies.spawn(created(report(&app, KEY, TRON)));
        }
        let answers = copies.join_all().await;
        assert_eq!(answers.len(), 50);
        assert!(answers.iter().all(|answer| *answer == answers[0]));
        let counts = rows::counts(&app).await;
        assert_eq!((counts["reporter_case"], counts["incident"], counts["signal"]), (1, 1, 1));
    });
}

#[test]
fn a_form_that_is_sent_twice_makes_one_case() {
    on_both(async |app| {
        let mut browser = Browser::new(&app);
        let page = browser.get("/").await;
        let (_, rest) = page.text.split_once(r#"name="key" value=""#).unwrap();
        let key = rest.split('"').next().unwrap();
        assert!(key.len() >= 32, "{key}");
        let fields = [("key", key), ("lang", "en"), ("text", "someone moved my coins")];
        for _ in 0..2 {
            assert_eq!(browser.report_with(&fields).await.status, StatusCode::OK);
        }
        assert_eq!(rows::counts(&app).await["reporter_case"], 1);
        assert_eq!(browser.get("/case").await.status, StatusCode::OK, "the second answer opens the same case");
    });
}

#[test]
fn a_form_that_is_sent_again_without_its_secret_and_with_a_proof_is_the_same_form() {
    on_sqlite(async |app| {
        let mut browser = Browser::new(&app);
        let typed = "my words army van defense carry jealous true garbage claim echo media make crunch were typed in";
        let shown = holdfast::phrase::scrub(typed).text.clone();
        assert!(!shown.contains("garbage"), "{shown}");
        let fields = [("key", KEY), ("lang", "en"), ("text", typed)];
        assert_eq!(browser.report_with(&fields).await.status, StatusCode::OK);
        let again = [("key", KEY), ("lang", "en"), ("text", &shown), ("script", "yes"), ("proof", "a.1.2")];
        assert_eq!(browser.report_with(&again).await.status, StatusCode::OK);
        assert_eq!(rows::counts(&app).await["reporter_case"], 1);
    });
}
