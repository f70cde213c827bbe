//! One chain of the settings: its name, how its nodes talk, where they are.

use serde_json::{Value, json};
use url::{Host, Url};
use zeroize::Zeroizing;

use super::caller::{Caller, Unheard};
use crate::respond::Wanted;
use crate::time::{Span, Timestamp};
use crate::transfer::{Asked, Doubt, Reading, Status, bitcoin, evm, tron};

/// How nodes of a chain talk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Api {
    /// JSON-RPC of Ethereum-like chains.
    JsonRpc { chain_id: u64 },
    /// The HTTP interface of Esplora servers, for Bitcoin.
    Esplora,
    /// The HTTP interface of TRON's nodes.
    Tron,
}

/// A chain with its nodes; the second is asked when the first says nothing. Addresses may hold keys, so no `Debug`.
pub struct Node {
    pub name: String,
    pub api: Api,
    stale_after: Span,
    urls: Vec<Zeroizing<String>>,
}

/// Why an address of a node was refused; never the address, which may hold a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an https address (http for loopback and private networks) without a name, a password or a fragment")]
pub struct BadNode;

impl Node {
    /// A chain; an error when one of its addresses must not be called.
    pub fn new(name: &str, api: Api, (urls, stale_after): (&[String], Span)) -> Result<Self, BadNode> {
        let checked =
            urls.iter().map(|url| if may_be_called(url) { Ok(Zeroizing::new(url.clone())) } else { Err(BadNode) });
        let urls: Vec<_> = checked.collect::<Result<_, _>>()?;
        Ok(Self { name: name.to_owned(), api, stale_after, urls })
    }

    /// Whether people call the chain so.
    pub fn is_called(&self, name: &str) -> bool {
        let short = |name: &str| match name {
            "eth" | "erc20" | "mainnet" => "ethereum".to_owned(),
            "bnb" | "bnb-chain" | "bep20" | "binance-smart-chain" => "bsc".to_owned(),
            "matic" | "pol" => "polygon".to_owned(),
            "arb" | "arbitrum-one" => "arbitrum".to_owned(),
            "op" => "optimism".to_owned(),
            "btc" => "bitcoin".to_owned(),
            "trx" | "trc20" => "tron".to_owned(),
            "avax" => "avalanche".to_owned(),
            other => other.to_owned(),
        };
        // The report page offers one entry for the smaller chains of the family.
        let general = ["evm", "other-evm"].contains(&name);
        general || short(name) == short(&self.name)
    }

    /// Looks at a transfer: at the first node that says anything.
    pub(super) async fn look(&self, caller: &Caller, (wanted, now): (&Wanted, Timestamp)) -> Reading {
        let mut last = Reading::unknown(&self.name, &wanted.transfer, Doubt::Unreachable);
        for url in &self.urls {
            let looked = match self.api {
                Api::JsonRpc { chain_id } => self.by_json_rpc((caller, url), (wanted, now), chain_id).await,
                Api::Esplora => self.by_esplora((caller, url), (wanted, now)).await,
                Api::Tron => self.by_tron((caller, url), (wanted, now)).await,
            };
            match looked {
                Ok(reading) if reading.doubt.is_none() => return reading,
                Ok(reading) => last = reading,
                Err(Unheard) => {}
            }
        }
        last
    }

    async fn by_json_rpc(
        &self,
        (caller, url): (&Caller, &str),
        (wanted, now): Looking<'_>,
        chain_id: u64,
    ) -> Result<Reading, Unheard> {
        let asked = evm::Asked {
            chain: &self.name,
            chain_id,
            transfer: &wanted.transfer,
            stale_after: self.stale_after,
            before: wanted.before.as_ref(),
        };
        let [id, block, transfer, receipt, fees] =
            evm::first_calls(&wanted.transfer).map(|call| caller.call(url, call));
        let (id, block, transfer, receipt, fees) = tokio::join!(id, block, transfer, receipt, fees);
        let answers = [&id, &block, &transfer, &receipt, &fees];
        if answers.iter().all(|answer| answer.is_err()) {
            return Err(Unheard);
        }
        let mut heard = evm::Heard {
            chain_id: id.ok(),
            block: block.ok(),
            transfer: transfer.ok(),
            receipt: receipt.ok(),
            fees: fees.ok(),
            ..evm::Heard::default()
        };
        if let Some(sender) = heard.sender(&asked) {
            let [mined, pooled] = evm::count_calls(&sender).map(|call| caller.call(url, call));
            let (mined, pooled) = tokio::join!(mined, pooled);
            heard.counts = [mined.ok(), pooled.ok()];
        }
        let reading = evm::judge(&asked, &heard, now);
        // A block may have come between the receipt and the count; then the transfer itself is what took the number.
        if reading.status == Status::Replaced {
            let [_, _, _, receipt, _] = evm::first_calls(&wanted.transfer);
            heard.receipt = caller.call(url, receipt).await.ok();
            return Ok(evm::judge(&asked, &heard, now));
        }
        Ok(reading)
    }

    fn asked<'a>(&'a self, wanted: &'a Wanted) -> Asked<'a> {
        Asked {
            chain: &self.name,
            transfer: &wanted.transfer,
            stale_after: self.stale_after,
            before: wanted.before.as_ref(),
        }
    }

    async fn by_esplora(&self, (caller, url): (&Caller, &str), (wanted, now): Looking<'_>) -> Result<Reading, Unheard> {
        let asked = self.asked(wanted);
        let base = url.trim_end_matches('/');
        let [genesis, blocks, transfer, fees] =
            bitcoin::paths(&wanted.transfer).map(|path| caller.get(format!("{base}{path}")));
        let (genesis, blocks, transfer, fees) = tokio::join!(genesis, blocks, transfer, fees);
        if genesis.is_err() && blocks.is_err() && transfer.is_err() && fees.is_err() {
            return Err(Unheard);
        }
        let json = |text: Option<String>| text.map_or(Some(Value::Null), |text| serde_json::from_str(&text).ok());
        let heard = bitcoin::Heard {
            genesis: genesis.ok().flatten(),
            blocks: blocks.ok().flatten().and_then(|text| serde_json::from_str(&text).ok()),
            transfer: transfer.ok().and_then(json),
            fees: fees.ok().flatten().and_then(|text| serde_json::from_str(&text).ok()),
        };
        Ok(bitcoin::judge(&asked, &heard, now))
    }

    async fn by_tron(&self, (caller, url): (&Caller, &str), (wanted, now): Looking<'_>) -> Result<Reading, Unheard> {
        let asked = self.asked(wanted);
        let base = url.trim_end_matches('/');
        let [genesis, block, mined, pending] =
            tron::paths(&wanted.transfer).map(|path| caller.get(format!("{base}{path}")));
        let (genesis, block, mined, pending) = tokio::join!(genesis, block, mined, pending);
        if genesis.is_err() && block.is_err() && mined.is_err() && pending.is_err() {
            return Err(Unheard);
        }
        let json = |answer: Result<Option<String>, Unheard>| serde_json::from_str(&answer.ok()??).ok();
        let heard =
            tron::Heard { genesis: json(genesis), block: json(block), mined: json(mined), pending: json(pending) };
        Ok(tron::judge(&asked, &heard, now))
    }
}

type Looking<'a> = (&'a Wanted, Timestamp);

/// A question as JSON-RPC writes it.
pub(super) fn question((method, params): &evm::Call) -> Value {
    json!({"jsonrpc": "2.0", "id": 1, "method": method, "params": params})
}

/// Only https, or plain http on a network of one's own; nothing that hides where it leads.
pub fn may_be_called(text: &str) -> bool {
    let Ok(url) = Url::parse(text) else { return false };
    let near = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback() || address.is_private(),
        Some(Host::Ipv6(address)) => address.is_loopback() || (address.segments()[0] & 0xfe00) == 0xfc00,
        None => return false,
    };
    let plain = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
    plain && (url.scheme() == "https" || url.scheme() == "http" && near)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_that_say_where_they_lead_are_called() {
        for good in [
            "https://rpc.example/v3/key",
            "http://127.0.0.1:8545",
            "http://10.1.2.3:8545/",
            "http://[fd00::1]:8545",
            "http://localhost:3000",
        ] {
            assert!(may_be_called(good), "{good}");
        }
        for bad in [
            "http://rpc.example",
            "ws://127.0.0.1:1",
            "https://me:secret@rpc.example",
            "https://rpc.example/#x",
            "file:///etc/passwd",
            "rpc.example",
            "http://8.8.8.8/",
            "",
        ] {
            assert!(!may_be_called(bad), "{bad}");
        }
    }

    #[test]
    fn a_chain_goes_by_its_usual_names() {
        let node = Node::new("ethereum", Api::JsonRpc { chain_id: 1 }, (&[], Span::ZERO))
            .unwrap_or_else(|bad| panic!("{bad}"));
        assert!(node.is_called("eth") && node.is_called("other-evm") && !node.is_called("bsc"));
    }
}
