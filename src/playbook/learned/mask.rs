//! Class tokens: what stands for any address, link, number or name of a place, so that the learned sign knows none of
//! them by heart. The placeholders of the corpus stand for the same.

use std::ops::Range;

use crate::text::{self, Kind};

pub const NUMBER: &str = "{number}";
const ADDRESS: &str = "{addr}";
const TRANSACTION: &str = "{tx}";
const LINK: &str = "{url}";
const MAIL: &str = "{mail}";
const PHONE: &str = "{phone}";
const NAME: &str = "{name}";
const WORDS: &str = "{words}";
const PROVIDER: &str = "{provider}";
const WALLET: &str = "{wallet}";

/// A place of the folded text that counts as one token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mask {
    pub at: Range<usize>,
    pub token: &'static str,
}

/// What the scrubber leaves in place of a secret, and what the corpus writes for one.
const WRITTEN: [(&str, &str); 12] = [
    (ADDRESS, ADDRESS),
    (TRANSACTION, TRANSACTION),
    (LINK, LINK),
    (MAIL, MAIL),
    (PHONE, PHONE),
    (NAME, NAME),
    (WORDS, WORDS),
    ("[removed: recovery phrase]", WORDS),
    ("[removed: private key]", WORDS),
    ("[removed: extended key]", WORDS),
    ("[removed: keystore]", WORDS),
    ("[removed: session token]", WORDS),
];

/// Houses that hold money for people, and wallets that people hold themselves: which one it is says little about what
/// happened, and the next one is not in the corpus.
const PROVIDERS: [&str; 43] = [
    "alipay",
    "binance",
    "bitfinex",
    "bitget",
    "bitmart",
    "bitstamp",
    "bittrex",
    "blockfi",
    "bybit",
    "cashapp",
    "coinbase",
    "coinex",
    "coinlist",
    "coinspot",
    "etoro",
    "ftx",
    "gateio",
    "gemini",
    "htx",
    "huobi",
    "kraken",
    "kucoin",
    "lbank",
    "mexc",
    "monzo",
    "n26",
    "nexo",
    "okex",
    "okx",
    "paxful",
    "payoneer",
    "paypal",
    "poloniex",
    "revolut",
    "robinhood",
    "skrill",
    "swissborg",
    "uphold",
    "venmo",
    "webull",
    "wechat",
    "xapo",
    "zelle",
];
const WALLETS: [&str; 19] = [
    "bitkeep",
    "bitpie",
    "coinomi",
    "electrum",
    "exodus",
    "imtoken",
    "keplr",
    "mathwallet",
    "metamask",
    "onekey",
    "phantom",
    "rabby",
    "safepal",
    "solflare",
    "tokenpocket",
    "tronlink",
    "trustwallet",
    "unisat",
    "zengo",
];
const CHINESE: [(&str, &str); 26] = [
    ("币安", PROVIDER),
    ("欧易", PROVIDER),
    ("火币", PROVIDER),
    ("抹茶", PROVIDER),
    ("芝麻开门", PROVIDER),
    ("库币", PROVIDER),
    ("支付宝", PROVIDER),
    ("微信", PROVIDER),
    ("微众", PROVIDER),
    ("微粒贷", PROVIDER),
    ("花呗", PROVIDER),
    ("借呗", PROVIDER),
    ("京东", PROVIDER),
    ("招商银行", PROVIDER),
    ("招行", PROVIDER),
    ("工商银行", PROVIDER),
    ("工行", PROVIDER),
    ("建设银行", PROVIDER),
    ("建行", PROVIDER),
    ("农行", PROVIDER),
    ("中行", PROVIDER),
    ("街口", PROVIDER),
    ("小狐狸", WALLET),
    ("狐狸钱包", WALLET),
    ("波宝", WALLET),
    ("麦子钱包", WALLET),
];

/// The masks of a folded text, in order and disjoint.
pub fn find(text: &str) -> Vec<Mask> {
    let mut masks = written(text);
    for found in text::find(text) {
        let token = match found.observable.kind {
            Kind::Wallet => ADDRESS,
            Kind::Transaction => TRANSACTION,
            Kind::Domain | Kind::Url | Kind::Ip => LINK,
            Kind::Email => MAIL,
            Kind::Phone => PHONE,
        };
        masks.push(Mask { at: found.at, token });
    }
    names(text, &mut masks);
    masks.sort_by_key(|mask| (mask.at.start, std::cmp::Reverse(mask.at.end)));
    let mut end = 0;
    masks.retain(|mask| {
        let free = mask.at.start >= end && !mask.at.is_empty();
        if free {
            end = mask.at.end;
        }
        free
    });
    masks
}

fn written(text: &str) -> Vec<Mask> {
    let mut masks = Vec::new();
    for (at, _) in text.match_indices(['{', '[']) {
        let found = WRITTEN.iter().find(|(mark, _)| text[at..].starts_with(mark));
        masks.extend(found.map(|(mark, token)| Mask { at: at..at + mark.len(), token }));
    }
    masks
}

/// Names of places, and long runs of letters and digits: an address in lower case has lost its checksum.
fn names(text: &str, masks: &mut Vec<Mask>) {
    let mut at = 0;
    while at < text.len() {
        let word = text[at..].bytes().take_while(u8::is_ascii_alphanumeric).count();
        if let Some(token) = token_of(&text[at..at + word]) {
            masks.push(Mask { at: at..at + word, token });
        }
        at += word.max(1);
        while !text.is_char_boundary(at) {
            at += 1;
        }
    }
    for (at, letter) in text.char_indices().filter(|(_, letter)| *letter > '\u{33ff}') {
        let found = CHINESE.iter().find(|(name, _)| name.starts_with(letter) && text[at..].starts_with(name));
        masks.extend(found.map(|(name, token)| Mask { at: at..at + name.len(), token }));
    }
}

fn token_of(word: &str) -> Option<&'static str> {
    if word.len() >= 24 && word.bytes().any(|byte| byte.is_ascii_digit()) {
        return Some(if word.len() >= 56 { TRANSACTION } else { ADDRESS });
    }
    if PROVIDERS.binary_search(&word).is_ok() {
        return Some(PROVIDER);
    }
    WALLETS.binary_search(&word).is_ok().then_some(WALLET)
}
