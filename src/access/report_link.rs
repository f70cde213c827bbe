//! Signed links by which a wallet app opens the report page with account, wallet, language and words filled in.
//!
//! A link is `app.payload.tag`: the app's name, base64url of a JSON object, and base64url of HMAC-SHA-256 over the two as
//! they stand, under a key that only this app and this house have. The bytes that were signed are the bytes that travel,
//! so there is no second way to write them, and the purpose in front keeps a tag of anything else from passing for one.

use std::collections::BTreeMap;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use ring::hmac;
use serde::{Deserialize, Serialize};

use crate::signal::Wallet;
use crate::time::{Span, Timestamp};

/// What is signed begins with this.
const PURPOSE: &str = "holdfast report link 1";
/// Characters of a whole link: it has to fit into an address.
const LONGEST: usize = 4_000;
/// A link is made when somebody presses a button, so it need not last; one that leaks is soon worth nothing.
pub const LONGEST_LIFE: Span = Span::from_minutes(24 * 60);
/// How long after its end the form that a link opened can still be sent: frightened people write slowly.
pub const WRITING: Span = Span::from_minutes(2 * 60);
/// Bytes of a key's text.
const SHORTEST_KEY: usize = 32;
/// Keys of one app that are live at a time, which is while one is being changed.
const LIVE_KEYS: usize = 2;

/// What a link fills in. Everything but its end is optional. Not `Debug`: it names a person's account.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReportLink {
    /// When it ends, in seconds since 1970; at most a day ahead.
    pub until: i64,
    /// The account that is signed in to the app.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wallet: Option<LinkWallet>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// What happened, as the app words it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// A wallet in a link.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinkWallet {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chain: Option<String>,
    pub address: String,
}

impl From<LinkWallet> for Wallet {
    fn from(wallet: LinkWallet) -> Self {
        Self { chain: wallet.chain, address: wallet.address }
    }
}

/// Why a link fills in nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotALink {
    #[error("not a link that one of the apps signed")]
    Forged,
    #[error("over, or good for longer than a day")]
    Over,
}

impl NotALink {
    /// For the author of an app, who has to mend it.
    pub fn rule(self) -> &'static str {
        match self {
            Self::Forged => "a link that a known app signed with a live key",
            Self::Over => "a link that is not over, at most a day long; leave the header out to report without it",
        }
    }

    /// The label of the counter.
    pub fn label(self) -> &'static str {
        match self {
            Self::Forged => "forged",
            Self::Over => "over",
        }
    }
}

/// A key that cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadKey {
    #[error("a key has at least {SHORTEST_KEY} characters")]
    Short,
    #[error("one key, or two while one is being changed")]
    Count,
}

/// The keys of one app, the current one first. Has no `Debug`.
pub struct AppKeys(Vec<hmac::Key>);

impl AppKeys {
    /// Takes the texts of the live keys.
    pub fn new(texts: &[impl AsRef<str>]) -> Result<Self, BadKey> {
        if texts.is_empty() || texts.len() > LIVE_KEYS {
            return Err(BadKey::Count);
        }
        if texts.iter().any(|text| text.as_ref().len() < SHORTEST_KEY) {
            return Err(BadKey::Short);
        }
        Ok(Self(texts.iter().map(|text| hmac::Key::new(hmac::HMAC_SHA256, text.as_ref().as_bytes())).collect()))
    }

    /// The text of a link, signed with the current key.
    pub fn sign(&self, app: &str, link: &ReportLink) -> String {
        let payload = BASE64_URL_SAFE_NO_PAD.encode(serde_json::to_vec(link).expect("a link is plain data"));
        let tag = hmac::sign(&self.0[0], signed(app, &payload).as_bytes());
        format!("{app}.{payload}.{}", BASE64_URL_SAFE_NO_PAD.encode(tag))
    }
}

fn signed(app: &str, payload: &str) -> String {
    format!("{PURPOSE}\n{app}\n{payload}")
}

/// An app that may sign links.
pub struct App {
    /// As people know it.
    pub title: String,
    pub keys: AppKeys,
}

/// Every app that may sign links, by name.
#[derive(Default)]
pub struct Apps(pub BTreeMap<String, App>);

/// A link that an app signed and that is not over.
pub struct OpenedLink<'a> {
    pub app: &'a str,
    pub title: &'a str,
    pub link: ReportLink,
}

impl Apps {
    /// Reads a link. `grace` lengthens its life, for the form that it opened.
    pub fn open(&self, text: &str, (now, grace): (Timestamp, Span)) -> Result<OpenedLink<'_>, NotALink> {
        if text.len() > LONGEST {
            return Err(NotALink::Forged);
        }
        let mut parts = text.split('.');
        let (Some(name), Some(payload), Some(tag), None) = (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(NotALink::Forged);
        };
        let (name, app) = self.0.get_key_value(name).ok_or(NotALink::Forged)?;
        let tag = BASE64_URL_SAFE_NO_PAD.decode(tag).map_err(|_| NotALink::Forged)?;
        let bytes = signed(name, payload);
        if !app.keys.0.iter().any(|key| hmac::verify(key, bytes.as_bytes(), &tag).is_ok()) {
            return Err(NotALink::Forged);
        }
        let payload = BASE64_URL_SAFE_NO_PAD.decode(payload).map_err(|_| NotALink::Forged)?;
        let link: ReportLink = serde_json::from_slice(&payload).map_err(|_| NotALink::Forged)?;
        let until = Timestamp::from_millis(link.until.saturating_mul(1_000));
        if until.plus(grace) < now || until > now.plus(LONGEST_LIFE) {
            return Err(NotALink::Over);
        }
        Ok(OpenedLink { app: name, title: &app.title, link })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const KEY: &str = "0123456789abcdef0123456789abcdef0123456789abcdef";
    const OLD: &str = "fedcba9876543210fedcba9876543210fedcba9876543210";
    const NOW: Timestamp = Timestamp::from_millis(1_772_442_000_000);
    const SOON: i64 = 1_772_442_000 + 900;

    fn apps(keys: &[&str]) -> Apps {
        let app = |title: &str| App { title: title.to_owned(), keys: AppKeys::new(keys).unwrap() };
        Apps([("wallet".to_owned(), app("Wallet")), ("other".to_owned(), app("Other"))].into())
    }

    fn link() -> ReportLink {
        ReportLink { until: SOON, account: Some("u-1001".to_owned()), ..ReportLink::default() }
    }

    fn opens(apps: &Apps, text: &str, now: Timestamp) -> Result<ReportLink, NotALink> {
        apps.open(text, (now, Span::from_minutes(0))).map(|opened| opened.link)
    }

    #[test]
    fn a_link_opens_with_either_live_key_and_says_what_was_signed() {
        let text = AppKeys::new(&[OLD]).unwrap().sign("wallet", &link());
        let apps = apps(&[KEY, OLD]);
        let opened = apps.open(&text, (NOW, WRITING)).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!((opened.app, opened.title), ("wallet", "Wallet"));
        assert!(opened.link == link());
        assert!(opens(&super::tests::apps(&[KEY]), &text, NOW) == Err(NotALink::Forged), "a key that is gone");
    }

    /// An independent writer of links, as an app's developer would be: fixed bytes, fixed tag.
    #[test]
    fn the_bytes_that_are_signed_are_the_ones_that_are_documented() {
        let payload = r#"{"until":1772442900,"account":"u-1001"}"#;
        let encoded = BASE64_URL_SAFE_NO_PAD.encode(payload);
        let key = hmac::Key::new(hmac::HMAC_SHA256, KEY.as_bytes());
        let tag = hmac::sign(&key, format!("holdfast report link 1\nwallet\n{encoded}").as_bytes());
        let text = format!("wallet.{encoded}.{}", BASE64_URL_SAFE_NO_PAD.encode(tag));
        assert_eq!(AppKeys::new(&[KEY]).unwrap().sign("wallet", &link()), text);
        assert!(opens(&apps(&[KEY]), &text, NOW) == Ok(link()));
    }

    #[test]
    fn a_link_ends_and_none_is_good_for_more_than_a_day() {
        let apps = apps(&[KEY]);
        let text = AppKeys::new(&[KEY]).unwrap().sign("wallet", &link());
        let after = |minutes: i64| NOW.plus(Span::from_minutes(minutes));
        assert!(opens(&apps, &text, after(15)).is_ok());
        assert!(opens(&apps, &text, after(16)) == Err(NotALink::Over));
        assert!(apps.open(&text, (after(130), WRITING)).is_ok(), "the form that it opened is sent later");
        assert!(apps.open(&text, (after(136), WRITING)).is_err());
        for until in [SOON + 86_400, i64::MAX, i64::MIN, 0] {
            let text = AppKeys::new(&[KEY]).unwrap().sign("wallet", &ReportLink { until, ..link() });
            assert!(opens(&apps, &text, NOW) == Err(NotALink::Over), "{until}");
        }
    }

    #[test]
    fn keys_are_long_and_few() {
        assert_eq!(AppKeys::new(&["short"]).err(), Some(BadKey::Short));
        assert_eq!(AppKeys::new(&[KEY, KEY, KEY]).err(), Some(BadKey::Count));
        assert_eq!(AppKeys::new(&[] as &[&str]).err(), Some(BadKey::Count));
    }

    proptest! {
        #[test]
        fn no_changed_character_leaves_a_link_that_opens(at in any::<prop::sample::Index>(), to in "[0-9A-Za-z_.-]") {
            let text = AppKeys::new(&[KEY]).unwrap().sign("wallet", &link());
            let at = at.index(text.len());
            let changed = format!("{}{to}{}", &text[..at], &text[at + 1..]);
            prop_assume!(changed != text);
            // The last letter of base64 carries spare bits, which the decoder refuses when they are set.
            prop_assert!(opens(&apps(&[KEY]), &changed, NOW).is_err());
        }

        #[test]
        fn no_text_is_a_link(text in any::<String>()) {
            prop_assert!(opens(&apps(&[KEY]), &text, NOW).is_err());
        }

        #[test]
        fn a_link_of_one_app_is_none_of_another(account in "\\PC{1,40}") {
            let text = AppKeys::new(&[KEY]).unwrap().sign("wallet", &ReportLink { account: Some(account), ..link() });
            let moved = text.replacen("wallet", "other", 1);
            prop_assert!(opens(&apps(&[KEY]), &moved, NOW).is_err());
        }
    }
}
