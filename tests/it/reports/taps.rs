//! One tap says what happened, and leads to steps that fit.

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::support::app::{App, on_both, on_sqlite};
use crate::support::browser::Browser;

async fn tapped(app: &App, happened: &str, language: &str) -> Value {
    let body = json!({"happened": happened, "language": language});
    let response = app.visitor().post(app.url("/api/v1/reports")).json(&body).send().await.unwrap();
    assert_eq!(response.status(), StatusCode::CREATED, "{happened}");
    response.json().await.unwrap()
}

/// Each tap with the kinds that may lead, and the lane.
const TAPS: [(&str, &[&str], &str); 7] = [
    ("transfer-not-mine", &["unauthorized-transfer-unknown"], "security"),
    ("words-typed", &["seed-phrase-leak"], "security"),
    ("cannot-send", &["routine-gas-insufficient"], "routine"),
    ("strange-login", &["suspicious-login"], "security"),
    ("helped-now", &["fake-support", "remote-control-scam"], "security"),
    ("device-lost", &["lost-stolen-device"], "security"),
    ("other", &["routine-other"], "routine"),
];

#[test]
fn each_tap_alone_leads_to_steps_that_fit_in_every_language() {
    on_sqlite(async |app| {
        let known: Vec<String> =
            app.house.respond.room().playbooks.vocabulary.happened.iter().map(|tap| tap.id.clone()).collect();
        assert_eq!(known, TAPS.map(|(tap, _, _)| tap), "every tap has its line here");
        for language in ["en", "zh", "zh-Hant"] {
            for (tap, kinds, lane) in TAPS {
                let answer = tapped(&app, tap, language).await;
                let kind = answer["incident"]["kind"].as_str().unwrap();
                assert!(kinds.contains(&kind), "{tap}: {kind}");
                assert_eq!(answer["incident"]["place"]["lane"], lane, "{tap}");
                assert_eq!(answer["guidance"]["language"], language);
                assert!(!answer["guidance"]["steps"].as_array().unwrap().is_empty(), "{tap}");
            }
        }
    });
}

#[test]
fn a_tap_that_could_mean_a_theft_or_a_fee_is_followed_by_the_question_that_tells_them_apart() {
    on_sqlite(async |app| {
        let answer = tapped(&app, "cannot-send", "en").await;
        let questions = answer["questions"].as_array().unwrap();
        let set = std::sync::Arc::clone(&app.house.respond.room().playbooks);
        let raises = |id: &str| {
            set.kinds.iter().filter(|kind| kind.class == holdfast::playbook::Class::Security).any(|kind| {
                kind.questions
                    .iter()
                    .any(|question| question.id == id && question.answers.iter().any(|answer| answer.weight >= 1_000))
            })
        };
        let lowers = |id: &str| {
            let gas = set.kind("routine-gas-insufficient").unwrap();
            gas.questions.iter().any(|question| question.id == id)
        };
        assert!(
            questions.iter().any(|question| {
                let id = question["id"].as_str().unwrap();
                raises(id) || lowers(id)
            }),
            "{questions:?}"
        );
    });
}

#[test]
fn a_tap_and_words_are_one_report_and_staff_see_both() {
    on_both(async |app| {
        let body = json!({"happened": "words-typed", "text": "on a page that looked like yours"});
        let response = app.visitor().post(app.url("/api/v1/reports")).json(&body).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::CREATED);
        let id = app.queue().await[0]["id"].as_str().unwrap().to_owned();
        let seen = app.staff_get(&format!("/api/v1/incidents/{id}")).await;
        assert_eq!(seen["signals"][0]["facts"]["happened"], "words-typed", "{}", seen["signals"]);
        assert!(seen["assessment"].to_string().contains("tapped-words-typed"));
    });
}

#[test]
fn a_tap_that_nobody_knows_is_refused_and_not_repeated() {
    on_sqlite(async |app| {
        for bad in ["private-word", "not an id"] {
            let response =
                app.visitor().post(app.url("/api/v1/reports")).json(&json!({"happened": bad})).send().await.unwrap();
            assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
            let problem: Value = response.json().await.unwrap();
            assert_eq!(problem["errors"][0]["field"], "happened");
            assert!(!problem.to_string().contains(bad));
        }
    });
}

#[test]
fn on_the_page_one_press_sends_the_report_with_what_was_typed_already() {
    on_sqlite(async |app| {
        let mut browser = Browser::new(&app);
        let page = browser.get("/").await;
        for (tap, _, _) in TAPS {
            assert!(page.text.contains(&format!(r#"name="happened" value="{tap}""#)), "{tap}");
        }
        let sent = [("lang", "en"), ("text", "  "), ("happened", "device-lost")];
        let answer = super::sent(&mut browser, &sent).await;
        assert!(answer.status.is_success());
        assert!(answer.text.contains("HF-"), "the keys of the case are there");
    });
}
