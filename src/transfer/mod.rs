//! What became of a transfer, judged from what a node of the operator's answers. Pure: answers come in as JSON that may
//! be anything, a reading goes out; asking is `chain`'s matter, words are `guidance`'s.
//!
//! A node that is behind, on another chain or talks nonsense makes the reading unknown, whatever else it said.

pub mod bitcoin;
pub mod evm;
mod quantity;
#[cfg(test)]
mod tests;
pub mod tron;

use std::fmt;
use std::str::FromStr;

use crate::signal::Facts;
use crate::time::{Span, Timestamp};

/// What became of a transfer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// In a block, and it worked.
    Confirmed,
    /// In a block, and it failed: nothing moved but the fee.
    Reverted,
    /// Next in line with a fee that the network takes.
    InLine,
    /// Next in line, with a fee below what the network takes now.
    FeeLow,
    /// Earlier ones of the same account wait before it.
    Behind,
    /// A number before it is missing.
    Gap,
    /// Another transfer with its number is in a block.
    Replaced,
    /// It was seen waiting once and is not there any more.
    Dropped,
    /// The node does not know it.
    NotFound,
    /// Nothing can be said.
    Unknown,
}

/// The text is no status.
#[derive(Debug, PartialEq, Eq)]
pub struct NotAStatus;

impl Status {
    pub const ALL: [Self; 10] = [
        Self::Confirmed,
        Self::Reverted,
        Self::InLine,
        Self::FeeLow,
        Self::Behind,
        Self::Gap,
        Self::Replaced,
        Self::Dropped,
        Self::NotFound,
        Self::Unknown,
    ];

    /// The word in facts, conditions and answers.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Reverted => "reverted",
            Self::InLine => "in-line",
            Self::FeeLow => "fee-low",
            Self::Behind => "behind",
            Self::Gap => "gap",
            Self::Replaced => "replaced",
            Self::Dropped => "dropped",
            Self::NotFound => "not-found",
            Self::Unknown => "unknown",
        }
    }

    /// Whether a later look can tell nothing else.
    pub fn is_settled(self) -> bool {
        match self {
            Self::Confirmed | Self::Reverted => true,
            // Nodes behind one address may be a block apart, so one look does not settle that.
            Self::Replaced
            | Self::InLine
            | Self::FeeLow
            | Self::Behind
            | Self::Gap
            | Self::Dropped
            | Self::NotFound
            | Self::Unknown => false,
        }
    }
}

impl FromStr for Status {
    type Err = NotAStatus;

    fn from_str(text: &str) -> Result<Self, NotAStatus> {
        Self::ALL.into_iter().find(|status| status.as_str() == text).ok_or(NotAStatus)
    }
}

/// Why nothing can be said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// No node of the chain is configured.
    NoNode,
    /// The node did not answer in time, or refused.
    Unreachable,
    /// Its latest block is too old, or lies in the future.
    Stale,
    /// It is a node of another chain.
    OtherChain,
    /// It answered what no node of the chain answers.
    Unreadable,
}

impl Doubt {
    const ALL: [Self; 5] = [Self::NoNode, Self::Unreachable, Self::Stale, Self::OtherChain, Self::Unreadable];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::NoNode => "no-node",
            Self::Unreachable => "unreachable",
            Self::Stale => "stale",
            Self::OtherChain => "other-chain",
            Self::Unreadable => "unreadable",
        }
    }
}

impl fmt::Display for Doubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What is asked of a node.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    pub chain: &'a str,
    pub transfer: &'a str,
    pub stale_after: Span,
    pub before: Option<&'a Reading>,
}

/// What a node says of itself: whether it is one of the chain, and its latest block with its time; nothing where it cannot
/// be read.
type Node = (Option<bool>, Option<(u64, Timestamp)>);

/// The reading from a node that is of the chain and up to date, which goes by the number of its latest block; else why
/// nothing can be said, whatever else it said.
fn vouched(
    asked: &Asked<'_>,
    (ours, tip): Node,
    now: Timestamp,
    judged: impl FnOnce(u64) -> Option<Reading>,
) -> Reading {
    let unknown = |doubt| Reading::unknown(asked.chain, asked.transfer, doubt);
    let (Some(ours), Some((block, at))) = (ours, tip) else { return unknown(Doubt::Unreadable) };
    if !ours {
        return unknown(Doubt::OtherChain);
    }
    let reading = if is_fresh(at, now, asked.stale_after) {
        judged(block).unwrap_or_else(|| unknown(Doubt::Unreadable))
    } else {
        unknown(Doubt::Stale)
    };
    Reading { block: Some((block, at)), ..reading }
}

/// One look at one transfer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The chain by its name in the settings; several with commas when none of them knew the transfer.
    pub chain: String,
    pub transfer: String,
    pub status: Status,
    /// Set exactly when the status is unknown.
    pub doubt: Option<Doubt>,
    /// The node's latest block and its time.
    pub block: Option<(u64, Timestamp)>,
    /// The sender and the number in line, for later looks.
    pub sent: Option<(String, u64)>,
    /// The number that has to come first.
    pub missing: Option<u64>,
    pub confirmations: Option<u64>,
}

impl Reading {
    /// A reading that says nothing, and why.
    pub fn unknown(chain: &str, transfer: &str, doubt: Doubt) -> Self {
        Self { doubt: Some(doubt), ..Self::of(chain, transfer, Status::Unknown) }
    }

    fn of(chain: &str, transfer: &str, status: Status) -> Self {
        Self {
            chain: chain.to_owned(),
            transfer: transfer.to_owned(),
            status,
            doubt: None,
            block: None,
            sent: None,
            missing: None,
            confirmations: None,
        }
    }

    /// The reading as a signal says it.
    pub fn facts(&self) -> Facts {
        let mut facts = Facts::new()
            .with("kind", KIND)
            .with("chain", self.chain.clone())
            .with("tx", self.transfer.clone())
            .with("status", self.status.as_str());
        if let Some(doubt) = self.doubt {
            facts.set("doubt", doubt.as_str());
        }
        if let Some((block, at)) = self.block {
            facts.set("block", block.to_string());
            facts.set("time", at.to_string());
        }
        if let Some((from, nonce)) = &self.sent {
            facts.set("from", from.clone());
            facts.set("nonce", nonce.to_string());
        }
        for (field, number) in [("missing-nonce", self.missing), ("confirmations", self.confirmations)] {
            if let Some(number) = number {
                facts.set(field, number.to_string());
            }
        }
        facts
    }

    /// The reading that a signal says; nothing for another kind of signal.
    pub fn of_facts(facts: &Facts) -> Option<Self> {
        if facts.first("kind") != Some(KIND) {
            return None;
        }
        let number = |field: &str| facts.first(field)?.parse().ok();
        let doubt = facts.first("doubt").and_then(|word| Doubt::ALL.into_iter().find(|doubt| doubt.as_str() == word));
        Some(Self {
            chain: facts.first("chain")?.to_owned(),
            transfer: facts.first("tx")?.to_owned(),
            status: facts.first("status")?.parse().ok()?,
            doubt,
            block: number("block").zip(facts.first("time").and_then(|time| time.parse().ok())),
            sent: facts.first("from").map(str::to_owned).zip(number("nonce")),
            missing: number("missing-nonce"),
            confirmations: number("confirmations"),
        })
    }
}

/// The kind of the signal that a reading becomes.
pub const KIND: &str = "chain.reading";
/// Looks at one transfer of one case, at most.
const MOST: usize = 48;
/// A transfer is looked at again after this, then after twice as long, and so on.
const FIRST_AGAIN: Span = Span::from_minutes(1);
const LONGEST_AGAIN: Span = Span::from_minutes(60);

/// When a transfer may be looked at again after so many looks, the last one then; nothing when it is settled or was
/// looked at often enough.
pub fn next_look(looks: usize, (last, at): (Status, Timestamp)) -> Option<Timestamp> {
    if last.is_settled() || looks >= MOST {
        return None;
    }
    let doublings = u32::try_from(looks.saturating_sub(1)).unwrap_or(u32::MAX).min(6);
    let wait = FIRST_AGAIN.millis().saturating_mul(1 << doublings).min(LONGEST_AGAIN.millis());
    Some(at.plus(Span::from_millis(wait)))
}

/// A block may be this far in the future of our clock.
const AHEAD: Span = Span::from_minutes(10);

/// Whether the latest block is of now, so that what the node does not know can be believed.
fn is_fresh(block: Timestamp, now: Timestamp, stale_after: Span) -> bool {
    now.since(block) <= stale_after && block.since(now) <= AHEAD
}

/// Whether this names a transfer of an Ethereum-like chain: `0x` and 64 hex digits.
pub fn is_evm(transfer: &str) -> bool {
    transfer.strip_prefix("0x").is_some_and(is_hash)
}

/// Whether this names a transfer of Bitcoin or TRON: 64 hex digits.
pub fn is_hash(transfer: &str) -> bool {
    transfer.len() == 64 && transfer.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// The best of what several nodes said of one transfer: what one of them knows, else that none knows it, else why not.
pub fn best(readings: Vec<Reading>) -> Option<Reading> {
    let rank = |status: Status| match status {
        Status::Confirmed | Status::Reverted => 0,
        Status::InLine | Status::FeeLow | Status::Behind | Status::Gap => 1,
        Status::Replaced | Status::Dropped => 2,
        // One silent node may be the one that knows it.
        Status::Unknown => 3,
        Status::NotFound => 4,
    };
    let chains: Vec<&str> = readings.iter().map(|reading| reading.chain.as_str()).collect();
    let names = chains.join(", ");
    let best = readings.into_iter().min_by_key(|reading| rank(reading.status))?;
    match best.status {
        Status::NotFound => Some(Reading { chain: names, ..best }),
        Status::Confirmed
        | Status::Reverted
        | Status::InLine
        | Status::FeeLow
        | Status::Behind
        | Status::Gap
        | Status::Replaced
        | Status::Dropped
        | Status::Unknown => Some(best),
    }
}
