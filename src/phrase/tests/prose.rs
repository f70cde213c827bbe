//! Ordinary paragraphs, which must come through untouched.

use super::super::{sample::Draw, scrub};

const ENGLISH: &[&str] = &[
    "I tried to withdraw yesterday and the app still shows pending",
    "please help me because I can not open my account any more",
    "someone called me about my wallet and said they were from your company",
    "the seed phrase never left the drawer where I keep my passport",
    "I will never give my private key to anyone, your page says so too",
    "there is one thing that you should know before you call this person again",
    "my friend will send you more when you are ready to help with this problem",
    "you can use this until they change what happens after you sign",
    "they asked me for all twelve words but I did not answer",
    "now that you have found the error, can you just check this one more time",
    "I ordered bread, milk, coffee, sugar, butter, olives and an orange",
    "this morning the exchange rate was far better than last night",
    "what happens when I have lost the phone but still know the code",
    "the support agent wrote that a backup of the recovery words is enough",
    "every time I open the game it asks me to connect again",
    "between monday and friday nobody was able to tell me how long it would take",
    "also the color of the button has changed and the font is too small",
    "we only move coins once a month and always from the same computer",
];

const CHINESE: &[&str] = &[
    "我昨天提现到现在还没有到账",
    "客服一直不回复，我应该怎么办",
    "他们说我的账户有风险，要我把钱转到安全的地方",
    "我没有把助记词告诉过任何人",
    "助记词我一直放在家里，从来没有给别人看过",
    "这个钱包是我两年前在手机上安装的，一直都很正常",
    "请问一下这个手续费是怎么算出来的",
    "我的私钥有没有可能已经被他们知道了",
    "今天早上起来发现里面的东西都没有了",
    "有人加我好友说可以带我一起做，我就信了",
    "对方发来一个连接，打开以后要我输入密码",
    "备份的时候到底要不要把它写在纸上",
    "你们什么时候可以把这个问题给我处理好",
    "我是新来的，不知道怎么用，麻烦说一下",
    "这样的事情已经不是第一次发生了",
    "如果不是我自己操作的，那会是谁呢",
    "種子詞我寫在本子上，應該沒有人看到",
    "為什麼我的帳戶裡面多了很多不認識的代幣",
];

#[test]
fn ordinary_paragraphs_stay_as_they_are() {
    let mut draw = Draw::new(7);
    let mut touched = Vec::new();
    for number in 0..2000 {
        let (list, stop) = if number % 2 == 0 { (ENGLISH, ". ") } else { (CHINESE, "。") };
        let count = 2 + draw.below(5);
        let paragraph = (0..count).map(|_| draw.one_of(list)).collect::<Vec<_>>().join(stop);
        let scrubbed = scrub(&paragraph);
        if !scrubbed.removed.is_empty() {
            touched.push((paragraph, scrubbed.text));
        }
    }
    assert!(touched.len() <= 2, "{} touched: {:?}", touched.len(), touched.first());
}

#[test]
fn common_words_in_a_row_are_prose() {
    for text in [
        "when you wait here they will help you find this one person again because they must",
        "you can only give this time that you have because there they will never ask just when you want",
    ] {
        assert!(scrub(text).removed.is_empty(), "{:?}", scrub(text).text);
    }
}

#[test]
#[expect(
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "the samples lie outside the tree and are named by the environment"
)]
fn sample_reports_stay_as_they_are_unless_they_hold_a_secret() {
    let Ok(samples) = std::env::var("HOLDFAST_SAMPLES") else {
        return;
    };
    let reports = std::fs::read_to_string(format!("{samples}/reports/dev.jsonl")).unwrap();
    let mut counts = [0, 0];
    for line in reports.lines() {
        let report: serde_json::Value = serde_json::from_str(line).unwrap();
        let secret = report["has_secret"].as_bool().unwrap();
        let scrubbed = scrub(report["text"].as_str().unwrap());
        assert_eq!(!scrubbed.removed.is_empty(), secret, "{}: {}", report["id"], scrubbed.text);
        counts[usize::from(secret)] += 1;
    }
    eprintln!("{} ordinary reports untouched, {} with a secret found", counts[0], counts[1]);
}
