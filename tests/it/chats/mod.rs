//! Staff ask from chats: a few safe words by a bot whose signature is proved, from people who linked themselves; and nothing
//! that a stolen chat account could harm with.

mod asked;
mod bots;
mod closed;
mod refused;
mod told;

use std::sync::atomic::{AtomicU32, Ordering};

use aes::Aes256;
use base64::{Engine, engine::general_purpose::STANDARD};
use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::{BlockModeEncrypt, KeyIvInit};
use holdfast::config::Config;
use holdfast::config::chat::{Chat, Kind};
use holdfast::text::Language;
use reqwest::{Response, StatusCode};
use ring::{digest, hmac};
use serde_json::{Value, json};

use crate::letters::stub::stub;
use crate::support::app::{App, Plan};
use crate::support::person::{Member, member};

const SIGNING: &str = "8f742231b10e8888abcd99yyyzzz85a5";
const ENCRYPT: &str = "encrypt-key-of-the-desk";
const TOKEN: &str = "v3rif1cation";
const DING: &str = "ding-app-secret-of-the-desk";

/// What a stolen chat account must never be told.
const TEXT: &str = "someone drained my wallet 0x52908400098527886E0F7030069857D2E4169EE7, 1234 USDT are gone, call me";
const PERSONAL: [&str; 4] = ["drained", "52908400", "1234", "call me"];

pub const HOUSE: Plan =
    Plan { settings, set_up: true, rounds: holdfast::app::Rounds::Own, console: holdfast::app::Console::TokensToo };

fn settings(config: &mut Config) {
    (crate::letters::alarms::plan().settings)(config);
    config.target.truncate(1);
    config.people.codes_for_admins = true;
    let file = |name: &str, secret: &str| {
        let file = config.data.join(format!("{name}.secret"));
        std::fs::write(&file, secret).unwrap();
        Some(file)
    };
    let chat = |name: &str, kind, secret| Chat {
        name: name.to_owned(),
        kind,
        secret_file: file(name, secret),
        secret_env: None,
        previous_secret_file: None,
        previous_secret_env: None,
        app: None,
        app_secret_file: None,
        app_secret_env: None,
        token_file: None,
        token_env: None,
        robot: None,
        url: String::new(),
        networks: Vec::new(),
        language: Language::En,
        set_up: false,
    };
    let url = |name: &str| stub().url(&config.data, name);
    let here = || vec!["127.0.0.0/8".to_owned()];
    let lark = |name: &str, set_up| Chat {
        app: Some("cli_desk".to_owned()),
        app_secret_file: file("lark-app", "app-secret"),
        token_file: file("lark-token", TOKEN),
        url: url("lark"),
        networks: here(),
        language: Language::Zh,
        set_up,
        ..chat(name, Kind::Feishu, ENCRYPT)
    };
    let ding = Chat {
        app: Some("dingkey".to_owned()),
        robot: Some("dingrobot".to_owned()),
        url: url("ding"),
        networks: here(),
        ..chat("ding", Kind::DingTalk, DING)
    };
    config.chat = vec![chat("slack", Kind::Slack, SIGNING), lark("lark", false), lark("lark-new", true), ding];
}

fn sign(key: &str, parts: &[&[u8]]) -> Vec<u8> {
    hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key.as_bytes()), &parts.concat()).as_ref().to_vec()
}

async fn send(app: &App, name: &str, (headers, body): (&[(&str, String)], String)) -> Response {
    let mut request = app.visitor().post(app.url(&format!("/api/v1/chats/{name}"))).body(body);
    for (header, value) in headers {
        request = request.header(*header, value);
    }
    request.send().await.unwrap()
}

/// Each call has a number of its own.
static NEXT: AtomicU32 = AtomicU32::new(0);

/// A slash command as Slack sends it: headers and body.
fn slash(app: &App, (user, text): (&str, &str)) -> (Vec<(&'static str, String)>, String) {
    let seconds = (app.clock_now().millis() / 1_000).to_string();
    let trigger = NEXT.fetch_add(1, Ordering::Relaxed).to_string();
    let body = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs([
            ("team_id", "T1"),
            ("user_id", user),
            ("user_name", "somebody"),
            ("command", "/holdfast"),
            ("text", text),
            ("trigger_id", &trigger),
            ("response_url", "https://hooks.slack.com/commands/T1/1"),
        ])
        .finish();
    let tag = hex::encode(sign(SIGNING, &[b"v0:", seconds.as_bytes(), b":", body.as_bytes()]));
    let headers = vec![
        ("content-type", "application/x-www-form-urlencoded".to_owned()),
        ("x-slack-signature", format!("v0={tag}")),
        ("x-slack-request-timestamp", seconds),
    ];
    (headers, body)
}

/// What Slack shows to somebody who writes a command.
async fn says(app: &App, asked: (&str, &str)) -> String {
    let (headers, body) = slash(app, asked);
    let response = send(app, "slack", (&headers, body)).await;
    assert_eq!(response.status(), StatusCode::OK);
    let answer: Value = response.json().await.unwrap();
    assert_eq!(answer["response_type"], json!("ephemeral"));
    answer["text"].as_str().unwrap().to_owned()
}

/// A body under Feishu's packing, with its signature.
fn lark(app: &App, event: &Value) -> (Vec<(&'static str, String)>, String) {
    let seconds = (app.clock_now().millis() / 1_000).to_string();
    let key = digest::digest(&digest::SHA256, ENCRYPT.as_bytes());
    let sealer = cbc::Encryptor::<Aes256>::new_from_slices(key.as_ref(), &[7; 16]).unwrap();
    let plain = event.to_string();
    let mut packed = vec![0; plain.len() + 16];
    packed[..plain.len()].copy_from_slice(plain.as_bytes());
    let packed = sealer.encrypt_padded::<Pkcs7>(&mut packed, plain.len()).unwrap().to_vec();
    let body = json!({ "encrypt": STANDARD.encode([vec![7; 16], packed].concat()) }).to_string();
    let signed = [seconds.as_bytes(), b"n0nce", ENCRYPT.as_bytes(), body.as_bytes()].concat();
    let headers = vec![
        ("content-type", "application/json".to_owned()),
        ("x-lark-signature", hex::encode(digest::digest(&digest::SHA256, &signed).as_ref())),
        ("x-lark-request-timestamp", seconds),
        ("x-lark-request-nonce", "n0nce".to_owned()),
    ];
    (headers, body)
}

/// What somebody wrote to the bot of Feishu.
fn wrote(id: &str, text: &str) -> Value {
    json!({
        "schema": "2.0",
        "header": { "event_id": id, "event_type": "im.message.receive_v1", "create_time": "1", "token": TOKEN, "app_id": "cli_desk", "tenant_key": "tenant" },
        "event": {
            "sender": { "sender_id": { "open_id": "ou_ada", "user_id": "u" }, "sender_type": "user", "tenant_key": "tenant" },
            "message": { "message_id": "om_1", "chat_type": "group", "message_type": "text", "content": json!({ "text": text }).to_string() },
        },
    })
}

/// The code that the page of somebody's own account shows.
async fn code(who: &mut Member) -> String {
    let csrf = who.browser.get("/staff/me").await.csrf();
    let page = who.browser.post("/staff/me/chat-code", &[("csrf", &csrf)]).await;
    assert_eq!(page.status, StatusCode::OK);
    page.text.split("<code>link ").nth(1).unwrap().split('<').next().unwrap().to_owned()
}

/// Somebody who linked themselves to Slack.
async fn linked(app: &App, (login, roles): (&str, &str), user: &str) -> Member {
    let mut who = member(app, (login, roles)).await;
    let code = code(&mut who).await;
    let told = says(app, (user, &format!("link {code}"))).await;
    assert!(told.contains("knows you now"), "{told}");
    who
}
