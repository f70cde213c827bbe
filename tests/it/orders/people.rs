//! Who may: one person for an hour, two for what is dangerous, and for lifting protection two, a wait and word to the person.

use holdfast::access::Scopes;
use holdfast::time::Span;
use serde_json::{Value, json};

use super::backend::backend;
use super::{account, approver, ask, becomes, incident, look, plan, post, responder};
use crate::support::app::{App, on_both_with, on_sqlite_with};
use crate::support::person::{another_session, fresh};
use crate::support::rows::spoil;

/// The order once its backend was found not to be there.
async fn unreached(app: &App, (id, order): (&str, &Value)) -> Value {
    loop {
        let now = look(app, id, order).await;
        if now["word"] == "no-connection" {
            return now;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
}

/// RB-09: a hold of an hour leaves with one person's word, once; an eleventh in the hour does not.
#[test]
fn one_person_holds_withdrawals_for_an_hour_and_ten_times_at_most() {
    on_both_with(plan(), async |app| {
        let account = account();
        let id = incident(&app, &account).await;
        let order = ask(&app, &id, "hold-withdrawals").await;
        assert_eq!((order["people"].as_u64(), order["target"].as_str()), (Some(1), Some("wallet")));
        assert_eq!(order["until"], "2026-03-02T10:00:00.000Z");
        let order = becomes(&app, &id, (&order, &["confirmed"])).await;
        let effects = backend().effects(&account);
        assert_eq!(effects, [(order["id"].as_str().unwrap().to_owned(), "hold-withdrawals".to_owned())]);
        let letters = backend().letters(order["id"].as_str().unwrap());
        assert_eq!((letters.len(), letters[0]["account"].as_str()), (1, Some(account.as_str())));
        let longer = json!({"action": "end-sessions", "minutes": 61, "reason": "x"});
        assert_eq!(
            post(&app, &responder(&app).await, (&id, ""), longer).await.0,
            422,
            "what does not last has no length"
        );
        for _ in 0..9 {
            let order = ask(&app, &id, "end-sessions").await;
            becomes(&app, &id, (&order, &["confirmed"])).await;
        }
        let eleventh = json!({"action": "end-sessions", "reason": "x"});
        let (status, problem) = post(&app, &responder(&app).await, (&id, ""), eleventh.clone()).await;
        assert_eq!((status, problem["type"].as_str()), (409, Some("urn:holdfast:problem:order-brake")));
        app.clock.pass(Span::from_minutes(60));
        assert_eq!(post(&app, &responder(&app).await, (&id, ""), eleventh).await.0, 201);
        assert!(look(&app, &id, &order).await["to_review"].as_bool().unwrap());
        let looked = json!({"looked": true});
        let path = format!("/{}/review", order["id"].as_str().unwrap());
        assert_eq!(post(&app, &responder(&app).await, (&id, &path), looked.clone()).await.0, 409, "not their own");
        assert_eq!(post(&app, &approver(&app).await, (&id, &path), looked).await.0, 200);
        assert!(!look(&app, &id, &order).await["to_review"].as_bool().unwrap());
    });
}

/// RB-07: a second session of the same person and any token: none of them is a second person.
#[test]
fn what_is_dangerous_takes_two_different_people() {
    on_both_with(plan(), async |app| {
        let account = account();
        let id = incident(&app, &account).await;
        let order = ask(&app, &id, "lock-account").await;
        assert_eq!((order["state"].as_str(), order["people"].as_u64()), (Some("proposed"), Some(2)));
        let path = format!("/{}/approve", order["id"].as_str().unwrap());
        let digest = json!({"digest": order["digest"]});
        let another = another_session(&app, "first").await;
        for same in [responder(&app).await, another] {
            let (status, problem) = post(&app, &same, (&id, &path), digest.clone()).await;
            assert_eq!((status, problem["type"].as_str()), (409, Some("urn:holdfast:problem:order-rule")));
        }
        for name in ["a program", "first", &fresh(&app, ("first", "")).await.0] {
            let token = app.token_of(name, Scopes::all()).await;
            assert_eq!(post(&app, &token, (&id, &path), digest.clone()).await.0, 403, "{name}");
        }
        let second = approver(&app).await;
        let other = json!({"digest": "0".repeat(64)});
        assert_eq!(post(&app, &second, (&id, &path), other).await.0, 409, "not what was shown");
        assert!(backend().effects(&account).is_empty());
        let (status, approved) = post(&app, &second, (&id, &path), digest.clone()).await;
        assert_eq!(
            (status, approved["approvals"][0]["by"].as_str()),
            (200, Some(fresh(&app, ("second", "")).await.0.as_str()))
        );
        becomes(&app, &id, (&order, &["confirmed"])).await;
        assert_eq!(post(&app, &second, (&id, &path), digest).await.0, 409, "it works once");
        assert_eq!(backend().effects(&account).len(), 1);
    });
}

/// RB-08: an order that nobody approves in time lapses, and its approval comes too late.
#[test]
fn an_order_that_waits_too_long_lapses() {
    on_sqlite_with(plan(), async |app| {
        let account = account();
        let id = incident(&app, &account).await;
        let order = ask(&app, &id, "freeze-api-keys").await;
        app.clock.pass(Span::from_minutes(60));
        let path = format!("/{}/approve", order["id"].as_str().unwrap());
        let late = post(&app, &approver(&app).await, (&id, &path), json!({"digest": order["digest"]})).await;
        assert_eq!(late.0, 409);
        holdfast::respond::sweep(&app.house.respond).await.unwrap();
        assert_eq!(look(&app, &id, &order).await["state"], "expired");
        assert!(backend().effects(&account).is_empty());
    });
}

/// RB-08: whatever is changed behind the program's back after the approval, the order does not leave.
#[test]
fn an_order_that_was_changed_after_its_approval_never_leaves() {
    for change in [
        "update containment_order set action = 'unlock-address-book'",
        "update containment_order set until = until + 1",
        "update containment_order set requester = 'somebody'",
        "update containment_order set people = 1",
        "update containment_order set expires = expires + 1",
        "update containment_order set digest = 'x'",
        "update order_approval set digest = 'x'",
        "update order_approval set person = 'first'",
        "delete from order_approval",
    ] {
        on_sqlite_with(plan(), async |app| {
            let account = account();
            let id = incident(&app, &account).await;
            let order = ask(&app, &id, "lock-address-book").await;
            let path = format!("/{}/approve", order["id"].as_str().unwrap());
            post(&app, &approver(&app).await, (&id, &path), json!({"digest": order["digest"]})).await;
            // Its backend is not there, so it is approved and waits.
            assert_eq!(unreached(&app, (&id, &order)).await["state"], "approved", "not one byte left");
            let first = fresh(&app, ("first", "")).await.0;
            spoil(&app, &change.replace("'first'", &format!("'{first}'"))).await;
            app.clock.pass(Span::from_seconds(10));
            becomes(&app, &id, (&order, &["failed"])).await;
        });
    }
}

/// An approval is good for a quarter of an hour: a backend that is away for longer gets nothing afterwards.
#[test]
fn an_approval_that_could_not_be_used_in_time_is_void() {
    on_sqlite_with(plan(), async |app| {
        let id = incident(&app, &account()).await;
        let order = ask(&app, &id, "lock-address-book").await;
        let path = format!("/{}/approve", order["id"].as_str().unwrap());
        post(&app, &approver(&app).await, (&id, &path), json!({"digest": order["digest"]})).await;
        unreached(&app, (&id, &order)).await;
        app.clock.pass(Span::from_minutes(15));
        becomes(&app, &id, (&order, &["expired"])).await;
    });
}

/// RB-11: two people, half an hour, and a message to the person first; the smaller number of the hold stays out.
#[test]
fn protection_is_lifted_by_two_after_half_an_hour_and_not_before_the_person_knows() {
    on_both_with(plan(), async |app| {
        let account = account();
        let body = json!({"text": "someone logged into my account and wants to withdraw", "account": account});
        let report = app.visitor().post(app.url("/api/v1/reports")).json(&body).send().await.unwrap();
        let holder = crate::support::case::Holder::of(&report.json().await.unwrap());
        let id = app.queue().await[0]["id"].as_str().unwrap().to_owned();
        let hold = ask(&app, &id, "hold-withdrawals").await;
        becomes(&app, &id, (&hold, &["confirmed"])).await;
        let case = holder.case(&app).await;
        assert_eq!(case["protections"][0]["until"], "2026-03-02T10:00:00.000Z");

        let path = format!("/{}/reverse", hold["id"].as_str().unwrap());
        let (status, release) =
            post(&app, &responder(&app).await, (&id, &path), json!({"reason": "it was them"})).await;
        assert_eq!((status, release["action"].as_str()), (200, Some("release-withdrawals")));
        let told = holder.case(&app).await["messages"].as_array().unwrap().last().unwrap()["text"].clone();
        assert!(told.as_str().unwrap().contains("Nothing is lifted before 2026-03-02 09:30 UTC"), "{told}");
        let path = format!("/{}/approve", release["id"].as_str().unwrap());
        let digest = json!({"digest": release["digest"]});
        assert_eq!(post(&app, &approver(&app).await, (&id, &path), digest.clone()).await.0, 409, "too early");
        app.clock.pass(Span::from_millis(30 * 60_000 - 1));
        assert_eq!(post(&app, &approver(&app).await, (&id, &path), digest.clone()).await.0, 409, "still too early");
        assert_eq!(backend().effects(&account).len(), 1);
        app.clock.pass(Span::from_millis(1));
        assert_eq!(post(&app, &approver(&app).await, (&id, &path), digest).await.0, 200);
        becomes(&app, &id, (&release, &["confirmed"])).await;
        assert_eq!(look(&app, &id, &hold).await["state"], "reversed");
        assert_eq!(holder.case(&app).await["protections"], serde_json::Value::Null);
        let done: Vec<String> = backend().effects(&account).into_iter().map(|(_, action)| action).collect();
        assert_eq!(done, ["hold-withdrawals", "release-withdrawals"]);
    });
}

/// Orders go to accounts of the incident alone, one of a kind at a time, and are taken back before they leave.
#[test]
fn an_order_is_for_an_account_of_the_incident_and_there_is_one_at_a_time() {
    on_sqlite_with(plan(), async |app| {
        let (mine, other) = (account(), account());
        let id = incident(&app, &mine).await;
        let strange = json!({"action": "lock-account", "account": other, "reason": "x"});
        assert_eq!(post(&app, &responder(&app).await, (&id, ""), strange).await.0, 422);
        let (status, radius) =
            post(&app, &responder(&app).await, (&id, "/preview"), json!({"action": "lock-account"})).await;
        assert_eq!((status, radius["people"].as_u64(), radius["proved"].as_bool()), (200, Some(2), Some(true)));
        assert_eq!(radius["touches"], json!({"pending-withdrawals": 1, "sessions": 2}), "unknown names are left out");
        let order = ask(&app, &id, "lock-account").await;
        let again = json!({"action": "lock-account", "reason": "x"});
        let (status, problem) = post(&app, &responder(&app).await, (&id, ""), again).await;
        assert_eq!((status, problem["type"].as_str()), (409, Some("urn:holdfast:problem:order-under-way")));
        let path = format!("/{}/withdraw", order["id"].as_str().unwrap());
        let (status, order) = post(&app, &responder(&app).await, (&id, &path), json!({"reason": "wrong one"})).await;
        assert_eq!((status, order["state"].as_str()), (200, Some("withdrawn")));
        let path = format!("/{}/approve", order["id"].as_str().unwrap());
        let late = post(&app, &approver(&app).await, (&id, &path), json!({"digest": order["digest"]})).await;
        assert_eq!(late.0, 409);
        assert!(backend().effects(&mine).is_empty() && backend().effects(&other).is_empty());
    });
}

/// RB-11: nothing makes a hold shorter but its release, and a release is only the reverse of an order.
#[test]
fn a_hold_is_never_shortened_and_a_release_never_stands_by_itself() {
    on_both_with(plan(), async |app| {
        let id = incident(&app, &account()).await;
        let hold = ask(&app, &id, "hold-withdrawals").await;
        becomes(&app, &id, (&hold, &["confirmed"])).await;
        let shorter = json!({"action": "hold-withdrawals", "minutes": 1, "reason": "just a moment"});
        let (status, problem) = post(&app, &responder(&app).await, (&id, ""), shorter).await;
        assert_eq!((status, problem["type"].as_str()), (409, Some("urn:holdfast:problem:order-in-force")));
        let release = json!({"action": "release-withdrawals", "reason": "it was them"});
        assert_eq!(post(&app, &responder(&app).await, (&id, ""), release.clone()).await.0, 422);
        assert_eq!(
            post(&app, &responder(&app).await, (&id, "/preview"), json!({"action": "unlock-account"})).await.0,
            422
        );
    });
}
