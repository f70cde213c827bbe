//! The one interrupt: what is said before somebody sends, pays or types what they would lose, and after words came out.
//!
//! Sources are tags of the threat reference.

use serde::{Deserialize, Serialize};

use crate::phrase::Secret;
use crate::playbook::{Class, Set, Stop};
use crate::scoring::Assessment;
use crate::signal::Signal;
use crate::text::{Language, traditional};

/// A kind that is less likely than this, in parts per million, interrupts nobody who has a routine request.
const LIKELY: u32 = 100_000;

/// An interrupt in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StopPage {
    pub id: String,
    pub title: String,
    pub why: String,
    /// What to do in the next five minutes, in order.
    pub now: Vec<String>,
}

/// What a person is about to do by this signal, the worst first; or what was taken out of it. A routine request for a fee
/// is none: what a sign sets counts in an incident, or where its kind is likely.
pub fn stop_in(set: &Set, signal: &Signal, (judged, secrets): (&Assessment, &[Secret])) -> Option<Stop> {
    let likely = |kind: &str| {
        let found = judged.standings.iter().find(|standing| standing.kind == kind);
        found.is_some_and(|standing| standing.chance.parts() >= LIKELY)
    };
    let fired = set.recognise(std::slice::from_ref(signal));
    let about_to = fired.iter().filter_map(|fired| {
        let stop = set.sign(fired.sign).sets.stop?;
        let kind = set.kinds.get(fired.sign.kind as usize)?;
        (judged.class == Class::Security || likely(&kind.id)).then_some(stop)
    });
    stop_for_secrets(secrets).into_iter().chain(about_to).min()
}

/// What is said after the scrubber took something out.
pub fn stop_for_secrets(secrets: &[Secret]) -> Option<Stop> {
    let removed = secrets.iter().map(|secret| match secret {
        Secret::RecoveryPhrase | Secret::PrivateKey | Secret::ExtendedKey | Secret::Keystore => Stop::WordsRemoved,
        Secret::SessionToken => Stop::TokenRemoved,
    });
    removed.min()
}

/// The words of an interrupt.
pub fn stop_page(stop: Stop, language: Language) -> StopPage {
    let ((title, why), now) = match language {
        Language::En => english(stop),
        Language::Zh | Language::ZhHant => chinese(stop),
    };
    let said = |text: &str| match language {
        Language::En | Language::Zh => text.to_owned(),
        Language::ZhHant => traditional(text),
    };
    StopPage {
        id: stop.as_str().to_owned(),
        title: said(title),
        why: said(why),
        now: now.iter().map(|text| said(text)).collect(),
    }
}

type Texts = ((&'static str, &'static str), &'static [&'static str]);

fn english(stop: Stop) -> Texts {
    match stop {
        // [RV-SEED], [IM-STOLEN]: only moving helps. [SEAL-MALWARE]: tokens before the coin that pays fees.
        Stop::WordsRemoved => (
            (
                "We took your recovery words or key out. Nobody here has read them.",
                "They were typed on this device and were on their way, so treat that wallet as known to others. A new password or a revoked permission does not help: whoever has the words has the wallet. Only moving helps.",
            ),
            &[
                "On another, clean device, make a new wallet yourself. Write its words on paper only.",
                "Move what is left in the old wallet there: the most valuable first, and the coin that pays the fees last.",
                "Delete the words wherever you copied them from: chat, note, photo, clipboard.",
                "Send them to nobody again, not even to us. Nobody who helps you needs them.",
            ],
        ),
        // [PH-SCAM], [PH-SEC], [RV-SEED], [SEAL-SEED]
        Stop::TypeWords => (
            (
                "Wait. Type your recovery words nowhere.",
                "Whoever has them has everything in every wallet made from them, and no one can take that back. Nobody who helps you needs them: not we, not the maker of the wallet, not the police.",
            ),
            &[
                "Close the page, app or chat that asks for them.",
                "If you typed some already, even a few, treat the wallet as known to others and go on to the steps.",
                "Open your wallet only in the app you had before, or from an address you type yourself.",
            ],
        ),
        // [RV-RECOVERY], [FBI-RECOV], [FB-WH], [SEAL-911]
        Stop::PayFee => (
            (
                "Wait. Do not pay.",
                "Money asked for before money comes back is how the second theft works: after each payment there is another. Police, we, and the rescue groups that are real take no fee, deposit, tax or gas.",
            ),
            &[
                "If a payment is on its way, call your bank or exchange now and ask them to stop it.",
                "Stop answering. Do not tell them that you have seen through it: some then take what they can reach.",
                "Keep the chat, the names and the addresses. The police can use them.",
            ],
        ),
        // [MM-SWEEP], [MM-HACK], [RV-SEED]: bots win the race. [SEAL-MALWARE]: released coins land in the bot's reach.
        Stop::FundAddress => (
            (
                "Wait. Send nothing to that address.",
                "What arrives there is taken within seconds, often in the same block, the coin for the fee as well. Nobody is fast enough by hand, and one more small top-up is one more loss.",
            ),
            &[
                "Cancel what you have not sent yet.",
                "Unstake and claim nothing: what is released lands in the same hands.",
                "Point what will be paid there, like salary, withdrawals or mining, to a new wallet of your own.",
                "Write down what is still inside. Your steps say how it can be got out without paying a fee in first.",
            ],
        ),
        Stop::TokenRemoved => (
            (
                "We took a sign-in token out. Nobody here has used it.",
                "Whoever holds such a token is signed in as you, without password or code, until you sign out.",
            ),
            &[
                "Open the account by its app or by an address you type yourself, and sign out on all devices.",
                "Then change the password, and look through the list of devices for one that is not yours.",
            ],
        ),
    }
}

fn chinese(stop: Stop) -> Texts {
    match stop {
        Stop::WordsRemoved => (
            (
                "我们已经删掉了里面的助记词或私钥，没有人看到",
                "但它在这台设备上输入过，也发出过，请把这个钱包当作已经泄露。改密码、取消授权都没有用：谁有助记词，谁就能动钱包。只有转移资产才有用。",
            ),
            &[
                "在另一台干净的设备上，自己新建一个钱包，新的助记词只写在纸上。",
                "把旧钱包里剩下的转过去：最值钱的先转，付手续费的主币最后转。",
                "从哪里复制的就从哪里删掉：聊天、备忘录、照片、剪贴板。",
                "不要再发给任何人，也包括我们。真正帮您的人都不需要它。",
            ],
        ),
        Stop::TypeWords => (
            (
                "先停一下：助记词哪里都不要输",
                "谁拿到助记词，谁就拿到它名下所有钱包里的一切，谁也追不回来。真正帮您的人都不需要它：我们、钱包官方、警察都不需要。",
            ),
            &[
                "关掉向您要助记词的网页、软件或聊天。",
                "如果已经输过，哪怕只有几个词，也请当作钱包已经泄露，接着做下面的步骤。",
                "只用您原来的软件打开钱包，或者自己手动输入网址。",
            ],
        ),
        Stop::PayFee => (
            (
                "先停一下：这笔钱不要付",
                "先交钱才能拿回钱，这就是第二次骗局：交了一笔，还有下一笔。警察、我们、真正的救援团队都不收手续费、保证金、税金或矿工费。",
            ),
            &[
                "钱已经在路上的话，马上联系银行或交易所请求拦截。",
                "不要再回复，也不要告诉对方您已经识破：有的会趁机转走还够得到的资产。",
                "聊天记录、名字、地址都留着，报警时有用。",
            ],
        ),
        Stop::FundAddress => (
            (
                "先停一下：不要往那个地址转任何东西",
                "到了那里的币几秒钟就会被转走，常常就在同一个区块里，补进去的矿工费也一样。手再快也抢不过程序，再充一点就是再丢一点。",
            ),
            &[
                "还没发出的转账，先取消。",
                "不要解除质押，也不要领取收益：放出来的币会落到同一个人手里。",
                "以后要打到那里的款项（工资、提现、挖矿收益），改到您自己的新钱包。",
                "先记下其中还剩什么。不先充手续费的取出办法，写在您的步骤里。",
            ],
        ),
        Stop::TokenRemoved => (
            (
                "我们已经删掉了里面的登录凭证，没有人用过",
                "拿到这种凭证的人不用密码和验证码就能以您的身份登录，直到您退出登录为止。",
            ),
            &[
                "从官方软件或自己手动输入的网址打开账户，退出所有设备上的登录。",
                "然后修改密码，再看看设备列表里有没有不是您的设备。",
            ],
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_interrupt_has_its_words_in_every_language() {
        for stop in Stop::ALL {
            let (en, zh) = (stop_page(stop, Language::En), stop_page(stop, Language::Zh));
            assert_eq!((en.now.len(), en.id.as_str()), (zh.now.len(), stop.as_str()));
            let hant = stop_page(stop, Language::ZhHant);
            let han = |text: &String| text.chars().any(|letter| ('\u{4e00}'..='\u{9fff}').contains(&letter));
            assert!(!han(&en.title) && !han(&en.why) && !en.now.iter().any(han));
            for page in [zh, hant] {
                assert!(han(&page.title) && han(&page.why) && page.now.iter().all(han), "{}", page.id);
            }
        }
    }

    #[test]
    fn traditional_script_is_right() {
        for stop in Stop::ALL {
            let page = stop_page(stop, Language::ZhHant);
            for text in [&page.title, &page.why].into_iter().chain(&page.now) {
                assert!(crate::text::traditional::wrong(text).is_empty(), "{text}");
            }
        }
    }
}
