//! A member of staff: from the set-up link to a closed case, and what is said when the page was too old.

use fantoccini::Locator;
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

/// One column on a phone: why, what to do, orders, the talk and the word on it, and then what was seen.
#[test]
fn a_phone_shows_what_to_do_before_what_was_seen_and_what_narrows_the_list_folds_above_it() {
    on_sqlite(async |app| {
        let driver = Driver::start();
        app.report(DRAIN).await;
        let case = format!("/staff/incidents/{}", app.queue().await[0]["id"].as_str().unwrap());
        let phone = Window::open((&driver, &app), Looks::new(Screen::Phone, "en")).await;
        sign_in(&phone, &app.token).await;
        assert!(!phone.shows(".keys-hint").await, "a phone has no keys");
        phone.visit(&case).await;
        let order = [".reasons", "#steps", "#orders", "#talk", "#decide", "#signals"];
        for pair in order.windows(2) {
            assert!(phone.is_above(pair[0], pair[1]).await, "{pair:?}");
        }
        phone.visit("/staff/list").await;
        assert!(phone.is_above(".facets", ".rows").await && !phone.shows(".facet li a").await);
        phone.visit("/staff/new").await;
        phone.fill("#text", "They moved my coins while I slept").await;
        phone.follow("main form button.strong").await;
        let wide =
            phone.evaluate("document.querySelector('.secret dd').getBoundingClientRect().width".to_owned()).await;
        assert!(wide.as_f64().unwrap() > 250.0, "keys that are read out stand on lines of their own: {wide}");
        phone.close(&[]).await;
        let desk = Window::open((&driver, &app), Looks::new(Screen::Desk, "en")).await;
        sign_in(&desk, &app.token).await;
        assert!(desk.shows(".keys-hint").await);
        desk.visit("/staff/list").await;
        assert!(desk.shows(".facet li a").await, "there is room beside the list");
        desk.close(&[]).await;
    });
}

/// Two people at work: new cases are counted above the list without moving a row, and a case of level 1 rings wherever its
/// reader is, again and again until somebody takes it.
#[test]
fn what_comes_is_counted_above_the_list_and_rings_on_every_page_until_it_is_taken() {
    const KNIFE: &str = "有人拿着刀逼我转账";
    on_sqlite(async |app| {
        let driver = Driver::start();
        for text in [DRAIN, "I forgot my app password but have my recovery phrase", "K线图显示不对"] {
            app.report(text).await;
        }
        let list = Window::open((&driver, &app), Looks::new(Screen::Desk, "en")).await;
        sign_in(&list, &app.token).await;
        list.visit("/staff/list").await;
        let other = Window::open((&driver, &app), Looks::new(Screen::Desk, "en")).await;
        sign_in(&other, &app.token).await;
        other.visit("/staff/shift").await;
        other.client.wait().for_element(Locator::Css("#came[data-since]")).await.unwrap();
        other.evaluate(COUNTS.to_owned()).await;
        let rows = "[...document.querySelectorAll('[data-row] input')].map((box) => box.value)";
        let focused = "document.activeElement.href";
        list.evaluate("document.querySelectorAll('[data-row] .what a')[1].focus()".to_owned()).await;
        let before = (list.evaluate(rows.to_owned()).await, list.evaluate(focused.to_owned()).await);
        assert!(before.0.as_array().unwrap().len() == 3 && before.1.is_string(), "{before:?}");

        app.clock.pass(Span::from_seconds(1));
        app.report(KNIFE).await;
        app.report(&format!("{KNIFE}，救命")).await;
        list.wait_for_text(("#above", "2 new cases")).await;
        list.wait_for_text(("#above", "2 of level 1")).await;
        assert_eq!((list.evaluate(rows.to_owned()).await, list.evaluate(focused.to_owned()).await), before);

        other.client.wait().for_element(Locator::Css("#came .notice:not([hidden])")).await.unwrap();
        assert_eq!(other.evaluate("[rung > 0, every, hushed]".to_owned()).await, json!([true, 30_000, 0]));
        other.look("staff-came").await;
        for _ in 0..2 {
            assert_eq!(app.staff_post("/api/v1/queue/claim", &json!({})).await.status(), 200);
        }
        other.client.wait().for_element(Locator::Css("#came .notice[hidden]")).await.unwrap();
        assert!(other.evaluate("hushed > 0".to_owned()).await == true, "somebody has it");
        list.close(&[]).await;
        other.close(&[]).await;
    });
}

/// Counts what rings, how often it is to ring again, and whether it was hushed, in place of the sound.
const COUNTS: &str = "
    window.rung = 0; window.every = 0; window.hushed = 0;
    localStorage.setItem('sound', 'yes');
    const loud = { setValueAtTime() {}, exponentialRampToValueAtTime() {} };
    window.AudioContext = class {
      currentTime = 0;
      createGain() { return { gain: loud, connect() {} }; }
      createOscillator() { window.rung += 1; return { frequency: {}, connect: (next) => next, start() {}, stop() {} }; }
    };
    window.setInterval = (ring, wait) => { window.every = wait; return 7; };
    window.clearInterval = (bell) => { if (bell === 7) window.hushed += 1; };
    0";
