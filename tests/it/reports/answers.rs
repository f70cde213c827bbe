//! Every report is answered with steps.

use std::collections::BTreeSet;

use reqwest::StatusCode;
use serde_json::{Value, json};

use super::TRON;
use crate::support::app::{App, Plan, on_both, on_sqlite, on_sqlite_with};

fn is_chinese(text: &str) -> bool {
    text.chars().any(|letter| ('\u{4e00}'..='\u{9fff}').contains(&letter))
}

fn steps(answer: &Value) -> &Vec<Value> {
    answer["guidance"]["steps"].as_array().unwrap()
}

#[test]
fn a_chinese_report_of_a_taken_tron_account_is_answered_in_chinese_with_the_right_steps() {
    on_both(async |app| {
        let answer = app.report(TRON).await;
        assert_eq!(answer["incident"]["kind"], "tron-permission-hijack");
        assert_eq!(answer["incident"]["class"], "security");
        assert!((1..=2).contains(&answer["incident"]["level"].as_i64().unwrap()), "{}", answer["incident"]);
        assert_eq!(answer["incident"]["place"]["lane"], "security");
        assert_eq!(answer["guidance"]["language"], "zh");
        assert_eq!(steps(&answer)[0]["id"], "stop-top-ups");
        assert!(steps(&answer).iter().all(|step| is_chinese(step["text"].as_str().unwrap())));
        assert!(
            answer["questions"]
                .as_array()
                .unwrap()
                .iter()
                .all(|question| is_chinese(question["text"].as_str().unwrap()))
        );
    });
}

/// An account is locked where it is; for a wallet of one's own nobody can do that, so the words must not lead there.
#[test]
fn a_wallet_of_ones_own_is_not_taken_for_an_account_at_an_exchange() {
    on_sqlite(async |app| {
        for (text, kind) in [
            ("我的TRON钱包里的USDT被转走了，权限被改成别人的了，我没有操作", "tron-permission-hijack"),
            ("我的波场钱包里USDT没了，权限被改了", "tron-permission-hijack"),
            ("我币安账户里的币被提走了，不是我操作的", "exchange-account-takeover"),
        ] {
            assert_eq!(app.report(text).await["incident"]["kind"], kind, "{text}");
        }
    });
}

#[test]
fn angry_words_about_a_slow_withdrawal_do_not_jump_the_queue() {
    on_both(async |app| {
        let answer = app
            .report("You stole my money!!! THIEVES. My withdrawal has been pending for 5 days and nobody answers!")
            .await;
        assert_eq!(answer["incident"]["class"], "routine");
        assert_eq!(answer["incident"]["kind"], "routine-withdrawal-delayed");
        assert_eq!(answer["incident"]["place"]["lane"], "routine");
        assert!(!steps(&answer).is_empty());
        app.report(TRON).await;
        let lanes: Vec<Value> = app.queue().await.iter().map(|row| row["lane"].clone()).collect();
        assert_eq!(lanes, ["security", "routine"], "what came later and is urgent stands first");
    });
}

#[test]
fn the_texts_of_all_playbooks_and_the_strangest_ones_get_at_least_one_step() {
    on_sqlite(async |app| {
        let kinds = &app.house.respond.room().playbooks.kinds;
        let written = kinds.iter().flat_map(|kind| &kind.examples).filter_map(|example| example.report.as_ref());
        let mut texts: BTreeSet<String> =
            written.filter_map(|report| report["text"].as_str().map(str::to_owned)).collect();
        assert!(texts.len() > 100);
        for strange in [
            "?",
            "😱",
            "help",
            "\u{202e}txet neddih",
            "ａａａ",
            "1",
            "a\tb\nc",
            "<script>alert(1)</script>",
            "' or 1=1 --",
        ] {
            texts.insert(strange.to_owned());
        }
        texts.insert("很".repeat(8_000));
        let client = app.visitor();
        for text in texts {
            let response = client.post(app.url("/api/v1/reports")).json(&json!({"text": text})).send().await.unwrap();
            assert_eq!(response.status(), StatusCode::CREATED, "{text}");
            let answer: Value = response.json().await.unwrap();
            assert!(!steps(&answer).is_empty(), "{text}");
            assert!(steps(&answer).iter().all(|step| !step["text"].as_str().unwrap().is_empty()), "{text}");
        }
    });
}

#[test]
fn somebody_in_too_great_a_hurry_to_write_gets_steps_as_well() {
    on_both(async |app| {
        let body = json!({"text": "", "happening_now": true});
        let response = app.visitor().post(app.url("/api/v1/reports")).json(&body).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::CREATED);
        assert!(!steps(&response.json().await.unwrap()).is_empty());
    });
}

async fn not_kept(app: &App, status: StatusCode) -> Value {
    let request = app.visitor().post(app.url("/api/v1/reports")).json(&json!({"text": TRON}));
    let response = request.send().await.unwrap();
    assert_eq!(response.status(), status);
    assert_eq!(response.headers()["content-type"], "application/problem+json");
    assert!(response.headers().contains_key("retry-after"), "{status}");
    let problem: Value = response.json().await.unwrap();
    assert_eq!(steps(&problem)[0]["id"], "stop-top-ups");
    assert!(!problem["questions"].as_array().unwrap().is_empty());
    assert_eq!(problem["notices"][0]["id"], "not-kept");
    assert!(problem.get("case").is_none(), "nothing was kept, so there is no case to come back to");
    problem
}

#[test]
fn over_the_limit_nothing_is_kept_and_the_steps_are_given_all_the_same() {
    let narrow = Plan { settings: |config| config.limits.reports_burst = 1, ..Plan::default() };
    on_sqlite_with(narrow, async |app| {
        app.report(TRON).await;
        not_kept(&app, StatusCode::TOO_MANY_REQUESTS).await;
        assert_eq!(app.queue().await.len(), 1);
    });
}

#[test]
fn with_memory_down_the_steps_are_given_all_the_same() {
    on_both(async |app| {
        app.house.respond.db.close().await;
        let problem = not_kept(&app, StatusCode::SERVICE_UNAVAILABLE).await;
        assert_eq!(problem["type"], "urn:holdfast:problem:unavailable");
    });
}
