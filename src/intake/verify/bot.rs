//! How the bots of staff chats prove what they pass on: Slack, Feishu and Lark, `DingTalk`.
//!
//! Slack signs time and body. Feishu makes a plain SHA-256 with its key in the middle: it could be carried on from its
//! result, so nothing may follow the body's one object. `DingTalk` signs the time alone: whoever asks has to take each of
//! its signatures once.

use base64::{Engine, engine::general_purpose::STANDARD};
use ring::digest::{Context, SHA256};

use super::stamp::{Stamp, TOLERANCE_SECONDS, Unit};
use super::{Delivery, Fault, Header, Key, KeyForm, LIVE_SECRETS, Refused, Secret, Strength, Verified, each, spend};

const SLACK: [Header; 2] = [Header::known("x-slack-signature"), Header::known("x-slack-request-timestamp")];
const FEISHU: [Header; 3] = [
    Header::known("x-lark-signature"),
    Header::known("x-lark-request-timestamp"),
    Header::known("x-lark-request-nonce"),
];
const DINGTALK: [Header; 2] = [Header::known("sign"), Header::known("timestamp")];

/// Whose bot it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chat {
    Slack,
    Feishu,
    DingTalk,
}

/// A bot with its live secrets: Slack's signing secret, Feishu's encrypt key, `DingTalk`'s app secret.
pub struct Bot {
    pub chat: Chat,
    keys: Vec<Key>,
}

struct Claim<'a> {
    tag: Option<[u8; 32]>,
    stamp: Stamp<'a>,
    nonce: &'a str,
}

impl Bot {
    /// A bot; one secret, or two while it is being changed.
    pub fn new(chat: Chat, secrets: &[Secret]) -> Result<Self, Fault> {
        match secrets.len() {
            0 => Err(Fault::NoSecret),
            count if count > LIVE_SECRETS => Err(Fault::TooManySecrets(count)),
            _ => Ok(Self { chat, keys: each(secrets, |secret| Key::decode(secret, KeyForm::Text))? }),
        }
    }

    /// Tells whether a delivery comes from this bot; its id is the signature, which is to be taken once. Every refusal costs
    /// the same passes over the body (HK-05).
    pub fn verify(&self, delivery: &Delivery<'_>) -> Result<Verified, Refused> {
        let mut passes = 0;
        let outcome = self.decide(delivery, &mut passes);
        if outcome.is_err() {
            spend(delivery.body, LIVE_SECRETS.saturating_sub(passes));
        }
        outcome
    }

    fn decide(&self, delivery: &Delivery<'_>, passes: &mut usize) -> Result<Verified, Refused> {
        let claim = self.read(delivery)?;
        let presented = claim.tag.ok_or(Refused::Malformed)?;
        *passes = self.keys.len();
        let mut proven = false;
        for key in &self.keys {
            proven |= key.equal(&self.tag(key, &claim, delivery.body), &presented);
        }
        if !proven {
            return Err(Refused::BadSignature);
        }
        claim.stamp.within(delivery.now_ms)?;
        let strength = match self.chat {
            Chat::Slack | Chat::Feishu => Strength::Signed,
            Chat::DingTalk => Strength::SignedInPart,
        };
        Ok(Verified { id: Some(hex::encode(presented)), signed_at: Some(claim.stamp.at_ms), strength })
    }

    fn read<'a>(&self, delivery: &Delivery<'a>) -> Result<Claim<'a>, Refused> {
        let headers = delivery.headers;
        let whole = |bytes: Option<Vec<u8>>| bytes.and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
        match self.chat {
            Chat::Slack => {
                let [signature, time] = &SLACK;
                let tag = signature.only_text(headers)?.strip_prefix("v0=").and_then(|text| hex::decode(text).ok());
                let stamp = Stamp::read(time.only_text(headers)?, Unit::Seconds, TOLERANCE_SECONDS)?;
                Ok(Claim { tag: whole(tag), stamp, nonce: "" })
            }
            Chat::Feishu => {
                let [signature, time, nonce] = &FEISHU;
                let tag = hex::decode(signature.only_text(headers)?).ok();
                let stamp = Stamp::read(time.only_text(headers)?, Unit::Seconds, TOLERANCE_SECONDS)?;
                Ok(Claim { tag: whole(tag), stamp, nonce: nonce.only_text(headers)? })
            }
            Chat::DingTalk => {
                let [signature, time] = &DINGTALK;
                let tag = STANDARD.decode(signature.only_text(headers)?).ok();
                let stamp = Stamp::read(time.only_text(headers)?, Unit::Milliseconds, TOLERANCE_SECONDS)?;
                Ok(Claim { tag: whole(tag), stamp, nonce: "" })
            }
        }
    }

    fn tag(&self, key: &Key, claim: &Claim<'_>, body: &[u8]) -> Vec<u8> {
        let time = claim.stamp.text.as_bytes();
        match self.chat {
            Chat::Slack => key.tag(&[b"v0:", time, b":", body]).as_ref().to_vec(),
            Chat::Feishu => {
                let mut hash = Context::new(&SHA256);
                for part in [time, claim.nonce.as_bytes(), key.bytes(), body] {
                    hash.update(part);
                }
                hash.finish().as_ref().to_vec()
            }
            Chat::DingTalk => key.tag(&[time, b"\n", key.bytes()]).as_ref().to_vec(),
        }
    }

    /// The keys that Feishu packs its bodies under.
    pub(in crate::intake) fn packing(&self) -> impl Iterator<Item = [u8; 32]> {
        self.keys.iter().map(|key| {
            let digest = ring::digest::digest(&SHA256, key.bytes());
            <[u8; 32]>::try_from(digest.as_ref()).expect("SHA-256 has 32 bytes")
        })
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderMap;

    use super::*;

    const NOW: i64 = 1_531_420_618_000;

    fn bot(chat: Chat, secret: &str) -> Bot {
        Bot::new(chat, &[Secret::new(secret.to_owned()).unwrap()]).unwrap()
    }

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
    }

    fn verify(bot: &Bot, (headers, body): (&HeaderMap, &[u8]), now_ms: i64) -> Result<Verified, Refused> {
        bot.verify(&Delivery { url: "", client: None, headers, body, now_ms })
    }

    /// The example of Slack's own documentation.
    #[test]
    fn slacks_own_example_is_taken_and_one_changed_byte_is_not() {
        let bot = bot(Chat::Slack, "8f742231b10e8888abcd99yyyzzz85a5");
        let body = b"token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";
        let sign = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503";
        let signed = headers(&[("x-slack-signature", sign), ("x-slack-request-timestamp", "1531420618")]);
        assert!(verify(&bot, (&signed, body), NOW).is_ok());
        assert_eq!(verify(&bot, (&signed, &body[1..]), NOW), Err(Refused::BadSignature));
        assert_eq!(verify(&bot, (&signed, body), NOW + 301_000), Err(Refused::Stale));
        assert_eq!(verify(&bot, (&signed, body), NOW - 301_000), Err(Refused::Future));
        assert_eq!(verify(&bot, (&HeaderMap::new(), body), NOW), Err(Refused::MissingHeader));
        for bad in ["v0=", "v0=a2", "v1=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503", ""] {
            let forged = headers(&[("x-slack-signature", bad), ("x-slack-request-timestamp", "1531420618")]);
            assert!(verify(&bot, (&forged, body), NOW).is_err(), "{bad}");
        }
    }

    #[test]
    fn feishu_and_dingtalk_are_taken_under_their_key_alone() {
        let lark = bot(Chat::Feishu, "encrypt-key");
        let digest = ring::digest::digest(&SHA256, b"1531420618nonce-1encrypt-key{}");
        let sign = hex::encode(digest.as_ref());
        let signed = headers(&[
            ("x-lark-signature", &sign),
            ("x-lark-request-timestamp", "1531420618"),
            ("x-lark-request-nonce", "nonce-1"),
        ]);
        assert!(verify(&lark, (&signed, b"{}"), NOW).is_ok());
        assert_eq!(verify(&lark, (&signed, b"{ }"), NOW), Err(Refused::BadSignature));
        assert_eq!(verify(&bot(Chat::Feishu, "another"), (&signed, b"{}"), NOW), Err(Refused::BadSignature));

        let ding = bot(Chat::DingTalk, "app-secret");
        let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, b"app-secret");
        let sign = STANDARD.encode(ring::hmac::sign(&key, b"1531420618000\napp-secret"));
        let signed = headers(&[("sign", &sign), ("timestamp", "1531420618000")]);
        let taken = verify(&ding, (&signed, b"anything"), NOW).unwrap();
        assert_eq!(taken.strength, Strength::SignedInPart, "the body is not signed, and it is known");
        assert_eq!(verify(&ding, (&signed, b"anything"), NOW + 300_001), Err(Refused::Stale));
        assert_eq!(verify(&bot(Chat::DingTalk, "another"), (&signed, b""), NOW), Err(Refused::BadSignature));
    }
}
