//! The beginning and the answer: one tap, a draft through a reload, the quiet proof of work, the interrupt.

use std::time::Duration;

use fantoccini::Locator;
use serde_json::json;

use super::driver::Driver;
use super::window::{Looks, Screen, Window};
use crate::support::app::{Plan, on_sqlite, on_sqlite_with};

const PHRASE: &str = "legal winner thank year wave sausage worth useful legal winner thank yellow";

async fn value(window: &Window, css: &str) -> String {
    let script = format!("return document.querySelector('{css}').value");
    window.client.execute(&script, vec![]).await.unwrap().as_str().unwrap().to_owned()
}

#[test]
fn one_tap_is_enough_with_and_without_script_in_every_language() {
    on_sqlite(async |app| {
        let driver = Driver::start();
        for (language, name, script) in [("zh-CN,zh", "zh", false), ("en", "en", true), ("zh-TW,zh-Hant", "hant", true)]
        {
            let looks = Looks::new(Screen::Phone, language);
            let looks = if script { looks } else { looks.without_script() };
            let window = Window::open((&driver, &app), looks).await;
            window.visit("/").await;
            window.look(&format!("begin-{name}")).await;
            window.press(".start .button").await;
            window.look(&format!("begin-taps-{name}")).await;
            window.follow("button[value='words-typed']").await;
            assert!(window.is_on_the_first_screen(".first .do").await, "nobody scrolls for the first step");
            assert!(window.text(".keys").await.contains("HF-"));
            assert!(window.has(".outlook .lost li").await, "the honest state is there");
            // A step opens by itself, without script as well, and only one at a time.
            window.press(".folded .step:nth-of-type(1) summary").await;
            assert!(window.has(".folded details[open] .why").await);
            window.look(&format!("tap-answer-{name}")).await;
            window.close(&[]).await;
        }
    });
}

#[test]
fn enter_in_a_field_sends_the_words_and_not_the_first_tap() {
    on_sqlite(async |app| {
        let driver = Driver::start();
        let window = Window::open((&driver, &app), Looks::new(Screen::Desk, "en")).await;
        window.visit("/").await;
        window.fill("#text", "what is a gas fee and how do i add a network").await;
        window.press("form.report summary").await;
        window.fill("#account", "u-1\u{e007}").await;
        window.text(".first .do").await;
        let incident = &app.queue().await[0];
        assert_eq!(incident["lane"], "routine", "no tap was pressed");
        window.close(&[]).await;
    });
}

#[test]
fn what_is_being_written_survives_a_reload_and_leaves_nothing_in_the_browser() {
    on_sqlite(async |app| {
        let driver = Driver::start();
        let window = Window::open((&driver, &app), Looks::new(Screen::Phone, "en")).await;
        window.visit("/").await;
        window.fill("#text", "my coins went to an address").await;
        let shown = window.client.wait().at_most(Duration::from_secs(20));
        shown.for_element(Locator::Css("#kept:not([hidden])")).await.unwrap();
        window.visit("/").await;
        assert_eq!(value(&window, "#text").await, "my coins went to an address");
        let left =
            window.client.execute("return [document.cookie, localStorage.length, sessionStorage.length]", vec![]);
        assert_eq!(left.await.unwrap(), json!(["", 0, 0]), "nothing that a script or a thief could read");

        window.fill("#text", &format!(" {PHRASE}")).await;
        let warned = window.client.wait().at_most(Duration::from_secs(20));
        warned.for_element(Locator::Css("#looks:not([hidden])")).await.unwrap();
        window.look("begin-looks-en").await;
        window.visit("/").await;
        assert_eq!(value(&window, "#text").await, "my coins went to an address", "words were not even sent");
        window.close(&[]).await;
    });
}

#[test]
fn above_the_limit_the_browser_does_the_work_and_the_report_goes_by_itself() {
    let narrow = Plan { settings: |config| config.limits.reports_burst = 1, ..Plan::default() };
    on_sqlite_with(narrow, async |app| {
        app.report("somebody of the same network").await;
        let driver = Driver::start();
        let window = Window::open((&driver, &app), Looks::new(Screen::Phone, "en")).await;
        window.visit("/").await;
        window.fill("#text", "someone moved my usdt").await;
        let begun = tokio::time::Instant::now();
        window.follow("form.report > button").await;
        let keys = window.client.wait().at_most(Duration::from_mins(1));
        keys.for_element(Locator::Css(".keys .code")).await.unwrap();
        assert!(begun.elapsed() < Duration::from_secs(30), "{:?}", begun.elapsed());
        assert!(!window.reads().await.contains("further back"));
        assert_eq!(app.queue().await.len(), 2, "sent once");
        window.close(&[429]).await;

        let window = Window::open((&driver, &app), Looks::new(Screen::Phone, "zh-CN,zh").without_script()).await;
        window.visit("/").await;
        window.follow("button[value='transfer-not-mine']").await;
        assert!(window.text(".keys").await.contains("HF-"), "without script the slower lane");
        window.look("slower-zh").await;
        window.close(&[]).await;
    });
}

#[test]
fn the_interrupt_stands_alone_and_leads_on_to_steps_and_keys() {
    on_sqlite(async |app| {
        let driver = Driver::start();
        for (language, script, text) in [
            ("en", true, format!("my coins are leaving, my words: {PHRASE}")),
            ("zh-CN,zh", false, "有人说能帮我追回被盗的币，要先付钱，我要不要先付".to_owned()),
        ] {
            let looks = Looks::new(Screen::Phone, language);
            let looks = if script { looks } else { looks.without_script() };
            let window = Window::open((&driver, &app), looks).await;
            window.visit("/").await;
            window.fill("#text", &text).await;
            window.follow("form.report > button").await;
            window.look(&format!("stop-{script}")).await;
            assert!(window.is_on_the_first_screen("#interrupt").await);
            assert!(!window.reads().await.contains("HF-"), "the steps wait behind it");
            window.press(".interrupt .button").await;
            assert!(window.text(".keys").await.contains("HF-"));
            assert!(!window.client.find(Locator::Css(".interrupt")).await.unwrap().is_displayed().await.unwrap());
            window.look(&format!("after-stop-{script}")).await;
            window.close(&[]).await;
        }
    });
}
