//! The case page over its life: waits, is looked at, is told, carries evidence away, gets a new link; and what leaving leaves.

use serde_json::{Value, json};

use super::driver::Driver;
use super::window::{Looks, Screen, Window};
use crate::support::app::{App, on_sqlite};
use crate::support::case::Holder;
use crate::support::person::decides;
use holdfast::time::Span;

const DRAIN: &str = "Someone drained my wallet 0x52908400098527886E0F7030069857D2E4169EE7 in \
    0x88df016429689c079f3b2f6ad39fa052532c56795b733da78a91ebe6a713944b after https://evil.example/airdrop";
const WRONG: &str = "00000-00000";

/// A lane that was served of late, so that a wait can be told.
async fn served(app: &App) {
    for _ in 0..6 {
        app.report(DRAIN).await;
        app.clock.pass(Span::from_minutes(5));
        app.staff_post("/api/v1/queue/claim", &json!({})).await;
    }
    app.report(DRAIN).await;
}

async fn report(window: &Window, text: &str) -> (String, String) {
    window.visit("/").await;
    window.fill("#text", text).await;
    window.follow("form.report > button").await;
    window.text(".first .do").await;
    let link = window.text("#link").await;
    (format!("/c/{}", link.split_once("/c/").unwrap().1), window.text(".keys .code").await)
}

#[test]
fn after_leave_quickly_back_and_reload_show_no_link_and_no_code() {
    on_sqlite(async |app| {
        let driver = Driver::start();
        for (screen, script) in [(Screen::Phone, true), (Screen::Phone, false), (Screen::Desk, true)] {
            let looks = Looks::new(screen, "en");
            let window = Window::open((&driver, &app), if script { looks } else { looks.without_script() }).await;
            let (link, code) = report(&window, DRAIN).await;
            window.look("first").await;
            assert_eq!(window.place().await, "/case/first", "no ticket in the address");
            window.client.refresh().await.unwrap();
            assert_eq!(window.text(".keys .code").await, code, "loading again before leaving costs nothing");
            window.follow("a.leave").await;
            for _ in 0..3 {
                window.client.back().await.unwrap();
                window.client.refresh().await.unwrap();
                let source = window.client.source().await.unwrap();
                assert!(!source.contains(&code) && !source.contains(&link) && !source.contains("HF-"), "{source}");
            }
            window.client.clone().close().await.unwrap();
        }
    });
}

#[test]
fn a_case_is_followed_from_waiting_to_evidence() {
    on_sqlite(async |app| {
        let driver = Driver::start();
        served(&app).await;
        for (screen, language, script) in [
            (Screen::Phone, "en", true),
            (Screen::Phone, "zh-CN,zh", false),
            (Screen::Desk, "en", false),
            (Screen::Desk, "zh-TW,zh", true),
        ] {
            let looks = Looks::new(screen, language);
            let window = Window::open((&driver, &app), if script { looks } else { looks.without_script() }).await;
            // Ids begin with the time, so the newest case is the last one.
            app.clock.pass(Span::from_minutes(1));
            let (link, code) = report(&window, DRAIN).await;
            let name = format!("{}-{}", language.split(',').next().unwrap(), if script { "script" } else { "plain" });
            window.follow("form button.strong").await;
            assert_eq!(window.place().await, "/case");
            window.look(&format!("waiting-{name}")).await;

            let token = link.strip_prefix("/c/").unwrap().to_owned();
            let id = newest(&app).await;
            let path = format!("/api/v1/incidents/{id}");
            let case = app.staff_get(&path).await;
            let reference = case["references"][0].as_str().unwrap().to_owned();
            Holder { reference, token, code: WRONG.to_owned() }.get(&app).await;
            app.staff_post(&format!("{path}/claim"), &json!({})).await;
            app.staff_post(&format!("{path}/message"), &json!({"text": "Stop confirming; I stay with you."})).await;
            if !script {
                window.visit("/case").await;
            }
            window.wait_for_text(("#messages", "Stop confirming")).await;
            assert!(window.client.find_all(fantoccini::Locator::Css("#done li")).await.unwrap().len() >= 3);
            assert_eq!(
                window.client.find_all(fantoccini::Locator::Css("#messages article")).await.unwrap().len(),
                1,
                "once"
            );
            window.look(&format!("looked-at-{name}")).await;

            window.visit("/case/evidence?region=HK").await;
            let papers = window.reads().await;
            assert!(papers.contains("0x52908400098527886e0f7030069857d2e4169ee7") && papers.contains("18222"));
            assert!(!papers.contains(&code) && !papers.contains(&link));
            window.look(&format!("evidence-{name}")).await;
            window.close(&[]).await;
        }
    });
}

async fn newest(app: &App) -> String {
    let rows = app.queue().await;
    let newest = rows.iter().max_by_key(|row| row["id"].as_str().unwrap().to_owned()).unwrap();
    newest["id"].as_str().unwrap().to_owned()
}

#[test]
fn a_new_link_is_asked_for_granted_and_shown_once_without_script() {
    on_sqlite(async |app| {
        let driver = Driver::start();
        let window = Window::open((&driver, &app), Looks::new(Screen::Phone, "en").without_script()).await;
        let (link, code) = report(&window, DRAIN).await;
        window.follow("form button.strong").await;
        window.press(".wishes details:not(#consent) summary").await;
        window.look("wishes").await;
        window.follow_named("Ask for a new link").await;
        window.wait_for_text(("#requests", "waits for staff")).await;
        let id = newest(&app).await;
        let seen: Value = app.staff_get(&format!("/api/v1/incidents/{id}")).await;
        let body = json!({"request": seen["requests"][0]["id"], "grant": true, "reason": "called back"});
        assert_eq!(decides(&app, &id, &body).await.status(), 200);
        window.visit("/case").await;
        window.follow_named("Show my new link and code").await;
        let fresh = window.text(".keys .code").await;
        assert_ne!(fresh, code);
        window.look("new-keys").await;

        window.visit(&link).await;
        window.press("details summary").await;
        window.look("letterbox").await;
        window.fill("#letter", "my old link stopped").await;
        window.follow_named("Leave these words").await;
        window.look("left").await;
        window.close(&[]).await;
    });
}
