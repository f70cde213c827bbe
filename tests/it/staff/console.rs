//! The console over real forms: sign in, claim, work, leave; no form that was made elsewhere.

use reqwest::{Method, StatusCode};
use serde_json::json;

use super::{LOST, id};
use crate::support::app::{App, on_both, on_sqlite};
use crate::support::browser::Browser;
use crate::support::settle::settle;
use holdfast::access::Scopes;
use holdfast::respond::NewToken;
use holdfast::time::Span;

async fn at_desk(app: &App) -> Browser {
    let mut browser = Browser::new(app);
    browser.sign_in(&app.token).await;
    browser
}

#[test]
fn staff_claim_note_and_judge_without_a_script() {
    on_both(async |app| {
        app.report(LOST).await;
        let incident = app.queue().await[0].clone();
        let mut browser = at_desk(&app).await;
        let csrf = browser.get("/staff").await.csrf();
        let claimed = browser.post("/staff/claim", &[("csrf", &csrf)]).await;
        let path = format!("/staff/incidents/{}", id(&incident));
        assert_eq!((claimed.status, claimed.location.as_str()), (StatusCode::SEE_OTHER, path.as_str()));
        let csrf = browser.get(&path).await.csrf();
        let noted = browser.post(&format!("{path}/note"), &[("csrf", &csrf), ("text", "looked at the chain")]).await;
        assert_eq!((noted.status, noted.location.as_str()), (StatusCode::SEE_OTHER, path.as_str()));
        assert!(browser.get(&path).await.text.contains("looked at the chain"));
        let version = settle(&app, &incident).await["version"].to_string();
        let judged = [
            ("csrf", csrf.as_str()),
            ("version", &version),
            ("verdict", "confirmed"),
            ("kind", ""),
            ("reason", "clear"),
        ];
        let closed = browser.post(&format!("{path}/verdict"), &judged).await;
        assert_eq!((closed.status, closed.location.as_str()), (StatusCode::SEE_OTHER, "/staff?notice=closed"));
        let late = browser.post(&format!("{path}/verdict"), &judged).await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        assert!(late.text.contains("clear"), "what was typed is not lost");
        let nothing = browser.post("/staff/claim", &[("csrf", &csrf)]).await;
        assert_eq!(nothing.location, "/staff?notice=empty");
    });
}

#[test]
fn a_wrong_token_signs_nobody_in() {
    on_sqlite(async |app| {
        let mut browser = Browser::new(&app);
        let csrf = browser.get("/staff/sign-in").await.csrf();
        for token in ["", "hfk_", "responder", &"x".repeat(5_000)] {
            let page = browser.post("/staff/sign-in", &[("csrf", &csrf), ("token", token)]).await;
            assert!(page.status == StatusCode::FORBIDDEN, "{token} {}", page.status);
            assert!(!browser.cookies.contains_key("__Host-hf_staff"));
        }
    });
}

#[test]
fn a_sign_in_form_that_was_made_elsewhere_is_refused() {
    on_sqlite(async |app| {
        let (mut mine, mut other) = (Browser::new(&app), Browser::new(&app));
        mine.get("/staff/sign-in").await;
        let foreign = other.get("/staff/sign-in").await.csrf();
        for csrf in ["", "x", foreign.as_str()] {
            let page = mine.post("/staff/sign-in", &[("csrf", csrf), ("token", &app.token)]).await;
            assert_eq!(page.status, StatusCode::FORBIDDEN, "{csrf}");
        }
        assert!(!mine.cookies.contains_key("__Host-hf_staff"));
    });
}

#[test]
fn a_console_form_from_another_site_or_without_its_token_is_refused() {
    on_both(async |app| {
        app.report(LOST).await;
        let incident = app.queue().await[0].clone();
        let mut browser = at_desk(&app).await;
        let own = browser.get("/staff").await.csrf();
        let foreign = at_desk(&app).await.get("/staff").await.csrf();
        assert_ne!(own, foreign);
        let paths = [
            "/staff/claim".to_owned(),
            format!("/staff/incidents/{}/claim", id(&incident)),
            "/staff/sign-out".to_owned(),
        ];
        for path in &paths {
            for csrf in ["", "x", foreign.as_str()] {
                assert_eq!(browser.post(path, &[("csrf", csrf)]).await.status, StatusCode::FORBIDDEN, "{path} {csrf}");
            }
            for (name, value) in [
                ("sec-fetch-site", "cross-site"),
                ("sec-fetch-site", "same-site"),
                ("origin", "https://elsewhere.example"),
            ] {
                let request = browser.request(Method::POST, path).header(name, value).form(&[("csrf", own.as_str())]);
                assert_eq!(browser.send(request).await.status, StatusCode::FORBIDDEN, "{path} {value}");
            }
            let plain =
                browser.request(Method::POST, path).header("content-type", "text/plain").body(format!("csrf={own}"));
            assert_eq!(browser.send(plain).await.status, StatusCode::UNSUPPORTED_MEDIA_TYPE, "{path}");
        }
        assert_eq!(app.queue().await[0], incident);
    });
}

#[test]
fn the_cookie_of_the_console_changes_nothing_through_the_api() {
    on_both(async |app| {
        app.report(LOST).await;
        let incident = app.queue().await[0].clone();
        let mut browser = at_desk(&app).await;
        assert_eq!(browser.get("/api/v1/queue").await.status, StatusCode::OK, "reading is no change");
        for path in ["/api/v1/queue/claim".to_owned(), format!("/api/v1/incidents/{}/claim", id(&incident))] {
            for (name, value) in [
                ("x-nothing", "1"),
                ("sec-fetch-site", "same-origin"),
                ("x-csrf-token", "x"),
                ("content-type", "text/plain"),
            ] {
                let request = browser.request(Method::POST, &path).header(name, value);
                assert_eq!(browser.send(request).await.status, StatusCode::UNAUTHORIZED, "{path} {name}: {value}");
            }
        }
        assert_eq!(app.queue().await[0], incident);
    });
}

#[test]
fn a_console_session_ends_when_idle_after_its_longest_time_and_with_its_token() {
    on_sqlite(async |app| {
        let is_open = async |browser: &mut Browser| browser.get("/staff").await.status == StatusCode::OK;
        let mut idle = at_desk(&app).await;
        app.clock.pass(Span::from_minutes(30));
        assert!(is_open(&mut idle).await);
        app.clock.pass(Span::from_seconds(30 * 60 + 1));
        assert!(!is_open(&mut idle).await);

        let mut busy = at_desk(&app).await;
        for _ in 0..24 {
            app.clock.pass(Span::from_minutes(30));
            assert!(is_open(&mut busy).await);
        }
        app.clock.pass(Span::from_seconds(1));
        assert!(!is_open(&mut busy).await, "twelve hours");

        let (token_id, token) = app
            .house
            .respond
            .new_token(NewToken { person: "short".to_owned(), scopes: Scopes::all(), days: 1 })
            .await
            .unwrap();
        let mut revoked = Browser::new(&app);
        revoked.sign_in(token.reveal()).await;
        assert!(is_open(&mut revoked).await);
        app.house.respond.revoke_token(token_id).await.unwrap();
        assert!(!is_open(&mut revoked).await);
    });
}

#[test]
fn signing_out_ends_the_session_on_the_server() {
    on_sqlite(async |app| {
        let mut browser = at_desk(&app).await;
        let csrf = browser.get("/staff").await.csrf();
        let out = browser.request(Method::POST, "/staff/sign-out").form(&[("csrf", csrf)]).send().await.unwrap();
        assert_eq!(out.headers()["clear-site-data"], "\"cache\", \"cookies\", \"storage\"");
        assert_eq!(browser.get("/staff").await.location, "/staff/sign-in");
        let api = browser.request(Method::POST, "/api/v1/queue/claim").json(&json!({}));
        assert!(browser.send(api).await.status.is_client_error());
    });
}
