//! The second theft: said when something was lost, and once more a month after closing.

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::support::app::{App, on_both};
use crate::support::browser::Browser;
use crate::support::case::Holder;
use crate::support::settle::settle;
use holdfast::access::Scopes;
use holdfast::respond::sweep;
use holdfast::time::Span;

/// Staff close the next incident, with a token that is good today.
pub async fn close(app: &mut App) {
    app.token = app.token_of("responder", Scopes::all()).await;
    let claimed: Value = app.staff_post("/api/v1/queue/claim", &json!({})).await.json().await.unwrap();
    let claimed = settle(app, &claimed).await;
    let path = format!("/api/v1/incidents/{}/verdict", claimed["id"].as_str().unwrap());
    let verdict = json!({"version": claimed["version"], "verdict": "confirmed", "reason": "it was"});
    assert_eq!(app.staff_post(&path, &verdict).await.status(), StatusCode::OK);
}

fn said(case: &Value) -> Vec<(&str, &str)> {
    let messages = case["messages"].as_array().unwrap().iter();
    messages.map(|said| (said["from"].as_str().unwrap(), said["text"].as_str().unwrap())).collect()
}

#[test]
fn the_warning_of_the_second_theft_comes_a_month_after_closing_and_once() {
    on_both(async |mut app| {
        let holder = Holder::of(&app.report("someone drained my wallet, everything is gone").await);
        close(&mut app).await;
        app.clock.pass(Span::from_days(29));
        sweep(&app.house.respond).await.unwrap();
        assert!(said(&holder.case(&app).await).is_empty());
        app.clock.pass(Span::from_days(1));
        for _ in 0..3 {
            sweep(&app.house.respond).await.unwrap();
        }
        let case = holder.case(&app).await;
        let [(from, text)] = said(&case)[..] else { panic!("{case}") };
        assert!(from == "staff" && text.contains("steal a second time"), "{text}");
        assert!(case["messages"][0]["check"].as_str().unwrap().starts_with("CK-"), "it can be checked");
        assert_eq!(case["state"], "closed", "it opens nothing");

        app.clock.pass(Span::from_minutes(1));
        holder.does(&app, "/messages", &json!({"text": "someone called me"})).await;
        close(&mut app).await;
        app.clock.pass(Span::from_days(31));
        sweep(&app.house.respond).await.unwrap();
        assert_eq!(said(&holder.case(&app).await).len(), 3, "a case that closed again is warned again");
    });
}

#[test]
fn an_everyday_question_is_not_warned_of_thieves() {
    on_both(async |mut app| {
        let holder = Holder::of(&app.report("my transaction has been pending for hours").await);
        assert!(!holder.case(&app).await["notices"].to_string().contains("second-theft"));
        close(&mut app).await;
        app.clock.pass(Span::from_days(31));
        sweep(&app.house.respond).await.unwrap();
        assert!(said(&holder.case(&app).await).is_empty());
    });
}

#[test]
fn whoever_lost_something_is_warned_at_once_in_their_language() {
    on_both(async |app| {
        let holder = Holder::of(&app.report("我的币正在被转走，还在转").await);
        let notices = holder.case(&app).await["notices"].to_string();
        assert!(notices.contains("second-theft") && notices.contains("第二次诈骗"), "{notices}");
    });
}

#[test]
fn the_page_of_a_closed_case_warns_of_thieves_only_where_it_was_about_security() {
    on_both(async |mut app| {
        for (text, warned) in [
            ("my transaction has been pending for hours", false),
            ("someone drained my wallet, everything is gone", true),
        ] {
            let holder = Holder::of(&app.report(text).await);
            close(&mut app).await;
            let mut browser = Browser::new(&app);
            browser.post(&format!("/c/{}", holder.token), &[("code", &holder.code)]).await;
            let page = browser.get("/case").await.text;
            assert!(page.contains("Write a message and it opens again."), "{text}");
            assert_eq!(page.contains("If anyone offers to get money back for a fee, now or later"), warned, "{text}");
        }
    });
}
