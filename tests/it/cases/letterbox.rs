//! Words in, nothing out: who is locked out by somebody's guessing is still heard (CA-05); and guessing fills no table.

use reqwest::{Method, StatusCode};
use serde_json::Value;

use crate::support::app::{App, on_both, on_sqlite};
use crate::support::browser::Browser;
use crate::support::case::Holder;
use crate::support::rows;

const LOST: &str = "someone drained my wallet";
const WRONG: &str = "00000-00000";
const UNKNOWN: &str = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const PHRASE: &str = "legal winner thank year wave sausage worth useful legal winner thank yellow";

async fn incident(app: &App) -> Value {
    let id = app.queue().await[0]["id"].as_str().unwrap().to_owned();
    app.staff_get(&format!("/api/v1/incidents/{id}")).await
}

/// What a letter is answered with, without what differs for each answer.
async fn left(app: &App, token: &str, text: &str) -> (StatusCode, String) {
    let mut browser = Browser::new(app);
    let page = browser.post(&format!("/c/{token}"), &[("text", text)]).await;
    assert!(browser.cookies.is_empty());
    let (_, rest) = page.text.split_once(r#"nonce=""#).unwrap();
    let nonce = rest.split('"').next().unwrap().to_owned();
    (page.status, page.text.replace(&nonce, ""))
}

#[test]
fn the_holder_of_a_locked_case_is_heard_and_the_place_stays() {
    on_both(async |app| {
        let holder = Holder::of(&app.report(LOST).await);
        for _ in 0..5 {
            holder.with_code(WRONG).get(&app).await;
        }
        assert_eq!(holder.get(&app).await.status(), StatusCode::UNAUTHORIZED);
        let place = app.queue().await[0]["due"].clone();
        let told = left(&app, &holder.token, "it is me, coins are leaving from another wallet too").await;
        assert_eq!(told.0, StatusCode::OK);
        assert!(!told.1.contains("HF-"), "nothing out");
        let seen = incident(&app).await;
        let said = seen["conversation"].as_array().unwrap().last().unwrap().clone();
        assert_eq!(said["from"], "letter", "staff see that it is unproven");
        assert!(said["text"].as_str().unwrap().contains("another wallet"));
        assert!(app.queue().await[0]["due"].as_str() <= place.as_str(), "never later");
    });
}

#[test]
fn a_letter_to_any_link_is_answered_alike() {
    on_both(async |app| {
        let holder = Holder::of(&app.report(LOST).await);
        let known = left(&app, &holder.token, "hello").await;
        for token in [UNKNOWN, "x", "%00"] {
            assert_eq!(left(&app, token, "hello").await, known, "{token}");
        }
        assert_eq!(incident(&app).await["conversation"].as_array().unwrap().len(), 1);
    });
}

#[test]
fn a_letterbox_takes_twenty_letters_a_day() {
    on_sqlite(async |app| {
        let holder = Holder::of(&app.report(LOST).await);
        for number in 0..25 {
            assert_eq!(left(&app, &holder.token, &format!("letter {number}")).await.0, StatusCode::OK);
        }
        assert_eq!(incident(&app).await["conversation"].as_array().unwrap().len(), 20);
    });
}

#[test]
fn a_phrase_in_a_letter_is_gone_and_its_writer_is_told() {
    on_both(async |app| {
        let holder = Holder::of(&app.report(LOST).await);
        let told = left(&app, &holder.token, &format!("my words are {PHRASE}")).await.1;
        assert!(told.contains("recovery phrase") && !told.contains("sausage"));
        assert!(!rows::hold(&rows::bytes(&app).await, "sausage"));
    });
}

#[test]
fn staff_see_that_a_code_is_guessed_at() {
    on_both(async |app| {
        let holder = Holder::of(&app.report(LOST).await);
        assert_eq!(incident(&app).await["wrong_codes"], 0);
        for _ in 0..3 {
            holder.with_code(WRONG).get(&app).await;
        }
        let seen = incident(&app).await;
        assert_eq!(seen["wrong_codes"], 3);
        let mut browser = Browser::new(&app);
        browser.sign_in(&app.token).await;
        let page = browser.get(&format!("/staff/incidents/{}", seen["id"].as_str().unwrap())).await;
        assert!(page.text.contains("Code guessed at: 3"), "{}", page.text);
        assert_eq!(holder.case(&app).await["wrong_codes"], 3, "and the holder is told");
    });
}

#[test]
fn two_hundred_guesses_at_nothing_and_at_a_locked_case_leave_a_handful_of_rows() {
    on_both(async |app| {
        let holder = Holder::of(&app.report(LOST).await);
        let before = rows::counts(&app).await;
        let queue = app.queue().await;
        for token in [holder.token.as_str(), UNKNOWN] {
            for _ in 0..100 {
                let open = app.house.respond.open_case(token.parse().ok(), WRONG.parse().ok()).await.unwrap();
                assert!(open.is_none());
            }
        }
        let after = rows::counts(&app).await;
        let more = |table: &str| after[table] - before.get(table).copied().unwrap_or(0);
        assert_eq!(more("guess"), 5, "checked");
        assert_eq!(more("refused_opening"), 2, "counted");
        // Five wrong codes, and the round numbers of each hour's count.
        assert!(more("audit") <= 5 + 3 + 3, "{}", more("audit"));
        assert_eq!(app.queue().await, queue, "the place in the queue does not change");
    });
}

#[test]
fn refusals_take_one_time_whatever_their_reason() {
    on_sqlite(async |app| {
        let holder = Holder::of(&app.report(LOST).await);
        let locked = Holder::of(&app.report(LOST).await);
        for _ in 0..5 {
            locked.with_code(WRONG).get(&app).await;
        }
        let mut took = [const { Vec::new() }; 3];
        for _ in 0..15 {
            for (place, token) in [&holder.token, &locked.token, &UNKNOWN.to_owned()].into_iter().enumerate() {
                let begun = tokio::time::Instant::now();
                assert!(app.house.respond.open_case(token.parse().ok(), WRONG.parse().ok()).await.unwrap().is_none());
                took[place].push(begun.elapsed());
            }
        }
        let [wrong, locked, unknown] = took.map(|mut took| {
            took.sort();
            took[took.len() / 2]
        });
        // All three wait for the same commit; one that answered without a write would be far below a third.
        for other in [wrong, locked] {
            assert!(other < unknown * 3 && unknown < other * 3, "{wrong:?} {locked:?} {unknown:?}");
        }
    });
}

#[test]
fn every_page_of_a_case_stays_out_of_caches_indexes_and_referrers() {
    on_sqlite(async |app| {
        let holder = Holder::of(&app.report(LOST).await);
        let mut browser = Browser::new(&app);
        browser.post(&format!("/c/{}", holder.token), &[("code", &holder.code)]).await;
        let link = format!("/c/{}", holder.token);
        for path in [link.as_str(), "/case", "/case/evidence", "/case/evidence/text", "/case/evidence/pack"] {
            let response = browser.request(Method::GET, path).send().await.unwrap();
            assert_eq!(response.status(), StatusCode::OK, "{path}");
            let header = |name: &str| response.headers()[name].to_str().unwrap().to_owned();
            assert_eq!(header("cache-control"), "no-store", "{path}");
            assert_eq!(header("referrer-policy"), "no-referrer", "{path}");
            assert_eq!(header("x-robots-tag"), "noindex, nofollow", "{path}");
        }
    });
}
