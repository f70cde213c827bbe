//! Keyed digests: the same value gives the same digest only for the same purpose, field and installation (CRY-06).

use ring::{hkdf, hmac};

use super::derive;

/// What a digest is for; each has a key of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    Lookup,
    CaseLink,
    CaseCode,
    Session,
    Idempotency,
    Csrf,
    Effort,
    /// Check numbers under messages of ours.
    MessageMark,
    /// The words that the holder of a case chose.
    CasePhrase,
    /// Devices that staff signed in from.
    Device,
    /// Keys under which a backend carries an order out once.
    OrderKey,
    /// The address by which the holder of a case stops mails.
    MailStop,
    /// Codes that link somebody in a chat to a person on the staff.
    ChatCode,
    /// What a sign-in at an issuer is known by, and who somebody is there.
    Federated,
}

/// The digest keys.
pub struct Digests {
    lookup: hmac::Key,
    case_link: hmac::Key,
    case_code: hmac::Key,
    session: hmac::Key,
    idempotency: hmac::Key,
    csrf: hmac::Key,
    effort: hmac::Key,
    message_mark: hmac::Key,
    case_phrase: hmac::Key,
    device: hmac::Key,
    order_key: hmac::Key,
    mail_stop: hmac::Key,
    chat_code: hmac::Key,
    federated: hmac::Key,
}

impl Digests {
    pub(super) fn new(root: &hkdf::Prk) -> Self {
        let key = |label| hmac::Key::new(hmac::HMAC_SHA256, &derive(root, label));
        Self {
            lookup: key("lookup"),
            case_link: key("case-link"),
            case_code: key("case-code"),
            session: key("session"),
            idempotency: key("idempotency"),
            csrf: key("csrf"),
            effort: key("effort"),
            message_mark: key("message-mark"),
            case_phrase: key("case-phrase"),
            device: key("device"),
            order_key: key("order-key"),
            mail_stop: key("mail-stop"),
            chat_code: key("chat-code"),
            federated: key("federated"),
        }
    }

    fn key(&self, purpose: Purpose) -> &hmac::Key {
        match purpose {
            Purpose::Lookup => &self.lookup,
            Purpose::CaseLink => &self.case_link,
            Purpose::CaseCode => &self.case_code,
            Purpose::Session => &self.session,
            Purpose::Idempotency => &self.idempotency,
            Purpose::Csrf => &self.csrf,
            Purpose::Effort => &self.effort,
            Purpose::MessageMark => &self.message_mark,
            Purpose::CasePhrase => &self.case_phrase,
            Purpose::Device => &self.device,
            Purpose::OrderKey => &self.order_key,
            Purpose::MailStop => &self.mail_stop,
            Purpose::ChatCode => &self.chat_code,
            Purpose::Federated => &self.federated,
        }
    }

    /// The digest of a field's value in its normal form, 64 hex digits.
    pub fn of(&self, purpose: Purpose, field: &str, value: &str) -> String {
        let mut context = hmac::Context::with_key(self.key(purpose));
        context.update(field.as_bytes());
        context.update(&[0]);
        context.update(value.as_bytes());
        hex::encode(context.sign())
    }

    /// Whether a value has a digest, in constant time.
    pub fn fits(&self, purpose: Purpose, (field, value): (&str, &str), digest: &str) -> bool {
        let mut text = field.as_bytes().to_vec();
        text.push(0);
        text.extend_from_slice(value.as_bytes());
        hex::decode(digest).is_ok_and(|digest| hmac::verify(self.key(purpose), &text, &digest).is_ok())
    }
}
