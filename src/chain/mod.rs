//! Asking nodes about transfers, in the background: reports are answered first, what is seen comes to the case as a signal.
//!
//! Only the operator's own hosts are called, never with anything but a hash or an address in the question; no redirects,
//! no proxy, two seconds and a megabyte for everything. What comes back is judged by [`crate::transfer`].

mod caller;
mod node;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

pub use node::{Api, BadNode, Node};

use self::caller::Caller;
use crate::respond::{Respond, Wanted};
use crate::transfer::{self, Doubt, Reading, best};

/// Cases that are looked at side by side.
const AT_ONCE: usize = 4;
/// Everything about one transfer.
const PATIENCE: Duration = Duration::from_secs(2);
/// Nodes that one transfer is looked for at.
const NODES: usize = 6;

/// The operator's nodes and the way to call them.
pub struct Lookout {
    nodes: Vec<Node>,
    caller: Caller,
}

impl Lookout {
    /// Nodes with a client of their own; an error when the client cannot be built.
    pub fn new(nodes: Vec<Node>) -> anyhow::Result<Self> {
        Ok(Self { nodes, caller: Caller::new()? })
    }

    /// The task: takes cases, looks, hands back what was seen, until the stop signal.
    pub async fn run(self, respond: Respond, mut asks: mpsc::Receiver<String>, stop: CancellationToken) {
        let here = Arc::new(self);
        let (mut looking, mut under_way) = (FuturesUnordered::new(), BTreeSet::new());
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                ask = asks.recv(), if looking.len() < AT_ONCE => match ask {
                    // A page that is opened while its case is looked at asks for nothing new.
                    Some(reference) if !under_way.insert(reference.clone()) => {}
                    Some(reference) => looking.push(Arc::clone(&here).case(respond.clone(), reference)),
                    None => return,
                },
                Some(done) = looking.next(), if !looking.is_empty() => { under_way.remove(&done); }
            }
        }
    }

    /// Looks at a case, and gives its reference back.
    async fn case(self: Arc<Self>, respond: Respond, reference: String) -> String {
        self.transfers_of(&respond, &reference).await;
        reference
    }

    async fn transfers_of(&self, respond: &Respond, reference: &str) {
        let to_look = match respond.to_look(reference).await {
            Ok(Some(to_look)) => to_look,
            Ok(None) => return,
            Err(error) => {
                tracing::warn!(%error, "a case could not be read to look at the chain: {error}");
                return;
            }
        };
        let mut readings = Vec::new();
        for wanted in &to_look.wanted {
            let reading = self.look(wanted, respond.room().now()).await;
            metrics::counter!("holdfast_chain_readings_total", "status" => reading.status.as_str()).increment(1);
            if let Some(doubt) = reading.doubt {
                tracing::warn!(chain = %reading.chain, doubt = doubt.as_str(), "a chain reading is unknown: {doubt}");
            }
            readings.push(reading);
        }
        if let Err(error) = respond.saw(to_look.incident, readings).await {
            tracing::warn!(%error, "what the chain says could not be kept: {error}");
        }
    }

    /// Looks at one transfer where it may be.
    async fn look(&self, wanted: &Wanted, now: crate::time::Timestamp) -> Reading {
        let nodes = self.nodes_for(wanted);
        if nodes.is_empty() {
            let chain = wanted.chains.first().map_or("", String::as_str);
            return Reading::unknown(chain, &wanted.transfer, Doubt::NoNode);
        }
        let looks = nodes.iter().map(|node| async move {
            let looked = node.look(&self.caller, (wanted, now));
            let silent = || Reading::unknown(&node.name, &wanted.transfer, Doubt::Unreachable);
            tokio::time::timeout(PATIENCE, looked).await.unwrap_or_else(|_| silent())
        });
        let readings = futures_util::future::join_all(looks).await;
        best(readings).unwrap_or_else(|| Reading::unknown("", &wanted.transfer, Doubt::NoNode))
    }

    /// The nodes of the chains that the case names, or of all where the hash could be.
    fn nodes_for(&self, wanted: &Wanted) -> Vec<&Node> {
        let fits = |node: &&Node| match node.api {
            Api::JsonRpc { .. } => transfer::is_evm(&wanted.transfer),
            Api::Esplora | Api::Tron => transfer::is_hash(&wanted.transfer),
        };
        let possible: Vec<&Node> = self.nodes.iter().filter(fits).take(NODES).collect();
        // A chain seen before stays the chain; one that the person named rules the others of its family out.
        let seen = wanted.before.as_ref().map(|before| before.chain.as_str());
        if let Some(node) = possible.iter().find(|node| Some(node.name.as_str()) == seen) {
            return vec![node];
        }
        let evm = |name: &String| crate::text::Family::of_chain(name) == Some(crate::text::Family::Evm);
        // A hash of Bitcoin and one of TRON look alike: where one of them is named, only that one is asked.
        let alike = ["bitcoin", "btc", "tron", "trx", "trc20"];
        let told: Vec<&String> = wanted.chains.iter().filter(|name| alike.contains(&name.as_str())).collect();
        if !transfer::is_evm(&wanted.transfer) && !told.is_empty() {
            return possible.into_iter().filter(|node| told.iter().any(|name| node.is_called(name))).collect();
        }
        let named: Vec<&String> = wanted.chains.iter().filter(|name| evm(name)).collect();
        if !transfer::is_evm(&wanted.transfer) || named.is_empty() {
            return possible;
        }
        possible.into_iter().filter(|node| named.iter().any(|name| node.is_called(name))).collect()
    }
}
