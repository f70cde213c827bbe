//! Settings: `default.toml`, then the operator's file, then the environment, then the command line. The only reader of the
//! environment. All faults are reported at once.

mod app;
mod backend;
mod chain;
pub mod chat;
mod database;
mod issuer;
mod known_bad;
mod people;
mod secrets;
mod stream;
pub mod target;
mod templates;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use figment::Figment;
use figment::providers::{Env, Format, Serialized, Toml};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::access::Apps;
use crate::guidance::official::Official;
use crate::guidance::security_txt;
use crate::queue::Hours;
use crate::respond::NewNotice;
pub use app::App;
pub use backend::Backend;
pub use chain::{Chain, ChainApi};
pub use issuer::Issuer;
pub use known_bad::KnownBad;
pub use people::People;
use secrets::secret;
pub use stream::Stream;
pub use target::Target;

/// The settings with their defaults, as the operator reads them.
pub const DEFAULT: &str = include_str!("../default.toml");

#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    pub listen: SocketAddr,
    pub behind_tls: bool,
    pub metrics_listen: SocketAddr,
    pub public_url: String,
    pub data: PathBuf,
    pub database: String,
    pub key_file: String,
    pub playbooks: String,
    pub brand: String,
    pub templates: String,
    pub log: String,
    pub proxies: Vec<String>,
    pub forwarded_header: ForwardedHeader,
    pub security_contact: String,
    pub security_policy: String,
    pub staff_hours: Vec<String>,
    pub staff_time_zone: String,
    pub limits: Limits,
    pub retention: Retention,
    pub people: People,
    pub audit: Audit,
    /// Where the operator can really be found, for `/check`.
    #[serde(default)]
    pub official: Official,
    /// Announcements on top of the public pages, as long as they stand here.
    #[serde(default)]
    pub notice: Vec<NewNotice>,
    #[serde(default)]
    pub endpoint: Vec<Endpoint>,
    #[serde(default)]
    pub app: Vec<App>,
    #[serde(default)]
    pub chain: Vec<chain::Chain>,
    #[serde(default)]
    pub backend: Vec<Backend>,
    #[serde(default)]
    pub target: Vec<Target>,
    #[serde(default)]
    pub stream: Vec<Stream>,
    #[serde(default)]
    pub known_bad: Vec<KnownBad>,
    #[serde(default)]
    pub chat: Vec<chat::Chat>,
    #[serde(default)]
    pub issuer: Vec<Issuer>,
}

/// The header in which proxies name the client.
#[derive(Debug, Clone, Copy, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ForwardedHeader {
    XForwardedFor,
    Forwarded,
}

#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    pub reports_burst: u32,
    pub reports_each_seconds: u32,
    pub reports_rush_each_minute: u32,
    pub codes_burst: u32,
    pub codes_each_seconds: u32,
    pub deeds_burst: u32,
    pub deeds_each_seconds: u32,
    pub case_calls_burst: u32,
    pub case_calls_each_minute: u32,
    pub alerts_burst: u32,
    pub alerts_each_minute: u32,
    pub staff_burst: u32,
    pub staff_each_minute: u32,
}

/// How long what is kept for the operator alone is kept.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Retention {
    pub unmapped_days: u16,
    pub conflicts_days: u16,
    /// Days after closing.
    pub cases_days: u16,
    pub signals_days: u16,
    pub attachments_days: u16,
    /// The file of erased incidents; empty: in the data folder.
    pub erasures: String,
}

/// Where what vouches for the audit trail is kept.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Audit {
    /// The file of signed checkpoints; empty: in the data folder.
    pub checkpoints: String,
}

/// A source of alerts.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own in the settings")]
pub struct Endpoint {
    pub name: String,
    pub source: String,
    pub secret_file: Option<PathBuf>,
    pub secret_env: Option<String>,
    pub previous_secret_file: Option<PathBuf>,
    pub previous_secret_env: Option<String>,
    /// The topic or audience that deliveries must name, for schemes that want one.
    pub expects: Option<String>,
    /// Networks it may send from; empty: any.
    #[serde(default)]
    pub allow: Vec<String>,
    /// Another scheme than the mapping's, written as its `auth`.
    pub auth: Option<figment::value::Value>,
    /// Whether set-up requests are answered, which is only while it is being connected.
    #[serde(default)]
    pub set_up: bool,
    /// Minutes of silence after which staff are told; left out: what is usual for the source.
    #[serde(default)]
    pub silent_after_minutes: Option<u32>,
    /// The highest severity that its alerts count with.
    #[serde(default)]
    pub severity_ceiling: Option<String>,
    /// Kinds it may send, or beginnings of them such as `auth.`; empty: any.
    #[serde(default)]
    pub kinds: Vec<String>,
    /// Whether its alerts stay with incidents of its own.
    #[serde(default)]
    pub apart: bool,
    /// Whether what people write through it is taken as reports.
    #[serde(default)]
    pub reports: bool,
    /// Whether a tenth of intake is kept free for sources like it.
    #[serde(default)]
    pub critical: bool,
    /// Whether its alerts alone may bring about a short hold, where a playbook marks one as automatic.
    #[serde(default)]
    pub orders: bool,
}

/// What the command line overrides.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Overrides {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub listen: Option<SocketAddr>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<PathBuf>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub database: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub playbooks: Option<PathBuf>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub public_url: Option<String>,
}

impl Config {
    /// Reads the settings; the error lists every fault.
    pub fn read(file: Option<&Path>, overrides: &Overrides) -> anyhow::Result<Self> {
        let mut figment = Figment::from(Toml::string(DEFAULT));
        if let Some(file) = file {
            figment = figment.merge(Toml::file_exact(file));
        }
        let figment = figment
            .merge(
                Env::prefixed("HOLDFAST_")
                    .ignore(&["test_postgres", "test_mail", "test_nats", "test_anvil", "samples", "chromedriver"])
                    .split("__"),
            )
            .merge(Serialized::defaults(overrides));
        let config: Self = figment.extract().map_err(|errors| {
            let lines: Vec<String> = errors.into_iter().map(|error| error.to_string()).collect();
            anyhow::anyhow!("settings: {}", lines.join("; "))
        })?;
        config.check()?;
        Ok(config)
    }

    /// The settings for showing: what opens the database is left out of its address.
    #[must_use]
    pub fn shown(mut self) -> Self {
        self.database = database::shown(&self.database);
        self.chain.iter_mut().for_each(chain::Chain::hide);
        self.backend.iter_mut().for_each(Backend::hide);
        self.target.iter_mut().for_each(Target::hide);
        self.known_bad.iter_mut().for_each(KnownBad::hide);
        self
    }

    fn check(&self) -> anyhow::Result<()> {
        let mut faults = Vec::new();
        if !self.listen.ip().is_loopback() && !self.behind_tls {
            faults.push(format!("listen = {}: plain HTTP on an address that is not loopback needs behind_tls = true and a TLS front end", self.listen));
        }
        if !self.metrics_listen.ip().is_loopback() {
            faults.push(format!("metrics_listen = {}: must be a loopback address", self.metrics_listen));
        }
        if !self.public_url.is_empty() && !is_public_url(&self.public_url) {
            faults.push("public_url: an https address (http on loopback only) without a slash at the end".to_owned());
        }
        if let Err(bad) = Hours::read(&self.staff_hours, &self.staff_time_zone) {
            faults.push(format!("staff_hours, staff_time_zone: {bad}"));
        }
        let limits = &self.limits;
        let counts = [
            limits.reports_burst,
            limits.reports_each_seconds,
            limits.reports_rush_each_minute,
            limits.codes_burst,
            limits.codes_each_seconds,
            limits.deeds_burst,
            limits.deeds_each_seconds,
            limits.case_calls_burst,
            limits.case_calls_each_minute,
            limits.alerts_burst,
            limits.alerts_each_minute,
            limits.staff_burst,
            limits.staff_each_minute,
        ];
        if counts.contains(&0) {
            faults.push("limits: every number is above zero".to_owned());
        }
        let kept = &self.retention;
        if [kept.unmapped_days, kept.conflicts_days, kept.cases_days, kept.signals_days, kept.attachments_days]
            .contains(&0)
        {
            faults.push("retention: every number of days is above zero".to_owned());
        }
        if limits.codes_burst > 10 || limits.codes_each_seconds < 90 {
            faults.push("limits: codes_burst is at most 10 and codes_each_seconds at least 90".to_owned());
        }
        if let Err(bad) = security_txt::contacts(&self.security_contact) {
            faults.push(format!("security_contact: {bad}"));
        }
        if !self.security_policy.is_empty() && !self.security_policy.starts_with("https://") {
            faults.push("security_policy: an https address".to_owned());
        }
        for notice in &self.notice {
            if let Err(fault) = notice.clone().read() {
                faults.push(format!("notice: {fault}"));
            }
        }
        let endpoints: Vec<&str> = self.endpoint.iter().map(|endpoint| endpoint.name.as_str()).collect();
        let apps: Vec<&str> = self.app.iter().map(|app| app.name.as_str()).collect();
        // Letters know their target by its name.
        let targets = self.target.iter().map(|target| target.name.as_str());
        let backends: Vec<&str> = self.backend.iter().map(|backend| backend.name.as_str()).chain(targets).collect();
        let streams: Vec<&str> = self.stream.iter().map(|stream| stream.name.as_str()).collect();
        let lists: Vec<&str> = self.known_bad.iter().map(|list| list.name.as_str()).collect();
        let chats: Vec<&str> = self.chat.iter().map(|chat| chat.name.as_str()).collect();
        let issuers: Vec<&str> = self.issuer.iter().map(|issuer| issuer.name.as_str()).collect();
        let backends = ("backend or target", backends);
        let others = [("stream", streams), ("known_bad", lists), ("chat", chats), ("issuer", issuers)];
        for (what, names) in [("endpoint", endpoints), ("app", apps), backends].into_iter().chain(others) {
            for name in &names {
                let plain = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
                if name.is_empty() || name.len() > 64 || !name.chars().all(plain) {
                    faults.push(format!("{what} {name:?}: a name is 1 to 64 of a to z, 0 to 9 and -"));
                }
                if names.iter().filter(|other| *other == name).count() > 1 {
                    faults.push(format!("{what} {name:?} is there twice"));
                }
            }
        }
        faults.extend(chain::faults(&self.chain));
        faults.extend(self.people.faults());
        faults.extend(backend::faults(&self.backend));
        faults.extend(target::faults(&self.target));
        faults.extend(stream::faults(self));
        faults.extend(known_bad::faults(&self.known_bad));
        faults.extend(chat::faults(&self.chat));
        faults.extend(issuer::faults(&self.issuer));
        if faults.is_empty() { Ok(()) } else { Err(anyhow::anyhow!("settings: {}", faults.join("; "))) }
    }

    /// The apps whose signed links open the report page, with their live keys.
    pub fn apps(&self) -> anyhow::Result<Apps> {
        let made = self.app.iter().map(|app| Ok((app.name.clone(), app.made()?)));
        made.collect::<anyhow::Result<_>>().map(Apps)
    }

    /// Where the public pages are, without a slash at the end.
    pub fn public_url(&self, bound: SocketAddr) -> String {
        if self.public_url.is_empty() { format!("http://{bound}") } else { self.public_url.clone() }
    }
}

/// An https address, or http on loopback, of a host alone.
fn is_public_url(text: &str) -> bool {
    let Ok(url) = url::Url::parse(text) else { return false };
    let loopback = match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost",
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    let safe = url.scheme() == "https" || url.scheme() == "http" && loopback;
    safe && url.path() == "/" && url.query().is_none() && url.username().is_empty() && !text.ends_with('/')
}

impl Endpoint {
    /// The live secrets, the current one first; none for a source that is known by its network alone.
    pub fn secrets(&self) -> anyhow::Result<Vec<Zeroizing<String>>> {
        let current = secret(self.secret_file.as_deref(), self.secret_env.as_deref())?;
        let previous = secret(self.previous_secret_file.as_deref(), self.previous_secret_env.as_deref())?;
        Ok([current, previous].into_iter().flatten().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) fn with(toml: &str) -> anyhow::Result<Config> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("holdfast.toml");
        std::fs::write(&file, toml).unwrap();
        Config::read(Some(&file), &Overrides::default())
    }

    #[test]
    fn the_reference_page_is_a_complete_set_of_settings() {
        assert!(Config::read(None, &Overrides::default()).is_ok());
    }

    #[test]
    fn an_open_door_without_tls_an_unknown_name_and_a_weak_limit_are_refused() {
        let refused = |toml: &str| with(toml).unwrap_err().to_string();
        assert!(refused("listen = '0.0.0.0:80'").contains("behind_tls"));
        assert!(refused("lisen = '127.0.0.1:80'").contains("lisen"));
        assert!(
            refused("metrics_listen = '0.0.0.0:9464'\nlisten = '0.0.0.0:80'").contains("metrics_listen"),
            "all faults at once"
        );
        assert!(refused("[limits]\ncodes_burst = 1000").contains("codes_burst"));
        assert!(refused("staff_hours = ['mon-fri 9 to 5']").contains("staff_hours"));
        assert!(refused("[[endpoint]]\nname = 'Okta!'\nsource = 'okta'").contains("Okta!"));
    }
}
