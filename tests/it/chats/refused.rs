//! Who is told nothing: forgers, copies, strangers in the chat, people who were switched off, roles that need a passkey.

use holdfast::respond::people::Change;
use holdfast::respond::sweep;
use holdfast::time::Span;
use reqwest::StatusCode;
use serde_json::{Value, json};

use super::{HOUSE, TEXT, code, linked, says, send, slash};
use crate::support::app::on_both_with;
use crate::support::person::member;
use crate::support::rows::{audit, counts};

/// HK-05: a forged, stale or unknown call is refused in one way and leaves no row.
#[test]
fn what_is_not_the_bots_is_refused_in_one_way_and_writes_nothing() {
    on_both_with(HOUSE, async |app| {
        let _ada = linked(&app, ("ada", "responder"), "U1").await;
        let before = counts(&app).await;
        let (headers, body) = slash(&app, ("U1", "next"));
        let changed = |place: usize, value: &str| {
            let mut headers = headers.clone();
            headers[place].1 = value.to_owned();
            headers
        };
        let old = (app.clock_now().millis() / 1_000 - 301).to_string();
        let forged = [
            ("slack", headers.clone(), body.replace("U1", "U2")),
            ("slack", changed(1, "v0=00"), body.clone()),
            ("slack", changed(1, &"v0=00".repeat(32)), body.clone()),
            ("slack", changed(2, &old), body.clone()),
            ("slack", headers[..1].to_vec(), body.clone()),
            ("elsewhere", headers.clone(), body.clone()),
            ("ding", headers.clone(), body.clone()),
            ("lark", headers.clone(), body.clone()),
        ];
        let mut answers = Vec::new();
        for (name, headers, body) in forged {
            let response = send(&app, name, (&headers, body)).await;
            assert_eq!(response.status(), StatusCode::UNAUTHORIZED, "{name}");
            let mut answer: Value = response.json().await.unwrap();
            answer.as_object_mut().unwrap().remove("request_id");
            answer.as_object_mut().unwrap().remove("instance");
            answers.push(answer);
        }
        assert!(answers.windows(2).all(|pair| pair[0] == pair[1]), "{answers:#?}");
        assert_eq!(counts(&app).await, before);
        // Rightly signed and then left lying.
        app.clock.pass(Span::from_seconds(301));
        assert_eq!(send(&app, "slack", (&headers, body)).await.status(), StatusCode::UNAUTHORIZED);
    });
}

#[test]
fn a_copy_of_a_call_does_nothing_and_says_nothing() {
    on_both_with(HOUSE, async |app| {
        let _ada = linked(&app, ("ada", "responder"), "U1").await;
        app.report(TEXT).await;
        sweep(&app.house.respond).await.unwrap();
        let (headers, body) = slash(&app, ("U1", "seen"));
        let first: Value = send(&app, "slack", (&headers, body.clone())).await.json().await.unwrap();
        assert!(first["text"].as_str().unwrap().starts_with("Seen"), "{first}");
        let before = audit(&app).await.len();
        let copy = send(&app, "slack", (&headers, body)).await;
        assert_eq!((copy.status(), copy.json::<Value>().await.unwrap()), (StatusCode::OK, json!({})));
        assert_eq!(audit(&app).await.len(), before);
    });
}

#[test]
fn a_stranger_in_the_chat_learns_only_how_to_link_and_a_code_is_good_once_and_not_for_long() {
    on_both_with(HOUSE, async |app| {
        let reference = app.report(TEXT).await["case"]["reference"].as_str().unwrap().to_owned();
        for asked in ["next", "seen", "help", &format!("case {reference}"), ""] {
            let told = says(&app, ("U9", asked)).await;
            assert!(told.contains("I do not know you") && told.contains("/staff/me"), "{asked}: {told}");
            assert!(!told.contains(&reference) && !told.contains("waiting"), "{asked}: {told}");
        }
        let mut ada = member(&app, ("ada", "responder")).await;
        let late = code(&mut ada).await;
        app.clock.pass(Span::from_minutes(11));
        assert!(says(&app, ("U1", &format!("link {late}"))).await.contains("not good"));
        ada.step_up(&app).await;
        let one = code(&mut ada).await;
        let two = code(&mut ada).await;
        assert!(says(&app, ("U1", &format!("link {one}"))).await.contains("not good"), "another took its place");
        assert!(says(&app, ("U1", &format!("link {two}"))).await.contains("knows you now"));
        assert!(says(&app, ("U9", &format!("link {two}"))).await.contains("not good"), "it was used");
        assert!(says(&app, ("U9", "next")).await.contains("I do not know you"));
        assert!(ada.browser.get("/staff/me").await.text.contains("slack"));
        let csrf = ada.browser.get("/staff/me").await.csrf();
        ada.browser.post("/staff/me/leave-chats", &[("csrf", &csrf)]).await;
        assert!(says(&app, ("U1", "next")).await.contains("I do not know you"));
    });
}

/// ID-07, RB-01: whoever was switched off is a stranger; what needs a passkey in the console is not had by a chat account.
#[test]
fn nobody_has_more_rights_in_a_chat_than_in_the_console() {
    on_both_with(HOUSE, async |app| {
        app.report(TEXT).await;
        sweep(&app.house.respond).await.unwrap();
        let ada = linked(&app, ("ada", "responder"), "U1").await;
        let _vera = linked(&app, ("vera", "viewer"), "U2").await;
        let _root = linked(&app, ("root", "admin"), "U3").await;
        let _aino = linked(&app, ("aino", "approver"), "U4").await;
        let _audrey = linked(&app, ("audrey", "auditor"), "U5").await;
        assert!(says(&app, ("U2", "next")).await.contains("Security: 1"));
        for (user, asked) in
            [("U2", "seen"), ("U3", "next"), ("U4", "next"), ("U4", "seen"), ("U5", "case HF-0000-0000")]
        {
            let told = says(&app, (user, asked)).await;
            assert!(told.contains("do not allow"), "{user} {asked}: {told}");
        }
        assert!(audit(&app).await.iter().any(|entry| entry.contains("chat.seen chat:slack refused")));
        let changed = app.house.respond.change_person(("nobody", ada.id), Change::Disable).await.unwrap();
        assert!(changed.is_ok());
        assert!(says(&app, ("U1", "seen")).await.contains("I do not know you"));
        let changed = app.house.respond.change_person(("nobody", ada.id), Change::Enable).await.unwrap();
        assert!(changed.is_ok());
        assert!(says(&app, ("U1", "next")).await.contains("I do not know you"), "they link themselves anew");
        assert_eq!(app.staff_get("/api/v1/alarms").await["alarms"][0]["seen_by"], Value::Null);
    });
}

/// No case is taken, judged, ordered about or shown from a chat, whatever is written.
#[test]
fn no_word_in_a_chat_changes_a_case() {
    on_both_with(HOUSE, async |app| {
        let reference = app.report(TEXT).await["case"]["reference"].as_str().unwrap().to_owned();
        let _ada = linked(&app, ("ada", "responder"), "U1").await;
        let before = app.queue().await;
        for deed in [
            "claim",
            "release",
            "verdict",
            "close",
            "reveal",
            "order",
            "hold-withdrawals",
            "approve",
            "escalate",
            "接手",
            "关闭",
        ] {
            let told = says(&app, ("U1", &format!("{deed} {reference}"))).await;
            assert!(told.contains("console alone") || told.contains("只能在控制台"), "{deed}: {told}");
        }
        assert_eq!(app.queue().await, before);
    });
}
