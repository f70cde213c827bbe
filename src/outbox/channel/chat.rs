//! The forms of the chats, each with text alone: no cards, no mentions, no previews of links.

use base64::{Engine, engine::general_purpose::STANDARD};
use ring::hmac;
use serde_json::{Value, json};
use url::Url;

use super::escape;
use super::words::Words;
use crate::time::Timestamp;

pub fn slack(words: &Words) -> Value {
    let text = format!("{}\n{} {}", words.title, words.advice, words.link);
    json!({ "text": escape::slack(&text), "mrkdwn": false, "link_names": false, "unfurl_links": false, "unfurl_media": false })
}

pub fn telegram(words: &Words, chat: &str) -> Value {
    let Words { title, advice, link } = words;
    let text = format!("<b>{}</b>\n{} {}", escape::telegram(title), escape::telegram(advice), escape::telegram(link));
    json!({ "chat_id": chat, "text": text, "parse_mode": "HTML", "link_preview_options": { "is_disabled": true } })
}

/// Feishu and Lark sign with an empty message under a key of time and secret.
pub fn feishu(words: &Words, (secret, now): (Option<&str>, Timestamp)) -> Value {
    let mut body = json!({ "msg_type": "text", "content": { "text": chat_text(words) } });
    if let Some(secret) = secret {
        let seconds = now.millis().div_euclid(1_000).to_string();
        body["sign"] = tag(&format!("{seconds}\n{secret}"), "").into();
        body["timestamp"] = seconds.into();
    }
    body
}

pub fn dingtalk(words: &Words) -> Value {
    let nobody = json!({ "atMobiles": [], "atUserIds": [], "isAtAll": false });
    json!({ "msgtype": "text", "text": { "content": chat_text(words) }, "at": nobody })
}

/// `DingTalk` wants time and signature in the address.
pub fn dingtalk_url(url: &Url, (secret, now): (&str, Timestamp)) -> String {
    let millis = now.millis().to_string();
    let sign = tag(secret, &format!("{millis}\n{secret}"));
    let mut url = url.clone();
    url.query_pairs_mut().append_pair("timestamp", &millis).append_pair("sign", &sign);
    url.to_string()
}

pub fn wecom(words: &Words) -> Value {
    let nobody: [&str; 0] = [];
    json!({ "msgtype": "text", "text": { "content": chat_text(words), "mentioned_list": nobody, "mentioned_mobile_list": nobody } })
}

/// The link stays as it is, it is ours; the words around it cannot mention anybody.
fn chat_text(words: &Words) -> String {
    format!(
        "{}\n{} {}",
        escape::wide(&words.title),
        escape::wide(&words.advice),
        words.link.replace(['<', '>', '@'], "")
    )
}

fn tag(key: &str, message: &str) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, key.as_bytes());
    STANDARD.encode(hmac::sign(&key, message.as_bytes()))
}
