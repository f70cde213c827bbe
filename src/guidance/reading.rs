//! What a chain reading means, in plain words: what is known, from which block, and what is not known. Never more certain
//! than the node.

use serde::{Deserialize, Serialize};

use crate::text::{Language, traditional};
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
        text: in_language(language, |language| words(reading, language)),
        read_at: Some(read_at),
        block: reading.block.map(|(block, _)| block),
        block_at: reading.block.map(|(_, at)| at),
        confirmations: reading.confirmations,
        settled: reading.status.is_settled(),
    }
}

/// Whether a node is asked about a transfer at this moment, or nobody is there to ask.
pub fn no_node(transfer: &str, (is_asked, language): (bool, Language)) -> ChainNote {
    let text = in_language(language, |language| {
        if is_asked { asked(language) } else { doubted(Doubt::NoNode, language) }.to_owned()
    });
    let status = if is_asked { "asked" } else { Status::Unknown.as_str() };
    ChainNote {
        chain: String::new(),
        transfer: transfer.to_owned(),
        status: status.to_owned(),
        text,
        read_at: None,
        block: None,
        block_at: None,
        confirmations: None,
        settled: false,
    }
}

/// Chinese words are written once, in the simplified script.
fn in_language(language: Language, words: impl Fn(bool) -> String) -> String {
    match language {
        Language::En => words(true),
        Language::Zh => words(false),
        Language::ZhHant => traditional(&words(false)),
    }
}

fn asked(english: bool) -> &'static str {
    if english {
        "We are looking this transfer up on the chain. What we see appears here in a few seconds; your steps do not wait for it."
    } else {
        "正在链上查这笔转账，几秒后结果会显示在这里；步骤不用等，请先照做。"
    }
}

fn words(reading: &Reading, english: bool) -> String {
    let number = reading.missing.map_or_else(String::new, |number| number.to_string());
    let blocks = reading.confirmations.unwrap_or(1);
    match (reading.status, english) {
        (Status::Confirmed, true) if blocks == 1 => "Confirmed: it is in the newest block. Within the next blocks it becomes final.".to_owned(),
        (Status::Confirmed, true) => format!("Confirmed: {blocks} blocks hold it. It has been carried out and cannot be reversed by anyone."),
        (Status::Confirmed, false) if blocks == 1 => "已确认：刚进入最新的区块，再过几个区块就不会变了。".to_owned(),
        (Status::Confirmed, false) => format!("已确认：已有 {blocks} 个区块确认。转账已经完成，任何人都无法撤回。"),
        (Status::Reverted, true) => "Failed: it is in a block, but the chain refused it. What you wanted to send stayed where it was; the fee is spent.".to_owned(),
        (Status::Reverted, false) => "失败：已进入区块，但没有执行成功。要转的币没有动，手续费已花掉。".to_owned(),
        (Status::InLine, true) => "Waiting: it is next in line and pays what the network takes now. The network decides when; usually that is soon.".to_owned(),
        (Status::InLine, false) => "等待中：已经轮到它，手续费也够。什么时候打包由网络决定，一般很快。".to_owned(),
        (Status::FeeLow, true) => "Waiting: its fee is below what the network takes now. It goes through when the network is quieter, or sooner if you speed it up.".to_owned(),
        (Status::FeeLow, false) => "等待中：手续费低于网络现在的水平。网络空闲后会通过，也可以点“加速”让它快一点。".to_owned(),
        (Status::Behind, true) => format!("Waiting: earlier transfers of the same account come first, the oldest with number {number}. Speed up or cancel that one; this one follows."),
        (Status::Behind, false) => format!("等待中：同一账户更早的转账排在前面，最早的序号是 {number}。先加速或取消那一笔，这笔会跟着走。"),
        (Status::Gap, true) => format!("Waiting: a transfer with number {number} is missing before it, so the network cannot take it yet."),
        (Status::Gap, false) => format!("等待中：前面缺少序号 {number} 的转账，网络暂时无法处理这一笔。"),
        (Status::Replaced, true) => "Replaced: another transfer of the same account with the same number is in a block. That one counts; this one can never happen.".to_owned(),
        (Status::Replaced, false) => "已被替换：同一账户、同一序号的另一笔转账已进入区块。以那笔为准，这一笔不会再执行。".to_owned(),
        (Status::Dropped, true) => "Gone: our node saw it waiting before and does not have it any more. It was most likely dropped or replaced; nothing of it is in a block that we see.".to_owned(),
        (Status::Dropped, false) => "不见了：我们的节点之前看到它在等待，现在没有了，多半是被网络丢弃或替换。在我们看到的区块里没有它。".to_owned(),
        (Status::NotFound, true) => format!("Not found: our node of {} does not know this hash. It may never have been sent, have been dropped, or be on another network.", reading.chain),
        (Status::NotFound, false) => format!("没找到：我们的 {} 节点里没有这个哈希。可能没有发出去、已被丢弃，或在另一条链上。", reading.chain),
        (Status::Unknown, _) => doubted(reading.doubt.unwrap_or(Doubt::Unreadable), english).to_owned(),
    }
}

fn doubted(doubt: Doubt, english: bool) -> &'static str {
    match (doubt, english) {
        (Doubt::NoNode, true) => {
            "Unknown: we have no node of this network to ask, so we cannot see the transfer. Look it up in the network's explorer; type its address yourself."
        }
        (Doubt::NoNode, false) => {
            "未知：我们没有这条链的节点，看不到这笔转账。请到该链的区块浏览器查询，网址自己输入。"
        }
        (Doubt::Unreachable, true) => {
            "Unknown: our node did not answer just now, so this says nothing about your transfer. We ask again when you open this page later."
        }
        (Doubt::Unreachable, false) => {
            "未知：我们的节点暂时没有响应，这不代表您的转账有问题。稍后再打开本页时会重新查询。"
        }
        (Doubt::Stale, true) => {
            "Unknown: our node is behind the network, so what it does not see may well be there. We believe none of it; look in the explorer, or come back later."
        }
        (Doubt::Stale, false) => {
            "未知：我们的节点落后于网络，它没看到不代表没有，所以不作判断。请到区块浏览器查询，或稍后再来。"
        }
        (Doubt::OtherChain | Doubt::Unreadable, true) => {
            "Unknown: our node gave an answer that we cannot rely on, so we say nothing from it. Look in the explorer; staff see that the node is at fault."
        }
        (Doubt::OtherChain | Doubt::Unreadable, false) => {
            "未知：节点的答复不可靠，所以不作判断。请到区块浏览器查询；工作人员会看到是节点的问题。"
        }
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
                assert!(crate::text::traditional::wrong(&note.text).is_empty() || language != Language::ZhHant);
            }
        }
    }
}
