//! Link and code are shown once, and no page that can be loaded again holds them once their browser has left.

use reqwest::StatusCode;

use crate::support::app::{on_both, on_sqlite};
use crate::support::browser::{Browser, Page};
use crate::support::rows;
use holdfast::time::Span;

const FIELDS: [(&str, &str); 3] =
    [("key", "5f0c1b9d27e84a63b0d4c2a9187e6f35"), ("lang", "en"), ("text", "someone drained my wallet")];

fn shows_keys(page: &Page) -> bool {
    let shown = page.text.contains("/c/") && page.text.contains(r#"<code class="code">"#);
    assert!(!shown || page.text.contains("Do this first"), "with the steps");
    shown
}

#[test]
fn sending_a_report_leads_to_its_answer_which_survives_loading_again() {
    on_both(async |app| {
        let mut browser = Browser::new(&app);
        let sent = browser.post("/report", &FIELDS).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER);
        assert!(!shows_keys(&sent) && sent.location.starts_with("/case/first?t="));
        let page = browser.get(&sent.location).await;
        assert_eq!((page.status, page.location.as_str()), (StatusCode::SEE_OTHER, "/case/first"), "no ticket stays");
        for _ in 0..3 {
            assert!(shows_keys(&browser.get("/case/first").await), "a page that failed to load costs nobody a code");
        }
        let mut other = Browser::new(&app);
        assert!(!shows_keys(&other.get(&sent.location).await), "the ticket is spent");
        app.clock.pass(Span::from_minutes(16));
        let late = browser.get("/case/first").await;
        assert_eq!((late.status, late.location.as_str()), (StatusCode::SEE_OTHER, "/case"));
    });
}

#[test]
fn after_leaving_neither_going_back_nor_sending_again_shows_link_and_code() {
    on_both(async |app| {
        let mut browser = Browser::new(&app);
        let sent = browser.post("/report", &FIELDS).await;
        assert!(shows_keys(&browser.report_with(&FIELDS).await), "sent twice before leaving, it is the same answer");
        browser.get("/leave").await;
        let mut back = Browser::new(&app);
        for window in [&mut browser, &mut back] {
            for path in [sent.location.as_str(), "/case/first", "/case"] {
                let page = window.get(path).await;
                assert!(!shows_keys(&page) && !page.text.contains("HF-"), "{path}");
            }
            let again = window.report_with(&FIELDS).await;
            assert_eq!(again.status, StatusCode::GONE, "told that it arrived");
            assert!(!shows_keys(&again) && !again.text.contains("HF-"));
        }
        app.clock.pass(Span::from_minutes(23 * 60));
        assert!(!shows_keys(&back.report_with(&FIELDS).await));
        assert_eq!(app.queue().await.len(), 1, "and makes no second case");
    });
}

#[test]
fn putting_link_and_code_away_ends_them_for_good_and_opens_the_case_page() {
    on_both(async |app| {
        let mut browser = Browser::new(&app);
        let page = browser.report_with(&FIELDS).await;
        let away = browser.post("/case/first", &[("csrf", &page.csrf())]).await;
        assert_eq!((away.status, away.location.as_str()), (StatusCode::SEE_OTHER, "/case"));
        assert!(browser.get("/case").await.text.contains("HF-"));
        assert_eq!(browser.get("/case/first").await.location, "/case");
        let again = browser.report_with(&FIELDS).await;
        assert!(!shows_keys(&again));
        let refused = browser.post("/case/first", &[("csrf", "x")]).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
    });
}

#[test]
fn link_and_code_lie_nowhere_in_the_database_before_or_after_they_are_shown() {
    on_both(async |app| {
        let mut browser = Browser::new(&app);
        let sent = browser.post("/report", &FIELDS).await;
        let page = browser.get("/case/first").await;
        let between = |from: &str| page.text.split_once(from).unwrap().1.split('<').next().unwrap().to_owned();
        let (link, code) = (between(r#"<code id="link">"#), between(r#"<code class="code">"#));
        let ticket = sent.location.split_once("t=").unwrap().1;
        let bytes = rows::bytes(&app).await;
        for secret in [link.rsplit_once('/').unwrap().1, &code, &code.replace('-', ""), ticket] {
            assert!(!rows::hold(&bytes, secret), "{secret}");
        }
    });
}

#[test]
fn a_browser_that_keeps_no_cookies_gets_its_steps_link_and_code_one_time() {
    on_sqlite(async |app| {
        let mut browser = Browser::new(&app);
        let sent = browser.post("/report", &FIELDS).await;
        browser.cookies.clear();
        assert!(shows_keys(&browser.get(&sent.location).await));
        let again = browser.get(&sent.location).await;
        assert_eq!(again.status, StatusCode::UNAUTHORIZED);
        assert!(!shows_keys(&again));
    });
}

#[test]
fn what_nobody_saw_is_shown_to_whoever_sends_the_same_form_again() {
    on_sqlite(async |app| {
        Browser::new(&app).post("/report", &FIELDS).await;
        app.clock.pass(Span::from_minutes(60));
        assert!(shows_keys(&Browser::new(&app).report_with(&FIELDS).await), "the first answer never arrived");
    });
}
