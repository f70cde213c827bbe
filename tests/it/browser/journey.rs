//! One journey on every screen, in two languages, with and without script: report, steps, answer, tick, message,
//! evidence, back on another device, and feedback a day after the end. A further leg is a line in [`journey`].

use fantoccini::Locator;
use holdfast::access::ReportLink;
use holdfast::time::{Clock, Span};
use image::ImageFormat;

use super::driver::Driver;
use super::proof::close;
use super::window::{Looks, Screen, Window};
use crate::attachments::picture;
use crate::embedding::{WITH_APP, good, signed};
use crate::support::app::{App, on_sqlite_with};

/// What somebody reads and writes in one language.
struct Tongue {
    accepts: &'static str,
    tag: &'static str,
    text: &'static str,
    message: &'static str,
    open_case: &'static str,
    /// The other language, as its switch is named and as pages are marked then.
    other: (&'static str, &'static str),
}

const ENGLISH: Tongue = Tongue {
    accepts: "en",
    tag: "en",
    text: "I signed an approval on a fake airdrop site and my USDT on Ethereum is being drained right now",
    message: "I have not clicked on anything since",
    open_case: "Open my case page",
    other: ("简体中文", "zh-Hans"),
};
const CHINESE: Tongue = Tongue {
    accepts: "zh-CN,zh",
    tag: "zh-Hans",
    text: "我的波场钱包转不出去了，提示没有权限",
    message: "之后我没有再点过任何链接",
    open_case: "打开我的案件页",
    other: ("English", "en"),
};

#[test]
fn the_journey_works_in_english_on_every_screen_with_and_without_script() {
    everywhere(&ENGLISH);
}

#[test]
fn the_journey_works_in_chinese_on_every_screen_with_and_without_script() {
    everywhere(&CHINESE);
}

fn everywhere(tongue: &Tongue) {
    for screen in Screen::ALL {
        let looks = Looks::new(screen, tongue.accepts);
        for looks in [looks, looks.without_script()] {
            on_sqlite_with(WITH_APP, async |app| journey((&Driver::start(), &app), looks, tongue).await);
        }
    }
}

async fn journey(at: (&Driver, &App), looks: Looks, tongue: &Tongue) {
    let window = Window::open(at, looks).await;
    let keys = reports(&window, tongue).await;
    opens_the_case(&window, tongue).await;
    answers(&window).await;
    let ticked = ticks(&window).await;
    writes(&window, tongue).await;
    adds_a_picture(&window, at.1).await;
    carries_away(&window, tongue).await;
    switches(&window, tongue).await;
    comes_back_on_another_device(at, looks, (&keys, &ticked, tongue)).await;
    window.close(&[]).await;
    is_asked_a_day_later(at, looks, &keys).await;
}

/// The path of a case's link, and its code.
type Keys = (String, String);

async fn reports(window: &Window, tongue: &Tongue) -> Keys {
    window.visit("/").await;
    assert_eq!(lang(window).await, tongue.tag, "as the browser asks");
    window.fill("#text", tongue.text).await;
    window.follow("form.report > button").await;
    assert!(!window.text(".first .do").await.is_empty());
    let link = window.text("#link").await;
    let (_, token) = link.split_once("/c/").unwrap();
    (format!("/c/{token}"), window.text(".keys .code").await)
}

async fn opens_the_case(window: &Window, tongue: &Tongue) {
    window.follow_named(tongue.open_case).await;
    assert_eq!((window.place().await.as_str(), lang(window).await.as_str()), ("/case", tongue.tag));
}

/// The first step, and which one that is.
async fn ticks(window: &Window) -> String {
    let step = "#steps li.step[value='1']";
    let id = window.client.find(Locator::Css(step)).await.unwrap().attr("id").await.unwrap().unwrap();
    assert!(window.has(&format!("{step} > .do ~ .why")).await, "the first stands whole");
    let next = "#steps li.step[value='2']";
    assert!(window.has(&format!("{next} > details:not([open])")).await && window.has(&format!("{next} > form")).await);
    window.press(&format!("{next} summary")).await;
    assert!(!window.text(&format!("{next} details[open] .why")).await.is_empty(), "the others open");
    window.follow(&format!("{step} button[value='done']")).await;
    assert!(window.has(&format!("{next} > .do ~ .why")).await, "and then the next one stands whole");
    assert_eq!(state_of(window, &id).await.as_deref(), Some("done"));
    id
}

async fn answers(window: &Window) {
    let question = window.text("form.question legend").await;
    window.press("form.question label.choice").await;
    window.follow("form.question > button").await;
    if window.has("form.question").await {
        assert_ne!(window.text("form.question legend").await, question, "asked once");
    }
}

async fn writes(window: &Window, tongue: &Tongue) {
    window.fill("#message", tongue.message).await;
    window.follow("form.write > button").await;
    window.wait_for_text(("#messages", tongue.message)).await;
}

/// A picture is there under a name of ours, and can be had again.
async fn adds_a_picture(window: &Window, app: &App) {
    let file = app.data.join("IMG_0001.webp");
    std::fs::write(&file, picture(ImageFormat::WebP)).unwrap();
    window.fill("#file", file.to_str().unwrap()).await;
    window.follow("#files button").await;
    assert_eq!(window.place().await, "/case#files");
    let name = window.text("#files li a").await;
    assert!(name.starts_with("HF-") && name.ends_with("-1.jpg"), "{name}");
    window.look("a-file").await;
}

/// What somebody takes to the police or to an exchange.
async fn carries_away(window: &Window, tongue: &Tongue) {
    window.follow("section.pack a.button").await;
    assert_eq!((window.place().await.as_str(), lang(window).await.as_str()), ("/case/evidence", tongue.tag));
    assert!(window.reads().await.contains(tongue.text), "the person's own words");
    window.visit("/case").await;
}

/// One tap, and the case keeps it.
async fn switches(window: &Window, tongue: &Tongue) {
    let (name, tag) = tongue.other;
    window.follow(&format!("//header//a[normalize-space(.)='{name}']")).await;
    assert_eq!(lang(window).await, tag);
    window.visit("/case").await;
    assert_eq!(lang(window).await, tag, "kept");
}

async fn comes_back_on_another_device(
    at: (&Driver, &App),
    looks: Looks,
    (keys, ticked, tongue): (&Keys, &str, &Tongue),
) {
    let other = Looks { screen: if looks.screen == Screen::Phone { Screen::Desk } else { Screen::Phone }, ..looks };
    let window = Window::open(at, other).await;
    window.visit("/case").await;
    assert!(!window.reads().await.contains(tongue.message), "a strange device sees nothing");
    window.visit(&keys.0).await;
    window.fill("#code", &keys.1).await;
    window.follow("form.enter > button").await;
    assert_eq!(window.place().await, "/case");
    assert_eq!(lang(&window).await, tongue.other.1, "the language went with the case");
    assert_eq!(state_of(&window, ticked).await.as_deref(), Some("done"));
    assert!(window.text("#messages").await.contains(tongue.message));
    window.close(&[401]).await;
}

/// One question a day after closing, and then two more.
async fn is_asked_a_day_later(at: (&Driver, &App), looks: Looks, keys: &Keys) {
    let app = at.1;
    close(app, &app.token, app.queue().await[0]["id"].as_str().unwrap()).await;
    app.clock.pass(Span::from_minutes(25 * 60));
    let window = Window::open(at, looks).await;
    window.visit(&keys.0).await;
    window.fill("#code", &keys.1).await;
    window.follow("form.enter > button").await;
    window.press("#feedback label.choice").await;
    window.follow("#feedback form > button").await;
    for question in ["solved", "speed"] {
        window.press(&format!("#feedback label:has([name='{question}'])")).await;
    }
    window.follow("#feedback form > button").await;
    assert!(!window.has("#feedback form").await, "nothing more is asked");
    window.close(&[]).await;
}

async fn lang(window: &Window) -> String {
    let html = window.client.wait().for_element(Locator::Css("html")).await.unwrap();
    html.attr("lang").await.unwrap().unwrap_or_default()
}

async fn state_of(window: &Window, id: &str) -> Option<String> {
    let step = window.client.wait().for_element(Locator::Css(&format!("li.step#{id}"))).await.unwrap();
    step.attr("data-state").await.unwrap()
}

#[test]
fn an_app_opens_the_report_and_links_that_do_not_hold_open_it_plainly() {
    on_sqlite_with(WITH_APP, async |app| {
        let driver = Driver::start();
        for screen in Screen::ALL {
            let looks = Looks::new(screen, "en");
            for looks in [looks, looks.without_script()] {
                let window = Window::open((&driver, &app), looks).await;
                window.visit(&format!("/from/{}", good(&app))).await;
                assert_eq!(lang(&window).await, "zh-Hans", "the language of the app");
                assert!(window.text(".notice").await.contains("User-1001"));
                window.fill("#text", CHINESE.text).await;
                window.follow("form.report > button").await;
                assert!(!window.text(".first .do").await.is_empty());

                let now = app.clock.now().millis() / 1_000;
                let over = ReportLink { until: now - 60, account: Some("User-1001".into()), ..ReportLink::default() };
                let stranger = "a-key-that-a-stranger-made-up-while-nobody-looked";
                let key = "a-key-that-only-the-server-of-the-app-has-0123";
                for link in [signed(key, &over), signed(stranger, &over), "x".to_owned()] {
                    window.visit(&format!("/from/{link}")).await;
                    assert!(window.text(".notice").await.contains("too old or not whole"));
                    assert!(!window.reads().await.contains("User-1001"));
                    window.fill("#text", ENGLISH.text).await;
                    window.follow("form.report > button").await;
                    assert!(!window.text(".first .do").await.is_empty(), "steps all the same");
                }
                window.close(&[]).await;
            }
        }
    });
}

#[test]
fn forged_and_old_case_links_all_read_the_same() {
    on_sqlite_with(WITH_APP, async |app| {
        let driver = Driver::start();
        for screen in Screen::ALL {
            let window = Window::open((&driver, &app), Looks::new(screen, "en").without_script()).await;
            let (link, _) = reports(&window, &ENGLISH).await;
            let mut said = Vec::new();
            for link in [link.as_str(), "/c/0123456789ABCDEFGHJKMNPQRSTVWXYZ", "/c/x"] {
                window.visit(link).await;
                let asked = window.reads().await;
                window.fill("#code", "ABCDE-FGHJK").await;
                window.follow("form.enter > button").await;
                said.push((asked, window.reads().await));
            }
            assert!(said.windows(2).all(|pair| pair[0] == pair[1]), "{said:#?}");
            window.close(&[403]).await;
        }
    });
}
