//! Letters that did not arrive: a channel that refuses for good, one that is down for days, and staff who have them sent
//! again.

use holdfast::access::Scopes;
use holdfast::respond::alarms::Cause;
use holdfast::respond::sweep;
use holdfast::time::Span;
use reqwest::StatusCode;
use serde_json::{Value, json};

use super::alarms::plan;
use super::once;
use super::stub::stub;
use crate::support::app::{App, on_both_with, on_sqlite_with};
use crate::support::browser::Browser;
use crate::support::rows::{audit, spoil};

const TEXT: &str = "someone drained my wallet, everything is gone";

async fn dead(app: &App) -> Vec<Value> {
    app.staff_get("/api/v1/outbox/dead").await["dead"].as_array().unwrap().clone()
}

#[test]
fn a_letter_that_is_refused_for_good_is_shown_rings_elsewhere_and_is_sent_again_when_asked() {
    on_both_with(plan(), async |app| {
        stub().moods(&app.data, ("slack", &[(400, "invalid_payload")]));
        app.report(TEXT).await;
        sweep(&app.house.respond).await.unwrap();
        let letter = once("a dead letter", async || dead(&app).await.first().cloned()).await;
        assert_eq!(
            (letter["target"].as_str(), letter["kind"].as_str(), letter["word"].as_str(), letter["attempts"].as_i64()),
            (Some("slack"), Some("alarm"), Some("refused"), Some(1))
        );
        assert!(!letter.to_string().contains("http"), "never what is in it");
        sweep(&app.house.respond).await.unwrap();
        once("the other channels", async || {
            let calls = stub().calls(&app.data, "wecom");
            calls.into_iter().find(|call| call.body.contains("letters to slack could not be delivered"))
        })
        .await;
        let asked_to_say_so = stub().calls(&app.data, "slack").iter().any(|call| call.body.contains("delivered"));
        assert!(!asked_to_say_so, "a channel that is down is not asked to say so");

        let path = format!("/api/v1/outbox/{}/again", letter["id"].as_str().unwrap());
        let reader = app.token_of("reader", "sources:read".parse::<Scopes>().unwrap()).await;
        let refused = app.visitor().post(app.url(&path)).bearer_auth(&reader).json(&json!({})).send().await.unwrap();
        assert_eq!(refused.status(), StatusCode::FORBIDDEN);
        assert_eq!(app.staff_post(&path, &json!({})).await.status(), StatusCode::OK);
        once("the letter", async || (stub().calls(&app.data, "slack").len() == 2).then_some(())).await;
        once("its end", async || dead(&app).await.is_empty().then_some(())).await;
        assert_eq!(app.staff_post(&path, &json!({})).await.status(), StatusCode::CONFLICT);
        sweep(&app.house.respond).await.unwrap();
        let alarms = app.staff_get("/api/v1/alarms").await["alarms"].clone();
        assert!(alarms.as_array().unwrap().iter().all(|alarm| alarm["cause"] == "waits"), "{alarms}");
    });
}

/// NET-04: whoever saw that letters did not arrive has not seen that later ones do not either.
#[test]
fn a_later_dead_letter_rings_again() {
    on_both_with(plan(), async |app| {
        stub().moods(&app.data, ("slack", &[(400, "no"); 2]));
        let respond = &app.house.respond;
        for count in 1..3 {
            app.report(TEXT).await;
            sweep(respond).await.unwrap();
            once("a dead letter", async || (dead(&app).await.len() == count).then_some(())).await;
            app.clock.pass(Span::from_seconds(1));
            sweep(respond).await.unwrap();
            let rings = respond.raised_alarms().await.unwrap();
            let rings: Vec<_> = rings.iter().filter(|alarm| alarm.cause == Cause::DeadLetters).collect();
            assert_eq!((rings.len(), rings[0].seen), (1, None), "dead letters: {count}");
            respond.see_alarm("ann", rings[0].id).await.unwrap();
            app.clock.pass(Span::from_seconds(1));
        }
    });
}

/// NET-04: a letter that cannot be read any more is dead by itself; the channel goes on.
#[test]
fn one_letter_that_cannot_be_read_stops_no_other() {
    on_both_with(plan(), async |app| {
        stub().moods(&app.data, ("slack", &[(503, "")]));
        app.report(TEXT).await;
        sweep(&app.house.respond).await.unwrap();
        once("an attempt", async || (stub().calls(&app.data, "slack").len() == 1).then_some(())).await;
        spoil(&app, "update outbox set body = 'x' where target = 'slack' and state = 'waiting'").await;
        app.clock.pass(Span::from_minutes(1));
        let other = app.report("my seed was stolen and the coins move right now").await["case"]["reference"].clone();
        sweep(&app.house.respond).await.unwrap();
        let dead = once("a dead letter", async || {
            app.clock.pass(Span::from_minutes(1));
            dead(&app).await.first().cloned()
        })
        .await;
        assert_eq!((dead["target"].as_str(), dead["word"].as_str()), (Some("slack"), Some("unreadable")));
        once("the other letter", async || {
            let calls = stub().calls(&app.data, "slack");
            calls.into_iter().find(|call| call.body.contains(other.as_str().unwrap()))
        })
        .await;
        assert!(audit(&app).await.iter().any(|line| line.contains("outbox.given-up") && line.contains("unreadable")));
    });
}

#[test]
fn what_nobody_answers_for_three_days_is_a_dead_letter_and_not_before() {
    on_sqlite_with(plan(), async |app| {
        stub().moods(&app.data, ("wecom", &[(503, ""); 400]));
        app.report(TEXT).await;
        sweep(&app.house.respond).await.unwrap();
        // An answer that is taken in after the clock moved is due from then on, so the clock goes on while one looks.
        let tried = async |count| {
            once("an attempt", async || {
                app.clock.pass(Span::from_minutes(1));
                (stub().calls(&app.data, "wecom").len() >= count).then_some(())
            })
            .await;
        };
        for attempt in 1..5 {
            tried(attempt).await;
        }
        assert!(app.house.respond.dead_letters().await.unwrap().is_empty());
        // Past the life of a token, so the house itself is asked.
        app.clock.pass(Span::from_days(3));
        let letter = once("a dead letter", async || {
            app.clock.pass(Span::from_minutes(1));
            app.house.respond.dead_letters().await.unwrap().into_iter().next()
        })
        .await;
        assert_eq!((letter.target.as_str(), letter.word.as_deref()), ("wecom", Some("server-error")));
    });
}

#[test]
fn the_console_shows_alarms_and_dead_letters_and_takes_one_press_for_each() {
    on_sqlite_with(plan(), async |app| {
        stub().moods(&app.data, ("slack", &[(400, "no")]));
        app.report(TEXT).await;
        sweep(&app.house.respond).await.unwrap();
        once("a dead letter", async || dead(&app).await.first().cloned()).await;
        let mut browser = Browser::new(&app);
        browser.sign_in(&app.token).await;
        let home = browser.get("/staff").await;
        assert!(home.text.contains("that nobody has seen."), "{}", home.text);
        let alarm = app.staff_get("/api/v1/alarms").await["alarms"][0]["id"].as_str().unwrap().to_owned();
        let page = browser.get("/staff/alarms").await;
        assert!(page.text.contains("A case waits and nobody has taken it") && page.text.contains(&alarm));
        let csrf = page.csrf();
        let forged = browser.post("/staff/alarms", &[("csrf", "x"), ("alarm", &alarm)]).await;
        assert_eq!(forged.status, StatusCode::FORBIDDEN);
        let pressed = browser.post("/staff/alarms", &[("csrf", &csrf), ("alarm", &alarm)]).await;
        assert_eq!((pressed.status, pressed.location.as_str()), (StatusCode::SEE_OTHER, "/staff/alarms"));
        assert!(browser.get("/staff/alarms").await.text.contains("Seen by <bdi>responder</bdi>"));

        let page = browser.get("/staff/outbox").await;
        assert!(page.text.contains("Alarm to staff") && page.text.contains("1 attempt"), "{}", page.text);
        let letter = dead(&app).await[0]["id"].as_str().unwrap().to_owned();
        let pressed = browser.post("/staff/outbox", &[("csrf", &page.csrf()), ("letter", &letter)]).await;
        assert_eq!((pressed.status, pressed.location.as_str()), (StatusCode::SEE_OTHER, "/staff/outbox"));
        assert!(browser.get("/staff/outbox").await.text.contains("Every letter arrived or is still on its way."));
        for page in ["/staff/alarms", "/staff/outbox"] {
            assert!(browser.get(&format!("{page}?lang=zh-Hant")).await.text.contains("lang=\"zh-Hant\""));
        }
    });
}
