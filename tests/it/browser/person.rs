//! Somebody in trouble: reports, works through the steps, comes back, leaves.

use serde_json::json;

use super::driver::Driver;
use super::window::{Looks, Screen, Window};
use crate::support::app::{App, on_sqlite};

const TRON: &str = "我的波场钱包转不出去了，提示没有权限";
const PHRASE: &str = "legal winner thank year wave sausage worth useful legal winner thank yellow";

/// Writes what happened and sends it.
async fn report(window: &Window, text: &str) {
    window.visit("/").await;
    window.fill("#text", text).await;
    window.follow("form.report > button").await;
    window.text(".first .do").await;
}

/// The path of the link, and the code.
async fn keys(window: &Window) -> (String, String) {
    let link = window.text("#link").await;
    let (_, token) = link.split_once("/c/").unwrap();
    (format!("/c/{token}"), window.text(".keys .code").await)
}

/// The state that a step shows, by its number.
async fn state(window: &Window, number: usize) -> Option<String> {
    let css = format!("#steps li.step[value='{number}']");
    let step = window.client.wait().for_element(fantoccini::Locator::Css(&css)).await.unwrap();
    step.attr("data-state").await.unwrap()
}

fn is_chinese(text: &str) -> bool {
    text.chars().any(|letter| ('\u{4e00}'..='\u{9fff}').contains(&letter))
}

#[test]
fn a_frightened_person_gets_through_in_chinese_on_a_phone_without_script() {
    on_sqlite(async |app| {
        let driver = Driver::start();
        let looks = Looks::new(Screen::Phone, "zh-CN,zh").without_script();
        let window = Window::open((&driver, &app), looks).await;

        window.visit("/").await;
        assert_eq!(
            window.client.find(fantoccini::Locator::Css("html")).await.unwrap().attr("lang").await.unwrap().as_deref(),
            Some("zh-Hans")
        );
        assert!(
            window.is_on_the_first_screen(".stop h1").await && window.is_on_the_first_screen(".start .button").await
        );
        window.look("report-zh").await;
        window.press(".start .button").await;
        window.fill("#text", TRON).await;
        window.follow("form.report > button").await;

        let first = window.text(".first .do").await;
        assert!(is_chinese(&first), "{first}");
        assert!(window.is_on_the_first_screen(".first .do").await, "nobody scrolls for the first step");
        assert!(window.text(".keys").await.contains("HF-"));
        let (link, code) = keys(&window).await;
        assert!(window.is_above(".first", ".keys").await && window.is_above(".rest", ".place").await);
        window.look("answer-zh").await;

        window.follow_named("打开我的案件页").await;
        assert_eq!(window.place().await, "/case");
        window.follow("#steps li.step[value='1'] button[value='done']").await;
        assert_eq!(state(&window, 1).await.as_deref(), Some("done"));
        assert!(window.place().await.starts_with("/case#step-"), "the page comes back where it was left");
        window.follow("#steps li.step[value='2'] button[value='cannot']").await;
        assert_eq!(state(&window, 2).await.as_deref(), Some("cannot"));
        assert!(window.has("#steps li.step[value='2'] .otherwise a").await, "what cannot be done leads somewhere");

        let question = window.text("form.question legend").await;
        window.press("form.question label.choice").await;
        window.follow("form.question > button").await;
        let next =
            if window.has("form.question").await { window.text("form.question legend").await } else { String::new() };
        assert_ne!(next, question, "an answered question is not asked again");

        window.fill("#message", "我没有点过任何链接").await;
        window.follow("form.write > button").await;
        window.wait_for_text(("#messages", "我没有点过任何链接")).await;
        window.look("case-zh").await;
        window.close(&[]).await;

        comes_back_with_a_code_typed_loosely((&driver, &app), looks, (&link, &code)).await;
        is_refused_with_another_code((&driver, &app), looks, &link).await;
    });
}

async fn comes_back_with_a_code_typed_loosely(at: (&Driver, &App), looks: Looks, (link, code): (&str, &str)) {
    let window = Window::open(at, looks).await;
    window.visit(link).await;
    window.look("enter-zh").await;
    let loose: String = code.to_lowercase().replace('-', "").chars().flat_map(|letter| [letter, ' ']).collect();
    window.fill("#code", &loose).await;
    window.follow_named("打开").await;
    assert_eq!(
        (state(&window, 1).await.as_deref(), state(&window, 2).await.as_deref()),
        (Some("done"), Some("cannot"))
    );
    assert_eq!(window.place().await, "/case", "the address does not keep the link");
    assert!(window.text("#messages").await.contains("我没有点过任何链接"));
    assert!(!window.client.source().await.unwrap().contains(code), "the code is never shown again");
    window.look("back-zh").await;
    window.close(&[]).await;
}

async fn is_refused_with_another_code(at: (&Driver, &App), looks: Looks, link: &str) {
    let window = Window::open(at, looks).await;
    window.visit(link).await;
    window.fill("#code", "ABCDE-FGHJK").await;
    window.follow_named("打开").await;
    assert_eq!(window.text("h1").await, "没能打开案件");
    window.look("refused-zh").await;
    window.visit("/case").await;
    assert_eq!(window.text("h1").await, "为了安全，页面已自动退出");
    window.look("problem-zh").await;
    window.close(&[401, 403]).await;
}

#[test]
fn a_recovery_phrase_is_taken_out_and_the_page_refreshes_itself() {
    for screen in Screen::ALL {
        on_sqlite(async |app| {
            let driver = Driver::start();
            let window = Window::open((&driver, &app), Looks::new(screen, "en")).await;
            window.visit("/").await;
            window.look("report-en").await;
            report(&window, &format!("I typed my words into a site and coins are leaving: {PHRASE}")).await;
            assert!(!window.reads().await.contains("HF-"), "what was taken out is explained first");
            window.press(".interrupt .button").await;
            window.look("answer-en").await;
            assert!(window.is_on_the_first_screen(".first .do").await);
            assert!(window.text(".notice").await.contains("recovery phrase"));
            assert!(!window.client.source().await.unwrap().contains("sausage"));

            window.follow_named("Open my case page").await;
            window.press("#steps summary").await;
            window.fill("#message", "I am still").await;
            window.client.execute("window.loadedOnce = true", vec![]).await.unwrap();
            let incident = app.queue().await[0]["id"].as_str().unwrap().to_owned();
            let said = "Stay on this page";
            let sent = app.staff_post(&format!("/api/v1/incidents/{incident}/message"), &json!({"text": said})).await;
            assert_eq!(sent.status(), 200);
            window.wait_for_text(("#messages", said)).await;
            assert_eq!(
                window.client.execute("return window.loadedOnce", vec![]).await.unwrap(),
                json!(true),
                "it was not loaded again"
            );
            assert!(window.has("#steps details[open]").await, "what was opened to read stays open");
            let draft = window.client.execute("return document.querySelector('#message').value", vec![]).await.unwrap();
            assert_eq!(draft, json!("I am still"), "what is being written stays");
            assert!(!window.client.source().await.unwrap().contains("sausage"));
            window.look("case-en").await;

            window.follow("a.leave").await;
            window.client.back().await.unwrap();
            assert!(!window.client.source().await.unwrap().contains("HF-"), "going back does not show the case");
            window.visit("/case").await;
            assert_eq!(window.text("h1").await, "Your case page has closed itself");
            // The empty page names no icon, so the browser looks for one where they used to be.
            window.close(&[401, 404, 410]).await;
        });
    }
}

#[test]
fn the_pages_are_as_good_in_the_dark() {
    on_sqlite(async |app| {
        let driver = Driver::start();
        for (screen, language) in [(Screen::Phone, "zh-CN,zh"), (Screen::Desk, "en")] {
            let window = Window::open((&driver, &app), Looks::new(screen, language).dark()).await;
            window.visit("/").await;
            assert_eq!(
                window
                    .client
                    .find(fantoccini::Locator::Css("body"))
                    .await
                    .unwrap()
                    .css_value("background-color")
                    .await
                    .unwrap(),
                "rgba(15, 24, 27, 1)"
            );
            window.look("report").await;
            report(&window, TRON).await;
            window.look("answer").await;
            window.visit("/case").await;
            window.look("case").await;
            window.close(&[]).await;
        }
    });
}
