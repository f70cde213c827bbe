//! What stands beside an open case: a way to a person, what can be added later, a plain end, and a way out that always works.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::app::{App, on_both, on_sqlite};
use crate::support::browser::Browser;
use crate::support::case::Holder;
use crate::support::settle::settle;

const DRAIN: &str = "Someone drained my wallet, coins are leaving right now";

/// The newest incident, closed with this verdict.
async fn closed(app: &App, verdict: &str) {
    let claimed: Value = app.staff_post("/api/v1/queue/claim", &json!({})).await.json().await.unwrap();
    let claimed = settle(app, &claimed).await;
    let path = format!("/api/v1/incidents/{}/verdict", claimed["id"].as_str().unwrap());
    let body = json!({"version": claimed["version"], "verdict": verdict, "reason": "looked at"});
    assert_eq!(app.staff_post(&path, &body).await.status(), StatusCode::OK);
}

#[test]
fn the_way_to_a_person_leads_to_the_box_of_the_open_case_and_else_to_the_report() {
    on_both(async |app| {
        let mut stranger = Browser::new(&app);
        let led = stranger.get("/person?lang=zh").await;
        assert_eq!((led.status, led.location.as_str()), (StatusCode::SEE_OTHER, "/?person=yes&lang=zh#person"));
        let mut holder = Browser::new(&app);
        holder.report(DRAIN).await;
        let before = app.queue().await;
        assert_eq!(holder.get("/person?lang=en").await.location, "/case#message");
        assert_eq!(app.queue().await, before, "following a link asks for nothing");
        for page in ["/check", "/help", "/feedback", "/nothing-here"] {
            let page = holder.get(page).await.text;
            assert!(page.contains(r#"href="/person?lang="#) || page.contains(r#"action="/case/person#message""#));
        }
        let case = holder.get("/case?lang=en").await.text;
        let (before, _) = case.split_once("<textarea id=\"message\"").unwrap();
        assert!(before.contains("Never write your recovery words"), "said before the box");
    });
}

#[test]
fn with_memory_down_the_way_to_a_person_and_the_way_out_still_work() {
    on_both(async |app| {
        let mut holder = Browser::new(&app);
        holder.report(DRAIN).await;
        app.house.respond.db.close().await;
        assert!(holder.get("/person").await.location.starts_with("/?person=yes"));
        assert_eq!(holder.get("/feedback").await.status, StatusCode::OK);
        let broken = holder.get("/case").await;
        assert_eq!(broken.status, StatusCode::SERVICE_UNAVAILABLE);
        assert!(broken.text.contains(r#"href="/">"#) && broken.text.contains(r#"href="/case">"#), "{}", broken.text);
        let left = holder.request(Method::GET, "/leave").send().await.unwrap();
        assert_eq!(left.status(), StatusCode::OK);
        assert_eq!(left.headers()["clear-site-data"], "\"cache\", \"storage\"");
        let ended = left.headers().get_all("set-cookie").iter().any(|cookie| {
            let cookie = cookie.to_str().unwrap();
            cookie.starts_with("__Host-hf_case=;") && cookie.contains("Max-Age=0")
        });
        assert!(ended, "the browser forgets the case");
    });
}

#[test]
fn every_problem_page_leads_to_a_report_and_to_the_case() {
    on_sqlite(async |app| {
        let mut holder = Browser::new(&app);
        holder.report(DRAIN).await;
        for (path, status) in [("/nothing-here", 404), ("/report/draft", 405), ("/case/stop/nothing", 404)] {
            let page = holder.get(path).await;
            assert_eq!(page.status, status, "{path}");
            assert!(
                page.text.contains(r#"class="button" href="/""#) && page.text.contains(r#"href="/case""#),
                "{path}"
            );
        }
    });
}

#[test]
fn a_closed_case_says_plainly_how_it_ended_and_makes_no_haste() {
    for (verdict, text, said, warned) in [
        ("confirmed", DRAIN, "What has left, we cannot bring back", true),
        (
            "confirmed",
            "Someone drained my wallet, everything is gone, nothing is left anywhere",
            "What was there is gone",
            true,
        ),
        ("false-alarm", DRAIN, "found nothing wrong", false),
        ("answered", "How do I change the display currency?", "Your question was answered", false),
    ] {
        on_both(async |app| {
            let mut browser = Browser::new(&app);
            browser.report(text).await;
            let open = browser.get("/case?lang=en").await.text;
            assert!(!open.contains(said));
            closed(&app, verdict).await;
            let page = browser.get("/case?lang=en").await.text;
            assert!(page.contains(said), "{verdict}: {text}");
            assert_eq!(page.contains(r#"data-notice="second-theft""#), warned, "{verdict}: {text}");
            assert!(!page.contains(r#"class="outlook""#) && !page.contains("Minutes count"), "{verdict}: {text}");
            assert_eq!(page.contains("For the exchange and the police"), warned, "whom to report to");
            assert!(!page.contains(r#"class="marks""#), "nothing is to be ticked off any more");
            let text = browser.get("/case/steps.txt").await.text;
            assert!(!text.contains("Minutes count"));
            assert!(!text.is_empty());

            let csrf = page_csrf(&page);
            browser.post("/case/messages", &[("csrf", &csrf), ("text", "it goes on")]).await;
            let again = browser.get("/case?lang=en").await.text;
            assert!(!again.contains(said) && again.contains(r#"class="marks""#), "open again");
        });
    }
}

#[test]
fn a_program_reads_the_outcome_of_a_closed_case_and_of_no_other() {
    on_sqlite(async |app| {
        let holder = Holder::of(&app.report(DRAIN).await);
        assert!(holder.case(&app).await.get("outcome").is_none());
        closed(&app, "confirmed").await;
        let case = holder.case(&app).await;
        assert_eq!((case["state"].as_str(), case["outcome"].as_str()), (Some("closed"), Some("partly")));
        assert!(case["incident"].get("outlook").is_none());
    });
}

#[test]
fn details_can_be_added_later_or_skipped() {
    on_both(async |app| {
        let mut browser = Browser::new(&app);
        browser.report(DRAIN).await;
        for (lang, skip) in [("en", "Skip this"), ("zh", "跳过"), ("zh-Hant", "跳過")] {
            let page = browser.get(&format!("/case/details?lang={lang}")).await;
            assert!(page.status.is_success() && page.text.contains(skip), "{lang}");
            assert!(page.text.contains(r#"href="/case#steps""#), "{lang}");
        }
        let mut stranger = Browser::new(&app);
        assert_eq!(stranger.get("/case/details").await.status, StatusCode::UNAUTHORIZED);
    });
}

fn page_csrf(page: &str) -> String {
    page.split_once(r#"name="csrf" value=""#).unwrap().1.split('"').next().unwrap().to_owned()
}
