//! What staff write to a bot in a chat, from raw bytes to what they ask for. What may be asked, and of whom, is `respond`'s.
//!
//! A bot speaks for an organisation of many; who writes is only as sure as their chat account. What a chat passes on beside
//! who, which call and what text (names, addresses to answer to) is not looked at.

mod bodies;
mod packed;
mod words;

use axum::http::HeaderMap;
use zeroize::Zeroizing;

pub use self::words::{Asked, read};
use super::verify::{Bot, Chat, Delivery, Refused, refuse_in_the_same_time};
use crate::respond::chat::Call;
use crate::text::Language;
use crate::time::Timestamp;

/// The bot of a chat that staff write to. Not `Debug`: it holds secrets.
pub struct Desk {
    pub name: String,
    /// What it answers in when nothing else tells.
    pub language: Language,
    /// Whether it is being connected: only then Feishu's challenge is answered.
    pub set_up: bool,
    pub bot: Bot,
    /// Feishu's verification token, which each of its events holds.
    pub token: Option<Zeroizing<String>>,
    /// The app whose events these are, where the chat says it.
    pub app: Option<String>,
}

/// What a delivery is.
pub enum Heard {
    /// Somebody wrote something.
    Asked {
        call: Call,
        language: Language,
        /// Whom the answer goes to, as the chat names them.
        to: String,
    },
    /// The chat asks whether we are there; this is to be given back.
    Challenge(String),
    /// Nothing that anybody asked: another event, a picture, a bot.
    Nothing,
}

/// What a body says once it is known for the bot's.
struct Said {
    member: String,
    to: String,
    /// The id of the call, where the chat gives one.
    id: Option<String>,
    text: String,
}

impl Desk {
    /// Reads a delivery, once it is proved to be the bot's.
    pub fn hear(&self, (headers, body): (&HeaderMap, &[u8]), now: Timestamp) -> Result<Heard, Refused> {
        if self.bot.chat == Chat::Feishu
            && self.set_up
            && let Some(challenge) = self.challenge(body)
        {
            return Ok(Heard::Challenge(challenge));
        }
        let delivery = Delivery { url: "", client: None, headers, body, now_ms: now.millis() };
        let verified = self.bot.verify(&delivery)?;
        let said = match self.bot.chat {
            Chat::Slack => bodies::slack(body),
            Chat::DingTalk => bodies::dingtalk(body),
            Chat::Feishu => self.unpacked(body).ok_or(Refused::Malformed).and_then(|body| self.event(&body)),
        };
        let Some(said) = said? else { return Ok(Heard::Nothing) };
        let asked = read(&said.text, self.language);
        // The signature is the call's own; a chat that sends a call again signs it anew and keeps its id.
        let marks = verified.id.into_iter().chain(said.id.map(|id| format!("id {id}"))).collect();
        let call = Call { chat: self.name.clone(), member: said.member, marks, ask: asked.ask };
        Ok(Heard::Asked { call, language: asked.language, to: said.to })
    }

    /// Feishu's packed body, under whichever of the keys fits.
    fn unpacked(&self, body: &[u8]) -> Option<Vec<u8>> {
        self.bot.packing().find_map(|key| packed::open(&key, body))
    }

    /// The challenge that Feishu sends once, when its console is told our address. It proves itself by the key that it is
    /// packed under and by the token.
    fn challenge(&self, body: &[u8]) -> Option<String> {
        let (token, challenge) = bodies::challenge(&self.unpacked(body)?)?;
        self.is_token(&token).then_some(challenge)
    }

    fn event(&self, body: &[u8]) -> Result<Option<Said>, Refused> {
        let event = bodies::feishu(body)?;
        if !self.is_token(&event.token) || self.app.as_ref().is_some_and(|app| *app != event.app) {
            return Err(Refused::BadSignature);
        }
        Ok(event.said)
    }

    fn is_token(&self, shown: &str) -> bool {
        let Some(token) = &self.token else { return true };
        let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, token.as_bytes());
        ring::hmac::verify(&key, shown.as_bytes(), ring::hmac::sign(&key, token.as_bytes()).as_ref()).is_ok()
    }
}

/// Spends the time of a refusal, for a chat that is not there (HK-05).
pub fn refuse_unknown(body: &[u8]) {
    refuse_in_the_same_time(body);
}
