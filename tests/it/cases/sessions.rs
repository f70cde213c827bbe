//! The case session of a browser: it ends by itself, and opens nothing else (SES-11).

use reqwest::{Method, StatusCode};

use crate::support::app::{App, on_both, on_sqlite};
use crate::support::browser::Browser;
use crate::support::case::Holder;
use holdfast::time::Span;

const LOST: &str = "someone drained my wallet";

async fn holder(app: &App) -> Browser {
    let mut browser = Browser::new(app);
    browser.report(LOST).await;
    browser
}

async fn is_open(browser: &mut Browser) -> bool {
    let status = browser.get("/case").await.status;
    assert!(status == StatusCode::OK || status == StatusCode::UNAUTHORIZED, "{status}");
    status == StatusCode::OK
}

#[test]
fn a_session_that_is_not_used_ends_after_twenty_minutes() {
    on_both(async |app| {
        let mut used = holder(&app).await;
        app.clock.pass(Span::from_seconds(20 * 60));
        assert!(is_open(&mut used).await, "used at the last second");
        app.clock.pass(Span::from_seconds(20 * 60));
        assert!(is_open(&mut used).await, "and again");
        app.clock.pass(Span::from_seconds(20 * 60 + 1));
        assert!(!is_open(&mut used).await);
        assert!(!is_open(&mut used).await, "an ended session stays ended");
    });
}

#[test]
fn a_session_ends_after_an_hour_however_busy() {
    on_both(async |app| {
        let mut browser = holder(&app).await;
        for _ in 0..6 {
            app.clock.pass(Span::from_minutes(10));
            assert!(is_open(&mut browser).await);
        }
        app.clock.pass(Span::from_seconds(1));
        assert!(!is_open(&mut browser).await);
    });
}

#[test]
fn an_ended_session_takes_no_form() {
    on_sqlite(async |app| {
        let mut browser = holder(&app).await;
        let csrf = browser.get("/case").await.csrf();
        app.clock.pass(Span::from_minutes(21));
        let page = browser.post("/case/messages", &[("csrf", &csrf), ("text", "late")]).await;
        assert_eq!(page.status, StatusCode::UNAUTHORIZED);
    });
}

#[test]
fn leaving_ends_the_session_on_the_server_and_clears_the_browser() {
    on_both(async |app| {
        let mut browser = holder(&app).await;
        let left = browser.request(Method::GET, "/leave").send().await.unwrap();
        assert_eq!(left.headers()["clear-site-data"], "\"cache\", \"storage\"");
        assert!(!is_open(&mut browser).await, "though the cookie is sent on");
    });
}

#[test]
fn each_opening_begins_a_session_of_its_own() {
    on_sqlite(async |app| {
        let case = Holder::of(&app.report(LOST).await);
        let mut sessions = std::collections::BTreeSet::new();
        for _ in 0..3 {
            let mut browser = Browser::new(&app);
            browser.post(&format!("/c/{}", case.token), &[("code", &case.code)]).await;
            let cookie = browser.cookies["__Host-hf_case"].clone();
            assert!(cookie.len() >= 64, "256 bits");
            sessions.insert(cookie);
        }
        assert_eq!(sessions.len(), 3);
    });
}

#[test]
fn a_case_session_never_opens_a_staff_route() {
    on_sqlite(async |app| {
        let mut browser = holder(&app).await;
        let session = browser.cookies["__Host-hf_case"].clone();
        browser.cookies.insert("__Host-hf_staff".to_owned(), session.clone());
        for path in ["/staff", "/staff/incidents/0195570e-0000-7000-8000-000000000000"] {
            let page = browser.get(path).await;
            assert_eq!((page.status, page.location.as_str()), (StatusCode::SEE_OTHER, "/staff/sign-in"), "{path}");
        }
        assert_eq!(browser.get("/api/v1/queue").await.status, StatusCode::UNAUTHORIZED);
        let bearer = app.visitor().get(app.url("/api/v1/queue")).bearer_auth(session).send().await.unwrap();
        assert_eq!(bearer.status(), StatusCode::UNAUTHORIZED);
    });
}

#[test]
fn a_staff_session_or_token_never_opens_a_case() {
    on_sqlite(async |app| {
        app.report(LOST).await;
        let mut browser = Browser::new(&app);
        browser.sign_in(&app.token).await;
        assert!(!is_open(&mut browser).await);
        for value in [browser.cookies["__Host-hf_staff"].clone(), app.token.clone()] {
            browser.cookies.insert("__Host-hf_case".to_owned(), value);
            assert!(!is_open(&mut browser).await);
        }
    });
}

#[test]
fn what_was_typed_while_the_session_ended_is_not_lost() {
    on_both(async |app| {
        let mut browser = holder(&app).await;
        let csrf = browser.get("/case").await.csrf();
        app.clock.pass(Span::from_minutes(21));
        let words = "more is leaving to a new address, legal winner thank year wave sausage worth useful legal winner thank yellow";
        let page = browser.post("/case/messages", &[("csrf", &csrf), ("text", words)]).await;
        assert_eq!(page.status, StatusCode::UNAUTHORIZED);
        assert!(
            page.text.contains("more is leaving to a new address") && !page.text.contains("sausage"),
            "{}",
            page.text
        );
    });
}
