//! What is counted: dollars, yuan or an asset, before or after the number.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Reader, number::Number};

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", from = "String")]
pub enum Unit {
    Usd,
    Cny,
    /// The symbol of an asset in capitals; `U` is kept as people say it.
    Asset(String),
}

/// Coins that are held at one dollar.
const DOLLAR_COINS: [&str; 6] = ["USDT", "USDC", "DAI", "BUSD", "FDUSD", "U"];

/// Symbols that are written in Latin letters.
const SYMBOLS: [&str; 38] = [
    "usdt", "usdc", "dai", "busd", "fdusd", "tusd", "usdd", "u", "btc", "wbtc", "btcb", "eth", "weth", "steth", "bnb",
    "wbnb", "sol", "trx", "matic", "pol", "avax", "doge", "shib", "pepe", "xrp", "ada", "ltc", "bch", "fil", "apt",
    "sui", "arb", "ton", "dot", "link", "uni", "op", "xmr",
];

/// Symbols that are also English words; in an English text they count only in capitals.
const WORD_SYMBOLS: [&str; 7] = ["ada", "apt", "dot", "link", "op", "ton", "uni"];

/// Names of the units, the longer ones first.
const NAMES: [(&str, &str); 32] = [
    ("人民币", "CNY"),
    ("块钱", "CNY"),
    ("元钱", "CNY"),
    ("块", "CNY"),
    ("元", "CNY"),
    ("rmb", "CNY"),
    ("cny", "CNY"),
    ("yuan", "CNY"),
    ("美元", "USD"),
    ("美金", "USD"),
    ("美刀", "USD"),
    ("刀", "USD"),
    ("usd", "USD"),
    ("dollars", "USD"),
    ("dollar", "USD"),
    ("bucks", "USD"),
    ("泰达币", "USDT"),
    ("tether", "USDT"),
    ("比特币", "BTC"),
    ("大饼", "BTC"),
    ("bitcoins", "BTC"),
    ("bitcoin", "BTC"),
    ("以太坊", "ETH"),
    ("以太币", "ETH"),
    ("以太", "ETH"),
    ("ethereum", "ETH"),
    ("ether", "ETH"),
    ("波场币", "TRX"),
    ("币安币", "BNB"),
    ("狗狗币", "DOGE"),
    ("solana", "SOL"),
    ("dogecoin", "DOGE"),
];

/// Networks named between a number and its asset: "668 TRC20 USDT".
const NETWORKS: [&str; 7] = ["trc20", "erc20", "bep20", "trc-20", "erc-20", "bep-20", "trc"];

impl Unit {
    pub(super) fn is_dollar(&self) -> bool {
        match self {
            Self::Usd => true,
            Self::Cny => false,
            Self::Asset(symbol) => DOLLAR_COINS.contains(&symbol.as_str()),
        }
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Usd => "USD",
            Self::Cny => "CNY",
            Self::Asset(symbol) => symbol,
        })
    }
}

impl From<Unit> for String {
    fn from(unit: Unit) -> Self {
        unit.to_string()
    }
}

impl From<String> for Unit {
    fn from(name: String) -> Self {
        match name.to_uppercase() {
            usd if usd == "USD" => Self::Usd,
            cny if cny == "CNY" => Self::Cny,
            symbol => Self::Asset(symbol),
        }
    }
}

/// What stands right before a number.
pub enum Before {
    /// `$`, `us$` or `¥`: decides the unit.
    Sign {
        unit: Unit,
        at: usize,
    },
    /// A unit such as "usd": counts when none follows.
    Word {
        unit: Unit,
        at: usize,
    },
    /// The sign of another dollar, such as `hk$`.
    Foreign,
    Nothing,
}

pub fn before(text: &str, start: usize, free: usize) -> Before {
    let near = text[..start].trim_end();
    if let Some(rest) = near.strip_suffix('$') {
        let letters = rest.bytes().rev().take_while(u8::is_ascii_alphabetic).count();
        let at = rest.len() - letters;
        return match &rest[at..] {
            _ if at < free => Before::Nothing,
            "" | "us" => Before::Sign { unit: Unit::Usd, at },
            _ => Before::Foreign,
        };
    }
    if let Some(rest) = near.strip_suffix('¥') {
        let (unit, at) = (Unit::Cny, rest.len());
        return if at < free { Before::Nothing } else { Before::Sign { unit, at } };
    }
    let letters = near.bytes().rev().take_while(u8::is_ascii_alphanumeric).count();
    let at = near.len() - letters;
    let unit = match &near[at..] {
        "usd" => Unit::Usd,
        "rmb" | "cny" => Unit::Cny,
        symbol @ ("usdt" | "usdc" | "btc" | "eth") => Unit::Asset(symbol.to_uppercase()),
        _ => return Before::Nothing,
    };
    if at < free { Before::Nothing } else { Before::Word { unit, at } }
}

/// What follows a number.
pub struct Counted {
    /// The number with its "k", "w" or "million".
    pub number: Number,
    pub number_end: usize,
    pub unit: Option<(Unit, usize)>,
    pub roughly: bool,
}

pub fn after(number: &Number, reader: &Reader<'_>) -> Counted {
    let text = reader.folded.as_str();
    let mut number = number.clone();
    let mut at = blank(text, number.end);
    let run = letters(text, at);
    if at_unit(text, at, reader, &number).is_none()
        && let Some((length, power)) = multiplier(text, at, run)
    {
        number.value = number.value.shifted(power);
        at += length;
        number.end = at;
        number.spoken |= run.starts_with('w');
    }
    let mut roughly = number.roughly;
    let number_end = number.end;
    for _ in 0..4 {
        at = blank(text, at);
        let rest = &text[at..];
        if let Some(mark) = ["+", "左右", "多", "余", "来"].iter().find(|mark| rest.starts_with(**mark)) {
            roughly = true;
            at += mark.len();
        } else if let Some(count) = ["个", "枚", "颗"].iter().find(|count| rest.starts_with(**count)) {
            number.spoken = true;
            at += count.len();
        } else if let Some(network) = NETWORKS.iter().find(|network| is_word(rest, network)) {
            at += network.len();
        } else {
            break;
        }
    }
    let unit = at_unit(text, at, reader, &number);
    if let Some((_, end)) = &unit {
        let rest = text[*end..].trim_start();
        roughly |= rest.starts_with("左右") || rest.starts_with("上下");
    }
    Counted { number, number_end, unit, roughly }
}

/// The unit that begins right here or after one blank.
fn at_unit(text: &str, from: usize, reader: &Reader<'_>, number: &Number) -> Option<(Unit, usize)> {
    let at = blank(text, from);
    let rest = &text[at..];
    if rest.starts_with('$') && !rest[1..].starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return Some((Unit::Usd, at + 1));
    }
    let named =
        NAMES.iter().find(|(name, _)| if name.is_ascii() { is_word(rest, name) } else { rest.starts_with(name) });
    if let Some((name, symbol)) = named {
        // "一块去" is "together", "一刀" a cut.
        if matches!(*name, "块" | "刀") && number.value.is_one() {
            return None;
        }
        return Some((Unit::from((*symbol).to_owned()), at + name.len()));
    }
    let symbol = *SYMBOLS.iter().find(|symbol| is_word(rest, symbol))?;
    let end = at + symbol.len();
    let capital = reader.is_capital(at..end);
    if WORD_SYMBOLS.contains(&symbol) && !capital && !reader.has_han {
        return None;
    }
    if symbol == "u" {
        // A USB stick, a bank's key, and in English chat "you".
        let thing = text[end..].trim_start().starts_with(['盘', '盾', '本']);
        let you = text[..at].ends_with(' ') && !capital && !reader.has_han && !number.spoken;
        if thing || you {
            return None;
        }
    }
    Some((Unit::Asset(symbol.to_uppercase()), end))
}

/// The bytes and the power of ten of "k", "w", "m" or a word, alone or in front of a unit.
fn multiplier(text: &str, at: usize, run: &str) -> Option<(usize, usize)> {
    let words = [("thousand", 3), ("grand", 3), ("million", 6), ("mil", 6), ("hundred", 2)];
    if let Some((word, power)) = words.into_iter().find(|(word, _)| *word == run) {
        return Some((word.len(), power));
    }
    let power = match run.as_bytes().first()? {
        b'k' => 3,
        b'w' => 4,
        b'm' => 6,
        _ => return None,
    };
    let rest = &text[at + 1..];
    let unit_follows = SYMBOLS.iter().chain(NAMES.iter().map(|(name, _)| name)).any(|name| is_word(rest, name));
    let digit_follows = rest.starts_with(|c: char| c.is_ascii_digit());
    ((run.len() == 1 && !digit_follows) || unit_follows).then_some((1, power))
}

fn is_word(text: &str, word: &str) -> bool {
    text.strip_prefix(word).is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_alphanumeric()))
}

fn letters(text: &str, at: usize) -> &str {
    let length = text[at..].bytes().take_while(u8::is_ascii_lowercase).count();
    &text[at..at + length]
}

fn blank(text: &str, at: usize) -> usize {
    at + usize::from(text[at..].starts_with(' '))
}
