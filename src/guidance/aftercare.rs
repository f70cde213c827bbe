//! The warning of the second theft: whoever lost something is offered help for money, often weeks later, by people who know
//! the sum and the name of the wallet ([RV-RECOVERY], [FBI-RECOV] of the threat reference). Said unprompted.

use super::Notice;
use crate::text::{Language, traditional};
use crate::time::Span;

/// When it is said once more, after closing.
pub const AGAIN_AFTER: Span = Span::from_days(30);

/// The notice beside the steps of a security case.
pub fn second_theft(language: Language) -> Notice {
    let text = match language {
        Language::En => {
            "Whoever now offers to get your money back for a fee, a tax, a deposit or your wallet's words is stealing a second time, however much they know about you. Police, your exchange and we never charge for help."
        }
        Language::Zh => {
            "现在谁说能帮您追回资产，却先要手续费、税费、保证金或助记词，都是第二次诈骗，不管对方对您了解多少。警方、交易所和我们都不会为帮忙收费。"
        }
        Language::ZhHant => {
            return Notice { text: traditional(&second_theft(Language::Zh).text), ..second_theft(Language::Zh) };
        }
    };
    Notice { id: "second-theft".to_owned(), text: text.to_owned() }
}

/// The message that stands in the case some weeks after closing.
pub fn weeks_later(language: Language) -> String {
    match language {
        Language::En => "It is a month since we closed your case. About now people call who say that they found your money: a lawyer, the police, a hacker, even \"us\". They know the sum and ask for a fee, a tax, remote access or your words. All of them steal a second time. Pay nothing, connect nothing, end the contact. Nobody needs to answer this message; if somebody has called you, write here and a person looks at it.".to_owned(),
        Language::Zh => "您的案件结束已有一个月。差不多这个时候，会有人联系您，自称律师、警察、黑客，甚至“我们”，说找到了您的钱。对方知道金额，要您交手续费、税费，远程控制您的设备，或要助记词。这些都是第二次诈骗。不要付钱，不要连接钱包，请断开联系。这条消息不用回复；如果真有人找过您，请在这里留言，由真人处理。".to_owned(),
        Language::ZhHant => traditional(&weeks_later(Language::Zh)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_warning_asks_for_nothing_and_holds_no_wrong_sign() {
        for language in Language::ALL {
            for text in [second_theft(language).text, weeks_later(language)] {
                assert!(!text.contains("http") && text.chars().count() < 600, "{text}");
            }
        }
        for text in [second_theft(Language::ZhHant).text, weeks_later(Language::ZhHant)] {
            assert!(crate::text::traditional::wrong(&text).is_empty(), "{text}");
        }
    }
}
