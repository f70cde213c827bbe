//! Going away at the wrong moment: a report that waits for its proof is not lost, and whoever leaves quickly leaves nothing.

use std::time::Duration;

use fantoccini::Locator;
use serde_json::json;

use super::driver::Driver;
use super::window::{Looks, Screen, Window};
use crate::support::app::{App, Plan, on_sqlite_with};

/// A house where a second report asks for a proof of work.
fn narrow() -> Plan {
    Plan { settings: |config| config.limits.reports_burst = 1, ..Plan::default() }
}

const NEVER: &str = "SubtleCrypto.prototype.digest = () => new Promise(() => {})";

/// A browser on the page that waits for a proof which it never finishes.
async fn waiting(at: (&Driver, &App), language: &'static str) -> Window {
    let window = Window::open(at, Looks::new(Screen::Phone, language)).await;
    window.devtools("Page.addScriptToEvaluateOnNewDocument", json!({"source": NEVER})).await;
    window.visit("/").await;
    window.fill("#text", "someone moved my usdt").await;
    window.follow("form.report > button").await;
    window.text("h1[data-sending]:not([hidden])").await;
    window
}

async fn holds_a_case(window: &Window) -> bool {
    window.client.get_all_cookies().await.unwrap().iter().any(|cookie| cookie.name() == "__Host-hf_case")
}

/// The cases that are kept, once there are so many.
async fn kept(app: &App, count: usize) {
    let came = async { while app.queue().await.len() < count {} };
    tokio::time::timeout(Duration::from_secs(30), came).await.expect("the report arrived");
}

#[test]
fn a_report_on_its_way_says_so_and_offers_no_second_sending() {
    for (language, way) in [("en", "on its way"), ("zh-CN,zh", "正在提交"), ("zh-TW,zh-Hant", "正在提交")] {
        on_sqlite_with(narrow(), async |app| {
            app.report("somebody of the same network").await;
            let driver = Driver::start();
            let window = waiting((&driver, &app), language).await;
            assert!(window.text("h1[data-sending]").await.contains(way));
            assert!(window.is_on_the_first_screen("h1[data-sending]").await, "on top");
            for hidden in ["#again", "h1[data-unsent]", "[data-notice=not-kept]"] {
                let found = window.client.find(Locator::Css(hidden)).await.unwrap();
                assert!(!found.is_displayed().await.unwrap(), "{hidden}");
            }
            window.look(&format!("on-its-way-{}", &language[..2])).await;
            window.client.clone().close().await.unwrap();
        });
    }
}

#[test]
fn whoever_goes_away_before_the_proof_is_done_is_in_the_slower_lane_and_not_lost() {
    on_sqlite_with(narrow(), async |app| {
        app.report("somebody of the same network").await;
        let driver = Driver::start();
        let window = waiting((&driver, &app), "en").await;
        assert_eq!(app.queue().await.len(), 1);
        window.visit("/help").await;
        kept(&app, 2).await;
        let opened = async { while !holds_a_case(&window).await {} };
        tokio::time::timeout(Duration::from_secs(30), opened).await.expect("the answer came to this browser");
        window.visit("/case/first").await;
        assert!(window.text(".keys").await.contains("HF-"), "link and code wait in this browser");
        assert!(window.reads().await.contains("further back"));
        assert_eq!(app.queue().await.len(), 2, "sent once");
        window.client.clone().close().await.unwrap();
    });
}

#[test]
fn whoever_leaves_quickly_before_the_proof_is_done_is_heard_and_this_browser_knows_nothing_of_it() {
    on_sqlite_with(narrow(), async |app| {
        app.report("somebody of the same network").await;
        let driver = Driver::start();
        let window = waiting((&driver, &app), "en").await;
        window.follow("a.leave").await;
        kept(&app, 2).await;
        for path in ["/case/first", "/case"] {
            window.visit(path).await;
            assert!(!window.reads().await.contains("HF-"), "{path}");
        }
        window.visit("/").await;
        let text = window.evaluate("document.querySelector('#text').value".to_owned()).await;
        assert_eq!(text, "", "no draft either");
        window.client.clone().close().await.unwrap();
    });
}

#[test]
fn leaving_quickly_keeps_no_draft_of_what_was_just_typed() {
    on_sqlite_with(Plan::default(), async |app| {
        let driver = Driver::start();
        let window = Window::open((&driver, &app), Looks::new(Screen::Desk, "en")).await;
        window.visit("/").await;
        window.fill("#text", "he is coming home and must not see this").await;
        window.follow("a.leave").await;
        window.visit("/").await;
        let text = window.evaluate("document.querySelector('#text').value".to_owned()).await;
        assert_eq!(text, "");
        assert_eq!(app.house.drafts.bytes(), 0);
        window.client.clone().close().await.unwrap();
    });
}

#[test]
fn leaving_quickly_shows_nothing_from_the_first_moment_and_works_while_memory_is_down() {
    on_sqlite_with(Plan::default(), async |app| {
        let driver = Driver::start();
        let window = Window::open((&driver, &app), Looks::new(Screen::Phone, "en")).await;
        window.visit("/").await;
        window.fill("#text", "someone moved my usdt").await;
        window.follow("form.report > button").await;
        window.text(".keys .code").await;
        // What is shown while the way out takes its time.
        let blank = "let seen; addEventListener('click', () => queueMicrotask(() => { seen = document.documentElement.hidden; document.cookie = `blank=${seen}; path=/`; }));";
        window.client.execute(blank, vec![]).await.unwrap();
        app.house.respond.db.close().await;
        window.follow("a.leave").await;
        assert!(!window.client.source().await.unwrap().contains("HF-"));
        let cookies = window.client.get_all_cookies().await.unwrap();
        assert!(cookies.iter().any(|cookie| (cookie.name(), cookie.value()) == ("blank", "true")), "{cookies:?}");
        assert!(!holds_a_case(&window).await, "the browser forgot the case");
        window.client.clone().close().await.unwrap();
    });
}

#[test]
#[expect(clippy::print_stdout, reason = "the figure is what the test is run for")]
fn the_proof_of_work_is_done_in_time_on_a_slow_phone() {
    on_sqlite_with(narrow(), async |app| {
        app.report("somebody of the same network").await;
        let driver = Driver::start();
        let window = Window::open((&driver, &app), Looks::new(Screen::Phone, "en")).await;
        window.devtools("Emulation.setCPUThrottlingRate", json!({"rate": 4})).await;
        window.visit("/").await;
        window.fill("#text", "someone moved my usdt").await;
        let begun = tokio::time::Instant::now();
        window.follow("form.report > button").await;
        let keys = window.client.wait().at_most(Duration::from_mins(1));
        keys.for_element(Locator::Css(".keys .code")).await.unwrap();
        let took = begun.elapsed();
        println!("the proof of work on a processor four times slower: {:.1} seconds", took.as_secs_f64());
        assert!(took < Duration::from_secs(45), "{took:?}");
        assert!(!window.reads().await.contains("further back"), "it counts as done");
        window.close(&[429]).await;
    });
}
