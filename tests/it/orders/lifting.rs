//! What a release lifts, and what it does not: nothing that was placed since, and nothing behind another's back.

use holdfast::config::target::Kind;
use holdfast::config::{Config, Target};
use holdfast::respond::desk::Correction;
use holdfast::text::Language;
use holdfast::time::Span;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use super::backend::{Mood, backend};
use super::{account, approve, ask, becomes, incident, lift, look, plan, post, responder, settings};
use crate::support::app::{App, Plan, on_both_with, on_sqlite_with};
use crate::support::browser::Browser;
use crate::support::case::Holder;
use crate::support::person::{asks, fresh};
use crate::support::rows::{audit, counts, spoil};

/// What was done to an account, in order.
fn done(account: &str) -> Vec<String> {
    backend().effects(account).into_iter().map(|(_, action)| action).collect()
}

/// A hold that its backend has confirmed.
async fn held(app: &App, incident: &str) -> Value {
    let hold = ask(app, incident, "hold-withdrawals").await;
    becomes(app, incident, (&hold, &["confirmed"])).await
}

/// RB-11: a release was for what there was; whoever holds the account anew, for however short, ends it.
#[test]
fn a_hold_that_is_placed_after_a_release_was_asked_for_is_not_lifted_by_it() {
    on_both_with(plan(), async |app| {
        let account = account();
        let id = incident(&app, &account).await;
        let hold = held(&app, &id).await;
        let release = lift(&app, &id, &hold).await;
        app.clock.pass(Span::from_minutes(1));
        let anew = json!({"action": "hold-withdrawals", "minutes": 5, "reason": "it goes on"});
        let (status, anew) = post(&app, &responder(&app).await, (&id, ""), anew).await;
        assert_eq!(status, 201, "{anew}");
        becomes(&app, &id, (&anew, &["confirmed"])).await;
        let release = look(&app, &id, &release).await;
        assert_eq!((release["state"].as_str(), release["word"].as_str()), (Some("withdrawn"), Some("overtaken")));
        let trail = audit(&app).await;
        let said = |line: &&String| line.contains(" order.state ") && line.contains("overtaken");
        assert_eq!(trail.iter().filter(said).count(), 1);
        app.clock.pass(Span::from_minutes(30));
        assert_eq!(approve(&app, &id, &release).await, 409);
        assert_eq!(done(&account), ["hold-withdrawals", "hold-withdrawals"]);
    });
}

/// RB-11: the same once two people stand behind the release and it is on its way.
#[test]
fn a_release_that_has_not_arrived_gives_way_to_a_new_hold() {
    on_both_with(plan(), async |app| {
        let account = account();
        let id = incident(&app, &account).await;
        let hold = held(&app, &id).await;
        let release = lift(&app, &id, &hold).await;
        app.clock.pass(Span::from_minutes(30));
        backend().moods(&account, &[Mood::Down]);
        assert_eq!(approve(&app, &id, &release).await, 200);
        becomes(&app, &id, (&release, &["unknown"])).await;
        let anew = ask(&app, &id, "hold-withdrawals").await;
        app.clock.pass(Span::from_seconds(40));
        let release = becomes(&app, &id, (&release, &["expired"])).await;
        assert_eq!(release["word"], "overtaken");
        becomes(&app, &id, (&anew, &["confirmed"])).await;
        assert_eq!(done(&account), ["hold-withdrawals", "hold-withdrawals"]);
        assert_eq!(look(&app, &id, &hold).await["state"], "confirmed");
    });
}

/// RB-11: what has ended by itself is not lifted.
#[test]
fn a_release_of_what_is_over_is_not_agreed_to() {
    on_both_with(plan(), async |app| {
        let account = account();
        let id = incident(&app, &account).await;
        let hold = held(&app, &id).await;
        let release = lift(&app, &id, &hold).await;
        app.clock.pass(Span::from_minutes(60));
        assert_eq!(approve(&app, &id, &release).await, 409);
        let release = look(&app, &id, &release).await;
        assert_eq!((release["state"].as_str(), release["word"].as_str()), (Some("expired"), Some("overtaken")));
        assert_eq!(done(&account), ["hold-withdrawals"]);
    });
}

/// RB-11: an order whose letter is stopped for its release is asked after again when that comes to nothing.
#[test]
fn a_release_that_fails_leaves_the_hold_to_be_asked_after() {
    on_both_with(plan(), async |app| {
        let account = account();
        let id = incident(&app, &account).await;
        backend().moods(&account, &[Mood::Cut]);
        let hold = ask(&app, &id, "hold-withdrawals").await;
        becomes(&app, &id, (&hold, &["unknown"])).await;
        spoil(&app, "update outbox set due = give_up where kind = 'order' and state = 'waiting'").await;
        let release = lift(&app, &id, &hold).await;
        app.clock.pass(Span::from_minutes(30));
        backend().moods(&account, &[Mood::Refuses]);
        assert_eq!(approve(&app, &id, &release).await, 200);
        becomes(&app, &id, (&release, &["failed"])).await;
        becomes(&app, &id, (&hold, &["confirmed"])).await;
        assert_eq!(done(&account), ["hold-withdrawals"]);
    });
}

/// RB-11: that a signal was wrong is no reason to hold for ever what it had held.
#[test]
fn what_a_signal_that_was_set_aside_had_held_can_be_lifted() {
    on_both_with(plan(), async |app| {
        let body = json!({"text": "someone logged into my account and wants to withdraw", "account": account()});
        let report = app.visitor().post(app.url("/api/v1/reports")).json(&body).send().await.unwrap();
        let holder = Holder::of(&report.json().await.unwrap());
        holder.does(&app, "/messages", &json!({"text": "it was another account of mine"})).await;
        let id = app.queue().await[0]["id"].as_str().unwrap().to_owned();
        let hold = held(&app, &id).await;
        let seen = app.staff_get(&format!("/api/v1/incidents/{id}")).await;
        let named: Vec<&Value> =
            seen["signals"].as_array().unwrap().iter().filter(|signal| !signal["facts"]["account"].is_null()).collect();
        assert_eq!(named.len(), 1, "one signal alone names the account");
        let signal = named[0]["id"].as_str().unwrap().parse().unwrap();
        let at = (id.parse().unwrap(), seen["version"].as_i64().unwrap());
        let aside = (Correction::False { signal }, "another account".to_owned());
        app.house.respond.correct(at, "ada", aside).await.unwrap().unwrap();
        let release = lift(&app, &id, &hold).await;
        assert_eq!((&release["account"], &release["target"]), (&hold["account"], &json!("wallet")));
    });
}

fn with_mail(config: &mut Config) {
    settings(config);
    config.target = vec![Target {
        name: "post".to_owned(),
        kind: Kind::Mail,
        url: "smtp://127.0.0.1:1".to_owned(),
        url_file: None,
        url_env: None,
        secret_file: None,
        secret_env: None,
        networks: vec!["127.0.0.0/8".to_owned()],
        language: Language::En,
        alarms: 0,
        after_minutes: 0,
        again_minutes: 0,
        chat: None,
        from: Some("Example Wallet <help@wallet.example>".to_owned()),
        to: vec!["desk@wallet.example".to_owned()],
        user: None,
        people: true,
        plain: true,
        authority_file: None,
    }];
}

/// RB-11, RB-12: whoever lifts a hold need not see every case that rests on it; its people are told all the same.
#[test]
fn a_release_is_told_by_mail_to_people_whose_case_is_closed_to_a_list() {
    on_both_with(Plan { settings: with_mail, ..Plan::default() }, async |app| {
        let body = json!({"text": "someone logged into my account and wants to withdraw", "account": account(),
            "contact": {"email": "anna@example.org"}});
        let sent = app.visitor().post(app.url("/api/v1/reports")).json(&body).send().await.unwrap();
        assert_eq!(sent.status(), StatusCode::CREATED);
        let theirs = app.queue().await[0]["id"].as_str().unwrap().to_owned();
        held(&app, &theirs).await;
        let mine = incident(&app, &account()).await;
        let hold = held(&app, &mine).await;
        // Both are about one account.
        let one = "update containment_order set account_digest = (select max(account_digest) from containment_order)";
        spoil(&app, one).await;
        let mut member = Browser::new(&app);
        member.come_in(&responder(&app).await);
        let page = format!("/staff/incidents/{theirs}/circle");
        let csrf = member.get(&page).await.csrf();
        let fields = [("csrf", csrf.as_str()), ("what", "close"), ("reason", "A public person.")];
        assert_eq!(member.post(&page, &fields).await.status, StatusCode::SEE_OTHER);

        let before = counts(&app).await["case_notice"];
        let other = fresh(&app, ("third", "responder")).await.1;
        let path = format!("/api/v1/incidents/{mine}/orders/{}/reverse", hold["id"].as_str().unwrap());
        let asked = asks(&app, (Method::POST, &path), &other).json(&json!({"reason": "it was them"}));
        assert_eq!(asked.send().await.unwrap().status(), StatusCode::OK);
        assert_eq!(counts(&app).await["case_notice"], before + 1);
        let trail = audit(&app).await;
        let line = trail.iter().rfind(|line| line.contains(" order.ask ")).unwrap();
        assert!(line.contains("\"told\":2"), "the page and the mail: {line}");
    });
}

/// RB-09: what only waits for a second person holds nothing, so it stands in the way of no emergency.
#[test]
fn a_proposal_keeps_nobody_from_holding_at_once() {
    on_both_with(plan(), async |app| {
        let id = incident(&app, &account()).await;
        let long = json!({"action": "hold-withdrawals", "minutes": 120, "reason": "for longer"});
        let (status, proposed) = post(&app, &responder(&app).await, (&id, ""), long.clone()).await;
        assert_eq!((status, proposed["state"].as_str()), (201, Some("proposed")));
        held(&app, &id).await;
        let (status, problem) = post(&app, &responder(&app).await, (&id, ""), long).await;
        assert_eq!((status, problem["type"].as_str()), (409, Some("urn:holdfast:problem:order-under-way")));
        assert_eq!(approve(&app, &id, &proposed).await, 200);
        becomes(&app, &id, (&proposed, &["confirmed"])).await;
    });
}

/// A second backend that understands everything, behind the first.
fn two_backends(config: &mut Config) {
    settings(config);
    let mut second = config.backend[0].clone();
    "second".clone_into(&mut second.name);
    config.backend.push(second);
}

/// RB-11: a release goes where the hold is, whoever else would understand it.
#[test]
fn a_hold_is_lifted_at_the_backend_that_holds() {
    on_sqlite_with(Plan { settings: two_backends, ..Plan::default() }, async |app| {
        let (id, other) = (incident(&app, &account()).await, incident(&app, &account()).await);
        let (hold, gone) = (held(&app, &id).await, held(&app, &other).await);
        for (name, order) in [("second", &hold), ("gone", &gone)] {
            let order = order["id"].as_str().unwrap();
            spoil(&app, &format!("update containment_order set target = '{name}' where id = '{order}'")).await;
        }
        assert_eq!(lift(&app, &id, &hold).await["target"], "second");
        let path = format!("/{}/reverse", gone["id"].as_str().unwrap());
        let (status, problem) = post(&app, &responder(&app).await, (&other, &path), json!({"reason": "x"})).await;
        assert_eq!((status, problem["type"].as_str()), (409, Some("urn:holdfast:problem:no-backend")));
    });
}
