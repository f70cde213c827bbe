//! OUT-08: whatever got into a letter, no target sees markup, a mention, a card or a header in it. Each form is sent for real
//! and read as it arrived.

use std::sync::Arc;

use holdfast::id::{Id, Random};
use holdfast::intake::verify::{Allowed, Key, KeyForm, Secret};
use holdfast::outbox::Caller;
use holdfast::outbox::channel::{Channel, Form, MailServer, Sent, Tls};
use holdfast::outbox::guard::{Guard, SystemResolver};
use holdfast::playbook::Words;
use holdfast::respond::alarms::{AlarmWords, Cause, Stage};
use holdfast::respond::orders::Returned;
use holdfast::respond::{Matter, NoticeWords};
use holdfast::text::Language;
use holdfast::time::Timestamp;
use serde_json::Value;
use url::Url;
use zeroize::Zeroizing;

use super::stub::stub;
use crate::support::app::EVENTS_SECRET;

const PAYLOADS: [&str; 22] = [
    "<!channel>",
    "<!here|here>",
    "<@U012AB3CD>",
    "<https://evil.example|your console>",
    "& &lt;!channel&gt;",
    "<script>alert(1)</script>",
    "<b>bold</b><a href=\"https://evil.example\">x</a>",
    "</b><tg-spoiler>x</tg-spoiler>",
    "<at user_id=\"all\">everybody</at>",
    "<at id=all></at>",
    "@all",
    "@everyone @channel @here",
    "[console](https://evil.example)",
    "**loud** `code` # title",
    "{\"tag\":\"at\",\"user_id\":\"all\"}",
    "x\r\nBcc: everybody@example.org",
    "x\nContent-Type: text/html\n\n<h1>hi</h1>",
    "x\u{2028}Subject: other",
    "\u{202e}txet desrever",
    "{{7*7}} ${7*7} #{7*7} <%= 7*7 %>",
    "\0\u{7}\u{1b}[31m",
    "=?utf-8?B?QmNjOiB4?=",
];

struct Fixed;

impl Random for Fixed {
    fn fill(&self, buffer: &mut [u8]) {
        buffer.fill(7);
    }
}

const NOW: Timestamp = Timestamp::from_millis(1_772_442_000_000);

fn alarm(payload: &str) -> AlarmWords {
    let kind: Words = serde_json::from_value(serde_json::json!({"en": payload, "zh": payload})).unwrap();
    AlarmWords {
        id: Id::new(NOW, &Fixed),
        stage: Stage::Raised,
        cause: Cause::Waits,
        level: 1,
        many: 1,
        reference: payload.to_owned(),
        kind: Some(kind),
        since: NOW,
        waited_minutes: 3,
        link: "https://help.example/staff/incidents/1".to_owned(),
    }
}

fn local() -> Allowed {
    Allowed::new(&["127.0.0.0/8"]).unwrap()
}

fn channel(name: &str, form: Form) -> Channel {
    let url = Url::parse(&stub().url(std::path::Path::new("escaping"), name)).unwrap();
    let brand = "Example".to_owned();
    Channel {
        name: name.to_owned(),
        url,
        networks: local(),
        language: Language::En,
        brand,
        templates: std::sync::Arc::default(),
        form,
    }
}

fn chats() -> Vec<Channel> {
    let secret = || Some(Zeroizing::new("secret".to_owned()));
    let key = Key::decode(&Secret::new(EVENTS_SECRET.to_owned()).unwrap(), KeyForm::Whsec).unwrap();
    vec![
        channel("events", Form::Events { key }),
        channel("slack", Form::Slack),
        channel("telegram", Form::Telegram { token: Zeroizing::new("1:a".to_owned()), chat: "1".to_owned() }),
        channel("feishu", Form::Feishu { secret: secret() }),
        channel("dingtalk", Form::DingTalk { secret: secret() }),
        channel("wecom", Form::WeCom),
        channel("pager", Form::PagerDuty { routing: Zeroizing::new("key".to_owned()) }),
    ]
}

/// What a reader of the channel would take for more than text.
fn means_more(name: &str, text: &str) -> bool {
    match name {
        "slack" => {
            text.contains('<')
                || text.contains('>')
                || text.replace("&amp;", "").replace("&lt;", "").replace("&gt;", "").contains('&')
        }
        "telegram" => {
            let ours = text.strip_prefix("<b>").and_then(|text| text.split_once("</b>")).unwrap();
            format!("{}{}", ours.0, ours.1).contains(['<', '>', '"'])
        }
        "feishu" | "dingtalk" | "wecom" => text.contains(['<', '>', '@', '[', '`', '*']),
        _ => false,
    }
}

fn shown(name: &str, body: &Value) -> String {
    let text = match name {
        "slack" | "telegram" => &body["text"],
        "feishu" => &body["content"]["text"],
        "dingtalk" | "wecom" => &body["text"]["content"],
        "pager" => &body["payload"]["summary"],
        _ => &body["type"],
    };
    text.as_str().unwrap().to_owned()
}

#[test]
fn no_payload_of_the_corpus_is_more_than_text_in_any_chat_or_pager() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let channels = chats();
        let guard = Guard::new(channels.iter().map(|channel| (&channel.url, local())));
        let caller = Caller::new(guard, Arc::new(SystemResolver)).unwrap();
        for (number, payload) in PAYLOADS.iter().enumerate() {
            for channel in &channels {
                let matter = Matter::Alarm(Box::new(alarm(payload)));
                let sent = Sent { matter: &matter, key: &format!("alarm_{number}"), now: NOW };
                let returned = channel.send(&caller, sent).await;
                assert_eq!(returned, Returned::Taken, "{}", channel.name);
                let body = stub().calls(std::path::Path::new("escaping"), &channel.name).pop().unwrap().json();
                let text = shown(&channel.name, &body);
                assert!(!means_more(&channel.name, &text), "{}: {payload:?} became {text:?}", channel.name);
                let controls = text.chars().any(|letter| letter.is_control() && letter != '\n' || letter == '\u{202e}');
                assert!(!controls, "{}: {text:?}", channel.name);
                assert!(!text.contains("49"), "nothing is worked out: {text}");
                for card in ["card", "attachments", "blocks", "markdown"] {
                    assert!(body.get(card).is_none(), "{card}");
                }
            }
        }
    });
}

/// The names of the headers of a mail, in their order.
fn headers(mail: &str) -> Vec<String> {
    let head = mail.split("\r\n\r\n").next().unwrap();
    let lines = head.split("\r\n").filter(|line| !line.starts_with([' ', '\t']));
    lines.map(|line| line.split_once(':').expect("a header").0.to_owned()).collect()
}

#[test]
fn no_payload_of_the_corpus_ends_a_header_of_a_mail() {
    let server = || MailServer {
        host: "127.0.0.1".to_owned(),
        port: 25,
        tls: Tls::None,
        from: "Example <help@wallet.example>".parse().unwrap(),
        to: vec!["desk@wallet.example".parse().unwrap()],
        login: None,
        authority: None,
    };
    let place = channel("mail", Form::Slack);
    let letter = |matter: &Matter| {
        let letter = server().letter(&place, &Sent { matter, key: "notice_1", now: NOW }).map(|letter| {
            let recipients = letter.envelope.to().iter().map(ToString::to_string).collect::<Vec<_>>();
            (String::from_utf8(letter.bytes).expect("7 bits"), recipients)
        });
        letter.ok()
    };
    let to_staff = headers(&letter(&Matter::Alarm(Box::new(alarm("x")))).unwrap().0);
    let notice = |to: &str, text: &str| {
        let (to, text) = (to.to_owned(), text.to_owned());
        Matter::Notice(Box::new(NoticeWords {
            to,
            subject: text.clone(),
            text,
            stop: "https://help.example/mail/1/2".to_owned(),
        }))
    };
    let to_people = headers(&letter(&notice("anna@example.org", "x")).unwrap().0);
    assert!(to_people.contains(&"List-Unsubscribe-Post".to_owned()), "{to_people:?}");
    for payload in PAYLOADS {
        let (mail, recipients) = letter(&Matter::Alarm(Box::new(alarm(payload)))).unwrap();
        assert_eq!(headers(&mail), to_staff, "{payload:?}: {mail}");
        assert_eq!(recipients, ["desk@wallet.example"]);
        let (mail, recipients) = letter(&notice("anna@example.org", payload)).unwrap();
        assert_eq!(headers(&mail), to_people, "{payload:?}: {mail}");
        assert_eq!(recipients, ["anna@example.org"]);
        assert!(mail.contains("Content-Type: text/plain; charset=utf-8"), "{mail}");
        // As an address it is none, or one address.
        if let Some((_, recipients)) = letter(&notice(&format!("anna@example.org{payload}"), "x")) {
            assert_eq!(recipients.len(), 1, "{payload:?}: {recipients:?}");
        }
    }
}
