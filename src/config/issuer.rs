//! Issuers that staff may sign in through: `[[issuer]]`.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, anyhow, bail};
use serde::{Deserialize, Serialize};
use url::Url;

use super::secrets::secret;
use crate::access::id_token::Proofs;
use crate::intake::verify::Allowed;
use crate::outbox::Target;
use crate::outbox::guard::SystemResolver;
use crate::outbox::issuer::{self, Terms};
use crate::time::Span;

/// The longest that tokens may be dated back.
const LONGEST: u32 = 600;

/// An issuer of ID tokens (OIDC).
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Issuer {
    pub name: String,
    /// As the sign-in page calls it; the name when left out.
    pub title: Option<String>,
    /// Exactly as its tokens name it.
    pub issuer: String,
    pub client_id: String,
    pub secret_file: Option<PathBuf>,
    pub secret_env: Option<String>,
    /// Hosts of its own beside the one in its address.
    #[serde(default)]
    pub hosts: Vec<String>,
    /// Networks that are not public in which they may lie.
    #[serde(default)]
    pub networks: Vec<String>,
    /// Values of `acr` or `amr` that prove two factors.
    #[serde(default)]
    pub two_factor_values: Vec<String>,
    /// Those that prove a passkey as well.
    #[serde(default)]
    pub passkey_values: Vec<String>,
    #[serde(default)]
    pub dated_back_seconds: u32,
}

impl Issuer {
    fn place(&self) -> anyhow::Result<(Url, Vec<Url>, Allowed)> {
        let networks = Allowed::new(&self.networks).context("networks")?;
        let url = Target::address(&self.issuer, &networks).map_err(|bad| anyhow!("issuer: {bad}"))?;
        if url.query().is_some() {
            bail!("issuer: no query");
        }
        let mut hosts = Vec::new();
        for host in &self.hosts {
            let text = format!("{}://{host}", url.scheme());
            let other = Target::address(&text, &networks).map_err(|bad| anyhow!("hosts: {bad}"))?;
            if other.path() != "/" || other.query().is_some() || host.contains('/') {
                bail!("hosts: {host:?} is a host, with a port where it has one");
            }
            hosts.push(other);
        }
        Ok((url, hosts, networks))
    }

    fn check(&self) -> anyhow::Result<()> {
        self.place()?;
        if self.name == "callback" {
            bail!("name: another than callback, which is where issuers send people back to");
        }
        if self.client_id.is_empty() || self.client_id.len() > 300 {
            bail!("client_id: as the issuer gave it");
        }
        if self.dated_back_seconds > LONGEST {
            bail!("dated_back_seconds: {LONGEST} at most");
        }
        if self.two_factor_values.iter().chain(&self.passkey_values).any(String::is_empty) {
            bail!("two_factor_values, passkey_values: values of acr or amr");
        }
        Ok(())
    }

    /// The issuer with its secret and the way to it.
    pub fn made(&self) -> anyhow::Result<issuer::Issuer> {
        let made = || {
            let (url, hosts, networks) = self.place()?;
            let terms = Terms {
                name: self.name.clone(),
                title: self.title.clone().unwrap_or_else(|| self.name.clone()),
                address: self.issuer.clone(),
                url,
                networks,
                hosts,
                client: self.client_id.clone(),
                secret: secret(self.secret_file.as_deref(), self.secret_env.as_deref())?,
                proofs: Proofs { two_factors: self.two_factor_values.clone(), passkey: self.passkey_values.clone() },
                dated_back: Span::from_seconds(i64::from(self.dated_back_seconds)),
            };
            issuer::Issuer::new(terms, Arc::new(SystemResolver))
        };
        made().with_context(|| format!("issuer {:?}", self.name))
    }
}

/// What is wrong with the issuers, if anything.
pub(super) fn faults(issuers: &[Issuer]) -> Vec<String> {
    let mut faults: Vec<String> = issuers
        .iter()
        .filter_map(|issuer| issuer.check().err().map(|fault| format!("issuer {:?}: {fault:#}", issuer.name)))
        .collect();
    for issuer in issuers {
        if issuers.iter().filter(|other| other.issuer == issuer.issuer).count() > 1 {
            faults.push(format!("issuer {:?}: its address is there twice", issuer.name));
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use crate::config::tests::with;

    /// ID-17: an issuer is an https address of one host and those that are listed by name.
    #[test]
    fn an_issuer_is_taken_whole_or_refused() {
        let good =
            "[[issuer]]\nname = 'corp'\nissuer = 'https://login.example/a'\nclient_id = 'c'\nhosts = ['k.example']\n";
        assert!(with(good).is_ok());
        for (from, to, told) in [
            ("https://login", "http://login", "https address"),
            ("https://login.example", "https://10.0.0.1", "https address"),
            ("example/a", "example/a?b=c", "no query"),
            ("example/a", "example/a#b", "https address"),
            ("'k.example'", "'k.example/keys'", "is a host"),
            ("'k.example'", "'me@k.example'", "https address"),
            ("'corp'", "'callback'", "another than callback"),
            ("'corp'", "'Corp!'", "a name is"),
            ("'c'", "''", "client_id"),
            ("client_id", "dated_back_seconds = 601\nclient_id", "600 at most"),
            ("client_id", "two_factor_values = ['']\nclient_id", "values of acr"),
        ] {
            let refused = with(&good.replace(from, to)).map(drop).unwrap_err().to_string();
            assert!(refused.contains(told), "{told}: {refused}");
        }
        let twice = format!("{good}{}", good.replace("corp", "other"));
        assert!(with(&twice).unwrap_err().to_string().contains("there twice"));
    }
}
