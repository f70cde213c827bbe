//! Backends that are late, cut off, down, or talk nonsense: one effect or none, and nobody is told what is not known.

use holdfast::time::Span;

use super::backend::{Mood, backend};
use super::{account, approver, ask, becomes, incident, look, plan, post, responder};
use crate::support::app::{on_both_with, on_sqlite_with};
use serde_json::json;

/// NET-04, NET-05, NET-06: each order has one effect in the end, whatever came first.
#[test]
#[expect(clippy::print_stdout, reason = "the figures are what the test is run for")]
fn whatever_the_backend_does_an_order_has_one_effect() {
    on_both_with(plan(), async |app| {
        let moods: [(&[Mood], &str); 9] = [
            (&[Mood::Good], "confirmed"),
            (&[Mood::Cut], "unknown"),
            (&[Mood::Down], "unknown"),
            (&[Mood::Down, Mood::Down, Mood::Cut], "unknown"),
            (&[Mood::DoneThenDown], "unknown"),
            (&[Mood::Garbage], "unknown"),
            (&[Mood::Redirect], "unknown"),
            (&[Mood::Working], "unknown"),
            (&[Mood::Late], "unknown"),
        ];
        let (mut orders, mut effects, mut letters) = (0, 0, 0);
        for (moods, first) in moods {
            // The breaker rests after five failures in a row.
            app.clock.pass(Span::from_seconds(31));
            let account = account();
            let id = incident(&app, &account).await;
            backend().moods(&account, moods);
            let order = ask(&app, &id, "hold-withdrawals").await;
            let seen = becomes(&app, &id, (&order, &[first])).await;
            for _ in 0..10 {
                if seen["state"] == "confirmed" || look(&app, &id, &order).await["state"] == "confirmed" {
                    break;
                }
                app.clock.pass(Span::from_seconds(40));
                tokio::time::sleep(std::time::Duration::from_millis(700)).await;
            }
            let order = becomes(&app, &id, (&order, &["confirmed"])).await;
            let sent = backend().letters(order["id"].as_str().unwrap());
            let keys: std::collections::BTreeSet<&str> =
                sent.iter().map(|letter| letter["key"].as_str().unwrap()).collect();
            assert_eq!((backend().effects(&account).len(), keys.len()), (1, 1), "{moods:?}");
            (orders, effects, letters) =
                (orders + 1, effects + backend().effects(&account).len(), letters + sent.len());
        }
        println!("orders {orders}, effects {effects}, letters {letters}");
        assert_eq!(orders, effects);
    });
}

/// A backend that never answers leaves the order visibly unknown, and the person is told of no hold; lifting it keeps a
/// late copy out by its number.
#[test]
fn what_is_not_known_is_shown_as_not_known_and_can_be_lifted() {
    on_sqlite_with(plan(), async |app| {
        let account = account();
        let body = json!({"text": "someone logged into my account and wants to withdraw", "account": account});
        let report = app.visitor().post(app.url("/api/v1/reports")).json(&body).send().await.unwrap();
        let holder = crate::support::case::Holder::of(&report.json().await.unwrap());
        let id = app.queue().await[0]["id"].as_str().unwrap().to_owned();
        backend().moods(&account, &[Mood::Cut]);
        let hold = ask(&app, &id, "hold-withdrawals").await;
        becomes(&app, &id, (&hold, &["unknown"])).await;
        let case = holder.case(&app).await;
        assert_eq!(case["protections"], serde_json::Value::Null, "no hope is told as a fact");
        assert!(case["progress"].as_array().unwrap().iter().any(|done| done["what"] == "hold-asked"));
        let path = format!("/{}/withdraw", hold["id"].as_str().unwrap());
        assert_eq!(
            post(&app, &responder(&app).await, (&id, &path), json!({"reason": "x"})).await.0,
            409,
            "it has left"
        );
        let path = format!("/{}/reverse", hold["id"].as_str().unwrap());
        let (status, _) = post(&app, &responder(&app).await, (&id, &path), json!({"reason": "false alarm"})).await;
        assert_eq!(status, 200);
    });
}

/// A refusal is a refusal: nothing happened, nobody tries again.
#[test]
fn an_order_that_is_refused_is_not_sent_again() {
    on_sqlite_with(plan(), async |app| {
        let account = account();
        let id = incident(&app, &account).await;
        backend().moods(&account, &[Mood::Refuses]);
        let order = ask(&app, &id, "hold-withdrawals").await;
        let order = becomes(&app, &id, (&order, &["failed"])).await;
        assert_eq!(order["word"], "not-allowed");
        app.clock.pass(Span::from_days(1));
        assert_eq!(backend().letters(order["id"].as_str().unwrap()).len(), 1);
        assert!(backend().effects(&account).is_empty());
    });
}

/// When nobody could be reached until the end of the order, it lapses: certainly without effect.
#[test]
fn an_order_whose_time_is_over_is_asked_about_and_not_sent_again() {
    on_sqlite_with(plan(), async |app| {
        let account = account();
        let id = incident(&app, &account).await;
        backend().moods(&account, &[Mood::Down]);
        let order = ask(&app, &id, "lock-account").await;
        let path = format!("/{}/approve", order["id"].as_str().unwrap());
        post(&app, &approver(&app).await, (&id, &path), json!({"digest": order["digest"]})).await;
        becomes(&app, &id, (&order, &["unknown"])).await;
        app.clock.pass(Span::from_minutes(17));
        becomes(&app, &id, (&order, &["expired"])).await;
        assert!(backend().effects(&account).is_empty());
        let kinds: Vec<String> = backend()
            .letters(order["id"].as_str().unwrap())
            .iter()
            .map(|letter| letter["type"].as_str().unwrap().to_owned())
            .collect();
        assert_eq!(kinds, ["order", "question"]);
    });
}
