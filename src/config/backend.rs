//! Wallet backends that orders go to: `[[backend]]` with an address and a secret, neither of which is ever shown.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::containment::Action;
use crate::intake::verify::{Allowed, Key, KeyForm, Secret};
use crate::outbox::Target;
use crate::respond::orders;

/// A wallet backend.
#[derive(Clone, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Backend {
    pub name: String,
    pub url: String,
    pub secret_file: Option<PathBuf>,
    pub secret_env: Option<String>,
    /// Networks that are not public in which it may lie.
    #[serde(default)]
    pub networks: Vec<String>,
    /// What it can be asked for; empty: everything.
    #[serde(default)]
    pub actions: Vec<String>,
}

/// No address.
impl std::fmt::Debug for Backend {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Backend").field("name", &self.name).field("actions", &self.actions).finish_non_exhaustive()
    }
}

impl Backend {
    /// Leaves of the address only where it is.
    pub(super) fn hide(&mut self) {
        let place = url::Url::parse(&self.url).ok();
        let place = place.map(|url| format!("{}/[not shown]", url.origin().ascii_serialization()));
        self.url = place.unwrap_or_else(|| "[not shown]".to_owned());
    }

    fn whose(&self) -> String {
        format!("backend {:?}", self.name)
    }

    fn place(&self) -> anyhow::Result<(url::Url, Allowed, Vec<Action>)> {
        let whose = self.whose();
        let networks = Allowed::new(&self.networks).map_err(|fault| anyhow::anyhow!("{whose}: networks: {fault}"))?;
        let url = Target::address(&self.url, &networks).map_err(|bad| anyhow::anyhow!("{whose}: url: {bad}"))?;
        let actions = self.actions.iter().map(|action| action.parse());
        let actions = actions.collect::<Result<_, _>>().map_err(|bad| anyhow::anyhow!("{whose}: actions: {bad}"))?;
        Ok((url, networks, actions))
    }

    /// What the flow knows of it.
    pub fn known(&self) -> anyhow::Result<orders::Backend> {
        let (_, _, actions) = self.place()?;
        Ok(orders::Backend { name: self.name.clone(), actions })
    }

    /// The backend with its key.
    pub fn target(&self) -> anyhow::Result<Target> {
        let (url, networks, actions) = self.place()?;
        let secret = super::secrets::secret(self.secret_file.as_deref(), self.secret_env.as_deref())?;
        let whose = self.whose();
        let secret = secret.ok_or_else(|| anyhow::anyhow!("{whose}: needs secret_file or secret_env"))?;
        let secret = Secret::new(secret.to_string()).map_err(|fault| anyhow::anyhow!("{whose}: {fault}"))?;
        let key = Key::decode(&secret, KeyForm::Whsec).map_err(|fault| anyhow::anyhow!("{whose}: {fault}"))?;
        Ok(Target { name: self.name.clone(), url, networks, key, actions })
    }
}

/// What is wrong with the backends, if anything; their secrets are read when they are connected.
pub(super) fn faults(backends: &[Backend]) -> Vec<String> {
    backends.iter().filter_map(|backend| backend.place().err()).map(|fault| fault.to_string()).collect()
}

#[cfg(test)]
mod tests {
    use crate::config::tests::with;

    #[test]
    fn a_backend_is_taken_whole_or_refused_and_its_address_is_never_shown() {
        let good = "[[backend]]\nname = 'wallet'\nurl = 'https://wallet.example/orders/k3y'\nsecret_env = 'X'\n";
        let shown = serde_json::to_string(&with(good).unwrap().shown()).unwrap();
        assert!(shown.contains("https://wallet.example/[not shown]") && !shown.contains("k3y"), "{shown}");
        assert!(!format!("{:?}", with(good).unwrap()).contains("k3y"));
        for (from, to, told) in [
            ("https://wallet.example/orders", "http://wallet.example/orders", "https address"),
            ("https://wallet.example/orders", "https://me@wallet.example/orders", "https address"),
            ("https://wallet.example/orders", "https://169.254.169.254/orders", "https address"),
            ("https://wallet.example/orders", "https://0x7f.1/orders", "https address"),
            ("secret_env = 'X'\n", "secret_env = 'X'\nnetworks = ['0.0.0.0/0']\n", "networks"),
            ("secret_env = 'X'\n", "secret_env = 'X'\nactions = ['empty-wallet']\n", "empty-wallet"),
            ("'wallet'", "'Wallet!'", "a name is"),
        ] {
            let refused = with(&good.replace(from, to)).map(drop).unwrap_err().to_string();
            assert!(refused.contains(told) && !refused.contains("k3y"), "{refused}");
        }
        assert!(with(&good.repeat(2)).map(drop).unwrap_err().to_string().contains("twice"));
        let local = good.replace("https://wallet.example", "http://10.1.2.3:8081");
        assert!(with(&local).is_err() && with(&format!("{local}networks = ['10.0.0.0/8']\n")).is_ok());
    }
}
