//! Mail: plain text through the operator's own server, over a connection to an address that the guard checked.

use std::time::{Duration, SystemTime};

use lettre::address::Envelope;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message};
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{AsyncSmtpConnection, Certificate, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use zeroize::Zeroizing;

use super::words::Words;
use super::{Channel, Sent, escape};
use crate::outbox::client::{CONNECT, Caller, WAIT};
use crate::respond::Matter;
use crate::respond::orders::Returned;
use crate::time::Timestamp;

/// How the connection is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tls {
    /// From the first byte, as on port 465.
    FromTheStart,
    /// By STARTTLS, which the server must offer.
    Upgraded,
    /// Not at all; for a server of one's own on the same network.
    None,
}

/// A mail server of the operator. Not `Debug`: it holds a password.
pub struct MailServer {
    pub host: String,
    pub port: u16,
    pub tls: Tls,
    pub from: Mailbox,
    /// Whom alarms go to.
    pub to: Vec<Mailbox>,
    pub login: Option<(String, Zeroizing<String>)>,
    /// A certificate of one's own authority, PEM.
    pub authority: Option<Vec<u8>>,
}

/// The letter has no form that a mail server would take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unfit;

/// A mail as it leaves.
pub struct MailLetter {
    pub envelope: Envelope,
    pub bytes: Vec<u8>,
}

impl MailServer {
    /// The mail that a letter is.
    pub fn letter(&self, channel: &Channel, sent: &Sent<'_>) -> Result<MailLetter, Unfit> {
        let builder = Message::builder()
            .from(self.from.clone())
            .date(moment(sent.now))
            .message_id(Some(format!("<{}@{}>", sent.key, self.from.email.domain())))
            .header(ContentType::TEXT_PLAIN)
            .raw_header(raw("Auto-Submitted", "auto-generated"));
        let (builder, text) = match sent.matter {
            Matter::Alarm(alarm) => {
                let words = Words::of(alarm, channel.language, &channel.templates);
                let builder = self.to.iter().cloned().fold(builder, lettre::message::MessageBuilder::to);
                let text = format!("{}\n\n{}\n{}\n", words.title, words.advice, words.link);
                (builder.subject(escape::plain(&words.title)), text)
            }
            Matter::Notice(notice) => {
                let to: Mailbox = notice.to.parse().map_err(|_| Unfit)?;
                let builder = builder
                    .to(to)
                    .subject(escape::plain(&notice.subject))
                    .raw_header(raw("List-Unsubscribe", &format!("<{}>", escape::plain(&notice.stop))))
                    .raw_header(raw("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"));
                (builder, format!("{}\n\n{}\n", notice.text, escape::plain(&channel.brand)))
            }
            Matter::Account(letter) => {
                let to: Mailbox = letter.to.parse().map_err(|_| Unfit)?;
                let builder = builder.to(to).subject(escape::plain(&letter.subject));
                (builder, format!("{}\n\n{}\n", letter.text, escape::plain(&channel.brand)))
            }
        };
        let message = builder.body(text).map_err(|_| Unfit)?;
        Ok(MailLetter { envelope: message.envelope().clone(), bytes: message.formatted() })
    }
}

fn raw(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

fn moment(at: Timestamp) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_millis(u64::try_from(at.millis()).unwrap_or(0))
}

/// Hands a mail over once.
pub async fn deliver(caller: &Caller, server: &MailServer, letter: &MailLetter) -> Returned {
    let handing_over = async {
        let mut connection = match connect(caller, server).await {
            Ok(connection) => connection,
            Err(word) => return Returned::Unreached(word),
        };
        let returned = match connection.send(&letter.envelope, &letter.bytes).await {
            Ok(_) => Returned::Taken,
            Err(error) if error.is_permanent() => Returned::Unwanted("refused"),
            Err(error) if error.is_transient() => Returned::Silence("busy"),
            Err(_) => Returned::Silence("cut-off"),
        };
        // It was taken or not; how the other side says goodbye changes nothing.
        drop(connection.quit().await);
        returned
    };
    tokio::time::timeout(WAIT, handing_over).await.unwrap_or(Returned::Silence("late"))
}

/// A connection that is protected and logged in as the settings want; nothing of a letter has left.
pub async fn connect(caller: &Caller, server: &MailServer) -> Result<AsyncSmtpConnection, &'static str> {
    let addresses = caller.addresses(&server.host, server.port).await?;
    let hello = ClientId::Domain(server.from.email.domain().to_owned());
    let tls = match server.tls {
        Tls::None => None,
        Tls::FromTheStart | Tls::Upgraded => Some(parameters(server)?),
    };
    let at_once = tls.clone().filter(|_| server.tls == Tls::FromTheStart);
    let connected = AsyncSmtpConnection::connect_tokio1(&*addresses, Some(CONNECT), &hello, at_once, None);
    let mut connection = connected.await.map_err(|_| "no-connection")?;
    if let (Tls::Upgraded, Some(tls)) = (server.tls, tls) {
        if !connection.can_starttls() {
            return Err("no-starttls");
        }
        connection.starttls(tls, &hello).await.map_err(|_| "no-tls")?;
    }
    if let Some((user, password)) = &server.login {
        let credentials = Credentials::new(user.clone(), password.as_str().to_owned());
        connection.auth(&[Mechanism::Plain, Mechanism::Login], &credentials).await.map_err(|_| "not-let-in")?;
    }
    Ok(connection)
}

fn parameters(server: &MailServer) -> Result<TlsParameters, &'static str> {
    let mut builder = TlsParameters::builder(server.host.clone());
    if let Some(pem) = &server.authority {
        builder = builder.add_root_certificate(Certificate::from_pem(pem).map_err(|_| "certificate")?);
    }
    builder.build().map_err(|_| "certificate")
}
