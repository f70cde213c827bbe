//! Ethereum and the chains built like it, by JSON-RPC: what to ask, and what the answers say of one transfer.

use serde_json::{Value, json};

use super::quantity::{address, number, quantity};
use super::{Doubt, Reading, Status, vouched};
use crate::time::{Span, Timestamp};

/// A method with its parameters.
pub type Call = (&'static str, Value);

/// The first questions about a transfer, all at once.
pub fn first_calls(transfer: &str) -> [Call; 5] {
    [
        ("eth_chainId", json!([])),
        ("eth_getBlockByNumber", json!(["latest", false])),
        ("eth_getTransactionByHash", json!([transfer])),
        ("eth_getTransactionReceipt", json!([transfer])),
        ("eth_feeHistory", json!(["0x5", "latest", [50]])),
    ]
}

/// The questions about the sender's numbers: those in blocks, and with those that wait.
pub fn count_calls(sender: &str) -> [Call; 2] {
    ["latest", "pending"].map(|tag| ("eth_getTransactionCount", json!([sender, tag])))
}

/// A node's answers; nothing where it gave none. A `null` is an answer.
#[derive(Debug, Clone, Default)]
pub struct Heard {
    pub chain_id: Option<Value>,
    pub block: Option<Value>,
    pub transfer: Option<Value>,
    pub receipt: Option<Value>,
    pub fees: Option<Value>,
    /// How many transfers of the sender are in blocks, and with those that wait.
    pub counts: [Option<Value>; 2],
}

/// What is asked of a node.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    pub chain: &'a str,
    pub chain_id: u64,
    pub transfer: &'a str,
    /// The latest block may be this old.
    pub stale_after: Span,
    /// The look before, when there was one.
    pub before: Option<&'a Reading>,
}

impl Heard {
    /// Whose numbers have to be asked for before the transfer can be judged.
    pub fn sender(&self, asked: &Asked<'_>) -> Option<String> {
        if self.receipt.as_ref().is_some_and(|receipt| !receipt.is_null()) {
            return None;
        }
        match &self.transfer {
            Some(Value::Null) => asked.before.and_then(|before| before.sent.as_ref()).map(|(sender, _)| sender.clone()),
            Some(transfer) => transfer.get("from").and_then(address),
            None => None,
        }
    }
}

/// What the answers say. Never believes more than fits together.
pub fn judge(asked: &Asked<'_>, heard: &Heard, now: Timestamp) -> Reading {
    let &Asked { chain, chain_id, transfer, stale_after, before } = asked;
    let ours = heard.chain_id.as_ref().and_then(number).map(|id| id == chain_id);
    let node = (ours, heard.block.as_ref().and_then(block));
    vouched(&super::Asked { chain, transfer, stale_after, before }, node, now, |block| {
        match (&heard.receipt, &heard.transfer) {
            (Some(Value::Null), Some(Value::Null)) => Some(absent(asked, heard)),
            (Some(Value::Null), Some(transfer)) => waiting(asked, transfer, heard),
            (Some(receipt), _) => included(asked, receipt, block),
            (None, _) => None,
        }
    })
}

fn block(value: &Value) -> Option<(u64, Timestamp)> {
    let seconds = i64::try_from(number(value.get("timestamp")?)?).ok().filter(|seconds| *seconds < 1 << 40)?;
    Some((number(value.get("number")?)?, Timestamp::from_millis(seconds * 1_000)))
}

fn included(asked: &Asked<'_>, receipt: &Value, latest: u64) -> Option<Reading> {
    let named = receipt.get("transactionHash")?.as_str()?;
    if !named.eq_ignore_ascii_case(asked.transfer) {
        return None;
    }
    let block = number(receipt.get("blockNumber")?)?;
    // The next block may have come between two answers; one far ahead is nonsense.
    if block > latest.saturating_add(64) {
        return None;
    }
    let status = match number(receipt.get("status")?)? {
        1 => Status::Confirmed,
        0 => Status::Reverted,
        _ => return None,
    };
    let confirmations = Some(latest.saturating_sub(block) + 1);
    Some(Reading { confirmations, ..Reading::of(asked.chain, asked.transfer, status) })
}

fn waiting(asked: &Asked<'_>, transfer: &Value, heard: &Heard) -> Option<Reading> {
    let named = transfer.get("hash")?.as_str()?;
    let in_no_block = transfer.get("blockNumber").is_none_or(Value::is_null);
    if !named.eq_ignore_ascii_case(asked.transfer) || !in_no_block {
        return None;
    }
    let (sender, nonce) = (address(transfer.get("from")?)?, number(transfer.get("nonce")?)?);
    let [mined, pooled] = heard.counts.each_ref().map(|count| count.as_ref().and_then(number));
    let (mined, pooled) = (mined?, pooled?.max(mined?));
    let (status, missing) = if nonce < mined {
        (Status::Replaced, None)
    } else if nonce == mined {
        (if fee_is_low(transfer, heard)? { Status::FeeLow } else { Status::InLine }, None)
    } else if pooled > nonce {
        (Status::Behind, Some(mined))
    } else {
        (Status::Gap, Some(pooled))
    };
    Some(Reading { sent: Some((sender, nonce)), missing, ..Reading::of(asked.chain, asked.transfer, status) })
}

/// Whether the most that the transfer pays is below what the next block takes. Where a chain has no base fee, what the
/// calmest of the last blocks paid stands for it.
fn fee_is_low(transfer: &Value, heard: &Heard) -> Option<bool> {
    let pays = ["maxFeePerGas", "gasPrice"].into_iter().find_map(|field| quantity(transfer.get(field)?))?;
    let fees = heard.fees.as_ref();
    let next = fees.and_then(|fees| quantity(fees.get("baseFeePerGas")?.as_array()?.last()?));
    let in_block = heard.block.as_ref().and_then(|block| quantity(block.get("baseFeePerGas")?));
    let base = next.or(in_block).unwrap_or(0);
    let usual = fees.and_then(|fees| {
        let rewards = fees.get("reward")?.as_array()?;
        rewards.iter().filter_map(|block| quantity(block.as_array()?.first()?)).min()
    });
    Some(pays < if base > 0 { base } else { usual.unwrap_or(0) })
}

/// The node knows nothing of it: gone, if it was seen before.
fn absent(asked: &Asked<'_>, heard: &Heard) -> Reading {
    let sent = asked.before.and_then(|before| before.sent.clone());
    let mined = heard.counts[0].as_ref().and_then(number);
    let status = match (&sent, mined) {
        (Some((_, nonce)), Some(mined)) if *nonce < mined => Status::Replaced,
        (Some(_), Some(_)) => Status::Dropped,
        (Some(_), None) => return Reading::unknown(asked.chain, asked.transfer, Doubt::Unreadable),
        (None, _) => Status::NotFound,
    };
    Reading { sent, ..Reading::of(asked.chain, asked.transfer, status) }
}
