//! A library of generated playbooks beside the built-in ones, and signals that touch a few of them.

use std::sync::atomic::{AtomicU8, Ordering};

use holdfast::id::{Id, Random};
use holdfast::phrase::sample::Draw;
use holdfast::playbook::{Files, builtin_files};
use holdfast::signal::{Facts, Origin, Signal};
use holdfast::time::Timestamp;

const KINDS: [&str; 12] = [
    "chain.transfer-out",
    "chain.approval",
    "chain.permission-changed",
    "chain.delegation",
    "auth.login",
    "auth.threat",
    "account.changed",
    "account.api-key",
    "withdrawal.requested",
    "device.threat",
    "finding",
    "monitoring.alert",
];
const CHAINS: [&str; 6] = ["ethereum", "bsc", "polygon", "tron", "solana", "bitcoin"];

/// The built-in files and as many others as make about so many playbooks.
pub fn files(size: usize) -> Files {
    let mut files = builtin_files();
    // Five of the files are no playbooks.
    files.extend((files.len() - 5..size).map(|number| (format!("made-up-{number}.yaml"), playbook(number))));
    files
}

fn playbook(number: usize) -> String {
    let (kind, chain) = (KINDS[number % KINDS.len()], CHAINS[number % CHAINS.len()]);
    let (word, han) = (word(number), han(number));
    let because = "because: { en: seen, zh: 看到 }";
    // One in twenty looks for a part of a text, which no exact value can file it under.
    let part = if number.is_multiple_of(20) {
        format!(
            "      - {{ id: part, weight: 900, match: {{ kind: {kind}, \"event|contains\": [{word} rule, {word} alarm] }}, {because} }}\n"
        )
    } else {
        String::new()
    };
    let burst = if number.is_multiple_of(10) {
        format!(
            "  burst:\n    cap: 1200\n    signs:\n      - {{ id: burst, weight: 700, correlate: {{ match: {{ kind: {kind}, domain: {word}.example }}, count: {{ gte: 3 }}, within: 10m }}, {because} }}\n"
        )
    } else {
        String::new()
    };
    format!(
        "id: made-up-{number}
class: {class}
title: {{ en: made up, zh: 虚构 }}
summary: {{ en: made up, zh: 虚构 }}
prior: -2400
stakes: {{ half_life: 1h, reach: {{ {bucket}: 0.8 }}, assumed_value: 900, help_works: 0.5, handling: 8m, exposure: account, activity: attempted, can_act: \"yes\" }}
signs:
  seen:
    cap: 3000
    signs:
      - {{ id: address, weight: 2200, match: {{ kind: {kind}, to: \"0x{number:040x}\" }}, {because} }}
      - {{ id: domain, weight: 1800, match: {{ domain: {word}.example, chain: {chain} }}, {because} }}
      - {{ id: said, weight: 1500, phrases: {{ en: [{word} wallet stopped, my {word}…is gone], zh: [{han}不见了, {han}…被转走] }}, {because} }}
{part}{burst}questions:
  - id: asked-{number}
    ask: {{ en: made up, zh: 虚构 }}
    answers: [ {{ id: \"yes\", text: {{ en: \"yes\", zh: 是 }}, weight: 900 }}, {{ id: not-sure, text: {{ en: not sure, zh: 不确定 }} }} ]
steps:
  - {{ id: stop, for: person, moment: now, do: {{ en: stop, zh: 停 }}, why: {{ en: safe, zh: 安全 }} }}
sources: [ https://example.org/ ]
examples: []
",
        class = if number.is_multiple_of(3) { "routine" } else { "security" },
        bucket = if chain == "tron" { "tron" } else { "any" },
    )
}

/// A made-up word of letters alone, one a number.
fn word(number: usize) -> String {
    let syllables = ["ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "na", "pe", "ri", "so", "tu", "ve"];
    (0..4).map(|place| syllables[number >> (place * 4) & 15]).collect()
}

/// Three Chinese characters, one text a number.
fn han(number: usize) -> String {
    let letter = |place: usize| {
        char::from_u32(
            0x4e00
                + u32::try_from(number / 30_usize.pow(u32::try_from(place).unwrap()) % 30 * 100 + place * 7).unwrap(),
        )
        .unwrap()
    };
    (0..3).map(letter).collect()
}

struct Counting(AtomicU8);

impl Random for Counting {
    fn fill(&self, buffer: &mut [u8]) {
        buffer.fill_with(|| self.0.fetch_add(1, Ordering::Relaxed));
    }
}

fn signal(number: usize, facts: Facts) -> Signal {
    let at = Timestamp::from_millis(1_772_442_000_000 + i64::try_from(number).unwrap());
    let origin = Origin { endpoint: "bench".to_owned(), verified: true, reliability: 1_000 };
    Signal { id: Id::new(at, &Counting(AtomicU8::new(0))), origin, at, received: at, facts }
}

/// Alerts as a source sends them; about half of them touch a generated playbook of the largest set.
pub fn alerts(count: usize) -> Vec<Signal> {
    let mut draw = Draw::new(1);
    let made = (0..count).map(|number| {
        let about = draw.below(20_000);
        let facts = Facts::new()
            .with("kind", KINDS[about % KINDS.len()])
            .with("account", format!("account-{number}"))
            .with("chain", CHAINS[about % CHAINS.len()])
            .with("to", format!("0x{about:040x}"))
            .with("from", format!("0x{:040x}", draw.number()))
            .with("tx", format!("0x{:064x}", draw.number()))
            .with("asset", draw.one_of(&["USDT", "ETH", "TRX", "SOL"]))
            .with("amount", draw.below(100_000).to_string())
            .with("domain", format!("{}.example", word(draw.below(20_000))))
            .with("event", format!("{} rule of the gateway has fired", word(draw.below(20_000))))
            .with("ip", "203.0.113.7")
            .with("country", "DE")
            .with("severity", "high")
            .with("title", "an amount above the usual left towards an address never used before");
        signal(number, facts)
    });
    made.collect()
}

const ENGLISH: [&str; 8] = [
    "I opened the app this morning and the balance was not what it was yesterday evening.",
    "Somebody on Telegram said he was from support and asked me to connect the wallet to a page.",
    "I signed something that I did not read because it said the airdrop would end in an hour.",
    "There is a transfer to an address that I have never seen before in my life.",
    "I have not given the password to anybody and the phone was with me all the time.",
    "Please tell me what I should do now, it is all the money that I have saved.",
    "The transaction has been pending for six hours and the explorer shows nothing.",
    "I tried to withdraw to my bank and it keeps telling me to wait.",
];
const CHINESE: [&str; 8] = [
    "今天早上打开应用发现余额和昨天晚上不一样了。",
    "有人在电报上说他是客服，让我把钱包连接到一个网页。",
    "我没看清楚就签名了，因为上面说空投一小时后结束。",
    "有一笔转账到了我从来没有见过的地址。",
    "我没有把密码告诉任何人，手机也一直在我身边。",
    "请告诉我现在该怎么办，这是我全部的积蓄。",
    "这笔交易已经等了六个小时，浏览器上什么也没有。",
    "我想提现到银行，但是一直提示我等待。",
];

/// Reports of about 300 characters, as many in Chinese as in English; each names one thing that a generated playbook knows.
pub fn reports(count: usize) -> Vec<Signal> {
    let mut draw = Draw::new(2);
    let made = (0..count).map(|number| {
        let (sentences, language, about) =
            if number.is_multiple_of(2) { (&ENGLISH, "en", 3) } else { (&CHINESE, "zh", 13) };
        let mut text: Vec<String> = (0..about).map(|_| (*draw.one_of(sentences)).to_owned()).collect();
        let named = draw.below(20_000);
        text.push(if language == "en" {
            format!("And the {} wallet stopped.", word(named))
        } else {
            format!("{}不见了。", han(named))
        });
        signal(number, Facts::new().with("kind", "report").with("language", language).with("text", text.join(" ")))
    });
    made.collect()
}
