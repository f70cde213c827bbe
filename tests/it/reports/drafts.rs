//! What is being written survives a reload, on the server alone, for an hour, without secrets.

use holdfast::time::Span;
use reqwest::StatusCode;

use crate::support::app::{App, on_both, on_sqlite};
use crate::support::browser::Browser;
use crate::support::rows;

const PHRASE: &str = "legal winner thank year wave sausage worth useful legal winner thank yellow";
const COOKIE: &str = "__Host-hf_draft";

async fn keeps(browser: &mut Browser, text: &str) -> StatusCode {
    browser
        .post("/report/draft", &[("lang", "en"), ("text", text), ("contact", "me@example.org"), ("quiet", "yes")])
        .await
        .status
}

#[test]
fn a_reload_loses_nothing_and_after_an_hour_nothing_is_left() {
    on_sqlite(async |app| {
        let mut browser = Browser::new(&app);
        assert_eq!(keeps(&mut browser, "my coins were moved to").await, StatusCode::NO_CONTENT);
        let cookie = browser.cookies[COOKIE].clone();
        assert_eq!(keeps(&mut browser, "my coins were moved to a stranger").await, StatusCode::NO_CONTENT);
        assert_eq!(browser.cookies[COOKIE], cookie, "one draft, one cookie");
        let again = browser.get("/").await;
        assert!(again.text.contains("my coins were moved to a stranger") && again.text.contains("me@example.org"));
        assert!(!Browser::new(&app).get("/").await.text.contains("moved to a stranger"), "only for this browser");
        app.clock.pass(Span::from_minutes(60));
        assert!(!browser.get("/").await.text.contains("moved to a stranger"));
        app.house.drafts.sweep(holdfast::time::Clock::now(&*app.clock));
        assert_eq!(app.house.drafts.bytes(), 0, "nothing of it is in memory either");
    });
}

#[test]
fn a_button_does_the_same_without_script() {
    on_sqlite(async |app| {
        let mut browser = Browser::new(&app);
        let sent = [("lang", "zh"), ("text", "我的币被转走了"), ("keep", "yes")];
        let kept = browser.post("/report/draft", &sent).await;
        assert_eq!((kept.status, kept.location.as_str()), (StatusCode::SEE_OTHER, "/?lang=zh#report"));
        assert!(browser.get("/?lang=zh").await.text.contains("我的币被转走了"));
    });
}

#[test]
fn sending_and_leaving_forget_it() {
    on_sqlite(async |app| {
        for how in ["send", "leave"] {
            let mut browser = Browser::new(&app);
            keeps(&mut browser, "a stranger took my coins").await;
            if how == "send" {
                browser.post("/report", &[("lang", "en"), ("text", "a stranger took my coins")]).await;
            } else {
                browser.get("/leave").await;
            }
            assert!(!browser.get("/").await.text.contains("a stranger took my coins"), "{how}");
        }
    });
}

#[test]
fn no_secret_is_in_a_draft_and_no_draft_is_in_the_database() {
    on_both(async |app: App| {
        let mut browser = Browser::new(&app);
        keeps(&mut browser, &format!("the words are {PHRASE} and a zebra")).await;
        let again = browser.get("/").await;
        assert!(again.text.contains("and a zebra") && !again.text.contains("sausage"));
        let bytes = rows::bytes(&app).await;
        for part in ["sausage worth useful", "and a zebra"] {
            assert!(!rows::hold(&bytes, part), "{part} was written");
        }
    });
}

#[test]
fn another_site_can_neither_write_nor_replace_a_draft() {
    on_sqlite(async |app| {
        let request = app.visitor().post(app.url("/report/draft")).header("origin", "https://evil.example");
        let response = request.form(&[("text", "planted")]).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::FORBIDDEN);
    });
}
