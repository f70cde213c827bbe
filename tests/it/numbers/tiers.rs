//! Whom a case is for: skills and languages, the tiers in the list and after a correction, what a missed promise does, and
//! made-up cases, which stand nowhere.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use super::{DRAIN, ROUTINE, act, judge, rows, take};
use crate::support::app::{App, on_both, on_sqlite};
use crate::support::browser::Browser;
use crate::support::case::Holder;
use crate::support::person::{asks, fresh, member};
use crate::support::rows::spoil;
use holdfast::access::Scopes;
use holdfast::respond::desk::Correction;
use holdfast::store::promises;
use holdfast::time::Span;

const WITHDRAWAL: &str = "my withdrawal is pending since monday";

async fn set(app: &App, body: Value) {
    assert_eq!(app.staff_post("/api/v1/shift", &body).await.status(), StatusCode::NO_CONTENT);
}

/// How many cases the list shows at an address.
async fn listed(browser: &mut Browser, address: &str) -> usize {
    browser.get(address).await.text.matches("<li data-row").count()
}

#[test]
fn a_skill_goes_first_while_the_others_are_only_a_little_more_urgent() {
    on_both(async |app| {
        let mei = app.token_of("mei", Scopes::all()).await;
        app.report(ROUTINE).await;
        app.clock.pass(Span::from_minutes(2));
        app.report(WITHDRAWAL).await;
        let queue = app.queue().await;
        assert_ne!(queue[0]["kind"], queue[1]["kind"]);
        let (next, suited) = (queue[0].clone(), queue[1].clone());
        let mut settings = json!({"name": "mei", "first": true, "second": true, "skills": [suited["kind"]]});
        set(&app, settings.clone()).await;
        let taken = take(&app, &mei).await;
        assert_eq!(taken["id"], suited["id"], "within the minutes that the policy allows");
        act(&app, &mei, (&taken, "release", json!({"fence": taken["fence"]}))).await;

        app.report(DRAIN).await;
        assert_eq!(take(&app, &mei).await["class"], "security", "a skill never goes before the lane of security");
        app.clock.pass(Span::from_minutes(30));
        app.report(WITHDRAWAL).await;
        settings["skills"] = json!([suited["kind"]]);
        let ada = app.token_of("ada", Scopes::all()).await;
        settings["name"] = json!("ada");
        set(&app, settings.clone()).await;
        let (one, two) = (take(&app, &ada).await, take(&app, &ada).await);
        let taken = [one["id"].clone(), two["id"].clone()];
        assert!(taken.contains(&next["id"]), "whoever waited for half an hour is not passed over for a skill");
        settings["skills"] = json!(["no-such-kind"]);
        assert_eq!(app.staff_post("/api/v1/shift", &settings).await.status(), StatusCode::UNPROCESSABLE_ENTITY);
    });
}

#[test]
fn the_list_knows_the_tiers_and_a_correction_moves_a_case_between_them() {
    on_both(async |app| {
        app.report(DRAIN).await;
        app.report(ROUTINE).await;
        let first = app.token_of("first", Scopes::all()).await;
        set(&app, json!({"name": "first", "first": true, "second": false})).await;
        let mut browser = Browser::new(&app);
        browser.sign_in(&app.token).await;
        assert_eq!(listed(&mut browser, "/staff/list").await, 2);
        assert_eq!(listed(&mut browser, "/staff/list?tier=first").await, 1);
        assert_eq!(listed(&mut browser, "/staff/list?tier=second").await, 1);
        let page = browser.get("/staff/list?lang=en").await.text;
        assert!(page.contains("/staff/list?tier=second"), "a facet leads there");

        let drain = app.queue().await[0].clone();
        let id = drain["id"].as_str().unwrap().parse().unwrap();
        let version = app.staff_get(&format!("/api/v1/incidents/{}", drain["id"].as_str().unwrap())).await["version"]
            .as_i64()
            .unwrap();
        let lower = (Correction::Rule { level: 5, kind: None }, "their own test".to_owned());
        app.house.respond.correct((id, version), "ada", lower).await.unwrap().unwrap();
        assert_eq!(listed(&mut browser, "/staff/list?tier=first").await, 2);
        assert_eq!(take(&app, &first).await["id"], drain["id"], "level 5 is for the first tier");
    });
}

#[test]
fn a_missed_promise_raises_the_case_and_stands_on_the_page_and_in_the_report_until_it_is_kept() {
    on_both(async |mut app| {
        let second = app.token_of("second", Scopes::all()).await;
        set(&app, json!({"name": "second", "first": false, "second": true})).await;
        app.report(ROUTINE).await;
        let late = app.queue().await[0]["id"].clone();
        let claim = app.visitor().request(Method::POST, app.url("/api/v1/queue/claim")).bearer_auth(&second);
        assert_eq!(claim.send().await.unwrap().status(), StatusCode::NO_CONTENT, "it is the first tier's");
        app.clock.pass(Span::from_minutes(24 * 60 + 1));
        app.token = app.token_of("later", Scopes::all()).await;
        let second = app.token_of("second", Scopes::all()).await;
        holdfast::respond::sweep(&app.house.respond).await.unwrap();

        let mut browser = Browser::new(&app);
        browser.sign_in(&app.token).await;
        let page = browser.get("/staff?lang=en").await.text;
        assert!(page.contains("Needs attention") && page.contains("First reply is late"));
        let numbers = app.staff_get("/api/v1/numbers").await;
        let breach = rows(&numbers, "breaches", &[("promise", "reply")])[0].clone();
        assert_eq!(
            (&breach["incident"], &breach["done"], &breach["late_seconds"]),
            (&late, &Value::Null, &Value::Null)
        );

        let taken = take(&app, &second).await;
        assert_eq!(taken["id"], late, "the second tier is given it now");
        app.clock.pass(Span::from_minutes(9));
        act(&app, &second, (&taken, "message", json!({"text": "sorry that it took a day"}))).await;
        let numbers = app.staff_get("/api/v1/numbers").await;
        assert_eq!(rows(&numbers, "breaches", &[])[0]["late_seconds"], json!(600), "told with how late it was");
        assert!(!browser.get("/staff?lang=en").await.text.contains("First reply is late"));

        app.report(DRAIN).await;
        let open = app.queue().await[0]["id"].clone();
        app.clock.pass(Span::from_days(7));
        app.token = app.token_of("much later", Scopes::all()).await;
        holdfast::respond::sweep(&app.house.respond).await.unwrap();
        let pressing = app.staff_get("/api/v1/shift/alarms").await;
        assert_eq!(pressing["unresolved"][0]["incident"], open, "a resolution that is late stands there too");
        let targets = app.staff_get("/api/v1/numbers?days=30").await;
        let missed = rows(&targets, "breaches", &[("promise", "resolution")]);
        assert!(missed.iter().any(|breach| breach["incident"] == open && breach["done"].is_null()), "{missed:?}");
    });
}

/// Whether the end of a case is late and nobody has said so yet; says so.
async fn late(app: &App) -> bool {
    let now = app.clock_now();
    let mut tx = app.house.respond.db.read().await.unwrap();
    let overdue = promises::overdue(&mut tx, now, 10).await.unwrap().into_iter().find(|late| !late.is_reply);
    drop(tx);
    let said = overdue.is_some();
    if let Some(late) = overdue {
        let now = now.millis();
        spoil(app, &format!("update promise set resolve_missed = {now} where incident = '{}'", late.incident)).await;
    }
    said
}

#[test]
fn a_case_that_comes_back_is_promised_its_whole_time_from_then_each_time() {
    on_both(async |mut app| {
        let holder = Holder::of(&app.report(ROUTINE).await);
        let row = app.queue().await[0].clone();
        for back in ["it came back", "and again"] {
            app.clock.pass(Span::from_days(1));
            app.token = app.token_of(back, Scopes::all()).await;
            let seen = app.staff_get(&format!("/api/v1/incidents/{}", row["id"].as_str().unwrap())).await;
            judge(&app, &app.token, (&seen, "answered")).await;
            app.clock.pass(Span::from_days(3));
            holder.does(&app, "/messages", &json!({"text": back})).await;
            app.clock.pass(Span::from_minutes(7 * 24 * 60 - 1));
            assert!(!late(&app).await, "{back}");
            app.clock.pass(Span::from_minutes(1));
            assert!(late(&app).await && !late(&app).await, "{back}");
        }
    });
}

#[test]
fn new_evidence_does_not_silence_the_alarm_of_level_one() {
    on_both(async |app| {
        let holder = Holder::of(&app.report(DRAIN).await);
        let id = app.queue().await[0]["id"].as_str().unwrap().to_owned();
        let incident = app.staff_get(&format!("/api/v1/incidents/{id}")).await;
        let raise = json!({"version": incident["version"], "level": 1, "reason": "it leaves now"});
        act(&app, &app.token, (&incident, "escalate", raise)).await;
        let alarms = async || app.staff_get("/api/v1/shift/alarms").await["level_one"].as_array().unwrap().len();
        assert_eq!(alarms().await, 0);
        app.clock.pass(Span::from_minutes(2));
        assert_eq!(alarms().await, 1);
        holder.does(&app, "/details", &json!({"first_sign": "hours", "tried": "nothing yet"})).await;
        assert_eq!(alarms().await, 1, "whoever writes more waits no shorter");
        take(&app, &app.token).await;
        assert_eq!(alarms().await, 0);
    });
}

#[test]
fn a_made_up_case_is_in_no_list_and_no_search_and_no_order_leaves_for_it() {
    on_both(async |app| {
        let made: Value = app.staff(Method::POST, "/api/v1/shift/practice").send().await.unwrap().json().await.unwrap();
        let id = made["id"].as_str().unwrap();
        app.report(ROUTINE).await;
        let mut browser = Browser::new(&app);
        browser.sign_in(&app.token).await;
        for (address, shown) in [
            ("/staff/list".to_owned(), 1),
            ("/staff/list?state=mine".to_owned(), 0),
            (format!("/staff/list?q={id}"), 0),
        ] {
            let page = browser.get(&address).await.text;
            assert!(!page.contains(&format!("name=\"case\" value=\"{id}\"")), "{address}");
            assert_eq!(page.matches("<li data-row").count(), shown, "{address}");
        }
        let order = json!({"action": "hold-withdrawals", "reason": "to see what happens"});
        let (_, ada) = fresh(&app, ("ada", "responder")).await;
        let path = format!("/api/v1/incidents/{id}/orders");
        let refused = asks(&app, (Method::POST, &path), &ada).json(&order).send().await.unwrap();
        assert_eq!(refused.status(), StatusCode::CONFLICT);
        assert!(refused.text().await.unwrap().contains("problem:practice"));

        let settled = crate::support::settle::settle_as(&app, &app.token, id).await;
        let verdict = json!({"version": settled["version"], "verdict": "answered", "reason": "practised"});
        act(&app, &app.token, (&made, "verdict", verdict)).await;
        assert_eq!(listed(&mut browser, "/staff/list?state=closed").await, 0);
    });
}

#[test]
fn a_practised_signal_cannot_be_moved_into_a_real_case() {
    on_sqlite(async |app| {
        let made: Value = app.staff(Method::POST, "/api/v1/shift/practice").send().await.unwrap().json().await.unwrap();
        app.report(DRAIN).await;
        let real = app.queue().await[0]["id"].as_str().unwrap().parse().unwrap();
        let id = made["id"].as_str().unwrap().parse().unwrap();
        let merge = (Correction::Merge { into: real }, "to see what happens".to_owned());
        let outcome = app.house.respond.correct((id, made["version"].as_i64().unwrap()), "staff", merge).await.unwrap();
        assert!(outcome.is_err());
    });
}

#[test]
fn the_settings_of_a_person_stand_in_the_form_and_come_back_as_they_were_sent() {
    on_sqlite(async |app| {
        let mut lead = member(&app, ("lead", "approver")).await;
        let mei = member(&app, ("mei", "responder")).await.id.to_string();
        let page = lead.browser.get("/staff/shift").await;
        assert!(page.text.contains("Name of mei"), "everybody who takes cases can be chosen");
        let (csrf, browser) = (page.csrf(), &mut lead.browser);
        let fields = [
            ("csrf", csrf.as_str()),
            ("name", mei.as_str()),
            ("tier", "second"),
            ("languages", "zh"),
            ("languages", "zh-Hant"),
            ("skills", "sim-swap"),
            ("most", "7"),
            ("hours", "mon-fri 09:00-18:00"),
            ("zone", "Asia/Singapore"),
        ];
        assert_eq!(browser.post("/staff/shift", &fields).await.status, StatusCode::SEE_OTHER);
        let page = browser.get(&format!("/staff/shift?person={mei}")).await.text;
        assert!(page.contains(&format!("<option value=\"{mei}\" selected>Name of mei")), "{page}");
        for kept in [
            "value=\"second\" selected",
            "name=\"languages\" value=\"zh\" checked",
            "name=\"languages\" value=\"zh-Hant\" checked",
            "name=\"skills\" value=\"sim-swap\" checked",
            "name=\"most\" value=\"7\"",
            "value=\"mon-fri 09:00-18:00\"",
            "value=\"Asia/Singapore\"",
        ] {
            assert!(page.contains(kept), "{kept}");
        }
        assert!(!page.contains("name=\"languages\" value=\"en\" checked"));
    });
}

#[test]
fn no_cap_keeps_anybody_from_a_case_of_level_one() {
    on_both(async |app| {
        let mei = app.token_of("mei", Scopes::all()).await;
        set(&app, json!({"name": "mei", "first": true, "second": true, "most": 1})).await;
        app.report(DRAIN).await;
        take(&app, &mei).await;
        app.report(DRAIN).await;
        let claim = app.visitor().request(Method::POST, app.url("/api/v1/queue/claim")).bearer_auth(&mei);
        assert_eq!(claim.send().await.unwrap().status(), StatusCode::CONFLICT, "the cap holds");
        let id = app.queue().await[0]["id"].as_str().unwrap().to_owned();
        let incident = app.staff_get(&format!("/api/v1/incidents/{id}")).await;
        let raise = json!({"version": incident["version"], "level": 1, "reason": "it leaves now"});
        act(&app, &app.token, (&incident, "escalate", raise)).await;
        assert_eq!(take(&app, &mei).await["id"], incident["id"]);
    });
}
