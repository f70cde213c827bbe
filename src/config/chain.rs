//! Chains that can be looked at: `[[chain]]` with the addresses of nodes, which may hold keys and are never shown.

use serde::{Deserialize, Serialize};

use crate::chain::{Api, Node};
use crate::time::Span;

/// How nodes of a chain talk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChainApi {
    JsonRpc,
    Esplora,
    Tron,
}

/// A chain and its nodes.
#[derive(Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Chain {
    /// As the vocabulary calls it.
    pub name: String,
    pub api: ChainApi,
    /// For `json-rpc`.
    pub chain_id: Option<u64>,
    pub urls: Vec<String>,
    /// A node whose latest block is older says nothing that is believed.
    pub stale_after_seconds: Option<u32>,
}

/// No addresses.
impl std::fmt::Debug for Chain {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Chain").field("name", &self.name).field("api", &self.api).finish_non_exhaustive()
    }
}

impl Chain {
    /// Leaves of each address only where it is.
    pub(super) fn hide(&mut self) {
        for url in &mut self.urls {
            let place =
                url::Url::parse(url).ok().map(|url| format!("{}/[not shown]", url.origin().ascii_serialization()));
            *url = place.unwrap_or_else(|| "[not shown]".to_owned());
        }
    }

    /// The node that this describes.
    pub fn node(&self) -> anyhow::Result<Node> {
        // Blocks of Bitcoin are ten minutes apart on average, and two hours happen.
        let (api, usual) = match (self.api, self.chain_id) {
            (ChainApi::JsonRpc, Some(chain_id)) => (Api::JsonRpc { chain_id }, 300),
            (ChainApi::JsonRpc, None) => anyhow::bail!("chain {:?}: json-rpc needs a chain_id", self.name),
            (ChainApi::Esplora, None) => (Api::Esplora, 10_800),
            // A block every three seconds.
            (ChainApi::Tron, None) => (Api::Tron, 120),
            (ChainApi::Esplora | ChainApi::Tron, Some(_)) => {
                anyhow::bail!("chain {:?}: only json-rpc has a chain_id", self.name)
            }
        };
        if self.urls.is_empty() {
            anyhow::bail!("chain {:?}: needs urls", self.name);
        }
        let stale_after = Span::from_seconds(i64::from(self.stale_after_seconds.unwrap_or(usual)));
        Node::new(&self.name, api, (&self.urls, stale_after))
            .map_err(|bad| anyhow::anyhow!("chain {:?}: urls: {bad}", self.name))
    }
}

/// What is wrong with the chains, if anything.
pub(super) fn faults(chains: &[Chain]) -> Vec<String> {
    let mut faults: Vec<String> =
        chains.iter().filter_map(|chain| chain.node().err()).map(|fault| fault.to_string()).collect();
    for chain in chains {
        let plain = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
        if chain.name.is_empty() || chain.name.len() > 32 || !chain.name.chars().all(plain) {
            faults.push(format!("chain {:?}: a name is 1 to 32 of a to z, 0 to 9 and -", chain.name));
        }
        if chains.iter().filter(|other| other.name == chain.name).count() > 1 {
            faults.push(format!("chain {:?} is there twice", chain.name));
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use crate::config::tests::with;

    #[test]
    fn a_chain_is_taken_whole_or_refused_and_its_key_is_never_shown() {
        let good =
            "[[chain]]\nname = 'ethereum'\napi = 'json-rpc'\nchain_id = 1\nurls = ['https://rpc.example/v3/k3y']\n";
        let shown = serde_json::to_string(&with(good).unwrap().shown()).unwrap();
        assert!(shown.contains("https://rpc.example/[not shown]") && !shown.contains("k3y"), "{shown}");
        assert!(!format!("{:?}", with(good).unwrap()).contains("k3y"));
        for (from, to, told) in [
            ("chain_id = 1\n", "", "chain_id"),
            ("https://rpc.example/v3/k3y", "http://rpc.example/v3/k3y", "https address"),
            ("['https://rpc.example/v3/k3y']", "[]", "needs urls"),
            ("'ethereum'", "'Ethereum!'", "a name is"),
            ("json-rpc", "esplora", "only json-rpc"),
            ("json-rpc", "tron", "only json-rpc"),
        ] {
            let refused = with(&good.replace(from, to)).map(drop).unwrap_err().to_string();
            assert!(refused.contains(told) && !refused.contains("k3y"), "{refused}");
        }
        assert!(with(&good.repeat(2)).map(drop).unwrap_err().to_string().contains("twice"));
    }
}
