//! A routine case that is solved or silent closes itself and opens at a word; a security case never does.

use holdfast::access::Scopes;
use holdfast::respond::sweep;
use holdfast::time::Span;
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::support::app::{App, on_both};
use crate::support::case::Holder;
use crate::support::settle::settle;

const STUCK: &str = "my eth transfer is stuck pending for two hours, gas too low";
const THEFT: &str = "someone drained my wallet, all my USDT was transferred out and it was not me";

async fn days(app: &App, days: i64) {
    app.clock.pass(Span::from_days(days));
    sweep(&app.house.respond).await.unwrap();
}

fn notices(case: &Value) -> Vec<&str> {
    case["notices"].as_array().unwrap().iter().map(|notice| notice["id"].as_str().unwrap()).collect()
}

#[test]
fn what_is_solved_closes_at_once_and_opens_at_a_word() {
    on_both(async |app| {
        let holder = Holder::of(&app.report(STUCK).await);
        assert_eq!(holder.case(&app).await["solvable"], true);
        let closed = holder.does(&app, "/solved", &json!({})).await;
        assert_eq!((&closed["state"], &closed["solvable"]), (&json!("closed"), &json!(false)));
        assert_eq!(notices(&closed), ["closed-solved"]);
        assert!(app.queue().await.is_empty());
        holder.does(&app, "/solved", &json!({})).await;

        let open = holder.does(&app, "/messages", &json!({"text": "sorry, it came back"})).await;
        assert_eq!((&open["state"], notices(&open)), (&json!("waiting"), vec![]));
        days(&app, 60).await;
        assert_eq!(holder.case(&app).await["state"], "waiting", "who waits for an answer is not sent away by time");
    });
}

#[test]
fn a_silent_routine_case_closes_after_the_span_of_the_policy_and_not_before() {
    on_both(async |app| {
        let (quiet, stirred) = (Holder::of(&app.report(STUCK).await), Holder::of(&app.report(STUCK).await));
        days(&app, 6).await;
        stirred.does(&app, "/steps/look-in-explorer", &json!({"state": "done"})).await;
        assert_eq!(quiet.case(&app).await["state"], "waiting");
        days(&app, 1).await;
        let closed = quiet.case(&app).await;
        assert_eq!((&closed["state"], notices(&closed)), (&json!("closed"), vec!["closed-silent"]));
        assert_eq!(stirred.case(&app).await["state"], "waiting", "a deed counts from its own moment");
        days(&app, 6).await;
        assert_eq!(stirred.case(&app).await["state"], "closed");

        let again = quiet.does(&app, "/messages", &json!({"text": "still stuck"})).await;
        assert_eq!((&again["state"], &again["reference"]), (&json!("waiting"), &closed["reference"]));
    });
}

#[test]
fn an_answered_case_rests_and_one_in_somebodys_hands_does_not() {
    on_both(async |mut app: App| {
        let holder = Holder::of(&app.report(STUCK).await);
        holder.does(&app, "/messages", &json!({"text": "please look"})).await;
        let row = app.queue().await[0].clone();
        let path = format!("/api/v1/incidents/{}", row["id"].as_str().unwrap());
        assert_eq!(
            app.staff_post(&format!("{path}/message"), &json!({"text": "speed it up"})).await.status(),
            StatusCode::OK
        );
        assert_eq!(app.staff_post(&format!("{path}/claim"), &json!({})).await.status(), StatusCode::OK);
        app.staff_post(&format!("{path}/release"), &json!({"fence": 1})).await;
        app.clock.pass(Span::from_minutes(7 * 24 * 60 - 5));
        app.token = app.token_of("responder", Scopes::all()).await;
        assert_eq!(app.staff_post(&format!("{path}/claim"), &json!({})).await.status(), StatusCode::OK);
        app.clock.pass(Span::from_minutes(10));
        sweep(&app.house.respond).await.unwrap();
        assert_eq!(holder.case(&app).await["state"], "with-staff");
        days(&app, 1).await;
        days(&app, 1).await;
        assert_eq!(holder.case(&app).await["state"], "closed");
    });
}

/// Closing a case and opening it again is no answer: whoever wrote and heard nothing is not sent away by time.
#[test]
fn who_waits_for_an_answer_waits_on_when_staff_close_and_open_again() {
    on_both(async |mut app: App| {
        let holder = Holder::of(&app.report(STUCK).await);
        holder.does(&app, "/messages", &json!({"text": "please look"})).await;
        let row = app.queue().await[0].clone();
        let path = format!("/api/v1/incidents/{}", row["id"].as_str().unwrap());
        let close = async |app: &App| {
            let seen = settle(app, &row).await;
            let verdict = json!({"version": seen["version"], "verdict": "answered", "reason": "the wrong one"});
            assert_eq!(app.staff_post(&format!("{path}/verdict"), &verdict).await.status(), StatusCode::OK);
        };
        close(&app).await;
        let last = app.house.respond.undoable("responder").await.unwrap().unwrap();
        app.house.respond.undo(last.id, "responder").await.unwrap().unwrap();
        days(&app, 60).await;
        assert_eq!(holder.case(&app).await["state"], "waiting", "taken back");

        app.token = app.token_of("later", Scopes::all()).await;
        close(&app).await;
        let closed = app.staff_get(&path).await;
        let reopen = json!({"version": closed["version"], "reason": "not answered"});
        assert_eq!(app.staff_post(&format!("{path}/reopen"), &reopen).await.status(), StatusCode::OK);
        days(&app, 60).await;
        assert_eq!(holder.case(&app).await["state"], "waiting", "opened again");

        app.token = app.token_of("much later", Scopes::all()).await;
        app.staff_post(&format!("{path}/message"), &json!({"text": "speed it up"})).await;
        days(&app, 7).await;
        assert_eq!(holder.case(&app).await["state"], "closed", "after an answer silence is theirs");
    });
}

#[test]
fn a_security_case_never_closes_itself() {
    on_both(async |mut app: App| {
        let theft = Holder::of(&app.report(THEFT).await);
        let turned = Holder::of(&app.report(STUCK).await);
        turned.does(&app, "/answers", &json!({"question": "was-it-you", "choice": "not-me"})).await;
        for holder in [&theft, &turned] {
            assert_eq!(holder.case(&app).await["solvable"], false);
            let said = holder.post(&app, "/solved", &json!({})).await;
            assert_eq!(said.status(), StatusCode::UNPROCESSABLE_ENTITY, "only staff close it");
        }
        for _ in 0..5 {
            days(&app, 100).await;
        }
        for holder in [&theft, &turned] {
            assert_eq!(holder.case(&app).await["state"], "waiting");
        }
        app.token = app.token_of("later", Scopes::all()).await;
        assert_eq!(app.queue().await.len(), 2);
    });
}
