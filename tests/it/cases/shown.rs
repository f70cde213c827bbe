//! What a reporter may see: an allow-list of names, and never ours (CA-08).

use std::collections::BTreeSet;

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::support::app::on_both;
use crate::support::browser::Browser;
use crate::support::case::Holder;
use crate::support::settle::settle_as;
use holdfast::access::Scopes;

const INCIDENT: [&str; 26] = [
    "class",
    "kind",
    "title",
    "summary",
    "normal",
    "level",
    "confidence",
    "alternatives",
    "alternatives[].kind",
    "alternatives[].title",
    "alternatives[].confidence",
    "outlook.can",
    "outlook.can[]",
    "outlook.cannot",
    "outlook.cannot[]",
    "outlook.haste",
    "outlook.gone",
    "place.lane",
    "place.ahead",
    "place.first_reply_by",
    "place.never_passed_by_arrivals_after",
    "place.wait.likely.from",
    "place.wait.likely.until",
    "place.wait.served",
    "place.wait.within_minutes",
    "place.wait.staff_back",
];
const BESIDE: [&str; 24] = [
    "guidance.language",
    "guidance.steps",
    "guidance.steps[].id",
    "guidance.steps[].moment",
    "guidance.steps[].text",
    "guidance.steps[].why",
    "guidance.steps[].takes",
    "guidance.steps[].time_box",
    "guidance.steps[].waits_for",
    "guidance.steps[].waits_for[]",
    "guidance.steps[].worked",
    "guidance.steps[].instead",
    "guidance.steps[].state",
    "guidance.never",
    "guidance.never[].text",
    "guidance.never[].why",
    "questions",
    "questions[].id",
    "questions[].text",
    "questions[].why",
    "questions[].choices",
    "questions[].choices[].id",
    "questions[].choices[].text",
    "notices",
];
const NOTICE: [&str; 2] = ["notices[].id", "notices[].text"];
const REPORT: [&str; 3] = ["case.reference", "case.link", "case.code"];
const CASE: [&str; 27] = [
    "outcome",
    "attachments",
    "attachments[].id",
    "attachments[].name",
    "attachments[].kind",
    "attachments[].size",
    "attachments[].at",
    "reference",
    "received",
    "state",
    "messages",
    "messages[].at",
    "messages[].from",
    "messages[].text",
    "asks_person",
    "solvable",
    "messages[].unproven",
    "messages[].check",
    "ask",
    "progress",
    "progress[].at",
    "progress[].what",
    "requests",
    "requests[].what",
    "requests[].asked",
    "requests[].state",
    "wrong_codes",
];

fn allowed(own: &[&str]) -> BTreeSet<String> {
    let incident = INCIDENT.iter().map(|name| format!("incident.{name}"));
    let rest = [&BESIDE[..], &NOTICE, own].concat();
    incident.chain(rest.into_iter().map(str::to_owned)).collect()
}

/// Every place in an answer: its leaves and its lists.
fn places(value: &Value, at: &str, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                let at = if at.is_empty() { name.clone() } else { format!("{at}.{name}") };
                places(value, &at, found);
            }
        }
        Value::Array(items) => {
            found.insert(at.to_owned());
            for item in items {
                places(item, &format!("{at}[]"), found);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => drop(found.insert(at.to_owned())),
    }
}

fn only(answer: &Value, own: &[&str]) {
    let mut found = BTreeSet::new();
    places(answer, "", &mut found);
    let allowed = allowed(own);
    let strangers: Vec<&String> = found.difference(&allowed).collect();
    assert!(strangers.is_empty(), "{strangers:?}");
}

/// What is ours alone: the person at work, the note, the reason, another reporter's words.
const OURS: [&str; 5] = ["Zinnia Quartz", "inner note", "reasons of ours", "contributions", "another reporter"];

#[test]
fn a_reporter_never_sees_names_notes_weights_or_other_cases() {
    on_both(async |app| {
        app.report("another reporter lost everything to 0x52908400098527886E0F7030069857D2E4169EE7").await;
        let answer =
            app.report("我的波场钱包转不出去了，提示没有权限 0x52908400098527886E0F7030069857D2E4169EE7").await;
        only(&answer, &REPORT);
        let holder = Holder::of(&answer);
        let token = app.token_of("Zinnia Quartz", Scopes::all()).await;
        let id = app.queue().await.iter().find(|row| row["kind"] == "tron-permission-hijack").unwrap()["id"]
            .as_str()
            .unwrap()
            .to_owned();
        let work = async |action: &str, body: Value| {
            let url = app.url(&format!("/api/v1/incidents/{id}/{action}"));
            let response = app.visitor().post(url).bearer_auth(&token).json(&body).send().await.unwrap();
            assert_eq!(response.status(), StatusCode::OK, "{action}");
            response.json::<Value>().await.unwrap()["version"].clone()
        };
        work("claim", json!({})).await;
        work("note", json!({"text": "inner note"})).await;
        let version = work("message", json!({"text": "we are looking"})).await;
        let version = work("escalate", json!({"version": version, "level": 1, "reason": "reasons of ours"})).await;
        let held = holder.does(&app, "/answers", &json!({"question": "own-multisig", "choice": "no"})).await;
        only(&held, &CASE);
        let ticked = holder.does(&app, "/steps/stop-top-ups", &json!({"state": "done"})).await;
        only(&ticked, &CASE);
        let written = holder.does(&app, "/messages", &json!({"text": "thank you"})).await;
        only(&written, &CASE);
        let version = settle_as(&app, &token, &id).await["version"].as_i64().max(version.as_i64());
        work("verdict", json!({"version": version, "verdict": "confirmed", "kind": "tron-permission-hijack", "reason": "reasons of ours"})).await;
        let closed = holder.case(&app).await;
        only(&closed, &CASE);

        let mut browser = Browser::new(&app);
        browser.post(&format!("/c/{}", holder.token), &[("code", &holder.code)]).await;
        let page = browser.get("/case").await.text;
        let papers = browser.get("/case/evidence?region=HK").await.text;
        for shown in [answer, held, ticked, written, closed].iter().map(Value::to_string).chain([page, papers]) {
            for ours in OURS {
                assert!(!shown.contains(ours), "{ours} in {shown}");
            }
        }
    });
}
