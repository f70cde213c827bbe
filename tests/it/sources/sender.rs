//! The senders: what each of them puts beside a body to prove it, under the secrets of the test's house.

use std::sync::LazyLock;

use base64::{Engine, engine::general_purpose::STANDARD};
use ring::digest::{SHA256, digest};
use ring::hmac;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair, RSA_PKCS1_SHA256, RsaKeyPair};
use serde_json::{Value, json};
use tiny_keccak::{Hasher, Keccak};

use crate::support::app::{EVENTS_SECRET, STATIC_SECRET};
use holdfast::intake::verify::{Key, KeyForm, Secret, sign};
use holdfast::time::Timestamp;

pub const TOPIC: &str = "arn:aws:sns:eu-central-1:000000000000:made-up";
pub const CERTIFICATE: &str = include_str!("rsa.pem");
const WRONG_SECRET: &str = "another-long-secret-that-nobody-configured";
const WRONG_EVENTS_SECRET: &str = "whsec_AAAA9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=";

static P256: LazyLock<[Vec<u8>; 2]> = LazyLock::new(|| {
    [(), ()].map(|()| {
        let made = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &SystemRandom::new()).unwrap();
        made.as_ref().to_vec()
    })
});

/// A payload on its way.
#[derive(Clone)]
pub struct Parcel {
    pub source: String,
    pub endpoint: String,
    pub body: Vec<u8>,
    pub content_type: Option<String>,
    /// Seconds since 1970 at which it is signed.
    pub seconds: i64,
    /// Number of the delivery.
    pub number: usize,
    /// Whether the sender has other secrets than the house.
    pub forged: bool,
    /// Whether it is made larger than a house takes.
    pub swollen: bool,
    /// The address of the house.
    pub house: String,
}

/// A parcel with its proof.
pub struct Sealed {
    pub url: String,
    pub headers: Vec<(&'static str, String)>,
    pub body: Vec<u8>,
}

/// The secret that the house has for a source, and what it expects besides.
pub fn secret_of(source: &str) -> (String, Option<String>) {
    match source {
        "standard-webhooks" | "svix" => (EVENTS_SECRET.to_owned(), None),
        "aws-sns" => (CERTIFICATE.to_owned(), Some(TOPIC.to_owned())),
        "postmark" => (format!("holdfast:{STATIC_SECRET}"), None),
        "sendgrid" => {
            let mut der = hex::decode("3059301306072a8648ce3d020106082a8648ce3d030107034200").unwrap();
            der.extend(pair(false).public_key().as_ref());
            (STANDARD.encode(der), None)
        }
        _ => (STATIC_SECRET.to_owned(), None),
    }
}

fn pair(wrong: bool) -> EcdsaKeyPair {
    EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &P256[usize::from(wrong)], &SystemRandom::new()).unwrap()
}

fn keccak(bytes: &[u8]) -> [u8; 32] {
    let (mut hasher, mut hash) = (Keccak::v256(), [0; 32]);
    hasher.update(bytes);
    hasher.finalize(&mut hash);
    hash
}

/// JSON without white space between its marks.
fn compact(body: &[u8]) -> Vec<u8> {
    let (mut inside, mut escaped) = (false, false);
    let keep = |byte: &u8| {
        let quote = *byte == b'"' && !escaped;
        escaped = inside && *byte == b'\\' && !escaped;
        inside ^= quote;
        inside || quote || !byte.is_ascii_whitespace()
    };
    body.iter().copied().filter(keep).collect()
}

impl Parcel {
    fn text(&self) -> &'static str {
        if self.forged { WRONG_SECRET } else { STATIC_SECRET }
    }

    fn hex(&self, parts: &[&[u8]]) -> String {
        let key = Key::decode(&Secret::new(self.text().to_owned()).unwrap(), KeyForm::Text).unwrap();
        sign::sign_hex(&key, parts)
    }

    fn sha1(&self, text: &str) -> String {
        let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, self.text().as_bytes());
        STANDARD.encode(hmac::sign(&key, text.as_bytes()))
    }

    fn is_form(&self) -> bool {
        self.content_type.as_deref().is_some_and(|kind| kind.contains("urlencoded"))
    }

    fn iso(&self) -> String {
        Timestamp::from_millis(self.seconds * 1_000).to_string()
    }

    /// Signs it as the sender of the source does.
    pub fn seal(&self) -> Sealed {
        let mut url = format!("{}/api/v1/alerts/{}", self.house, self.endpoint);
        let mut body = self.body.clone();
        let mut headers = match self.source.as_str() {
            "aws-sns" => {
                body = self.notified();
                Vec::new()
            }
            "mailgun" => {
                body = self.mailed();
                Vec::new()
            }
            "twilio" => {
                if !self.is_form() {
                    url.push_str("?bodySHA256=");
                    url.push_str(&hex::encode(digest(&SHA256, &body)));
                }
                let mut pairs: Vec<(String, String)> = if self.is_form() { form_urlencoded(&body) } else { Vec::new() };
                pairs.sort();
                let members: String = pairs.into_iter().flat_map(|(name, value)| [name, value]).collect();
                vec![("x-twilio-signature", self.sha1(&format!("{url}{members}")))]
            }
            _ => self.proof(&body),
        };
        if let Some(content_type) = &self.content_type {
            headers.push(("content-type", content_type.clone()));
        }
        if self.swollen {
            body.resize(256 * 1_024 + 1, b' ');
        }
        Sealed { url, headers, body }
    }

    fn proof(&self, body: &[u8]) -> Vec<(&'static str, String)> {
        let (time, id) = (self.seconds.to_string(), format!("msg_{}", self.number));
        let whsec = if self.forged { WRONG_EVENTS_SECRET } else { EVENTS_SECRET };
        let key = Key::decode(&Secret::new(whsec.to_owned()).unwrap(), KeyForm::Whsec).unwrap();
        let standard = || sign::sign_standard(&key, &id, self.seconds, body);
        let stamp = time.as_bytes();
        match self.source.as_str() {
            "standard-webhooks" => {
                vec![("webhook-signature", standard()), ("webhook-id", id.clone()), ("webhook-timestamp", time)]
            }
            "svix" => vec![("svix-signature", standard()), ("svix-id", id.clone()), ("svix-timestamp", time)],
            "alchemy" => vec![("x-alchemy-signature", self.hex(&[body]))],
            "coinbase-commerce" => vec![("x-cc-webhook-signature", self.hex(&[body]))],
            "github" => vec![("x-hub-signature-256", format!("sha256={}", self.hex(&[body])))],
            "keycloak" => vec![("x-keycloak-signature", self.hex(&[body]))],
            "pagerduty" => vec![("x-pagerduty-signature", format!("v1={},v1={}", "0".repeat(64), self.hex(&[body])))],
            "sentry" => vec![("sentry-hook-signature", self.hex(&[body]))],
            "moralis" => {
                let whole = [body, self.text().as_bytes()].concat();
                vec![("x-signature", format!("0x{}", hex::encode(keccak(&whole))))]
            }
            "grafana" => vec![
                ("x-grafana-alerting-signature", self.hex(&[stamp, b":", body])),
                ("x-grafana-alerting-timestamp", time.clone()),
            ],
            "slack" => vec![
                ("x-slack-signature", format!("v0={}", self.hex(&[b"v0:", stamp, b":", body]))),
                ("x-slack-request-timestamp", time.clone()),
            ],
            "stripe" => vec![("stripe-signature", format!("t={time},v1={}", self.hex(&[stamp, b".", body])))],
            "tenderly" => {
                let moment = jiff::Timestamp::from_second(self.seconds).unwrap();
                let date = moment.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
                vec![("x-tenderly-signature", self.hex(&[body, date.as_bytes()])), ("date", date)]
            }
            "openzeppelin-monitor" => {
                let time = format!("{time}000");
                vec![("x-signature", self.hex(&[body, time.as_bytes()])), ("x-timestamp", time)]
            }
            "openzeppelin-defender" => {
                let mut signed = compact(body);
                signed.pop();
                signed.extend(format!(",\"timestamp\":\"{}\"}}", self.iso()).bytes());
                vec![("defender-signature", self.hex(&[&signed])), ("defender-timestamp", self.iso())]
            }
            "quicknode" if self.endpoint == "quickalerts" => {
                let (nonce, hash) = (format!("nonce-{}", self.number), hex::encode(digest(&SHA256, body)));
                let tag = hex::decode(self.hex(&[nonce.as_bytes(), hash.as_bytes(), stamp])).unwrap();
                let tag = STANDARD.encode(tag);
                vec![
                    ("x-qn-nonce", nonce),
                    ("x-qn-content-hash", hash),
                    ("x-qn-signature", tag),
                    ("x-qn-timestamp", time),
                ]
            }
            "quicknode" => {
                let nonce = format!("nonce-{}", self.number);
                let tag = self.hex(&[nonce.as_bytes(), stamp, body]);
                vec![("x-qn-nonce", nonce), ("x-qn-signature", tag), ("x-qn-timestamp", time)]
            }
            "sendgrid" if self.endpoint == "inbound" => {
                vec![("authorization", format!("Basic {}", STANDARD.encode(format!("holdfast:{}", self.text()))))]
            }
            "sendgrid" => {
                let signature = pair(self.forged).sign(&SystemRandom::new(), &[stamp, body].concat()).unwrap();
                vec![
                    ("x-twilio-email-event-webhook-signature", STANDARD.encode(signature.as_ref())),
                    ("x-twilio-email-event-webhook-timestamp", time),
                ]
            }
            "postmark" => {
                vec![("authorization", format!("Basic {}", STANDARD.encode(format!("holdfast:{}", self.text()))))]
            }
            "okta" | "auth0" => vec![("authorization", self.text().to_owned())],
            "telegram" => vec![("x-telegram-bot-api-secret-token", self.text().to_owned())],
            "thinkst-canary" => vec![("x-canary-key", self.text().to_owned())],
            "aws-guardduty" | "aws-cloudtrail" | "aws-securityhub" | "falco" | "wazuh" | "elastalert" | "datadog"
            | "push-security" => vec![("x-api-key", self.text().to_owned())],
            "prometheus-alertmanager"
            | "ocsf"
            | "forta"
            | "blockaid"
            | "chainalysis"
            | "cloudevents"
            | "microsoft-entra"
            | "splunk"
            | "thehive"
            | "aws-sns-relay" => vec![("authorization", format!("Bearer {}", self.text()))],
            other => panic!("no way to sign for {other}"),
        }
    }

    /// A notification as the topic of the test signs it; what is no JSON stays as it is.
    fn notified(&self) -> Vec<u8> {
        let Ok(Value::Object(mut body)) = serde_json::from_slice(&self.body) else { return self.body.clone() };
        body.insert("TopicArn".to_owned(), json!(TOPIC));
        body.insert("Timestamp".to_owned(), json!(self.iso()));
        body.insert("SignatureVersion".to_owned(), json!("2"));
        let names: &[&str] = match body.get("Type").and_then(Value::as_str) {
            Some("Notification") => &["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"],
            _ => &["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"],
        };
        let member = |name: &&str| Some(format!("{name}\n{}\n", body.get(*name)?.as_str()?));
        let signed: String = names.iter().filter_map(member).collect();
        let pair = RsaKeyPair::from_pkcs8(include_bytes!("rsa.pk8")).unwrap();
        let mut signature = vec![0; pair.public().modulus_len()];
        pair.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), signed.as_bytes(), &mut signature).unwrap();
        signature[9] ^= u8::from(self.forged);
        body.insert("Signature".to_owned(), json!(STANDARD.encode(signature)));
        serde_json::to_vec(&body).unwrap()
    }

    /// A mail event with time, token and signature made anew.
    fn mailed(&self) -> Vec<u8> {
        let (time, token) = (self.seconds.to_string(), format!("token{}", self.number));
        let signature = self.hex(&[time.as_bytes(), token.as_bytes()]);
        if self.is_form() {
            let more = format!("&timestamp={time}&token={token}&signature={signature}");
            return [self.body.clone(), more.into_bytes()].concat();
        }
        let Ok(Value::Object(mut body)) = serde_json::from_slice(&self.body) else { return self.body.clone() };
        body.insert("signature".to_owned(), json!({"timestamp": time, "token": token, "signature": signature}));
        serde_json::to_vec(&body).unwrap()
    }
}

fn form_urlencoded(body: &[u8]) -> Vec<(String, String)> {
    url::form_urlencoded::parse(body).map(|(name, value)| (name.into_owned(), value.into_owned())).collect()
}
