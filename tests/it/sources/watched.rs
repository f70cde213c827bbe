//! What operators see of their sources: what came, what was refused, who is silent, what is quiet for a time.

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::support::app::{App, on_both};
use crate::support::browser::Browser;
use crate::support::rows;
use holdfast::access::Scopes;
use holdfast::time::{Clock, Span};

fn event(kind: &str, account: &str) -> Value {
    json!({"type": kind, "timestamp": "2026-03-02T08:59:00Z", "data": {"account": account, "severity": "high"}})
}

async fn source(app: &App, name: &str) -> Value {
    let listed = app.staff_get("/api/v1/sources").await;
    listed["sources"].as_array().unwrap().iter().find(|source| source["endpoint"] == name).unwrap().clone()
}

async fn begin(app: &App, body: Value) -> Value {
    let response = app.staff_post("/api/v1/sources/quiet", &body).await;
    assert_eq!(response.status(), StatusCode::CREATED);
    response.json().await.unwrap()
}

#[test]
fn an_operator_sees_what_came_what_was_refused_and_how_far_a_clock_is_off() {
    on_both(async |app| {
        app.event("msg_1", &event("auth.threat", "account-1")).await;
        app.event("msg_1", &event("auth.threat", "account-1")).await;
        app.event("msg_2", &json!([1, 2])).await;
        app.event("msg_1", &event("auth.threat", "account-2")).await;
        for _ in 0..3 {
            let forged = app.visitor().post(app.url("/api/v1/alerts/events")).json(&json!({})).send().await.unwrap();
            assert_eq!(forged.status(), StatusCode::UNAUTHORIZED);
        }
        app.visitor().post(app.url("/api/v1/alerts/nobody")).json(&json!({})).send().await.unwrap();

        let seen = source(&app, "events").await;
        let came = &seen["last_hours"];
        assert_eq!((&came["deliveries"], &came["accepted"]), (&json!(4), &json!(1)), "{seen}");
        assert_eq!((&came["duplicates"], &came["conflicts"]), (&json!(1), &json!(1)));
        assert_eq!(came["unmapped"], 1);
        assert_eq!(seen["last_day"], seen["last_hours"]);
        assert_eq!(seen["refused"], json!({"missing-header": 3}));
        assert!(seen["clock_skew_ms"].as_i64().unwrap() < 1_000);
        assert_eq!(app.staff_get("/api/v1/sources").await["refused_unknown"], 1);
        assert_eq!(source(&app, "okta").await.get("last_seen"), None);

        let kept = app.staff_get("/api/v1/sources/kept/events/copies").await;
        let path = format!("/api/v1/sources/kept/events/copies?id={}", kept["kept"][0]["id"].as_str().unwrap());
        let opened = app.staff_get(&path).await;
        assert!(opened["body"].as_str().unwrap().contains("account-1"), "{opened}");
        let elsewhere = path.replace("events", "okta");
        let hidden = app.staff(reqwest::Method::GET, &elsewhere).send().await.unwrap();
        assert_eq!(hidden.status(), StatusCode::NOT_FOUND, "a copy of another source");
    });
}

#[test]
fn the_console_shows_every_source_and_opens_what_is_kept() {
    on_both(async |app| {
        app.event("msg_1", &json!(["<script>alert(1)</script>"])).await;
        let mut browser = Browser::new(&app);
        browser.sign_in(&app.token).await;
        let list = browser.get("/staff/sources").await;
        assert!(list.text.contains("events") && list.text.contains("grafana"), "{}", list.text);
        let page = browser.get("/staff/sources/events").await;
        let link = page.text.split("href=\"").find(|part| part.starts_with("/staff/sources/events/unmapped/")).unwrap();
        let opened = browser.get(link.split('"').next().unwrap()).await;
        assert!(opened.text.contains("&lt;script&gt;") && !opened.text.contains("<script>alert"), "{}", opened.text);

        let form = [("csrf", page.csrf()), ("kind", "auth.login".to_owned()), ("hours", "2".to_owned())];
        let mut form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
        form.push(("reason", "the identity provider is being moved"));
        let made = browser.post("/staff/sources/events/quiet", &form).await;
        assert_eq!((made.status, made.location.as_str()), (StatusCode::SEE_OTHER, "/staff/sources/events"));
        assert!(browser.get("/staff/sources/events").await.text.contains("is being moved"));
        let forged = browser.post("/staff/sources/events/quiet", &form[1..]).await;
        assert_eq!(forged.status, StatusCode::FORBIDDEN);
    });
}

#[test]
fn a_source_gone_silent_raises_one_alarm_and_a_word_from_it_ends_it() {
    on_both(async |app| {
        for hour in 0..14 {
            app.event(&format!("msg_{hour}"), &event("auth.login", "account-1")).await;
            app.clock.pass(Span::from_minutes(60));
        }
        app.house.watch_sources().await.unwrap();
        assert_eq!(source(&app, "events").await.get("silent_since"), None, "an hour is usual for it");
        app.clock.pass(Span::from_minutes(180));
        for _ in 0..3 {
            app.house.watch_sources().await.unwrap();
        }
        assert!(source(&app, "events").await["silent_since"].is_string());
        // The console's own session ends with the night that the story let pass.
        let token = app.token_of("operator", Scopes::all()).await;
        let mut browser = Browser::new(&app);
        browser.sign_in(&token).await;
        let home = browser.get("/staff").await;
        assert!(home.text.contains("A source has gone silent") && home.text.contains("events"), "{}", home.text);
        let all = browser.get("/staff/sources").await.text;
        let rows: Vec<&str> = all.split("<th scope=\"row\">").collect();
        assert!(all.matches("<table").count() == 1 && rows.len() > 2, "a row a source: {all}");
        let first = rows[1];
        assert!(first.contains("/staff/sources/events") && first.contains("role=\"alert\""), "the silent one: {first}");

        app.event("msg_back", &event("auth.login", "account-1")).await;
        app.house.watch_sources().await.unwrap();
        assert_eq!(source(&app, "events").await.get("silent_since"), None);
        let entries = actions(&app).await;
        let count = |name: &str| entries.iter().filter(|action| *action == name).count();
        assert_eq!((count("source.silent"), count("source.heard-again")), (1, 1));
    });
}

async fn actions(app: &App) -> Vec<String> {
    let mut tx = app.house.respond.db.read().await.unwrap();
    let entries = holdfast::store::audit::page(&mut tx, 0, 1_000).await.unwrap();
    entries.into_iter().map(|entry| entry.entry.action).collect()
}

#[test]
fn a_snooze_keeps_what_may_wait_and_never_what_leaves_or_is_secret() {
    on_both(async |app| {
        let ends = app.clock.now().plus(Span::from_minutes(120));
        let wanted = json!({"endpoint": "events", "ends": ends, "reason": "migration, 工单 12"});
        let id = begin(&app, wanted).await["id"].as_str().unwrap().to_owned();
        let quiet = app.event("msg_1", &event("auth.threat", "account-1")).await.json::<Value>().await.unwrap();
        assert_eq!((&quiet["accepted"], &quiet["ignored"]), (&json!(0), &json!(1)));
        assert!(app.queue().await.is_empty());

        let mut leaving: Vec<Value> =
            ["withdrawal.requested", "chain.approval", "chain.transfer-out"].map(|kind| event(kind, "x")).into();
        let mut told = event("auth.threat", "x");
        told["data"]["title"] = json!(format!("{}about", "abandon ".repeat(11)));
        leaving.push(told);
        for (at, mut event) in leaving.into_iter().enumerate() {
            event["data"]["account"] = json!(format!("other-{at}"));
            let through: Value = app.event(&format!("msg_through_{at}"), &event).await.json().await.unwrap();
            assert_eq!(through["accepted"], 1, "never muted: {event}");
        }
        let late: Value = app.event("msg_late", &event("auth.threat", "other-0")).await.json().await.unwrap();
        assert_eq!(late["accepted"], 1, "evidence for an open incident always comes through");
        assert_eq!(source(&app, "events").await["last_hours"]["set_aside"], 1);
        let kept = app.staff_get("/api/v1/sources/kept/events/set-aside").await;
        assert_eq!(kept["kept"][0]["about"], "auth.threat");

        app.clock.pass(Span::from_minutes(121));
        app.house.watch_sources().await.unwrap();
        let after: Value = app.event("msg_2", &event("auth.threat", "account-1")).await.json().await.unwrap();
        assert_eq!(after["accepted"], 1, "it has run out");
        let over = app.staff_post(&format!("/api/v1/sources/quiet/{id}/end"), &json!({})).await;
        assert_eq!(over.status(), StatusCode::CONFLICT);
        let entries = actions(&app).await;
        assert!(entries.iter().any(|action| action == "source.quiet"));
        assert!(entries.iter().any(|action| action == "source.quiet-over"));
        assert!(!rows::hold(&rows::bytes(&app).await, "migration, "), "a reason is sealed");
    });
}

#[test]
fn a_quiet_time_is_bounded_has_a_reason_and_can_be_ended() {
    on_both(async |app| {
        let after = |days: i64| app.clock.now().plus(Span::from_days(days));
        for bad in [
            json!({"endpoint": "nobody", "ends": after(1), "reason": "x"}),
            json!({"endpoint": "events", "ends": after(8), "reason": "x"}),
            json!({"endpoint": "events", "kind": "auth.login", "ends": after(31), "reason": "x"}),
            json!({"endpoint": "events", "kind": "withdrawal.requested", "ends": after(1), "reason": "x"}),
            json!({"endpoint": "events", "kind": "chain.approval", "ends": after(1), "reason": "x"}),
            json!({"endpoint": "events", "ends": after(-1), "reason": "x"}),
            json!({"endpoint": "events", "ends": after(1), "reason": " "}),
        ] {
            let refused = app.staff_post("/api/v1/sources/quiet", &bad).await;
            assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY, "{bad}");
        }
        let rule = json!({"endpoint": "events", "kind": "auth.login", "ends": after(1), "reason": "load test"});
        let id = begin(&app, rule).await["id"].as_str().unwrap().to_owned();
        let other: Value = app.event("msg_1", &event("auth.threat", "a")).await.json().await.unwrap();
        assert_eq!(other["accepted"], 1, "only the kind that was named waits");
        let ended = app.staff_post(&format!("/api/v1/sources/quiet/{id}/end"), &json!({})).await;
        assert_eq!(ended.status(), StatusCode::OK);
        let login: Value = app.event("msg_2", &event("auth.login", "b")).await.json().await.unwrap();
        assert_eq!(login["accepted"], 1);
        let listed = app.staff_get("/api/v1/sources/quiet?endpoint=events").await;
        assert_eq!(
            (&listed["quiet"][0]["ended_by"], &listed["quiet"][0]["reason"]),
            (&json!("responder"), &json!("load test"))
        );
    });
}
