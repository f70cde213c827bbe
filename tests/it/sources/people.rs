//! What people write by mail or to a bot is a report, answered with steps where the channel can carry them.

use reqwest::{Response, StatusCode};
use serde_json::{Value, json};

use crate::support::app::{App, Plan, STATIC_SECRET, on_both_with};
use crate::support::rows;
use holdfast::config::{Config, Endpoint};

const PHRASE: &str = "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about";

fn channels(config: &mut Config) {
    for source in ["telegram", "postmark"] {
        let file = config.data.join(format!("{source}.secret"));
        let secret =
            if source == "postmark" { "mail:a-long-static-secret-for-tests-0123456789" } else { STATIC_SECRET };
        std::fs::write(&file, secret).unwrap();
        config.endpoint.push(Endpoint {
            name: source.to_owned(),
            source: source.to_owned(),
            secret_file: Some(file),
            reports: true,
            ..Endpoint::default()
        });
    }
}

fn plan() -> Plan {
    Plan { settings: channels, ..Plan::default() }
}

async fn bot(app: &App, update: u32, text: &str) -> Response {
    let body = json!({"update_id": update, "message": {"date": 1_772_441_990, "text": text,
        "from": {"id": 5_000_000_001_i64, "language_code": "zh-hans"}, "chat": {"id": 5_000_000_001_i64}}});
    let request = app.visitor().post(app.url("/api/v1/alerts/telegram")).json(&body);
    request.header("x-telegram-bot-api-secret-token", STATIC_SECRET).send().await.unwrap()
}

#[test]
fn a_bot_answers_a_person_with_the_steps_in_the_same_breath_and_once() {
    on_both_with(plan(), async |app| {
        let said = "我的波场钱包转不出去了，提示没有权限，被多签了";
        let answer: Value = bot(&app, 1, said).await.json().await.unwrap();
        assert_eq!((&answer["method"], &answer["chat_id"]), (&json!("sendMessage"), &json!(5_000_000_001_i64)));
        let text = answer["text"].as_str().unwrap();
        assert!(text.contains("1. ") && text.contains("HF-") && text.chars().count() <= 4_096, "{text}");
        assert!(!text.contains("/c/"), "the answer opens nothing: {text}");
        let queue = app.queue().await;
        assert_eq!((queue.len(), &queue[0]["kind"]), (1, &json!("tron-permission-hijack")));
        let again: Value = bot(&app, 1, said).await.json().await.unwrap();
        assert_eq!(again, answer, "a retry gets the first answer");
        assert_eq!(app.queue().await.len(), 1);
        let hello: Value = bot(&app, 2, "/start").await.json().await.unwrap();
        assert!(hello["text"].as_str().unwrap().contains("助记词"), "{hello}");
        assert_eq!(app.queue().await.len(), 1, "a greeting is no report");
        let came = app.house.respond.pulses().await.unwrap()["telegram"].last_day;
        assert_eq!((came.deliveries, came.unmapped), (3, 0), "the bot is heard of, so it is not taken for silent");
    });
}

#[test]
fn recovery_words_sent_to_a_bot_are_never_kept_and_their_author_is_told() {
    on_both_with(plan(), async |app| {
        let answer: Value = bot(&app, 1, &format!("help, they took my coins. {PHRASE}")).await.json().await.unwrap();
        assert!(!answer["text"].as_str().unwrap().contains("abandon"));
        let id = app.queue().await[0]["id"].as_str().unwrap().to_owned();
        let facts = app.staff_get(&format!("/api/v1/incidents/{id}")).await["signals"][0]["facts"].clone();
        assert_eq!(facts["secret"], "recovery-phrase");
        assert!(!rows::hold(&rows::bytes(&app).await, PHRASE));
    });
}

#[test]
fn a_mail_is_a_report_and_a_forged_one_is_nothing() {
    on_both_with(plan(), async |app| {
        let mail = json!({"MessageID": "m-1", "FromFull": {"Email": "kim@example.org"}, "Date": "Mon, 2 Mar 2026 08:59:00 +0000",
            "Subject": "please help", "TextBody": "someone from support called and made me type my seed phrase, now my usdt is gone"});
        let send = |password: &'static str| {
            app.visitor().post(app.url("/api/v1/alerts/postmark")).basic_auth("mail", Some(password)).json(&mail).send()
        };
        assert_eq!(send("wrong").await.unwrap().status(), StatusCode::UNAUTHORIZED);
        assert!(app.queue().await.is_empty());
        let taken = send("a-long-static-secret-for-tests-0123456789").await.unwrap();
        assert_eq!(taken.status(), StatusCode::OK);
        assert_eq!((app.queue().await.len(), app.queue().await[0]["lane"].clone()), (1, json!("security")));
        send("a-long-static-secret-for-tests-0123456789").await.unwrap();
        assert_eq!(rows::counts(&app).await["reporter_case"], 1, "a retry opens no second case");
    });
}
