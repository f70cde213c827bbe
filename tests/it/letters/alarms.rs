//! A grave case that nobody takes: every channel is told in its own form, the pager only when nobody looked, until somebody
//! takes it or says that they saw it.

use base64::{Engine, engine::general_purpose::STANDARD};
use holdfast::config::Config;
use holdfast::config::target::Kind;
use holdfast::intake::verify::{Key, KeyForm, Secret, sign};
use holdfast::respond::sweep;
use holdfast::time::Span;
use ring::hmac;
use serde_json::{Value, json};

use super::stub::{Call, stub};
use super::{once, secret, target};
use crate::support::app::{App, EVENTS_SECRET, Plan, on_both_with, on_sqlite_with};

const TEXT: &str = "someone drained my wallet 0x52908400098527886E0F7030069857D2E4169EE7, 1234 USDT are gone, call me";
const BOT: &str = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw";

pub fn plan() -> Plan {
    Plan { settings, ..Plan::default() }
}

fn settings(config: &mut Config) {
    let url = |name: &str| stub().url(&config.data, name);
    let mut all = vec![
        target("events", Kind::Events, url("events")),
        target("slack", Kind::Slack, url("slack")),
        target("bot", Kind::Telegram, url("telegram")),
        target("feishu", Kind::Feishu, url("feishu")),
        target("dingtalk", Kind::DingTalk, url("dingtalk")),
        target("wecom", Kind::WeCom, url("wecom")),
        target("pager", Kind::PagerDuty, url("pager")),
    ];
    for target in &mut all {
        target.alarms = 5;
    }
    all[0].secret_file = Some(secret(config, "events-out", EVENTS_SECRET));
    all[2].secret_file = Some(secret(config, "bot", BOT));
    all[2].chat = Some("-1001234".to_owned());
    all[3].secret_file = Some(secret(config, "feishu", "feishu-secret"));
    all[4].secret_file = Some(secret(config, "dingtalk", "SECdingtalk"));
    all[6].secret_file = Some(secret(config, "pager", "r0ut1ng"));
    (all[6].after_minutes, all[6].again_minutes) = (5, 15);
    config.target = all;
}

/// The calls of a target, once there are so many.
async fn calls(app: &App, name: &str, count: usize) -> Vec<Call> {
    once(name, async || {
        let calls = stub().calls(&app.data, name);
        (calls.len() >= count).then_some(calls)
    })
    .await
}

async fn look_round(app: &App) {
    sweep(&app.house.respond).await.unwrap();
}

fn tag(key: &str, message: &str) -> String {
    STANDARD.encode(hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key.as_bytes()), message.as_bytes()))
}

#[test]
fn every_channel_is_told_of_a_case_that_waits_in_its_own_form_and_nothing_of_the_person() {
    on_both_with(plan(), async |app| {
        let reference = app.report(TEXT).await["case"]["reference"].as_str().unwrap().to_owned();
        let row = app.queue().await[0].clone();
        let (id, level) = (row["id"].as_str().unwrap(), row["level"].as_i64().unwrap());
        app.clock.pass(Span::from_minutes(3));
        look_round(&app).await;
        look_round(&app).await;
        let (now, link) = (app.clock_now().millis(), format!("{}/staff/incidents/{id}", app.url("")));
        let says = |text: &str| {
            for part in [reference.as_str(), &format!("Level {level}"), "3 min", link.as_str()] {
                assert!(text.contains(part), "{part}: {text}");
            }
        };

        let events = calls(&app, "events", 1).await;
        let event = events[0].json();
        assert_eq!((event["type"].as_str(), event["data"]["level"].as_i64()), (Some("alarm.raised"), Some(level)));
        assert_eq!(
            (event["data"]["reference"].as_str(), event["data"]["link"].as_str()),
            (Some(&*reference), Some(&*link))
        );
        let header = |name: &str| events[0].headers[name].clone();
        let key = Key::decode(&Secret::new(EVENTS_SECRET.to_owned()).unwrap(), KeyForm::Whsec).unwrap();
        let seconds = header("webhook-timestamp").parse().unwrap();
        let signed = sign::sign_standard(&key, &header("webhook-id"), seconds, events[0].body.as_bytes());
        assert_eq!((seconds, header("webhook-signature")), (now / 1_000, signed));

        let slack = calls(&app, "slack", 1).await[0].json();
        says(slack["text"].as_str().unwrap());
        assert_eq!((&slack["mrkdwn"], &slack["unfurl_links"]), (&json!(false), &json!(false)));

        let telegram = calls(&app, &format!("telegram/bot{BOT}/sendMessage"), 1).await[0].json();
        says(telegram["text"].as_str().unwrap());
        assert_eq!((&telegram["chat_id"], &telegram["parse_mode"]), (&json!("-1001234"), &json!("HTML")));

        let feishu = calls(&app, "feishu", 1).await[0].json();
        says(feishu["content"]["text"].as_str().unwrap());
        let stamp = feishu["timestamp"].as_str().unwrap();
        assert_eq!(
            (stamp, feishu["sign"].as_str().unwrap()),
            (&*(now / 1_000).to_string(), &*tag(&format!("{stamp}\nfeishu-secret"), ""))
        );

        let dingtalk = calls(&app, "dingtalk", 1).await[0].clone();
        says(dingtalk.json()["text"]["content"].as_str().unwrap());
        assert_eq!(dingtalk.json()["at"]["isAtAll"], json!(false));
        let url = url::Url::parse(&format!("http://ding{}", dingtalk.address)).unwrap();
        let query: std::collections::BTreeMap<String, String> = url.query_pairs().into_owned().collect();
        assert_eq!(query["timestamp"], now.to_string());
        assert_eq!(query["sign"], tag("SECdingtalk", &format!("{now}\nSECdingtalk")));

        says(calls(&app, "wecom", 1).await[0].json()["text"]["content"].as_str().unwrap());
        assert!(stub().calls(&app.data, "pager").is_empty(), "the pager waits five minutes");

        // Whatever was looked round for again: each was told once.
        for name in ["events", "slack", "telegram", "feishu", "dingtalk", "wecom"] {
            let calls = stub().calls(&app.data, name);
            assert_eq!(calls.len(), 1, "{name}");
            for never in ["0x52908400098527886E0F7030069857D2E4169EE7", "1234 USDT", "drained my", "/c/"] {
                assert!(!calls[0].whole().contains(never), "{name}: {}", calls[0].whole());
            }
        }
    });
}

#[test]
fn an_alarm_climbs_to_the_pager_and_rings_until_somebody_says_that_they_saw_it() {
    on_sqlite_with(plan(), async |app| {
        app.report(TEXT).await;
        look_round(&app).await;
        calls(&app, "slack", 1).await;
        let minutes = async |minutes| {
            app.clock.pass(Span::from_minutes(minutes));
            look_round(&app).await;
        };
        minutes(5).await;
        let first = calls(&app, "pager", 1).await[0].json();
        assert_eq!((&first["event_action"], &first["routing_key"]), (&json!("trigger"), &json!("r0ut1ng")));
        minutes(14).await;
        minutes(1).await;
        let second = calls(&app, "pager", 2).await[1].json();
        assert_eq!(first["dedup_key"], second["dedup_key"], "one entry on the pager");
        assert_eq!(stub().calls(&app.data, "slack").len(), 1, "the chat was told once");

        let alarms = app.staff_get("/api/v1/alarms").await["alarms"].clone();
        let alarm = &alarms[0];
        assert_eq!((alarm["cause"].as_str(), alarm["told"]["pager"]["times"].as_i64()), (Some("waits"), Some(2)));
        let path = format!("/api/v1/alarms/{}/seen", alarm["id"].as_str().unwrap());
        assert_eq!(app.staff_post(&path, &json!({})).await.status(), 200);
        assert_eq!(app.staff_post(&path, &json!({})).await.status(), 409, "once");
        let third = calls(&app, "pager", 3).await[2].json();
        assert_eq!((&third["event_action"], &third["dedup_key"]), (&json!("acknowledge"), &first["dedup_key"]));
        minutes(60).await;
        assert_eq!(stub().calls(&app.data, "pager").len(), 3, "it rings no further");
        assert_eq!(app.staff_get("/api/v1/alarms").await["alarms"][0]["seen_by"], "responder");
    });
}

#[test]
fn a_claim_acknowledges_and_a_case_that_comes_back_rings_anew() {
    on_sqlite_with(plan(), async |app| {
        app.report(TEXT).await;
        look_round(&app).await;
        app.clock.pass(Span::from_minutes(5));
        look_round(&app).await;
        let first = calls(&app, "pager", 1).await[0].json();
        let held: Value = app.staff_post("/api/v1/queue/claim", &json!({})).await.json().await.unwrap();
        look_round(&app).await;
        let over = calls(&app, "pager", 2).await[1].json();
        assert_eq!((&over["event_action"], &over["dedup_key"]), (&json!("resolve"), &first["dedup_key"]));
        assert_eq!(app.staff_get("/api/v1/alarms").await["alarms"], json!([]));
        assert_eq!(calls(&app, "events", 2).await[1].json()["type"], "alarm.over");
        let path = format!("/api/v1/incidents/{}/release", held["id"].as_str().unwrap());
        assert_eq!(app.staff_post(&path, &json!({"fence": held["fence"]})).await.status(), 200);
        look_round(&app).await;
        calls(&app, "slack", 2).await;
        let alarms = app.staff_get("/api/v1/alarms").await["alarms"].clone();
        assert_ne!(format!("holdfast-{}", alarms[0]["id"].as_str().unwrap()), first["dedup_key"].as_str().unwrap());
    });
}

#[test]
fn a_flood_is_one_letter_to_a_chat_and_an_entry_each_on_the_pager() {
    on_sqlite_with(plan(), async |app| {
        for number in 0..8 {
            app.report(&format!("{TEXT} {number}")).await;
        }
        look_round(&app).await;
        let slack = calls(&app, "slack", 1).await[0].json();
        assert!(slack["text"].as_str().unwrap().contains("8 incidents wait"), "{slack}");
        app.clock.pass(Span::from_minutes(5));
        look_round(&app).await;
        calls(&app, "pager", 8).await;
        assert_eq!(stub().calls(&app.data, "slack").len(), 1);
    });
}

#[test]
fn a_source_gone_silent_rings_until_it_is_heard_again() {
    on_sqlite_with(plan(), async |app| {
        let body = json!({"type": "auth.failed", "data": {"account": "acct-silent", "severity": "low"}});
        assert!(app.event("event-1", &body).await.status().is_success());
        let watch = async || {
            let sources = [("events".to_owned(), Some(Span::from_minutes(30)))].into();
            app.house.respond.watch_sources(&sources).await.unwrap();
            look_round(&app).await;
        };
        let silent = async || {
            let alarms = app.staff_get("/api/v1/alarms").await["alarms"].clone();
            alarms.as_array().unwrap().iter().filter(|alarm| alarm["cause"] == "source-silent").count()
        };
        watch().await;
        assert_eq!(silent().await, 0);
        app.clock.pass(Span::from_minutes(40));
        watch().await;
        assert_eq!(silent().await, 1);
        let told = once("the chat", async || {
            let calls = stub().calls(&app.data, "slack");
            calls.into_iter().find(|call| call.body.contains("the source events"))
        });
        assert!(told.await.body.contains("40 min"));
        assert!(app.event("event-2", &body).await.status().is_success());
        watch().await;
        assert_eq!(silent().await, 0);
    });
}
