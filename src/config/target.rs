//! Where staff are told and people are written from: `[[target]]` with how it is spoken to. Addresses and secrets are never
//! shown.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, anyhow, bail};
use lettre::message::Mailbox;
use serde::{Deserialize, Serialize};
use url::Url;
use zeroize::Zeroizing;

use super::{Config, secret};
use crate::intake::verify::{Allowed, Key, KeyForm, Secret};
use crate::outbox::Target as Backend;
use crate::outbox::channel::{Channel, Form, MailServer, Tls};
use crate::outbox::guard::{address_of, is_nearby, is_refused};
use crate::respond::alarms;
use crate::text::Language;
use crate::time::Span;

const TELEGRAM: &str = "https://api.telegram.org";
const PAGERDUTY: &str = "https://events.pagerduty.com/v2/enqueue";

/// How a target is spoken to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Events,
    Slack,
    Telegram,
    Feishu,
    DingTalk,
    WeCom,
    PagerDuty,
    Mail,
}

/// A target.
#[derive(Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Target {
    pub name: String,
    pub kind: Kind,
    /// Where it is; left out where the kind says so, or where the address is itself a secret.
    #[serde(default)]
    pub url: String,
    pub url_file: Option<PathBuf>,
    pub url_env: Option<String>,
    pub secret_file: Option<PathBuf>,
    pub secret_env: Option<String>,
    /// Networks that are not public in which it may lie.
    #[serde(default)]
    pub networks: Vec<String>,
    #[serde(default = "english")]
    pub language: Language,
    /// Alarms from level 1 up to this go there.
    #[serde(default)]
    pub alarms: u8,
    /// Minutes for which an alarm has to be unseen before.
    #[serde(default)]
    pub after_minutes: u16,
    /// Minutes after which it is told again while unseen; 0: once.
    #[serde(default)]
    pub again_minutes: u16,
    /// Telegram: the chat.
    pub chat: Option<String>,
    /// Mail: whose name and address the mails carry.
    pub from: Option<String>,
    /// Mail: whom alarms go to.
    #[serde(default)]
    pub to: Vec<String>,
    /// Mail: who logs in, with the secret as password.
    pub user: Option<String>,
    /// Mail: whether people are written to through it.
    #[serde(default)]
    pub people: bool,
    /// Mail: no TLS at all, for a server on one's own network.
    #[serde(default)]
    pub plain: bool,
    /// Mail: the certificate of one's own authority.
    pub authority_file: Option<PathBuf>,
}

fn english() -> Language {
    Language::En
}

/// No address.
impl std::fmt::Debug for Target {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Target").field("name", &self.name).field("kind", &self.kind).finish_non_exhaustive()
    }
}

impl Target {
    /// Leaves of the address only where it is.
    pub(super) fn hide(&mut self) {
        if self.url.is_empty() {
            return;
        }
        let place = Url::parse(&self.url).ok().and_then(|url| Some(format!("{}://{}", url.scheme(), url.host_str()?)));
        self.url = place.map_or_else(|| "[not shown]".to_owned(), |place| format!("{place}/[not shown]"));
    }

    /// What is wrong with it that can be told without its secrets.
    fn check(&self) -> anyhow::Result<()> {
        let networks = Allowed::new(&self.networks).context("networks")?;
        if !self.url.is_empty() {
            self.place(&self.url, &networks)?;
        }
        if self.alarms > 5 {
            bail!("alarms: a level from 1 to 5, or 0 for none");
        }
        let is_mail = self.kind == Kind::Mail;
        if !is_mail && (self.people || self.plain || self.from.is_some() || !self.to.is_empty() || self.user.is_some())
        {
            bail!("people, plain, from, to and user are for mail alone");
        }
        if is_mail {
            if self.url.is_empty() {
                bail!("url: smtps://host, or smtp://host:587 with STARTTLS");
            }
            mailbox(self.from.as_deref().context("from: whose name and address the mails carry")?)?;
            for to in &self.to {
                mailbox(to)?;
            }
            if self.alarms > 0 && self.to.is_empty() {
                bail!("to: whom alarms go to");
            }
        }
        if self.kind == Kind::Telegram && self.chat.as_deref().is_none_or(str::is_empty) {
            bail!("chat: the number or @name of the chat");
        }
        if self.alarms == 0 && !self.people {
            bail!("alarms = 0 and people = false: nothing would ever go there");
        }
        Ok(())
    }

    fn place(&self, text: &str, networks: &Allowed) -> anyhow::Result<Url> {
        if self.kind != Kind::Mail {
            return Backend::address(text, networks).map_err(|bad| anyhow!("url: {bad}"));
        }
        let bad = || anyhow!("url: smtps://host or smtp://host:port of a public address, others only with `networks`");
        let url = Url::parse(text).map_err(|_| bad())?;
        let host = url.host_str().ok_or_else(bad)?.to_ascii_lowercase();
        let bare =
            url.username().is_empty() && url.password().is_none() && url.fragment().is_none() && url.query().is_none();
        let literal = address_of(&host);
        let fits = literal
            .is_none_or(|address| if networks.is_any() { !is_refused(address) } else { networks.holds(address) });
        if !bare || !fits || !matches!(url.scheme(), "smtp" | "smtps") || !matches!(url.path(), "" | "/") {
            return Err(bad());
        }
        if self.plain && (url.scheme() != "smtp" || !literal.is_some_and(is_nearby) || networks.is_any()) {
            bail!("plain: only for smtp:// and an address in `networks` of one's own");
        }
        let port = url.port().unwrap_or(if url.scheme() == "smtps" { 465 } else { 587 });
        Url::parse(&format!("{}://{host}:{port}", url.scheme())).map_err(|_| bad())
    }

    /// What the flow knows of it.
    pub fn known(&self) -> alarms::Channel {
        let minutes = |minutes: u16| Span::from_minutes(i64::from(minutes));
        alarms::Channel {
            name: self.name.clone(),
            alarms: self.alarms,
            after: minutes(self.after_minutes),
            again: minutes(self.again_minutes),
            follows: matches!(self.kind, Kind::Events | Kind::PagerDuty),
            notices: self.people,
        }
    }

    /// The target with its secrets.
    pub fn channel(&self, config: &Config) -> anyhow::Result<Channel> {
        self.made(config).with_context(|| format!("target {:?}", self.name))
    }

    fn made(&self, config: &Config) -> anyhow::Result<Channel> {
        let networks = Allowed::new(&self.networks).context("networks")?;
        let hidden = secret(self.url_file.as_deref(), self.url_env.as_deref())?;
        let text = match (&hidden, self.url.as_str(), self.kind) {
            (Some(hidden), "", _) => hidden.as_str(),
            (Some(_), ..) => bail!("an address comes from url, from url_file or from url_env"),
            (None, "", Kind::Telegram) => TELEGRAM,
            (None, "", Kind::PagerDuty) => PAGERDUTY,
            (None, "", _) => bail!("needs url, url_file or url_env"),
            (None, url, _) => url,
        };
        let url = self.place(text, &networks)?;
        let secret = secret(self.secret_file.as_deref(), self.secret_env.as_deref())?;
        let secret = secret.filter(|secret| !secret.is_empty());
        let form = self.form(&url, secret)?;
        Ok(Channel {
            name: self.name.clone(),
            url,
            networks,
            language: self.language,
            brand: config.brand.clone(),
            templates: Arc::new(config.templates().0),
            form,
        })
    }

    fn form(&self, url: &Url, secret: Option<Zeroizing<String>>) -> anyhow::Result<Form> {
        let needed = |secret: Option<Zeroizing<String>>| secret.context("needs secret_file or secret_env");
        Ok(match self.kind {
            Kind::Events => {
                let secret = Secret::new(needed(secret)?.to_string()).map_err(|fault| anyhow!("{fault}"))?;
                Form::Events { key: Key::decode(&secret, KeyForm::Whsec).map_err(|fault| anyhow!("{fault}"))? }
            }
            Kind::Slack => Form::Slack,
            Kind::WeCom => Form::WeCom,
            Kind::Feishu => Form::Feishu { secret },
            Kind::DingTalk => Form::DingTalk { secret },
            Kind::PagerDuty => Form::PagerDuty { routing: needed(secret)? },
            Kind::Telegram => {
                let token = needed(secret)?;
                let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b':' | b'_' | b'-');
                if !token.bytes().all(plain) {
                    bail!("the secret is not a bot token");
                }
                Form::Telegram { token, chat: self.chat.clone().unwrap_or_default() }
            }
            Kind::Mail => Form::Mail(Box::new(self.server(url, secret)?)),
        })
    }

    fn server(&self, url: &Url, secret: Option<Zeroizing<String>>) -> anyhow::Result<MailServer> {
        let tls = match (url.scheme(), self.plain) {
            ("smtps", _) => Tls::FromTheStart,
            (_, true) => Tls::None,
            (_, false) => Tls::Upgraded,
        };
        let login = match (&self.user, secret) {
            (Some(user), Some(password)) => Some((user.clone(), password)),
            (None, None) => None,
            (Some(_), None) => bail!("user: needs secret_file or secret_env"),
            (None, Some(_)) => bail!("a secret without user"),
        };
        if login.is_some() && tls == Tls::None {
            bail!("user: a password never leaves without TLS");
        }
        let authority = self.authority_file.as_ref().map(std::fs::read).transpose().context("authority_file")?;
        Ok(MailServer {
            host: url.host_str().unwrap_or_default().to_owned(),
            port: url.port().unwrap_or(465),
            tls,
            from: mailbox(self.from.as_deref().unwrap_or_default())?,
            to: self.to.iter().map(|to| mailbox(to)).collect::<anyhow::Result<_>>()?,
            login,
            authority,
        })
    }
}

fn mailbox(text: &str) -> anyhow::Result<Mailbox> {
    text.parse().map_err(|_| anyhow!("{text:?}: no mail address"))
}

/// What is wrong with the targets, if anything; their secrets are read when they are connected.
pub(super) fn faults(targets: &[Target]) -> Vec<String> {
    let fault = |target: &Target| target.check().err().map(|fault| format!("target {:?}: {fault:#}", target.name));
    targets.iter().filter_map(fault).collect()
}

#[cfg(test)]
mod tests {
    use crate::config::tests::with;

    #[test]
    fn a_target_is_taken_whole_or_refused_and_its_address_is_never_shown() {
        let good =
            "[[target]]\nname = 'chat'\nkind = 'slack'\nurl = 'https://hooks.slack.example/services/k3y'\nalarms = 2\n";
        let shown = serde_json::to_string(&with(good).unwrap().shown()).unwrap();
        assert!(shown.contains("https://hooks.slack.example/[not shown]") && !shown.contains("k3y"), "{shown}");
        assert!(!format!("{:?}", with(good).unwrap()).contains("k3y"));
        for (from, to, told) in [
            ("https://", "http://", "https address"),
            ("https://hooks.slack.example", "https://10.0.0.1", "https address"),
            ("alarms = 2", "alarms = 6", "1 to 5"),
            ("alarms = 2", "", "nothing would ever go there"),
            ("alarms = 2", "alarms = 2\npeople = true", "mail alone"),
            ("'slack'", "'pigeon'", "pigeon"),
            ("'slack'", "'telegram'", "chat"),
            ("'slack'", "'mail'", "smtp"),
            ("'chat'", "'Chat!'", "a name is"),
        ] {
            let refused = with(&good.replace(from, to)).map(drop).unwrap_err().to_string();
            assert!(refused.contains(told) && !refused.contains("k3y"), "{told}: {refused}");
        }
        assert!(with(&good.repeat(2)).map(drop).unwrap_err().to_string().contains("twice"));
        let backend = "[[backend]]\nname = 'chat'\nurl = 'https://wallet.example/o'\nsecret_env = 'X'\n";
        assert!(with(&format!("{good}{backend}")).is_err(), "a letter's target has one name");
    }

    #[test]
    fn a_mail_server_is_spoken_to_under_tls_but_on_ones_own_network() {
        let good = "[[target]]\nname = 'post'\nkind = 'mail'\nurl = 'smtp://mail.example:587'\nfrom = 'Wallet <help@wallet.example>'\npeople = true\n";
        assert!(with(good).is_ok());
        assert!(with(&good.replace("smtp://mail.example:587", "smtps://mail.example")).is_ok());
        for (from, to) in [
            ("smtp://", "https://"),
            ("mail.example:587", "me:pw@mail.example:587"),
            ("mail.example:587", "127.0.0.1:25"),
            ("people = true", "people = true\nplain = true"),
            ("people = true", "alarms = 1"),
            ("Wallet <help@wallet.example>", "Wallet\\nBcc: x"),
        ] {
            assert!(with(&good.replace(from, to)).is_err(), "{to}");
        }
        let own = good.replace("mail.example:587", "10.1.2.3:25") + "plain = true\nnetworks = ['10.0.0.0/8']\n";
        assert!(with(&own).is_ok(), "{:?}", with(&own).err());
    }
}
