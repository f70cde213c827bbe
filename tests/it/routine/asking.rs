//! "A person, please" is one tap: on the case page, on the report form, and for programs.

use reqwest::StatusCode;
use serde_json::json;

use holdfast::respond::sweep;
use holdfast::time::Span;

use crate::support::app::on_both;
use crate::support::browser::Browser;
use crate::support::case::Holder;

const STUCK: &str = "my eth transfer is stuck pending for two hours, gas too low";

#[test]
fn who_asks_for_a_person_is_seen_by_staff_and_not_sent_away_by_time() {
    on_both(async |app| {
        let holder = Holder::of(&app.report(STUCK).await);
        let row = app.queue().await[0].clone();
        assert_eq!(row["asks_person"], false);
        let case = holder.does(&app, "/person", &json!({})).await;
        assert_eq!(case["asks_person"], true);
        let row = app.queue().await[0].clone();
        assert_eq!((&row["asks_person"], &row["due"]), (&json!(true), &row["due"]));
        let detail = app.staff_get(&format!("/api/v1/incidents/{}", row["id"].as_str().unwrap())).await;
        assert_eq!(detail["asks_person"], "2026-03-02T09:00:00.000Z");
        app.clock.pass(Span::from_days(400));
        sweep(&app.house.respond).await.unwrap();
        assert_eq!(holder.case(&app).await["state"], "waiting");
        assert_eq!(holder.does(&app, "/solved", &json!({})).await["state"], "closed", "their own word ends it");
    });
}

#[test]
fn asking_moves_nobody_forward_in_the_queue() {
    on_both(async |app| {
        let first = app.report(STUCK).await;
        let second = Holder::of(&app.report(STUCK).await);
        let before = app.queue().await;
        second.does(&app, "/person", &json!({})).await;
        let after = app.queue().await;
        let order = |rows: &[serde_json::Value]| {
            rows.iter().map(|row| (row["id"].clone(), row["due"].clone())).collect::<Vec<_>>()
        };
        assert_eq!(order(&before), order(&after));
        assert_eq!(first["incident"]["place"]["ahead"], 0);
    });
}

#[test]
fn one_tap_on_the_case_page_asks_and_the_page_says_that_it_was_heard() {
    on_both(async |app| {
        let mut browser = Browser::new(&app);
        browser.report(STUCK).await;
        let page = browser.get("/case").await;
        assert!(
            page.text.contains(r#"action="/case/person#message""#) && !page.text.contains("You asked for a person.")
        );
        let csrf = page.csrf();
        let done = browser.post("/case/person", &[("csrf", &csrf)]).await;
        assert_eq!((done.status, done.location.as_str()), (StatusCode::SEE_OTHER, "/case"));
        assert!(browser.get("/case").await.text.contains("You asked for a person."));
        assert_eq!(browser.post("/case/person", &[]).await.status, StatusCode::FORBIDDEN, "only from the page itself");

        let solved = browser.post("/case/solved", &[("csrf", &csrf)]).await;
        assert_eq!(solved.status, StatusCode::SEE_OTHER);
        assert!(browser.get("/case").await.text.contains("You said that it is solved"));
    });
}

#[test]
fn on_public_pages_the_tap_leads_to_the_form_with_the_wish_ticked_and_no_word_is_needed() {
    on_both(async |app| {
        let mut browser = Browser::new(&app);
        let home = browser.get("/").await.text;
        assert!(home.contains(r##"href="#person""##) && !home.contains("checked"), "in place: what is typed stays");
        assert!(browser.get("/help").await.text.contains(r#"href="/person?lang=en#person""#));
        assert_eq!(browser.get("/person?lang=en").await.location, "/?person=yes&lang=en#person");
        let wish = browser.get("/?person=yes&lang=en").await.text;
        assert!(wish.contains(r#"id="person" type="checkbox" name="person" value="yes" checked"#), "{wish}");
        let sent = browser.post("/report", &[("lang", "en"), ("text", ""), ("person", "yes")]).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER);
        assert_eq!(app.queue().await[0]["asks_person"], true);
        let api = json!({"text": "", "person": true});
        let response = app.visitor().post(app.url("/api/v1/reports")).json(&api).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::CREATED);
    });
}
