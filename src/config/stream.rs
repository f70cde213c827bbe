//! Streams of alerts that are consumed: `[[stream]]` with where it is, who one is there and the source that it feeds.

use std::path::PathBuf;

use anyhow::{Context, anyhow, bail};
use serde::{Deserialize, Serialize};
use url::Url;
use zeroize::Zeroizing;

use super::{Config, secret};
use crate::intake::stream::{Login, Server, Stream as Made};
use crate::intake::verify::Allowed;
use crate::outbox::guard::{address_of, is_nearby, is_refused};

const PORT: u16 = 4222;

/// A stream of NATS `JetStream`.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Stream {
    pub name: String,
    /// The source whose mapping reads each message.
    pub endpoint: String,
    /// Tried in turn.
    pub servers: Vec<String>,
    /// As the server calls it.
    pub stream: String,
    /// The durable consumer; made when there is none.
    pub consumer: String,
    /// What of the stream is read; empty: everything.
    #[serde(default)]
    pub subject: String,
    pub credentials_file: Option<PathBuf>,
    pub nkey_file: Option<PathBuf>,
    /// A token, or with `user` a password.
    pub secret_file: Option<PathBuf>,
    pub secret_env: Option<String>,
    pub user: Option<String>,
    /// The certificate of one's own authority.
    pub authority_file: Option<PathBuf>,
    /// Networks that are not public in which the servers may lie.
    #[serde(default)]
    pub networks: Vec<String>,
    /// Whether `holdfast consume` alone reads it, and not `holdfast serve`.
    #[serde(default)]
    pub apart: bool,
}

impl Stream {
    /// What is wrong with it that can be told without its secrets.
    fn check(&self, config: &Config) -> anyhow::Result<()> {
        let networks = Allowed::new(&self.networks).context("networks")?;
        self.places(&networks)?;
        for (what, name) in [("stream", &self.stream), ("consumer", &self.consumer)] {
            let plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_');
            if name.is_empty() || name.len() > 64 || !name.chars().all(plain) {
                bail!("{what} {name:?}: 1 to 64 letters, digits, - and _");
            }
        }
        if self.subject.len() > 256 || !self.subject.bytes().all(|byte| byte.is_ascii_graphic()) {
            bail!("subject: such as alerts.chain.>");
        }
        let Some(endpoint) = config.endpoint.iter().find(|endpoint| endpoint.name == self.endpoint) else {
            bail!("endpoint {:?}: there is no such [[endpoint]]", self.endpoint);
        };
        if endpoint.reports {
            bail!("endpoint {:?}: what people write comes by its webhook, where they get an answer", self.endpoint);
        }
        let ways = [
            self.credentials_file.is_some(),
            self.nkey_file.is_some(),
            self.secret_file.is_some() || self.secret_env.is_some(),
        ];
        if ways.iter().filter(|way| **way).count() > 1 {
            bail!("one of credentials_file, nkey_file and secret_file");
        }
        if self.user.is_some() && !ways[2] {
            bail!("user: needs secret_file or secret_env");
        }
        Ok(())
    }

    fn places(&self, networks: &Allowed) -> anyhow::Result<Vec<Server>> {
        if self.servers.is_empty() {
            bail!("servers: such as [\"tls://nats.example.org:4222\"]");
        }
        self.servers.iter().map(|text| place(text, networks)).collect()
    }

    /// The stream with its secrets.
    pub fn made(&self) -> anyhow::Result<Made> {
        self.with_secrets().with_context(|| format!("stream {:?}", self.name))
    }

    fn with_secrets(&self) -> anyhow::Result<Made> {
        let networks = Allowed::new(&self.networks).context("networks")?;
        let servers = self.places(&networks)?;
        let login = self.login()?;
        if login.tells_its_secret() && servers.iter().any(|server| !server.tls) {
            bail!("a token or password never leaves without TLS; use tls://, credentials_file or nkey_file");
        }
        let authority = self.authority_file.as_ref().map(std::fs::read).transpose().context("authority_file")?;
        Ok(Made {
            name: self.name.clone(),
            endpoint: self.endpoint.clone(),
            servers,
            networks,
            login,
            stream: self.stream.clone(),
            consumer: self.consumer.clone(),
            subject: self.subject.clone(),
            authority,
        })
    }

    fn login(&self) -> anyhow::Result<Login> {
        let file = |file: &PathBuf| secret(Some(file), None)?.context("an empty file");
        Ok(match (&self.credentials_file, &self.nkey_file) {
            (Some(credentials), _) => Login::Credentials(file(credentials).context("credentials_file")?),
            (None, Some(seed)) => Login::Nkey(Zeroizing::new(file(seed).context("nkey_file")?.trim().to_owned())),
            (None, None) => match (secret(self.secret_file.as_deref(), self.secret_env.as_deref())?, &self.user) {
                (Some(password), Some(user)) => Login::Password { user: user.clone(), password },
                (Some(token), None) => Login::Token(token),
                (None, _) => Login::Nobody,
            },
        })
    }
}

fn place(text: &str, networks: &Allowed) -> anyhow::Result<Server> {
    let bad = || anyhow!("servers: tls://host:port of a public address, others and plain nats:// only with `networks`");
    let url = Url::parse(text).map_err(|_| bad())?;
    let host = url.host_str().ok_or_else(bad)?.to_ascii_lowercase();
    let bare = url.username().is_empty()
        && url.password().is_none()
        && url.fragment().is_none()
        && url.query().is_none()
        && matches!(url.path(), "" | "/");
    let literal = address_of(&host);
    let fits = match (url.scheme(), networks.is_any()) {
        ("tls", true) => literal.is_none_or(|address| !is_refused(address)),
        ("tls", false) => literal.is_none_or(|address| networks.holds(address)),
        // Nothing plain crosses the Internet.
        ("nats", false) => literal.is_some_and(|address| networks.holds(address) && is_nearby(address)),
        _ => false,
    };
    if !bare || !fits {
        return Err(bad());
    }
    Ok(Server { host, port: url.port().unwrap_or(PORT), tls: url.scheme() == "tls" })
}

/// What is wrong with the streams, if anything; their secrets are read when they are connected.
pub(super) fn faults(config: &Config) -> Vec<String> {
    let fault =
        |stream: &Stream| stream.check(config).err().map(|fault| format!("stream {:?}: {fault:#}", stream.name));
    config.stream.iter().filter_map(fault).collect()
}

#[cfg(test)]
mod tests {
    use crate::config::tests::with;

    const GOOD: &str = "[[endpoint]]\nname = 'chain'\nsource = 'forta'\n\
        [[stream]]\nname = 'alerts'\nendpoint = 'chain'\nservers = ['tls://nats.example.org']\n\
        stream = 'ALERTS'\nconsumer = 'holdfast'\nsubject = 'alerts.>'\nnkey_file = '/run/secrets/nkey'\n";

    #[test]
    fn a_stream_is_taken_whole_or_refused() {
        assert!(with(GOOD).is_ok(), "{:?}", with(GOOD).err());
        for (from, to, told) in [
            ("tls://nats.example.org", "nats://nats.example.org", "plain nats://"),
            ("tls://nats.example.org", "tls://10.0.0.1", "only with `networks`"),
            ("tls://nats.example.org", "tls://me:pw@nats.example.org", "servers"),
            ("tls://nats.example.org", "https://nats.example.org", "servers"),
            ("['tls://nats.example.org']", "[]", "servers"),
            ("endpoint = 'chain'", "endpoint = 'chains'", "no such"),
            ("source = 'forta'", "source = 'telegram'\nreports = true", "webhook"),
            ("'ALERTS'", "'AL.ERTS'", "stream"),
            ("'alerts.>'", "'alerts >'", "subject"),
            ("nkey_file", "credentials_file = 'x'\nnkey_file", "one of"),
            ("nkey_file = '/run/secrets/nkey'", "user = 'me'", "secret_file"),
        ] {
            let refused = with(&GOOD.replace(from, to)).map(drop).unwrap_err().to_string();
            assert!(refused.contains(told), "{told}: {refused}");
        }
        let own = GOOD.replace("tls://nats.example.org", "nats://127.0.0.1:4222") + "networks = ['127.0.0.0/8']\n";
        assert!(with(&own).is_ok(), "{:?}", with(&own).err());
    }

    #[test]
    fn a_token_never_leaves_without_tls() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("token");
        std::fs::write(&file, "a-token").unwrap();
        let own = GOOD.replace("nkey_file = '/run/secrets/nkey'", &format!("secret_file = '{}'", file.display()))
            + "networks = ['127.0.0.0/8']\n";
        let plain = with(&own.replace("tls://nats.example.org", "nats://127.0.0.1")).unwrap();
        assert!(plain.stream[0].made().map(drop).unwrap_err().to_string().contains("alerts"));
        assert!(with(&own).unwrap().stream[0].made().is_ok());
    }
}
