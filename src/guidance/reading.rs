//! What a chain reading means, in plain words: what is known, from which block, and what is not known. Never more certain
//! than the node.

use serde::{Deserialize, Serialize};

use super::words::{Say, reading as say};
use crate::text::Language;
use crate::time::Timestamp;
use crate::transfer::{Doubt, Reading, Status};

/// What the chain was last seen to say of one transfer, for the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChainNote {
    /// The chain by its name in the settings; several with commas.
    pub chain: String,
    /// The transfer's hash.
    pub transfer: String,
    /// A word of ours, such as `fee-low`; `asked` while the node is being asked.
    pub status: String,
    pub text: String,
    /// When it was looked at; nothing while it is being asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read_at: Option<Timestamp>,
    /// The latest block that the node had, and its time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub block: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub block_at: Option<Timestamp>,
    /// Blocks that hold the transfer, its own included.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmations: Option<u64>,
    /// Whether a later look can tell nothing else.
    pub settled: bool,
}

/// A reading in words.
pub fn for_reading(reading: &Reading, (read_at, language): (Timestamp, Language)) -> ChainNote {
    ChainNote {
        chain: reading.chain.clone(),
        transfer: reading.transfer.clone(),
        status: reading.status.as_str().to_owned(),
        text: words(reading, language),
        read_at: Some(read_at),
        block: reading.block.map(|(block, _)| block),
        block_at: reading.block.map(|(_, at)| at),
        confirmations: reading.confirmations,
        settled: reading.status.is_settled(),
    }
}

/// Whether a node is asked about a transfer at this moment, or nobody is there to ask.
pub fn no_node(transfer: &str, (is_asked, language): (bool, Language)) -> ChainNote {
    let text = if is_asked { say::ASKED } else { doubted(Doubt::NoNode) };
    let status = if is_asked { "asked" } else { Status::Unknown.as_str() };
    ChainNote {
        chain: String::new(),
        transfer: transfer.to_owned(),
        status: status.to_owned(),
        text: text.get(language).to_owned(),
        read_at: None,
        block: None,
        block_at: None,
        confirmations: None,
        settled: false,
    }
}

fn words(reading: &Reading, language: Language) -> String {
    let number = reading.missing.map_or_else(String::new, |number| number.to_string());
    let blocks = reading.confirmations.unwrap_or(1);
    let said = match reading.status {
        Status::Confirmed if blocks == 1 => say::CONFIRMED_NOW,
        Status::Confirmed => say::CONFIRMED,
        Status::Reverted => say::REVERTED,
        Status::InLine => say::IN_LINE,
        Status::FeeLow => say::FEE_LOW,
        Status::Behind => say::BEHIND,
        Status::Gap => say::GAP,
        Status::Replaced => say::REPLACED,
        Status::Dropped => say::DROPPED,
        Status::NotFound => say::NOT_FOUND,
        Status::Unknown => doubted(reading.doubt.unwrap_or(Doubt::Unreadable)),
    };
    said.with(language, &[("blocks", &blocks.to_string()), ("number", &number), ("chain", &reading.chain)])
}

fn doubted(doubt: Doubt) -> Say {
    match doubt {
        Doubt::NoNode => say::UNKNOWN_NO_NODE,
        Doubt::Unreachable => say::UNKNOWN_UNREACHABLE,
        Doubt::Stale => say::UNKNOWN_STALE,
        Doubt::OtherChain | Doubt::Unreadable => say::UNKNOWN_UNRELIABLE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_unknown_is_called_so_and_never_safe_or_lost() {
        let doubts = [Doubt::NoNode, Doubt::Unreachable, Doubt::Stale, Doubt::OtherChain, Doubt::Unreadable];
        for (doubt, language) in doubts.into_iter().flat_map(|doubt| Language::ALL.map(|language| (doubt, language))) {
            let note = for_reading(&Reading::unknown("ethereum", "0x1", doubt), (Timestamp::from_millis(0), language));
            let begins = if language == Language::En { "Unknown" } else { "未知" };
            assert!(note.text.starts_with(begins) && !note.settled && note.status == "unknown", "{}", note.text);
            for word in ["safe", "lost", "stolen", "confirmed", "安全", "丢失", "被盗", "已确认"] {
                assert!(!note.text.contains(word), "{word}: {}", note.text);
            }
        }
    }

    #[test]
    fn every_status_has_words_of_its_own_in_each_script() {
        for language in Language::ALL {
            let mut texts = std::collections::BTreeSet::new();
            for status in Status::ALL {
                let reading = Reading {
                    status,
                    missing: Some(7),
                    confirmations: Some(3),
                    ..Reading::unknown("base", "0x1", Doubt::Stale)
                };
                let note = for_reading(&reading, (Timestamp::from_millis(0), language));
                assert!(texts.insert(note.text.clone()), "{}", note.text);
            }
        }
    }
}
