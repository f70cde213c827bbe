//! Feishu and `DingTalk`: their signatures and packing, and answers that go to the person alone.

use base64::{Engine, engine::general_purpose::STANDARD};
use holdfast::time::Span;
use reqwest::StatusCode;
use serde_json::{Value, json};

use super::{DING, HOUSE, PERSONAL, TEXT, TOKEN, code, lark, send, sign, wrote};
use crate::letters::stub::{Call, stub};
use crate::support::app::{App, on_both_with, on_sqlite_with};
use crate::support::person::member;

async fn lark_says(app: &App, event: &Value) -> Option<Call> {
    let sent = |app: &App| stub().calls(&app.data, "lark/open-apis/im");
    let before = sent(app).len();
    let (headers, body) = lark(app, event);
    let response = send(app, "lark", (&headers, body)).await;
    assert_eq!((response.status(), response.json::<Value>().await.unwrap()), (StatusCode::OK, json!({})));
    sent(app).get(before).cloned()
}

fn text(call: &Call) -> String {
    let content = call.json()["content"].as_str().unwrap().to_owned();
    serde_json::from_str::<Value>(&content).unwrap()["text"].as_str().unwrap().to_owned()
}

#[test]
fn feishu_is_answered_to_the_person_alone_and_a_call_sent_again_is_not_answered_twice() {
    on_both_with(HOUSE, async |app| {
        let pass = "{\"code\":0,\"tenant_access_token\":\"t-1\",\"expire\":7200}";
        stub().moods(&app.data, ("lark/open-apis/auth/v3/tenant_access_token/internal", &[(200, pass)]));
        let told = lark_says(&app, &wrote("e1", "@_user_1 next")).await.unwrap();
        assert_eq!(told.json()["receive_id"], json!("ou_ada"));
        assert_eq!(told.headers["authorization"], "Bearer t-1");
        assert!(told.address.ends_with("/open-apis/im/v1/messages?receive_id_type=open_id"), "{}", told.address);
        assert!(text(&told).contains("我还不认识您"), "{}", text(&told));
        let mut ada = member(&app, ("ada", "responder")).await;
        let told = lark_says(&app, &wrote("e2", &format!("绑定 {}", code(&mut ada).await))).await.unwrap();
        assert!(text(&told).contains("已认识您"), "{}", text(&told));
        app.report(TEXT).await;
        let told = lark_says(&app, &wrote("e3", "@_user_1 下一个")).await.unwrap();
        assert!(text(&told).contains("安全：1 起在等待"), "{}", text(&told));
        assert!(PERSONAL.iter().all(|word| !told.body.contains(word)), "{}", told.body);
        app.clock.pass(Span::from_seconds(10));
        assert!(lark_says(&app, &wrote("e3", "@_user_1 下一个")).await.is_none(), "Feishu sends again, signed anew");
        assert_eq!(stub().calls(&app.data, "lark/open-apis/auth").len(), 1, "one pass serves for two hours");
        let mut other = wrote("e4", "next");
        other["header"]["event_type"] = json!("im.chat.updated_v1");
        assert!(lark_says(&app, &other).await.is_none());
        for (pointer, value) in [("/header/token", "another"), ("/header/app_id", "cli_other")] {
            let mut forged = wrote("e5", "next");
            *forged.pointer_mut(pointer).unwrap() = json!(value);
            let (headers, body) = lark(&app, &forged);
            assert_eq!(send(&app, "lark", (&headers, body)).await.status(), StatusCode::UNAUTHORIZED, "{pointer}");
        }
    });
}

#[test]
fn feishus_challenge_is_given_back_only_while_it_is_being_connected() {
    on_sqlite_with(HOUSE, async |app| {
        let asked = |token: &str| json!({ "challenge": "ajls384kdjx98XX", "token": token, "type": "url_verification" });
        // It comes before anything is signed.
        let (_, body) = lark(&app, &asked(TOKEN));
        let unsigned = [("content-type", "application/json".to_owned())];
        let response = send(&app, "lark-new", (&unsigned, body.clone())).await;
        assert_eq!(response.json::<Value>().await.unwrap(), json!({ "challenge": "ajls384kdjx98XX" }));
        assert_eq!(send(&app, "lark", (&unsigned, body)).await.status(), StatusCode::UNAUTHORIZED);
        let (_, wrong) = lark(&app, &asked("guessed"));
        assert_eq!(send(&app, "lark-new", (&unsigned, wrong)).await.status(), StatusCode::UNAUTHORIZED);
        let plain = asked(TOKEN).to_string();
        assert_eq!(send(&app, "lark-new", (&unsigned, plain)).await.status(), StatusCode::UNAUTHORIZED);
    });
}

#[test]
fn dingtalk_signs_no_body_so_each_of_its_signatures_is_taken_once() {
    on_both_with(HOUSE, async |app| {
        let pass = "{\"accessToken\":\"d-1\",\"expireIn\":7200}";
        stub().moods(&app.data, ("ding/v1.0/oauth2/accessToken", &[(200, pass)]));
        let body = |id: &str, user: &str, text: &str| {
            json!({
                "msgtype": "text", "msgId": id, "createAt": 1, "conversationType": "1", "senderNick": "Ada", "senderCorpId": "ding1",
                "senderStaffId": user, "sessionWebhook": "https://oapi.dingtalk.com/robot/sendBySession?session=x", "text": { "content": format!(" {text}") },
            })
            .to_string()
        };
        let headers = |app: &App| {
            let millis = app.clock_now().millis().to_string();
            let tag = STANDARD.encode(sign(DING, &[millis.as_bytes(), b"\n", DING.as_bytes()]));
            vec![("content-type", "application/json".to_owned()), ("timestamp", millis), ("sign", tag)]
        };
        let mut ada = member(&app, ("ada", "responder")).await;
        let code = code(&mut ada).await;
        let first = headers(&app);
        let response = send(&app, "ding", (&first, body("m1", "ada01", &format!("link {code}")))).await;
        assert_eq!(response.status(), StatusCode::OK);
        let sent = || stub().calls(&app.data, "ding/v1.0/robot/oToMessages/batchSend");
        let told = sent()[0].clone();
        assert_eq!((&told.json()["userIds"], &told.json()["robotCode"]), (&json!(["ada01"]), &json!("dingrobot")));
        assert_eq!(told.headers["x-acs-dingtalk-access-token"], "d-1");
        assert!(told.json()["msgParam"].as_str().unwrap().contains("knows you now"));
        // Somebody who saw that call puts other words under its signature.
        assert_eq!(send(&app, "ding", (&first, body("m2", "ada01", "next"))).await.status(), StatusCode::OK);
        assert_eq!(sent().len(), 1, "nothing was answered");
        app.clock.pass(Span::from_seconds(1));
        let second = headers(&app);
        send(&app, "ding", (&second, body("m3", "ada01", "next"))).await;
        assert!(sent()[1].json()["msgParam"].as_str().unwrap().contains("Security: 0"));
        assert!(stub().calls(&app.data, "ding/robot").is_empty(), "no address from a call is ever called");
    });
}
