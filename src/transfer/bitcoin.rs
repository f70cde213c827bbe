//! Bitcoin, by an Esplora server: what to ask, and what the answers say of one transfer. Fees are compared as whole
//! thousandths of a satoshi for each virtual byte.

use serde_json::Value;

use super::{Asked, Reading, Status, vouched};
use crate::signal::Decimal;
use crate::time::Timestamp;

/// The first block of the main network.
const GENESIS: &str = "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f";
/// The fee that the next so many blocks take is what counts as enough.
const WITHIN: &str = "6";

/// The paths to ask for, all at once: the first block, the latest blocks, the transfer, the fees.
pub fn paths(transfer: &str) -> [String; 4] {
    ["/block-height/0".to_owned(), "/blocks".to_owned(), format!("/tx/{transfer}"), "/fee-estimates".to_owned()]
}

/// A server's answers; nothing where it gave none.
#[derive(Debug, Clone, Default)]
pub struct Heard {
    /// As text.
    pub genesis: Option<String>,
    pub blocks: Option<Value>,
    /// `null` when the server does not know it.
    pub transfer: Option<Value>,
    pub fees: Option<Value>,
}

/// What the answers say.
pub fn judge(asked: &Asked<'_>, heard: &Heard, now: Timestamp) -> Reading {
    let ours = heard.genesis.as_ref().map(|genesis| genesis.trim() == GENESIS);
    vouched(asked, (ours, heard.blocks.as_ref().and_then(tip)), now, |block| match &heard.transfer {
        Some(Value::Null) => Some(absent(asked)),
        Some(transfer) => known(asked, transfer, (block, heard.fees.as_ref())),
        None => None,
    })
}

fn tip(blocks: &Value) -> Option<(u64, Timestamp)> {
    let tip = blocks.as_array()?.first()?;
    let seconds = tip.get("timestamp")?.as_i64().filter(|seconds| (0..1 << 40).contains(seconds))?;
    Some((tip.get("height")?.as_u64()?, Timestamp::from_millis(seconds * 1_000)))
}

fn known(asked: &Asked<'_>, transfer: &Value, (tip, fees): (u64, Option<&Value>)) -> Option<Reading> {
    if !transfer.get("txid")?.as_str()?.eq_ignore_ascii_case(asked.transfer) {
        return None;
    }
    let status = transfer.get("status")?;
    if status.get("confirmed")?.as_bool()? {
        let block = status.get("block_height")?.as_u64().filter(|block| *block <= tip.saturating_add(6))?;
        let confirmations = Some(tip.saturating_sub(block) + 1);
        return Some(Reading { confirmations, ..Reading::of(asked.chain, asked.transfer, Status::Confirmed) });
    }
    let (fee, weight) =
        (transfer.get("fee")?.as_u64()?, transfer.get("weight")?.as_u64().filter(|weight| *weight > 0)?);
    // Four units of weight are one virtual byte.
    let pays = fee.checked_mul(4_000)? / weight;
    let wanted = fees.and_then(|fees| thousandths(fees.get(WITHIN)?));
    let status = if wanted.is_some_and(|wanted| pays < wanted) { Status::FeeLow } else { Status::InLine };
    Some(Reading::of(asked.chain, asked.transfer, status))
}

/// A rate as the server writes it, such as `3.42`, in thousandths.
fn thousandths(rate: &Value) -> Option<u64> {
    let rate: Decimal = rate.as_number()?.to_string().parse().ok()?;
    let text = rate.to_string();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let fraction: String = fraction.chars().chain("000".chars()).take(3).collect();
    format!("{whole}{fraction}").parse().ok()
}

/// The server knows nothing of it. Whether it was replaced or dropped cannot be told from here.
fn absent(asked: &Asked<'_>) -> Reading {
    let waited = asked.before.is_some_and(|before| match before.status {
        Status::InLine | Status::FeeLow | Status::Dropped => true,
        Status::Confirmed
        | Status::Reverted
        | Status::Behind
        | Status::Gap
        | Status::Replaced
        | Status::NotFound
        | Status::Unknown => false,
    });
    let status = if waited { Status::Dropped } else { Status::NotFound };
    Reading::of(asked.chain, asked.transfer, status)
}
