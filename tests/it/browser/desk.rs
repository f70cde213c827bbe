//! A member of staff: from the set-up link to a closed case, and what is said when the page was too old.

use serde_json::json;

use super::driver::Driver;
use super::window::{Looks, Screen, Window};
use crate::staff::set_up::app_code;
use crate::support::app::{App, Plan, on_sqlite, on_sqlite_with};
use crate::support::person::PASSWORD;
use crate::support::settle::settle_as;
use holdfast::access::Scopes;
use holdfast::time::Span;

const DRAIN: &str = "I signed an approval on a fake airdrop site and my USDT on Ethereum is being drained right now";

/// Signs in with a token.
pub async fn sign_in(window: &Window, token: &str) {
    window.visit("/staff").await;
    assert_eq!(window.place().await, "/staff/sign-in");
    window.fill("#token", token).await;
    window.follow("form.sheet > button").await;
    window.text("h1#next").await;
}

/// Closes the case that is shown.
async fn judge(window: &Window) {
    window.client.find(fantoccini::Locator::Css("#verdict")).await.unwrap().select_by_value("confirmed").await.unwrap();
    window.fill("#verdict-reason", "Seen on chain.").await;
    window.follow("#decide form > button").await;
}

#[test]
fn staff_set_up_take_the_next_case_answer_and_close_it() {
    on_sqlite_with(Plan { set_up: false, ..Plan::default() }, async |mut app: App| {
        let driver = Driver::start();
        let window = Window::open((&driver, &app), Looks::new(Screen::Desk, "en")).await;
        let link = app.set_up.clone().unwrap();
        window.visit(link.strip_prefix(&app.url("")).unwrap()).await;
        window.look("staff-set-up").await;
        window.fill("#name", "Ada").await;
        window.fill("#login", "ada").await;
        window.fill("#password", PASSWORD).await;
        window.follow("form.sheet > button").await;
        assert_eq!(window.place().await, "/staff/enrol");
        window.look("staff-enrol").await;
        let seed = window.text(".secret code").await.replace(' ', "");
        window.fill("#code", &app_code(&app, &seed)).await;
        window.follow("form.sheet > button").await;
        window.look("staff-recovery").await;
        assert_eq!(window.text("ol.secret li:last-child code").await.len(), "9-0000-0000-0000-0000".len());
        app.token = app.token_of("a program", Scopes::all()).await;

        app.report("How do I change the display currency?").await;
        app.report(DRAIN).await;
        window.visit("/staff/sign-in").await;
        window.look("staff-sign-in").await;
        window.fill("#login", "ada").await;
        window.fill("#password", PASSWORD).await;
        window.follow("form.sheet > button").await;
        window.look("staff-second").await;
        app.clock.pass(Span::from_seconds(30));
        window.fill("#code", &app_code(&app, &seed)).await;
        window.follow("form.sheet > button").await;
        window.text("h1#next").await;
        window.look("staff-home").await;
        window.follow(".take > button").await;
        assert!(window.text(".hands").await.contains("In your hands"));
        assert!(window.text("#signals").await.contains("fake airdrop site"));
        window.look("staff-incident").await;

        window.fill("#reply", "Revoke the approval first; I stay with you.").await;
        window.follow("#talk form.write > button").await;
        window.wait_for_text((".said", "Revoke the approval first")).await;
        let session = window.client.get_named_cookie("__Host-hf_staff").await.unwrap();
        let session = format!("{}={}", session.name(), session.value());
        settle_as(&app, &session, window.place().await.rsplit_once('/').unwrap().1).await;
        window.visit(&window.place().await).await;
        judge(&window).await;
        assert!(window.text(".notice").await.contains("closed"));
        assert_eq!(window.place().await, "/staff");
        assert_eq!(app.queue().await.len(), 1, "the drain is gone from the queue");
        assert!(!window.text(".waiting").await.contains("Critical"));
        window.close(&[404]).await;
    });
}

#[test]
fn a_decision_on_an_old_page_changes_nothing_and_loses_no_word() {
    on_sqlite(async |app| {
        let driver = Driver::start();
        let window = Window::open((&driver, &app), Looks::new(Screen::Desk, "en")).await;
        app.report(DRAIN).await;
        let id = app.queue().await[0]["id"].as_str().unwrap().to_owned();
        sign_in(&window, &app.token).await;
        window.visit(&format!("/staff/incidents/{id}")).await;
        let noted = app.staff_post(&format!("/api/v1/incidents/{id}/note"), &json!({"text": "seen by another"})).await;
        assert_eq!(noted.status(), 200);
        let version = settle_as(&app, &app.token, &id).await["version"].clone();
        let shut = json!({"version": version, "verdict": "false-alarm", "reason": "somebody else was faster"});
        assert_eq!(app.staff_post(&format!("/api/v1/incidents/{id}/verdict"), &shut).await.status(), 200);

        judge(&window).await;
        assert_eq!(window.text("h1").await, "The case has changed since you saw it");
        assert_eq!(window.text("#typed").await, "Seen on chain.");
        window.look("staff-stale").await;
        assert_eq!(app.staff_get(&format!("/api/v1/incidents/{id}")).await["state"], "closed");
        window.follow_named("Look at the case").await;
        assert!(window.text(".hands").await.contains("Closed"));
        window.close(&[409]).await;
    });
}

#[test]
fn the_console_serves_a_thumb_and_the_dark_too() {
    on_sqlite(async |app| {
        let driver = Driver::start();
        for text in [
            DRAIN,
            "我的波场钱包转不出去了，提示没有权限",
            "有人拿着刀逼我转账",
            "I forgot my app password but have my recovery phrase",
            "K线图显示不对",
        ] {
            app.report(text).await;
        }
        for (screen, language) in [(Screen::Phone, "zh-CN,zh"), (Screen::Desk, "en")] {
            for dark in [false, true] {
                let window =
                    Window::open((&driver, &app), Looks { dark, ..Looks::new(screen, language).without_script() })
                        .await;
                sign_in(&window, &app.token).await;
                window.look("staff-queue").await;
                let first = app.queue().await[0]["id"].as_str().unwrap().to_owned();
                window.visit(&format!("/staff/incidents/{first}")).await;
                window.text("h1").await;
                window.look("staff-case").await;
                window.close(&[]).await;
            }
        }
    });
}

#[test]
fn every_command_is_a_key_away_and_nothing_fires_while_somebody_types() {
    on_sqlite(async |app| {
        let driver = Driver::start();
        for number in 0..4 {
            app.report(&format!("How do I change the display currency? {number}")).await;
        }
        app.report(DRAIN).await;
        for dark in [false, true] {
            for screen in [Screen::Desk, Screen::Phone] {
                let window = Window::open((&driver, &app), Looks { dark, ..Looks::new(screen, "en") }).await;
                sign_in(&window, &app.token).await;
                window.visit("/staff/list").await;
                window.look("staff-list").await;
                window.visit("/staff/new").await;
                window.look("staff-new").await;
                window.close(&[]).await;
            }
        }
        let window = Window::open((&driver, &app), Looks::new(Screen::Desk, "en")).await;
        sign_in(&window, &app.token).await;
        let key = async |key: &str| {
            let sent = format!(
                "(document.activeElement || document.body).dispatchEvent(new KeyboardEvent('keydown', {{ key: '{key}', bubbles: true, cancelable: true }}))"
            );
            window.evaluate(sent).await;
        };
        key("?").await;
        assert!(window.text("#keys").await.contains("Take the next case"));
        window.look("staff-keys").await;
        window.evaluate("document.getElementById('keys').close()".to_owned()).await;
        key("p").await;
        window.fill("#command", "take").await;
        window.look("staff-palette").await;
        window.evaluate("document.getElementById('palette').close()".to_owned()).await;
        window.visit("/staff/list").await;
        window.fill("#q", "nl").await;
        key("n").await;
        assert_eq!(window.place().await, "/staff/list", "a letter in a field is a letter");
        window.close(&[]).await;
    });
}
