//! Lists of what is known to be bad that come from an address: `[[known_bad]]`. The address may hold a key and is never shown.

use std::path::PathBuf;

use anyhow::{Context, anyhow, bail};
use serde::{Deserialize, Serialize};
use url::Url;

use super::secrets::secret;
use crate::intake::verify::Allowed;
use crate::outbox::{Feed, Target};
use crate::signal::KNOWN_BAD;
use crate::time::Span;

/// A list that is fetched.
#[derive(Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct KnownBad {
    pub name: String,
    /// What it is a list of.
    pub category: String,
    pub url: String,
    /// Hours between two fetches.
    #[serde(default = "six")]
    pub hours: u16,
    /// The column or member that holds the entry; left out: the first word of a line, or a text in an array.
    #[serde(default)]
    pub field: String,
    /// A bearer token.
    pub secret_file: Option<PathBuf>,
    pub secret_env: Option<String>,
    /// Networks that are not public in which it may lie.
    #[serde(default)]
    pub networks: Vec<String>,
}

fn six() -> u16 {
    6
}

/// No address.
impl std::fmt::Debug for KnownBad {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("KnownBad").field("name", &self.name).finish_non_exhaustive()
    }
}

impl KnownBad {
    /// Leaves of the address only where it is.
    pub(super) fn hide(&mut self) {
        let place = Url::parse(&self.url).ok().and_then(|url| Some(format!("{}://{}", url.scheme(), url.host_str()?)));
        self.url = place.map_or_else(|| "[not shown]".to_owned(), |place| format!("{place}/[not shown]"));
    }

    fn check(&self) -> anyhow::Result<()> {
        let networks = Allowed::new(&self.networks).context("networks")?;
        Target::address(&self.url, &networks).map_err(|bad| anyhow!("url: {bad}"))?;
        if !KNOWN_BAD.contains(&self.category.as_str()) {
            bail!("category {:?}: {}", self.category, KNOWN_BAD.join(", "));
        }
        if self.hours == 0 {
            bail!("hours: one at least");
        }
        Ok(())
    }

    /// The list with its secret.
    pub fn feed(&self) -> anyhow::Result<Feed> {
        let made = || {
            let networks = Allowed::new(&self.networks).context("networks")?;
            let url = Target::address(&self.url, &networks).map_err(|bad| anyhow!("url: {bad}"))?;
            let token = secret(self.secret_file.as_deref(), self.secret_env.as_deref())?;
            Ok::<_, anyhow::Error>(Feed {
                name: self.name.clone(),
                category: self.category.clone(),
                url,
                networks,
                token,
                field: self.field.clone(),
                every: Span::from_minutes(i64::from(self.hours) * 60),
            })
        };
        made().with_context(|| format!("known_bad {:?}", self.name))
    }
}

/// What is wrong with the lists, if anything; their secrets are read when they are fetched.
pub(super) fn faults(lists: &[KnownBad]) -> Vec<String> {
    let fault = |list: &KnownBad| list.check().err().map(|fault| format!("known_bad {:?}: {fault:#}", list.name));
    lists.iter().filter_map(fault).collect()
}

#[cfg(test)]
mod tests {
    use crate::config::tests::with;

    #[test]
    fn a_list_is_taken_whole_or_refused_and_its_address_is_never_shown() {
        let good = "[[known_bad]]\nname = 'drainers'\ncategory = 'drainer'\nurl = 'https://lists.example/k3y.txt'\n";
        let shown = serde_json::to_string(&with(good).unwrap().shown()).unwrap();
        assert!(shown.contains("https://lists.example/[not shown]") && !shown.contains("k3y"), "{shown}");
        assert!(!format!("{:?}", with(good).unwrap()).contains("k3y"));
        for (from, to, told) in [
            ("https://", "http://", "https address"),
            ("https://lists.example", "https://10.0.0.1", "https address"),
            ("'drainer'", "'friends'", "drainer, scam"),
            ("'drainers'", "'Drainers!'", "a name is"),
            ("url", "hours = 0\nurl", "hours"),
        ] {
            let refused = with(&good.replace(from, to)).map(drop).unwrap_err().to_string();
            assert!(refused.contains(told) && !refused.contains("k3y"), "{told}: {refused}");
        }
    }
}
