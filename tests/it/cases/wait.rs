//! How long it likely takes, what was done, and that somebody looks now.

use serde_json::{Value, json};

use crate::support::app::{App, Plan, on_both, on_both_with, on_sqlite_with};
use crate::support::browser::Browser;
use crate::support::case::Holder;
use holdfast::time::Span;

const LOST: &str = "someone drained my wallet";

async fn serve(app: &App, count: usize, each: Span) {
    for _ in 0..count {
        app.report(LOST).await;
        app.clock.pass(each);
        assert_eq!(app.staff_post("/api/v1/queue/claim", &json!({})).await.status(), 200);
    }
}

fn wait(case: &Value) -> &Value {
    &case["incident"]["place"]["wait"]
}

#[test]
fn with_nobody_served_of_late_the_wait_is_unknown_and_the_page_says_so() {
    on_both(async |app| {
        let answer = app.report(LOST).await;
        assert!(wait(&answer)["likely"].is_null() && wait(&answer)["served"] == 0);
        let mut browser = Browser::new(&app);
        browser.report(LOST).await;
        let page = browser.get("/case").await.text;
        assert!(page.contains("We cannot say how long it takes"), "{page}");
        assert!(page.contains("Nobody who reports after"), "the promise holds all the same");
    });
}

#[test]
fn the_likely_wait_follows_the_rate_at_which_the_lane_was_served() {
    on_both(async |app| {
        serve(&app, 6, Span::from_minutes(1)).await;
        let first = app.report(LOST).await;
        assert_eq!(wait(&first)["served"], 6);
        assert_eq!(wait(&first)["within_minutes"], 60);
        // Six an hour, nobody ahead: about ten minutes.
        let minutes = |answer: &Value, end: &str| {
            let at: holdfast::time::Timestamp = wait(answer)["likely"][end].as_str().unwrap().parse().unwrap();
            -holdfast::time::Clock::now(&*app.clock).since(at).minutes()
        };
        assert!(minutes(&first, "from") <= 10 && minutes(&first, "until") >= 10, "{first}");
        // Those of one moment stand in no order that anybody could know.
        for _ in 0..9 {
            app.clock.pass(Span::from_seconds(1));
            app.report(LOST).await;
        }
        app.clock.pass(Span::from_seconds(1));
        let tenth = app.report(LOST).await;
        assert!(minutes(&tenth, "until") > minutes(&first, "until") * 3, "{tenth}");
        assert!(wait(&app.report("How do I change the display currency?").await)["likely"].is_null(), "another lane");
        let mut browser = Browser::new(&app);
        browser.report(LOST).await;
        let page = browser.get("/case").await.text;
        assert!(page.contains("Likely taken up by a person in") && page.contains("in the last 1 hour: 6"), "{page}");
        app.clock.pass(Span::from_days(2));
        assert!(wait(&app.report(LOST).await)["likely"].is_null(), "old figures tell nothing");
    });
}

#[test]
fn staff_who_are_away_are_said_to_be_with_the_time_they_are_back() {
    // 2 March 2026 is a Monday; the story begins at nine.
    let night =
        Plan { settings: |config| config.staff_hours = vec!["mon-fri 12:00-20:00".to_owned()], ..Plan::default() };
    on_both_with(night, async |app| {
        let answer = app.report(LOST).await;
        assert_eq!(wait(&answer)["staff_back"], "2026-03-02T12:00:00.000Z");
        let mut browser = Browser::new(&app);
        browser.report(LOST).await;
        let page = browser.get("/case").await.text;
        assert!(page.contains("Staff are away now and back at"));
        assert!(!page.contains("First reply from a person by"), "no time is promised that nobody is there to keep");
        app.clock.pass(Span::from_minutes(3 * 60));
        assert!(wait(&app.report(LOST).await)["staff_back"].is_null());
        assert!(!browser.get("/case").await.text.contains("Staff are away"));
    });
}

#[test]
fn an_estimate_begins_when_staff_are_back_and_counts_their_hours_alone() {
    let office =
        Plan { settings: |config| config.staff_hours = vec!["mon-sun 09:00-11:00".to_owned()], ..Plan::default() };
    on_sqlite_with(office, async |app| {
        serve(&app, 6, Span::from_minutes(10)).await;
        app.clock.pass(Span::from_minutes(3 * 60));
        let answer = app.report(LOST).await;
        let from = wait(&answer)["likely"]["from"].as_str().unwrap();
        assert!(from.starts_with("2026-03-03T09:"), "{from}");
    });
}

#[test]
fn the_holder_reads_what_was_done_in_order_and_without_names() {
    on_both(async |app| {
        let holder = Holder::of(&app.report(LOST).await);
        let id = app.queue().await[0]["id"].as_str().unwrap().to_owned();
        let path = format!("/api/v1/incidents/{id}");
        let minute = || app.clock.pass(Span::from_minutes(1));
        minute();
        let claimed: Value = app.staff_post(&format!("{path}/claim"), &json!({})).await.json().await.unwrap();
        assert_eq!(holder.case(&app).await["state"], "with-staff", "somebody looks now");
        minute();
        app.staff_post(&format!("{path}/message"), &json!({"text": "stop confirming"})).await;
        minute();
        let raised: Value = app
            .staff_post(&format!("{path}/escalate"), &json!({"version": claimed["version"], "level": 1, "reason": "x"}))
            .await
            .json()
            .await
            .unwrap();
        minute();
        app.staff_post(&format!("{path}/release"), &json!({"fence": raised["fence"]})).await;
        let case = holder.case(&app).await;
        let done: Vec<&str> =
            case["progress"].as_array().unwrap().iter().map(|done| done["what"].as_str().unwrap()).collect();
        assert_eq!(done, ["received", "taken", "answered", "raised", "handed-back"]);
        let mut browser = Browser::new(&app);
        browser.post(&format!("/c/{}", holder.token), &[("code", &holder.code)]).await;
        let page = browser.get("/case").await.text;
        assert!(
            page.contains("A responder read it and took it in hand.") && page.contains("A responder wrote to you.")
        );
    });
}
