//! What somebody writes on the way to a state, in the language of the page.

use holdfast::text::Language;

#[derive(Clone, Copy)]
pub enum Words {
    Drain,
    Routine,
    Phrase,
    Danger,
    Message,
    Address,
    /// The thieves have everything.
    Gone,
    /// About to pay somebody who promises it back.
    Paying,
    /// About to send a fee to an address that is watched.
    Funding,
    /// About to give the words away.
    Typing,
    Swept,
    Unheard,
    Urgent,
    These(&'static str),
}

impl Words {
    pub fn text(self, language: Language) -> &'static str {
        let (en, zh, hant) = match self {
            Self::Drain => (
                "I signed an approval on a fake airdrop site and my USDT on Ethereum is being drained right now",
                "我在一个空投网站点了授权，以太坊钱包里的 USDT 正在被转走",
                "我在一個空投網站點了授權，以太坊錢包裡的 USDT 正在被轉走",
            ),
            Self::Routine => {
                ("How do I change the display currency?", "怎么修改显示的货币单位？", "怎麼修改顯示的貨幣單位？")
            }
            Self::Phrase => {
                let words = "legal winner thank year wave sausage worth useful legal winner thank yellow";
                (words, words, words)
            }
            Self::Danger => {
                ("A man with a knife is forcing me to transfer my coins", "有人拿着刀逼我转账", "有人拿著刀逼我轉帳")
            }
            Self::Message => (
                "I have not clicked on anything. See https://evil.example/a",
                "我没有点过任何链接。见 https://evil.example/a",
                "我沒有點過任何連結。見 https://evil.example/a",
            ),
            Self::Address => {
                let address = "0x52908400098527886E0F7030069857D2E4169EE7";
                (address, address, address)
            }
            Self::Gone => (
                "Someone drained my wallet, everything is gone, nothing is left anywhere",
                "钱包被盗了，币全部被转走，一分不剩",
                "錢包被盜了，幣全部被轉走，一分不剩",
            ),
            Self::Paying => (
                "A recovery expert says he can get my stolen coins back for a fee, should I pay him the fee",
                "有人说能帮我追回被盗的币 要先付钱，我要不要先付",
                "有人說能幫我追回被盜的幣 要先付錢，我要不要先付",
            ),
            Self::Funding => (
                "Every time I send gas it gets taken in seconds, should I send more BNB for the fee",
                "转进去的矿工费秒没，要不要再充一点把剩下的转出来",
                "轉進去的礦工費秒沒，要不要再充一點把剩下的轉出來",
            ),
            Self::Typing => (
                "support dm'd me on telegram and asks for my 12 words to verify, should I give him my seed phrase",
                "假客服让我提供助记词核实身份，要不要给他助记词",
                "假客服讓我提供助記詞核實身份，要不要給他助記詞",
            ),
            Self::Swept => (
                "Every deposit to my wallet is swept by a bot within seconds",
                "每次充进钱包的币都被机器人秒转走",
                "每次充進錢包的幣都被機器人秒轉走",
            ),
            Self::Unheard => ("zzzz qqqq", "龘龘龘", "龘龘龘"),
            Self::Urgent => (
                "someone drained my wallet right now",
                "我的钱包正在被盗，币正在被转走",
                "我的錢包正在被盜，幣正在被轉走",
            ),
            Self::These(text) => (text, text, text),
        };
        match language {
            Language::En => en,
            Language::Zh => zh,
            Language::ZhHant => hant,
        }
    }
}
