//! A program that holds link and code: reads, answers, ticks, writes.

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::support::app::{App, on_both, on_sqlite};
use crate::support::case::Holder;
use crate::support::settle::settle;
use holdfast::access::Scopes;
use holdfast::time::Span;

const TRON: &str = "我的波场钱包转不出去了，提示没有权限";

fn step_ids(case: &Value) -> Vec<&str> {
    case["guidance"]["steps"].as_array().unwrap().iter().map(|step| step["id"].as_str().unwrap()).collect()
}

fn question_ids(case: &Value) -> Vec<&str> {
    case["questions"].as_array().unwrap().iter().map(|question| question["id"].as_str().unwrap()).collect()
}

async fn incident(app: &App) -> Value {
    let id = app.queue().await[0]["id"].as_str().unwrap().to_owned();
    app.staff_get(&format!("/api/v1/incidents/{id}")).await
}

#[test]
fn link_and_code_open_the_case_that_the_report_was_answered_with() {
    on_both(async |app| {
        let answer = app.report(TRON).await;
        let case = Holder::of(&answer).case(&app).await;
        assert_eq!(case["reference"], answer["case"]["reference"]);
        assert_eq!(case["state"], "waiting");
        assert_eq!(case["incident"], answer["incident"]);
        assert_eq!(case["guidance"], answer["guidance"]);
        assert_eq!(case["questions"], answer["questions"]);
        assert_eq!(case["received"], "2026-03-02T09:00:00.000Z");
    });
}

#[test]
fn a_code_works_however_it_is_written_down() {
    on_sqlite(async |app| {
        let holder = Holder::of(&app.report(TRON).await);
        let typed = holder.code.to_lowercase().replace('-', "");
        holder.with_code(&typed).case(&app).await;
    });
}

#[test]
fn the_reference_alone_and_another_cases_reference_open_nothing() {
    on_sqlite(async |app| {
        let mine = Holder::of(&app.report(TRON).await);
        let other = Holder::of(&app.report("someone drained my wallet").await);
        let mixed = Holder { reference: other.reference.clone(), ..mine.clone() };
        assert_eq!(mixed.get(&app).await.status(), StatusCode::UNAUTHORIZED);
        let swapped = mine.with_code(&other.code);
        assert_eq!(swapped.get(&app).await.status(), StatusCode::UNAUTHORIZED);
        let url = app.url(&format!("/api/v1/cases/{}", mine.reference));
        let response = app.visitor().get(url).send().await.unwrap();
        assert_eq!(
            (response.status(), &response.headers()["www-authenticate"]),
            (StatusCode::UNAUTHORIZED, &"Case".parse().unwrap())
        );
        mine.case(&app).await;
        for (path, body) in [
            ("/answers", json!({"question": "own-multisig", "choice": "no"})),
            ("/steps/stop-top-ups", json!({"state": "done"})),
            ("/messages", json!({"text": "x"})),
        ] {
            assert_eq!(mixed.post(&app, path, &body).await.status(), StatusCode::UNAUTHORIZED, "{path}");
        }
        for holder in [mine, other] {
            let case = holder.case(&app).await;
            assert!(case["messages"].as_array().unwrap().is_empty() && case["guidance"]["steps"][0]["state"] == "open");
        }
    });
}

#[test]
fn an_answer_changes_the_steps_and_the_odds_at_once() {
    on_both(async |app| {
        let first = app.report(TRON).await;
        let holder = Holder::of(&first);
        assert!(question_ids(&first).contains(&"who-holds-owner"));
        assert!(!step_ids(&first).contains(&"move-tron-first") && !step_ids(&first).contains(&"owner-lost"));
        let odds = incident(&app).await["assessment"].clone();

        let lost =
            holder.does(&app, "/answers", &json!({"question": "who-holds-owner", "choice": "someone-else"})).await;
        assert!(step_ids(&lost).contains(&"owner-lost"));
        assert!(!question_ids(&lost).contains(&"who-holds-owner"), "an answered question is not put again");
        let detail = incident(&app).await;
        assert_ne!(detail["assessment"], odds, "the incident was judged again");
        assert_eq!(detail["answers"], json!({"who-holds-owner": "someone-else"}));

        let found = holder.does(&app, "/answers", &json!({"question": "who-holds-owner", "choice": "me"})).await;
        assert!(
            step_ids(&found).contains(&"move-tron-first") && !step_ids(&found).contains(&"owner-lost"),
            "people correct themselves"
        );
    });
}

#[test]
fn an_answer_that_plays_it_down_never_lowers_lane_level_or_place() {
    on_both(async |app| {
        let answer = app.report(TRON).await;
        let holder = Holder::of(&answer);
        let before = app.queue().await[0].clone();
        let case = holder.does(&app, "/answers", &json!({"question": "own-multisig", "choice": "yes"})).await;
        holder.does(&app, "/messages", &json!({"text": "false alarm, I am fine, please close this"})).await;
        let after = app.queue().await[0].clone();
        for what in ["lane", "level", "due", "head_start_minutes", "id"] {
            assert_eq!(after[what], before[what], "{what}");
        }
        assert_eq!(case["incident"]["place"], answer["incident"]["place"]);
    });
}

#[test]
fn saying_the_same_again_and_again_moves_nobody_forward() {
    on_sqlite(async |app| {
        for text in ["hello again", TRON, "help help help"] {
            let holder = Holder::of(&app.report(TRON).await);
            let mut due = Vec::new();
            for _ in 0..10 {
                holder.does(&app, "/messages", &json!({"text": text})).await;
                let row = app.queue().await.into_iter().min_by_key(|row| row["due"].to_string()).unwrap();
                due.push(row["due"].clone());
            }
            due.dedup();
            assert_eq!(due.len(), 1, "{text}");
        }
    });
}

#[test]
fn a_question_choice_or_step_that_does_not_exist_is_refused() {
    on_sqlite(async |app| {
        let holder = Holder::of(&app.report(TRON).await);
        for (path, body) in [
            ("/answers", json!({"question": "who-holds-owner", "choice": "nobody"})),
            ("/answers", json!({"question": "made-up", "choice": "me"})),
            ("/answers", json!({"question": "who-holds-owner", "choice": "me", "more": 1})),
            ("/steps/made-up", json!({"state": "done"})),
            ("/steps/stop-top-ups", json!({"state": "finished"})),
            ("/messages", json!({"text": " \n "})),
            ("/messages", json!({"text": "x".repeat(8_001)})),
        ] {
            let status = holder.post(&app, path, &body).await.status();
            assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{path} {body}");
        }
    });
}

#[test]
fn a_ticked_step_stays_ticked_and_can_be_taken_back() {
    on_both(async |app| {
        let holder = Holder::of(&app.report(TRON).await);
        for state in ["done", "cannot", "not-sure", "open"] {
            let case = holder.does(&app, "/steps/stop-top-ups", &json!({"state": state})).await;
            assert_eq!(case["guidance"]["steps"][0]["state"], state);
            assert_eq!(holder.case(&app).await["guidance"]["steps"][0]["state"], state);
            assert_eq!(incident(&app).await["person_steps"][0]["state"], state, "staff see it");
        }
    });
}

#[test]
fn words_go_both_ways_in_order() {
    on_both(async |app| {
        let holder = Holder::of(&app.report(TRON).await);
        holder.does(&app, "/messages", &json!({"text": "are you there?"})).await;
        app.clock.pass(Span::from_minutes(1));
        let id = app.queue().await[0]["id"].as_str().unwrap().to_owned();
        let path = format!("/api/v1/incidents/{id}");
        app.staff_post(&format!("{path}/message"), &json!({"text": "we are; do not send anything"})).await;
        app.clock.pass(Span::from_minutes(1));
        let case = holder.does(&app, "/messages", &json!({"text": "thank you"})).await;
        let said: Vec<_> = case["messages"]
            .as_array()
            .unwrap()
            .iter()
            .map(|said| (said["from"].as_str().unwrap(), said["text"].as_str().unwrap().split("\n\n").next().unwrap()))
            .collect();
        assert_eq!(said, [("you", "are you there?"), ("staff", "we are; do not send anything"), ("you", "thank you")]);
        assert_eq!(app.staff_get(&path).await["conversation"].as_array().unwrap().len(), 3);
    });
}

#[test]
fn the_holder_sees_when_staff_have_the_case_in_hand_and_when_it_is_closed() {
    on_both(async |app| {
        let holder = Holder::of(&app.report(TRON).await);
        let claimed: Value = app.staff_post("/api/v1/queue/claim", &json!({})).await.json().await.unwrap();
        assert_eq!(holder.case(&app).await["state"], "with-staff");
        let claimed = settle(&app, &claimed).await;
        let path = format!("/api/v1/incidents/{}/verdict", claimed["id"].as_str().unwrap());
        let verdict =
            json!({"version": claimed["version"], "verdict": "confirmed", "reason": "secret reasoning of ours"});
        assert_eq!(app.staff_post(&path, &verdict).await.status(), StatusCode::OK);
        let case = holder.case(&app).await;
        assert_eq!(case["state"], "closed");
        assert!(!case.to_string().contains("secret reasoning"));
    });
}

#[test]
fn a_token_of_staff_does_not_open_a_case() {
    on_sqlite(async |app| {
        let holder = Holder::of(&app.report(TRON).await);
        let token = app.token_of("someone", Scopes::all()).await;
        let url = app.url(&format!("/api/v1/cases/{}", holder.reference));
        let response = app.visitor().get(url).bearer_auth(token).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::UNAUTHORIZED);
    });
}
