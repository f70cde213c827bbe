//! Retries and floods: a delivery counts once (HK-03).

use reqwest::header::{HeaderMap, HeaderValue};
use reqwest::{Client, StatusCode};
use serde_json::{Value, json};
use tokio::task::JoinSet;

use super::permission_changed;
use crate::support::app::{App, EVENTS_SECRET, on_both};
use crate::support::rows;
use holdfast::intake::verify::{Key, KeyForm, Secret, sign};
use holdfast::time::{Clock, Span};

#[test]
fn a_retry_is_acknowledged_and_does_nothing() {
    on_both(async |app| {
        let event = permission_changed("account-1");
        let first: Value = app.event("msg_1", &event).await.json().await.unwrap();
        app.clock.pass(Span::from_days(6));
        let before = rows::counts(&app).await;
        let again = app.event("msg_1", &event).await;
        assert_eq!(again.status(), StatusCode::ACCEPTED);
        let again: Value = again.json().await.unwrap();
        assert_eq!((&again["accepted"], &again["duplicates"]), (&json!(0), &json!(1)));
        assert_eq!(again["signals"], first["signals"], "the sender learns the ids of the first time");
        let after = rows::counts(&app).await;
        for table in ["incident", "signal", "delivery", "event"] {
            assert_eq!(after[table], before[table], "{table}");
        }
    });
}

#[test]
fn the_same_id_with_another_body_is_a_conflict_and_both_are_kept() {
    on_both(async |app| {
        app.event("msg_1", &permission_changed("account-1")).await;
        let other = app.event("msg_1", &permission_changed("account-2")).await;
        assert_eq!(other.status(), StatusCode::CONFLICT);
        let problem: Value = other.json().await.unwrap();
        assert_eq!(problem["type"], "urn:holdfast:problem:delivery-conflict");
        assert_eq!(app.queue().await.len(), 1, "the second is evidence of trouble and not an alert");
        let kept = rows::counts(&app).await["conflict"];
        assert_eq!(kept, 1);
    });
}

/// One signed delivery, ready to be sent many times.
#[derive(Clone)]
struct Signed {
    client: Client,
    url: String,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Signed {
    fn new(app: &App, id: &str, event: &Value) -> Self {
        let key = Key::decode(&Secret::new(EVENTS_SECRET.to_owned()).unwrap(), KeyForm::Whsec).unwrap();
        let body = serde_json::to_vec(event).unwrap();
        let now = app.clock.now().millis() / 1_000;
        let signature = sign::sign_standard(&key, id, now, &body);
        let mut headers = HeaderMap::new();
        for (name, value) in
            [("webhook-id", id), ("webhook-timestamp", &now.to_string()), ("webhook-signature", &signature)]
        {
            headers.insert(name, HeaderValue::from_str(value).unwrap());
        }
        Self { client: app.visitor(), url: app.url("/api/v1/alerts/events"), headers, body }
    }

    /// Sends it so many times, one after the other, and gives how often it counted.
    async fn send(self, times: usize) -> u64 {
        let mut accepted = 0;
        for _ in 0..times {
            let request = self.client.post(&self.url).headers(self.headers.clone()).body(self.body.clone());
            let response = request.send().await.unwrap();
            assert_eq!(response.status(), StatusCode::ACCEPTED);
            accepted += response.json::<Value>().await.unwrap()["accepted"].as_u64().unwrap();
        }
        accepted
    }
}

#[test]
fn two_floods_of_two_hundred_copies_at_once_make_one_signal_each() {
    on_both(async |app| {
        let floods = ["account-1", "account-2"]
            .map(|account| Signed::new(&app, &format!("msg_{account}"), &permission_changed(account)));
        let mut senders = JoinSet::new();
        for _ in 0..20 {
            for flood in &floods {
                senders.spawn(flood.clone().send(10));
            }
        }
        assert_eq!(senders.join_all().await.iter().sum::<u64>(), 2);
        let counts = rows::counts(&app).await;
        assert_eq!((counts["incident"], counts["signal"]), (2, 2));
    });
}

#[test]
fn two_floods_of_different_events_of_one_account_make_one_incident() {
    on_both(async |app| {
        let mut senders = JoinSet::new();
        for number in 0..40 {
            let event = permission_changed("account-1");
            senders.spawn(Signed::new(&app, &format!("msg_{number}"), &event).send(2));
        }
        assert_eq!(senders.join_all().await.iter().sum::<u64>(), 40);
        let counts = rows::counts(&app).await;
        assert_eq!((counts["incident"], counts["signal"]), (1, 40));
    });
}
