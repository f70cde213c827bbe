//! Tiers, caps, promised times, shifts and practice.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use super::{DRAIN, ROUTINE, act, take};
use crate::support::app::{App, on_both, on_sqlite};
use crate::support::browser::Browser;
use crate::support::case::Holder;
use crate::support::rows;
use holdfast::access::Scopes;
use holdfast::time::Span;

async fn set(app: &App, body: Value) {
    assert_eq!(app.staff_post("/api/v1/shift", &body).await.status(), StatusCode::NO_CONTENT);
}

async fn claim(app: &App, token: &str) -> reqwest::Response {
    app.visitor().request(Method::POST, app.url("/api/v1/queue/claim")).bearer_auth(token).send().await.unwrap()
}

#[test]
fn each_tier_is_given_its_own_work_and_people_hand_it_up_and_back() {
    on_both(async |app| {
        let (first, second) = (app.token_of("first", Scopes::all()).await, app.token_of("second", Scopes::all()).await);
        set(&app, json!({"name": "first", "first": true, "second": false})).await;
        set(&app, json!({"name": "second", "first": false, "second": true})).await;
        app.report(DRAIN).await;
        app.report(ROUTINE).await;
        let routine = take(&app, &first).await;
        assert_eq!(routine["class"], "routine");
        let drain = take(&app, &second).await;
        assert_eq!(drain["class"], "security");
        assert_eq!(claim(&app, &first).await.status(), StatusCode::NO_CONTENT, "nothing of the first tier is left");

        let up = json!({"incident": routine["id"], "tier": "second", "reason": "needs somebody who reads chains"});
        let url = app.url("/api/v1/shift/tier");
        let moved = app.visitor().post(&url).bearer_auth(&second).json(&up).send().await.unwrap();
        assert_eq!(moved.status(), StatusCode::CONFLICT, "it is in another's hands");
        let moved = app.visitor().post(&url).bearer_auth(&first).json(&up).send().await.unwrap();
        assert_eq!(moved.status(), StatusCode::NO_CONTENT);
        assert_eq!(claim(&app, &first).await.status(), StatusCode::NO_CONTENT, "it is the second tier's");
        assert_eq!(take(&app, &second).await["id"], routine["id"]);
        let back = json!({"incident": routine["id"], "tier": "first", "reason": "it was nothing"});
        app.visitor().post(&url).bearer_auth(&second).json(&back).send().await.unwrap();
        assert_eq!(take(&app, &first).await["id"], routine["id"]);
    });
}

#[test]
fn nobody_takes_more_than_the_cap_and_a_language_is_a_wish_and_no_wall() {
    on_both(async |app| {
        let mei = app.token_of("mei", Scopes::all()).await;
        set(&app, json!({"name": "mei", "first": true, "second": true, "languages": ["zh"], "most": 2})).await;
        app.report("my withdrawal is pending since monday").await;
        app.report(ROUTINE).await;
        app.report("my withdrawal is pending since monday").await;
        assert_eq!(take(&app, &mei).await["language"], "zh", "her language first, though another waits longer");
        assert_eq!(take(&app, &mei).await["language"], "en", "rather another language than nobody");
        let full = claim(&app, &mei).await;
        assert_eq!(full.status(), StatusCode::CONFLICT);
        assert!(full.text().await.unwrap().contains("full"));
        for bad in [
            json!({"name": "", "first": true, "second": true}),
            json!({"name": "x", "first": false, "second": false}),
            json!({"name": "x", "first": true, "second": true, "most": 0}),
            json!({"name": "x", "first": true, "second": true, "languages": ["tlh"]}),
            json!({"name": "x", "first": true, "second": true, "hours": ["always"]}),
        ] {
            assert_eq!(app.staff_post("/api/v1/shift", &bad).await.status(), StatusCode::UNPROCESSABLE_ENTITY, "{bad}");
        }
    });
}

#[test]
fn a_promise_is_warned_of_then_missed_handed_up_recorded_and_reported() {
    on_both(async |app| {
        app.report(ROUTINE).await;
        let kept = take(&app, &app.token).await;
        act(&app, &app.token, (&kept, "message", json!({"text": "we look into it"}))).await;
        app.report(ROUTINE).await;
        let alarms = async || app.staff_get("/api/v1/shift/alarms").await;
        assert_eq!(alarms().await, json!({"level_one": [], "missed": [], "soon": [], "unresolved": []}));
        app.clock.pass(Span::from_minutes(19 * 60));
        let soon = alarms().await;
        assert_eq!((soon["soon"].as_array().unwrap().len(), soon["missed"].as_array().unwrap().len()), (1, 0));
        app.clock.pass(Span::from_minutes(5 * 60 + 1));
        let mut app = app;
        app.token = app.token_of("later", Scopes::all()).await;
        let sweep = || holdfast::respond::sweep(&app.house.respond);
        sweep().await.unwrap();
        sweep().await.unwrap();
        let missed = app.staff_get("/api/v1/shift/alarms").await["missed"].clone();
        assert_eq!(missed.as_array().unwrap().len(), 1);
        let numbers = app.staff_get("/api/v1/numbers").await;
        let reply = super::rows(&numbers, "targets", &[("promise", "reply")])[0];
        assert_eq!((&reply["met"], &reply["missed"]), (&json!(1), &json!(1)));
        let trail = app.house.respond.db.read().await.unwrap();
        let mut trail = trail;
        let entries = holdfast::store::audit::page(&mut trail, 0, 1_000).await.unwrap();
        let told: Vec<_> = entries.iter().filter(|entry| entry.entry.action == "incident.promise-missed").collect();
        assert_eq!(told.len(), 1, "once, however often it is swept");
        assert_eq!(told[0].entry.actor, "system");
        assert!(told[0].entry.detail.contains("\"handed-up\":true"), "{}", told[0].entry.detail);
    });
}

#[test]
fn level_one_in_nobodys_hands_is_an_alarm_on_the_first_page_until_somebody_takes_it() {
    on_sqlite(async |app| {
        app.report(DRAIN).await;
        let id = app.queue().await[0]["id"].as_str().unwrap().to_owned();
        let incident = app.staff_get(&format!("/api/v1/incidents/{id}")).await;
        let raise = json!({"version": incident["version"], "level": 1, "reason": "it leaves now"});
        act(&app, &app.token, (&incident, "escalate", raise)).await;
        let mut browser = Browser::new(&app);
        browser.sign_in(&app.token).await;
        assert!(!browser.get("/staff?lang=en").await.text.contains("Needs attention"));
        app.clock.pass(Span::from_minutes(2));
        let page = browser.get("/staff?lang=en").await.text;
        assert!(page.contains("Needs attention") && page.contains("Level 1 in nobody"));
        take(&app, &app.token).await;
        assert!(!browser.get("/staff?lang=en").await.text.contains("Level 1 in nobody"));
    });
}

#[test]
fn the_persons_page_says_when_the_rota_has_somebody_at_work_again() {
    on_both(async |app| {
        // The story's clock stands at 09:00 UTC on a Monday.
        set(
            &app,
            json!({"name": "night", "first": true, "second": true, "hours": ["mon-fri 20:00-23:00"], "zone": "UTC"}),
        )
        .await;
        let holder = Holder::of(&app.report(ROUTINE).await);
        let case = holder.case(&app).await;
        assert_eq!(case["incident"]["place"]["wait"]["staff_back"], "2026-03-02T20:00:00.000Z");
        set(
            &app,
            json!({"name": "day", "first": true, "second": true, "hours": ["mon-fri 08:00-12:00"], "zone": "UTC"}),
        )
        .await;
        assert!(holder.case(&app).await["incident"]["place"]["wait"].get("staff_back").is_none_or(Value::is_null));
        let desk = app.staff_get("/api/v1/shift").await;
        assert_eq!((&desk["people"][0]["name"], &desk["people"][0]["at_work"]), (&json!("day"), &json!(true)));
    });
}

#[test]
fn a_shift_ends_with_a_note_and_what_was_in_hand_goes_back() {
    on_both(async |app| {
        app.report(DRAIN).await;
        let before = app.queue().await;
        take(&app, &app.token).await;
        let mut browser = Browser::new(&app);
        browser.sign_in(&app.token).await;
        let csrf = browser.get("/staff/shift").await.csrf();
        let words = "the tron wave goes on; <b>see</b> the campaign";
        let sent = browser.post("/staff/shift/hand-over", &[("csrf", &csrf), ("text", words)]).await;
        assert_eq!((sent.status, sent.location.as_str()), (StatusCode::SEE_OTHER, "/staff/shift"));
        assert_eq!(app.queue().await[0]["id"], before[0]["id"], "at its old place");
        let page = browser.get("/staff/shift").await.text;
        assert!(page.contains("the tron wave goes on; &lt;b&gt;see"));
        let kept = rows::bytes(&app).await;
        assert!(!kept.windows(14).any(|part| part == b"the tron wave "), "it is sealed");
    });
}

#[test]
fn practice_counts_nowhere_and_is_given_to_nobody_who_did_not_ask() {
    on_both(async |app| {
        let before = app.staff_get("/api/v1/numbers").await;
        let response = app.staff(Method::POST, "/api/v1/shift/practice").send().await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        let made: Value = response.json().await.unwrap();
        assert_eq!(made["references"], json!([]), "there is no reporter");
        let fence = made["fence"].clone();
        act(&app, &app.token, (&made, "release", json!({"fence": fence}))).await;
        assert!(app.queue().await.is_empty(), "it stands in no queue");
        assert_eq!(claim(&app, &app.token).await.status(), StatusCode::NO_CONTENT);
        app.clock.pass(Span::from_minutes(25));
        assert_eq!(app.staff_get("/api/v1/shift/alarms").await["level_one"], json!([]));
        let again: Value =
            app.staff(Method::POST, "/api/v1/shift/practice").send().await.unwrap().json().await.unwrap();
        assert_eq!(again["id"], made["id"], "what was handed back comes first");
        super::judge(&app, &app.token, (&again, "confirmed")).await;
        let after = app.staff_get("/api/v1/numbers").await;
        for table in
            ["turnover", "times", "loss", "kinds", "causes", "verdicts", "signs", "sources", "people", "targets"]
        {
            assert_eq!(before["tables"][table], after["tables"][table], "{table}");
        }
    });
}
