//! Orders that left once: whatever is heard of them afterwards, a copy may be on its way until their time is over.

use holdfast::time::Span;
use serde_json::{Value, json};

use super::backend::{Mood, backend};
use super::{account, approve, ask, becomes, incident, lift, look, plan, post, responder};
use crate::letters::once;
use crate::support::app::{App, on_both_with};
use crate::support::browser::Browser;
use crate::support::rows::spoil;

/// The kinds of letters about an order.
fn kinds(order: &Value) -> Vec<String> {
    let letters = backend().letters(order["id"].as_str().unwrap());
    letters.iter().map(|letter| letter["type"].as_str().unwrap().to_owned()).collect()
}

/// A hold that left twice and of which its backend says that it has never seen it.
async fn never_seen(app: &App, (incident, account): (&str, &str)) -> Value {
    backend().moods(account, &[Mood::Down, Mood::NeverSeen]);
    let hold = ask(app, incident, "hold-withdrawals").await;
    becomes(app, incident, (&hold, &["unknown"])).await;
    app.clock.pass(Span::from_seconds(10));
    once("the second attempt", async || (kinds(&hold).len() == 3).then_some(())).await;
    becomes(app, incident, (&hold, &["approved"])).await
}

/// NET-04: a backend that has never seen what was just sent is not written to again without a rest.
#[test]
fn an_order_that_is_answered_as_never_seen_waits_before_it_leaves_again() {
    on_both_with(plan(), async |app| {
        let account = account();
        let id = incident(&app, &account).await;
        let hold = never_seen(&app, (&id, &account)).await;
        let another = ask(&app, &id, "end-sessions").await;
        becomes(&app, &id, (&another, &["confirmed"])).await;
        assert_eq!(kinds(&hold), ["order", "question", "order"]);
        app.clock.pass(Span::from_minutes(5));
        becomes(&app, &id, (&hold, &["confirmed"])).await;
    });
}

/// RB-11: what left once is not taken back but lifted, and is over with its release; the account can be held anew.
#[test]
fn what_left_once_is_never_taken_back_and_ends_with_its_release() {
    on_both_with(plan(), async |app| {
        let account = account();
        let id = incident(&app, &account).await;
        let hold = never_seen(&app, (&id, &account)).await;
        // As though the next attempt had not reached it, and there were no other yet.
        spoil(&app, "update containment_order set word = 'no-connection'").await;
        spoil(&app, "update outbox set due = give_up where kind = 'order' and state = 'waiting'").await;
        let path = format!("/{}/withdraw", hold["id"].as_str().unwrap());
        let (status, problem) = post(&app, &responder(&app).await, (&id, &path), json!({"reason": "x"})).await;
        assert_eq!((status, problem["type"].as_str()), (409, Some("urn:holdfast:problem:order-may-have-left")));

        let mut desk = Browser::new(&app);
        desk.come_in(&responder(&app).await);
        let page = desk.get(&format!("/staff/incidents/{id}")).await.text;
        let order = hold["id"].as_str().unwrap();
        let offers = |deed: &str| page.contains(&format!("id=\"{deed}-{order}\""));
        assert!(offers("reverse") && !offers("withdraw"), "{page}");

        let release = lift(&app, &id, &hold).await;
        app.clock.pass(Span::from_minutes(30));
        assert_eq!(approve(&app, &id, &release).await, 200);
        becomes(&app, &id, (&release, &["confirmed"])).await;
        assert_eq!(look(&app, &id, &hold).await["state"], "reversed");
        let anew = ask(&app, &id, "hold-withdrawals").await;
        becomes(&app, &id, (&anew, &["confirmed"])).await;
    });
}

/// NET-05: a copy on its way is good until the order's end by the backend's clock, so it is asked after until then.
#[test]
fn what_left_once_is_asked_after_beyond_its_end() {
    on_both_with(plan(), async |app| {
        let account = account();
        let id = incident(&app, &account).await;
        let hold = never_seen(&app, (&id, &account)).await;
        spoil(&app, "update containment_order set word = 'no-connection'").await;
        app.clock.pass(Span::from_minutes(60));
        becomes(&app, &id, (&hold, &["unknown"])).await;
        app.clock.pass(Span::from_minutes(1));
        becomes(&app, &id, (&hold, &["expired"])).await;
        assert_eq!(kinds(&hold).iter().filter(|kind| *kind == "order").count(), 2);
        assert!(backend().effects(&account).is_empty());
    });
}
