//! Guessing at link and code: one answer for whatever does not open, and an end to it (CA-03 to CA-05).

use reqwest::{Method, Response, StatusCode};
use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::support::app::{App, on_both, on_sqlite};
use crate::support::browser::Browser;
use crate::support::case::Holder;
use crate::support::rows;
use holdfast::time::Span;

const LOST: &str = "someone drained my wallet";
const WRONG: &str = "00000-00000";
const UNKNOWN: &str = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Status and body without the number of the request.
async fn told(response: Response) -> (StatusCode, Value) {
    let status = response.status();
    let mut body: Value = response.json().await.unwrap();
    assert!(body.as_object_mut().unwrap().remove("instance").is_some());
    (status, body)
}

#[test]
fn a_wrong_code_an_unknown_link_and_a_locked_case_are_answered_alike() {
    on_both(async |app| {
        let holder = Holder::of(&app.report(LOST).await);
        let refused = told(holder.with_code(WRONG).get(&app).await).await;
        assert_eq!(refused.0, StatusCode::UNAUTHORIZED);
        for other in [holder.with_token(UNKNOWN), holder.with_token("x"), holder.with_code("x"), holder.with_code("")] {
            assert_eq!(told(other.get(&app).await).await, refused);
        }
        for _ in 0..4 {
            holder.with_code(WRONG).get(&app).await;
        }
        assert_eq!(told(holder.get(&app).await).await, refused, "locked, with the right code");
    });
}

#[test]
fn after_five_wrong_codes_reading_stops_for_a_quarter_of_an_hour_and_the_place_stays() {
    on_both(async |app| {
        app.report("my withdrawal is late").await;
        let holder = Holder::of(&app.report(LOST).await);
        let queue = app.queue().await;
        for _ in 0..4 {
            holder.with_code(WRONG).get(&app).await;
        }
        holder.case(&app).await;
        holder.with_code(WRONG).get(&app).await;
        assert_eq!(holder.get(&app).await.status(), StatusCode::UNAUTHORIZED);
        assert_eq!(app.queue().await, queue, "the place in the queue does not change");

        app.clock.pass(Span::from_minutes(14));
        assert_eq!(holder.get(&app).await.status(), StatusCode::UNAUTHORIZED);
        app.clock.pass(Span::from_seconds(61));
        holder.case(&app).await;
    });
}

#[test]
fn twenty_wrong_codes_in_a_day_stop_reading_for_the_day() {
    on_both(async |app| {
        let holder = Holder::of(&app.report(LOST).await);
        for _ in 0..4 {
            for _ in 0..5 {
                holder.with_code(WRONG).get(&app).await;
            }
            app.clock.pass(Span::from_minutes(16));
        }
        assert_eq!(holder.get(&app).await.status(), StatusCode::UNAUTHORIZED);
        app.clock.pass(Span::from_minutes(24 * 60));
        holder.case(&app).await;
    });
}

#[test]
fn who_is_in_already_reads_and_writes_on_while_others_guess() {
    on_both(async |app| {
        let answer = app.report(LOST).await;
        let holder = Holder::of(&answer);
        let mut browser = Browser::new(&app);
        let page = browser.post(&format!("/c/{}", holder.token), &[("code", &holder.code)]).await;
        assert_eq!((page.status, page.location.as_str()), (StatusCode::SEE_OTHER, "/case"));
        for _ in 0..5 {
            holder.with_code(WRONG).get(&app).await;
        }
        let csrf = browser.get("/case").await.csrf();
        let sent = browser.post("/case/messages", &[("csrf", &csrf), ("text", "more is leaving")]).await;
        assert_eq!((sent.status, sent.location.as_str()), (StatusCode::SEE_OTHER, "/case"));
        assert!(browser.get("/case").await.text.contains("more is leaving"));
    });
}

#[test]
fn ten_wrong_codes_from_one_place_are_the_most_whichever_case_they_are_for() {
    on_both(async |app| {
        let mut cases = Vec::new();
        for _ in 0..3 {
            cases.push(Holder::of(&app.report(LOST).await));
        }
        let mut statuses = Vec::new();
        for holder in &cases {
            for _ in 0..4 {
                statuses.push(holder.with_code(WRONG).get(&app).await.status().as_u16());
            }
        }
        assert_eq!(statuses[..10], [401; 10]);
        assert_eq!(statuses[10..], [429; 2]);
    });
}

#[test]
fn forty_guesses_at_once_are_not_more_guesses_than_five() {
    on_both(async |app| {
        let holder = Holder::of(&app.report(LOST).await);
        let mut guesses = JoinSet::new();
        for number in 0..40 {
            let guess = holder.with_code(&format!("00000-000{number:02}"));
            guesses.spawn(guess.request(&app, Method::GET, "").send());
        }
        for answer in guesses.join_all().await {
            assert!(answer.unwrap().status().is_client_error());
        }
        assert_eq!(rows::counts(&app).await["guess"], 5);
    });
}

/// The page without what differs for each answer.
async fn neutral(browser: &mut Browser, token: &str) -> String {
    let page = browser.get(&format!("/c/{token}")).await;
    assert_eq!(page.status, StatusCode::OK, "{token}");
    let (_, rest) = page.text.split_once(r#"nonce=""#).unwrap();
    let nonce = rest.split('"').next().unwrap();
    assert!(nonce.len() >= 22, "{nonce}");
    page.text.replace(nonce, "")
}

#[test]
fn a_link_shows_the_same_page_whatever_it_is_and_looking_changes_nothing() {
    on_both(async |app| {
        let holder = Holder::of(&app.report(LOST).await);
        let locked = Holder::of(&app.report(LOST).await);
        for _ in 0..5 {
            locked.with_code(WRONG).get(&app).await;
        }
        let mut browser = Browser::new(&app);
        let rows = rows::counts(&app).await;
        let right = neutral(&mut browser, &holder.token).await;
        for token in [UNKNOWN, "x", "%00", &locked.token, &"9".repeat(500)] {
            assert_eq!(neutral(&mut browser, token).await, right, "{token}");
        }
        for _ in 0..100 {
            neutral(&mut browser, &holder.token).await;
        }
        assert!(browser.cookies.is_empty());
        assert_eq!(rows::counts(&app).await, rows);
        holder.case(&app).await;
    });
}

async fn refused_page(app: &App, token: &str, code: &str) -> (StatusCode, String) {
    let mut browser = Browser::new(app);
    let page = browser.post(&format!("/c/{token}"), &[("code", code)]).await;
    assert!(browser.cookies.is_empty());
    let (_, rest) = page.text.split_once(r#"nonce=""#).unwrap();
    let nonce = rest.split('"').next().unwrap().to_owned();
    (page.status, page.text.replace(&nonce, ""))
}

#[test]
fn the_page_refuses_a_wrong_code_and_an_unknown_link_alike() {
    on_both(async |app| {
        let holder = Holder::of(&app.report(LOST).await);
        let wrong = refused_page(&app, &holder.token, WRONG).await;
        assert_eq!(wrong.0, StatusCode::FORBIDDEN);
        assert_eq!(refused_page(&app, UNKNOWN, &holder.code).await, wrong);
        assert_eq!(refused_page(&app, "x", "x").await, wrong);
        for _ in 0..4 {
            assert_eq!(refused_page(&app, &holder.token, WRONG).await, wrong);
        }
        assert_eq!(refused_page(&app, &holder.token, &holder.code).await, wrong, "locked, with the right code");
    });
}

#[test]
fn a_locked_case_is_reported_anew_without_hindrance() {
    on_both(async |app| {
        let holder = Holder::of(&app.report(LOST).await);
        for _ in 0..5 {
            holder.with_code(WRONG).get(&app).await;
        }
        let body = json!({"text": format!("I cannot open my case {} any more, coins are leaving", holder.reference)});
        let response = app.visitor().post(app.url("/api/v1/reports")).json(&body).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::CREATED);
    });
}

#[test]
fn of_ten_thousand_guesses_in_a_day_twenty_are_looked_at_and_the_place_stays() {
    on_both(async |app| {
        app.report("my withdrawal is late").await;
        let holder = Holder::of(&app.report(LOST).await);
        let queue = app.queue().await;
        let (respond, held) = (&app.house.respond, &holder);
        for round in 0..100 {
            let guesses = (0..100).map(|number| {
                let code = format!("{:05}-{number:05}", round % 100);
                async move { respond.prove(token_of(held), code.parse().ok()).await.unwrap() }
            });
            assert!(futures_util::future::join_all(guesses).await.iter().all(Option::is_none));
            app.clock.pass(Span::from_minutes(14));
        }
        let looked_at = rows::counts(&app).await["guess"];
        assert!((5..=20).contains(&looked_at), "{looked_at}");
        assert_eq!(app.queue().await, queue, "the place in the queue does not change");
        let seen = app.staff_get(&format!("/api/v1/incidents/{}", queue[0]["id"].as_str().unwrap())).await;
        assert_eq!(seen["wrong_codes"], looked_at, "staff see that somebody guesses");
    });
}

fn token_of(holder: &Holder) -> Option<holdfast::access::CaseToken> {
    holder.token.parse().ok()
}

#[test]
fn right_codes_of_many_people_behind_one_address_use_up_no_guesses() {
    on_sqlite(async |app| {
        let holder = Holder::of(&app.report(LOST).await);
        for opened in 0..40 {
            let mut browser = Browser::new(&app);
            let page = browser.post(&format!("/c/{}", holder.token), &[("code", &holder.code)]).await;
            assert_eq!(page.status, StatusCode::SEE_OTHER, "after {opened}");
        }
    });
}
