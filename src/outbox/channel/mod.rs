//! Targets that staff are told through and people are written to: what a letter looks like there, and what counts as taken.
//!
//! Every text is ours; what is put in is escaped for where it goes (OUT-08). `words` are the sentences, `chat` the forms of
//! the chats, `mail` the one way to people.

mod chat;
pub(super) mod escape;
pub mod mail;
pub mod words;

use std::sync::Arc;

use serde_json::json;
use url::Url;
use zeroize::Zeroizing;

pub use self::mail::{MailServer, Tls};
use self::words::Words;
use super::client::{Call, Caller, Letter, Reply, WAIT, signed};
use crate::guidance::template::Templates;
use crate::intake::verify::{Allowed, Key};
use crate::respond::Matter;
use crate::respond::alarms::{AlarmWords, Stage};
use crate::respond::orders::Returned;
use crate::text::Language;
use crate::time::Timestamp;

/// How a target is spoken to. Not `Debug`: each holds what opens it.
pub enum Form {
    /// A signed JSON event (Standard Webhooks).
    Events {
        key: Key,
    },
    /// An incoming webhook, whose address is its key.
    Slack,
    /// The Bot API.
    Telegram {
        token: Zeroizing<String>,
        chat: String,
    },
    /// A custom bot of Feishu or Lark, signed where it wants that.
    Feishu {
        secret: Option<Zeroizing<String>>,
    },
    DingTalk {
        secret: Option<Zeroizing<String>>,
    },
    /// A group robot, whose address is its key.
    WeCom,
    /// Events API v2.
    PagerDuty {
        routing: Zeroizing<String>,
    },
    Mail(Box<MailServer>),
}

/// A target of the settings.
pub struct Channel {
    pub name: String,
    pub url: Url,
    /// Networks that it may lie in; none: any public address.
    pub networks: Allowed,
    pub language: Language,
    /// The operator, as people know them.
    pub brand: String,
    /// The operator's own words for alarms.
    pub templates: Arc<Templates>,
    pub form: Form,
}

/// One letter on its way.
pub struct Sent<'a> {
    pub matter: &'a Matter,
    /// The same over all attempts.
    pub key: &'a str,
    pub now: Timestamp,
}

impl Channel {
    /// Sends a letter once.
    pub async fn send(&self, caller: &Caller, sent: Sent<'_>) -> Returned {
        match &self.form {
            Form::Mail(server) => match server.letter(self, &sent) {
                Ok(letter) => mail::deliver(caller, server, &letter).await,
                Err(mail::Unfit) => Returned::Unwanted("letter"),
            },
            Form::Events { .. }
            | Form::Slack
            | Form::Telegram { .. }
            | Form::Feishu { .. }
            | Form::DingTalk { .. }
            | Form::WeCom
            | Form::PagerDuty { .. } => {
                let Matter::Alarm(alarm) = sent.matter else { return Returned::Unwanted("people-by-mail-only") };
                self.heard(caller.call(self.call(alarm, (sent.key, sent.now))).await)
            }
        }
    }

    /// What would leave, as text without what opens the target.
    pub fn shown(&self, sent: &Sent<'_>) -> String {
        let Matter::Alarm(alarm) = sent.matter else { return String::new() };
        let place = format!("{}://{}", self.url.scheme(), self.url.host_str().unwrap_or_default());
        if let Form::Mail(server) = &self.form {
            let letter = server.letter(self, sent).map(|letter| letter.bytes).unwrap_or_default();
            return format!("to {place}\n\n{}", String::from_utf8_lossy(&letter));
        }
        let mut body: serde_json::Value =
            serde_json::from_str(&self.call(alarm, (sent.key, sent.now)).body).unwrap_or_default();
        for secret in ["routing_key", "sign"] {
            if let Some(hidden) = body.get_mut(secret) {
                *hidden = "[not shown]".into();
            }
        }
        format!("to {place}\n\n{body:#}")
    }

    /// Whether a connection comes about, for a mail server with its TLS and login; nothing of a letter leaves.
    pub async fn reach(&self, caller: &Caller) -> Result<(), &'static str> {
        let reaching = async {
            if let Form::Mail(server) = &self.form {
                let mut connection = mail::connect(caller, server).await?;
                drop(connection.quit().await);
                return Ok(());
            }
            let host = self.url.host_str().unwrap_or_default();
            let addresses = caller.addresses(host, self.url.port_or_known_default().unwrap_or(443)).await?;
            tokio::net::TcpStream::connect(&*addresses).await.map(drop).map_err(|_| "no-connection")
        };
        tokio::time::timeout(WAIT, reaching).await.unwrap_or(Err("late"))
    }

    /// The call that tells an alarm; a mail has none.
    pub fn call(&self, alarm: &AlarmWords, (key, now): (&str, Timestamp)) -> Call {
        let words = Words::of(alarm, self.language, &self.templates);
        let url = self.url.to_string();
        match &self.form {
            Form::Events { key: secret } => {
                let body = event(alarm, now).to_string();
                let letter = Letter { id: key, body, now };
                Call { url, headers: signed(secret, &letter), body: letter.body }
            }
            Form::Slack => Call { url, headers: Vec::new(), body: chat::slack(&words).to_string() },
            Form::Telegram { token, chat } => Call {
                url: format!("{}/bot{}/sendMessage", url.trim_end_matches('/'), token.as_str()),
                headers: Vec::new(),
                body: chat::telegram(&words, chat).to_string(),
            },
            Form::Feishu { secret } => {
                let secret = secret.as_ref().map(|secret| secret.as_str());
                Call { url, headers: Vec::new(), body: chat::feishu(&words, (secret, now)).to_string() }
            }
            Form::DingTalk { secret } => Call {
                url: secret.as_ref().map_or_else(|| url.clone(), |secret| chat::dingtalk_url(&self.url, (secret, now))),
                headers: Vec::new(),
                body: chat::dingtalk(&words).to_string(),
            },
            Form::WeCom => Call { url, headers: Vec::new(), body: chat::wecom(&words).to_string() },
            Form::PagerDuty { routing } => {
                Call { url, headers: Vec::new(), body: pager(alarm, (&words, routing)).to_string() }
            }
            Form::Mail(_) => Call { url, headers: Vec::new(), body: String::new() },
        }
    }

    /// What an answer means: taken, to be tried again, or never wanted.
    fn heard(&self, reply: Reply) -> Returned {
        let (status, body) = match reply {
            Reply::Unreached(word) => return Returned::Unreached(word),
            Reply::Silence(word) => return Returned::Silence(word),
            Reply::Answer(status, body) => (status, body),
        };
        match status {
            200..=299 => {}
            408 | 425 | 429 => return Returned::Silence("busy"),
            // What a change of the settings or at the other end may mend is tried again.
            401 | 403 | 404 | 407 | 410 => return Returned::Silence("not-let-in"),
            _ => return Returned::Unwanted("refused"),
        }
        let code = |names: &[&str]| {
            let answer: serde_json::Value = serde_json::from_slice(&body).unwrap_or_default();
            names.iter().find_map(|name| answer[*name].as_i64())
        };
        match &self.form {
            Form::Feishu { .. } => match code(&["code", "StatusCode"]) {
                Some(0) => Returned::Taken,
                // 11232: too often; 19021 and beyond: keyword, signature, network.
                Some(_) => Returned::Silence("not-let-in"),
                None => Returned::Silence("answer"),
            },
            Form::DingTalk { .. } | Form::WeCom => match code(&["errcode"]) {
                Some(0) => Returned::Taken,
                Some(_) => Returned::Silence("not-let-in"),
                None => Returned::Silence("answer"),
            },
            Form::Events { .. } | Form::Slack | Form::Telegram { .. } | Form::PagerDuty { .. } | Form::Mail(_) => {
                Returned::Taken
            }
        }
    }
}

/// The event of a generic webhook.
fn event(alarm: &AlarmWords, now: Timestamp) -> serde_json::Value {
    let kind = match alarm.stage {
        Stage::Raised => "alarm.raised",
        Stage::Seen => "alarm.seen",
        Stage::Over => "alarm.over",
    };
    json!({ "type": kind, "timestamp": now, "data": alarm, "kind": alarm.kind.as_ref().map(|kind| &kind.en) })
}

/// The event of a pager: one entry for each alarm, acknowledged and resolved with it.
fn pager(alarm: &AlarmWords, (words, routing): (&Words, &str)) -> serde_json::Value {
    let action = match alarm.stage {
        Stage::Raised => "trigger",
        Stage::Seen => "acknowledge",
        Stage::Over => "resolve",
    };
    let severity = match alarm.level {
        ..=1 => "critical",
        2 => "error",
        3 => "warning",
        4.. => "info",
    };
    json!({
        "routing_key": routing,
        "event_action": action,
        "dedup_key": format!("holdfast-{}", alarm.id),
        "payload": {
            "summary": escape::plain(&words.title),
            "source": "holdfast",
            "severity": severity,
            "timestamp": alarm.since,
            "class": alarm.cause,
            "custom_details": { "reference": escape::plain(&alarm.reference), "level": alarm.level, "waited_minutes": alarm.waited_minutes },
        },
        "links": [{ "href": alarm.link, "text": "Holdfast" }],
    })
}
