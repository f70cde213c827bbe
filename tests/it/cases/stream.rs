//! What tells a page or a program of changes: each once, none after the right to look has ended.

use std::time::Duration;

use reqwest::{Method, Response, StatusCode};
use serde_json::json;

use crate::support::app::{App, on_both, on_sqlite};
use crate::support::browser::Browser;
use crate::support::case::Holder;
use holdfast::time::Span;

const LOST: &str = "someone drained my wallet";

/// A stream, read until an event comes; nothing when it ends.
struct Stream(Response, String);

impl Stream {
    async fn event(&mut self) -> Option<(String, String)> {
        loop {
            if let Some((event, rest)) = self.1.split_once("\n\n").map(|(one, rest)| (one.to_owned(), rest.to_owned()))
            {
                self.1 = rest;
                let field = |name: &str| event.lines().find_map(|line| line.strip_prefix(name)).map(str::to_owned);
                match (field("id: "), field("data: ")) {
                    (Some(id), Some(data)) => return Some((id, data)),
                    _ => continue,
                }
            }
            let chunk = tokio::time::timeout(Duration::from_secs(20), self.0.chunk())
                .await
                .expect("it goes on")
                .ok()
                .flatten()?;
            self.1.push_str(std::str::from_utf8(&chunk).unwrap());
        }
    }
}

async fn stream(holder: &Holder, app: &App, last: Option<&str>) -> Stream {
    let request = holder.request(app, Method::GET, "/events");
    let request = last.into_iter().fold(request, |request, last| request.header("last-event-id", last));
    let response = request.send().await.unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    Stream(response, String::new())
}

async fn say(app: &App, text: &str) {
    let id = app.queue().await[0]["id"].as_str().unwrap().to_owned();
    let sent = app.staff_post(&format!("/api/v1/incidents/{id}/message"), &json!({"text": text})).await;
    assert_eq!(sent.status(), StatusCode::OK);
}

#[test]
fn a_program_is_told_where_things_stand_and_then_of_each_change_once() {
    on_both(async |app| {
        let holder = Holder::of(&app.report(LOST).await);
        let mut events = stream(&holder, &app, None).await;
        let (_, first) = events.event().await.unwrap();
        assert_eq!(first, r#"{"ahead":0,"messages":0,"state":"waiting"}"#);
        say(&app, "we are looking").await;
        let (mark, second) = events.event().await.unwrap();
        assert_eq!(second, r#"{"ahead":0,"messages":1,"state":"waiting"}"#);

        // Back after a break: what was told is not told again, what was missed is.
        let mut again = stream(&holder, &app, Some(&mark)).await;
        say(&app, "still looking").await;
        let (_, third) = again.event().await.unwrap();
        assert_eq!(third, r#"{"ahead":0,"messages":2,"state":"waiting"}"#);
    });
}

#[test]
fn a_stream_opens_to_link_and_code_alone() {
    on_sqlite(async |app| {
        let holder = Holder::of(&app.report(LOST).await);
        let refused = holder.with_code("00000-00000").request(&app, Method::GET, "/events").send().await.unwrap();
        assert_eq!(refused.status(), StatusCode::UNAUTHORIZED);
    });
}

#[test]
fn a_page_is_told_at_once_when_it_is_no_longer_what_it_shows() {
    on_both(async |app| {
        let mut browser = Browser::new(&app);
        browser.report(LOST).await;
        let page = browser.get("/case").await.text;
        let seen = page.split_once(r#"data-seen=""#).unwrap().1.split('"').next().unwrap().to_owned();
        say(&app, "we are looking").await;
        let response = browser.request(Method::GET, &format!("/case/events?seen={seen}")).send().await.unwrap();
        assert_eq!(Stream(response, String::new()).event().await.unwrap().1, "changed");
    });
}

#[test]
fn a_stream_ends_with_its_session_and_watching_does_not_keep_one_alive() {
    on_sqlite(async |app| {
        let mut browser = Browser::new(&app);
        browser.report(LOST).await;
        let open = async |browser: &Browser| browser.request(Method::GET, "/case/events").send().await.unwrap();
        let mut left = Stream(open(&browser).await, String::new());
        browser.get("/leave").await;
        assert!(left.event().await.is_none(), "it ends within seconds");

        let mut browser = Browser::new(&app);
        browser.report(LOST).await;
        for _ in 0..2 {
            app.clock.pass(Span::from_minutes(9));
            assert_eq!(open(&browser).await.status(), StatusCode::OK);
            let refreshed = browser.request(Method::GET, "/case").header("x-refresh", "1").send().await.unwrap();
            assert_eq!(refreshed.status(), StatusCode::OK);
        }
        app.clock.pass(Span::from_minutes(3));
        assert_eq!(browser.get("/case").await.status, StatusCode::UNAUTHORIZED, "nobody used it for 21 minutes");
    });
}
