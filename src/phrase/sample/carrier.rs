//! Sentences in English and Chinese that carry a planted phrase.

use super::Draw;

/// Say that a recovery phrase follows.
const CUED: &[(&str, &str)] = &[
    ("Somebody emptied my wallet. My recovery phrase: ", ". Please freeze everything"),
    ("i typed this into the fake site, seed phrase is ", "\nwhat do i do now??"),
    ("Here are the words again\n", "\n\nThey moved 3 ETH out within minutes."),
    ("My backup (", ") was in a screenshot on the phone they stole"),
    ("Hello support, my mnemonic = ", " and the address is 0x52908400098527886E0F7030069857D2E4169EE7."),
    ("seed: ", ""),
    ("", " <- this is the seed I entered on the airdrop page"),
    ("我的钱包被盗了，助记词是：", "，请帮我冻结账户"),
    ("客服说要验证，我就把助记词发给他了：", "。现在币都没了"),
    ("助记词：", ""),
    ("我在假网站输入了恢复词 ", "\n怎么办？"),
    ("種子詞備份如下：", "。請盡快處理"),
    ("备份的单词\n", "\n昨天晚上发现资产被转走"),
];

/// Say nothing of the kind.
const PLAIN: &[(&str, &str)] = &[
    ("They asked me to send them this: ", ". Ten minutes later the coins were gone"),
    ("", ""),
    ("Hi, I pasted ", " into the form and now my tokens are missing"),
    ("What I wrote to the agent:\n", "\nHe then stopped answering."),
    ("骗子让我填了这个：", "，然后钱就没了"),
    ("我发给对方的内容是 ", " 之后账户就空了"),
];

pub fn around(body: &str, layout: &str, draw: &mut Draw) -> String {
    let from = if layout.starts_with("unspaced") || draw.below(3) > 0 { CUED } else { PLAIN };
    let (before, after) = from[draw.below(from.len())];
    format!("{before}{body}{after}")
}
