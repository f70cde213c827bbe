//! The languages in which Holdfast speaks, and which of them a person reads.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use super::simplify::simplify;
use super::traditional::is_simplified;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Language {
    En,
    /// Chinese in simplified script.
    Zh,
    /// Chinese in traditional script.
    #[serde(rename = "zh-Hant")]
    ZhHant,
}

/// A language tag for which there are no texts.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown language {0:?}, expected en, zh or zh-Hant")]
pub struct UnknownLanguage(String);

impl Language {
    /// Every language, in the order in which texts are checked.
    pub const ALL: [Self; 3] = [Self::En, Self::Zh, Self::ZhHant];

    /// The tag used in files and answers.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Zh => "zh",
            Self::ZhHant => "zh-Hant",
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Reads a BCP 47 tag of any region or script, such as `zh-Hant-TW` or `en_US`. Chinese without a script is traditional in
/// the regions that write it so.
impl FromStr for Language {
    type Err = UnknownLanguage;

    fn from_str(tag: &str) -> Result<Self, Self::Err> {
        let mut parts = tag.trim().split(['-', '_']);
        let primary = parts.next().unwrap_or_default();
        if primary.eq_ignore_ascii_case("en") {
            return Ok(Self::En);
        }
        if !primary.eq_ignore_ascii_case("zh") {
            return Err(UnknownLanguage(tag.to_owned()));
        }
        let rest: Vec<&str> = parts.collect();
        let names = |wanted: &[&str]| rest.iter().any(|part| wanted.iter().any(|name| name.eq_ignore_ascii_case(part)));
        let traditional = names(&["hant"]) || !names(&["hans"]) && names(&["tw", "hk", "mo"]);
        Ok(if traditional { Self::ZhHant } else { Self::Zh })
    }
}

/// Frequent English words that are not words of other languages in Latin script.
const ENGLISH: [&str; 56] = [
    "account", "all", "am", "and", "any", "anyone", "are", "been", "but", "can", "can't", "coins", "for", "from",
    "get", "hack", "hacked", "has", "have", "hello", "help", "how", "i", "i'm", "is", "it", "locked", "lost", "money",
    "my", "not", "of", "out", "password", "please", "scammed", "sent", "stole", "stolen", "support", "that", "the",
    "they", "this", "to", "was", "what", "when", "why", "with", "withdraw", "without", "wrong", "you", "your", "yours",
];

/// Tells the language of a text, or nothing when it holds too little or is in another one.
#[must_use]
pub fn detect(text: &str) -> Option<Language> {
    let (mut han, mut foreign, mut words, mut english) = (0usize, 0usize, 0usize, 0usize);
    for c in text.chars() {
        match c {
            '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{323AF}' => han += 1,
            // Kana, Hangul, Cyrillic, Arabic, Hebrew, Thai, Devanagari.
            '\u{3040}'..='\u{30FF}'
            | '\u{AC00}'..='\u{D7A3}'
            | '\u{0400}'..='\u{06FF}'
            | '\u{0E00}'..='\u{0E7F}'
            | '\u{0900}'..='\u{097F}' => foreign += 1,
            _ => {}
        }
    }
    let text = text.replace('’', "'").to_lowercase();
    for word in text.split(|c: char| !(c.is_alphanumeric() || c == '\'')) {
        if word.is_empty() || !word.chars().all(|c| c == '\'' || (c.is_alphabetic() && c < '\u{250}')) {
            continue;
        }
        words += 1;
        if ENGLISH.binary_search(&word).is_ok() {
            english += 1;
        }
    }
    if foreign > han / 3 && foreign * 2 > words {
        return None;
    }
    // A Chinese word has about two characters, and Chinese reports are full of English names.
    if han >= 2 && han > english * 2 {
        return Some(if is_traditional(&text) { Language::ZhHant } else { Language::Zh });
    }
    (english > 0 && english * 7 >= words).then_some(Language::En)
}

/// Whether more letters of a text belong to traditional script alone than to simplified script alone. `帐` is in both.
fn is_traditional(text: &str) -> bool {
    let old = text.chars().filter(|letter| *letter != '帐' && simplify(*letter) != *letter).count();
    old > text.chars().filter(|letter| is_simplified(*letter)).count()
}

/// Whether no letter of a text tells simplified from traditional script.
#[must_use]
pub fn is_in_both_scripts(text: &str) -> bool {
    !text.chars().any(|letter| is_simplified(letter) || simplify(letter) != letter)
}

/// The language an `Accept-Language` header asks for most, among those we speak.
#[must_use]
pub fn from_accept_language(header: &str) -> Option<Language> {
    let mut best: Option<(u16, Language)> = None;
    for choice in header.split(',') {
        let mut parts = choice.split(';');
        let Ok(language) = parts.next().unwrap_or_default().parse::<Language>() else {
            continue;
        };
        let Some(weight) = weight(parts) else {
            continue;
        };
        if weight > 0 && best.is_none_or(|(most, _)| weight > most) {
            best = Some((weight, language));
        }
    }
    best.map(|(_, language)| language)
}

/// The `q` of a choice in thousandths (RFC 9110, section 12.4.2), 1000 when it has none.
fn weight<'a>(parts: impl Iterator<Item = &'a str>) -> Option<u16> {
    for part in parts {
        let Some((name, value)) = part.split_once('=') else {
            continue;
        };
        if !name.trim().eq_ignore_ascii_case("q") {
            continue;
        }
        let (whole, fraction) = value.trim().split_once('.').unwrap_or((value.trim(), ""));
        if fraction.len() > 3 || !fraction.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let thousandths: u16 = format!("{fraction:0<3}").parse().ok()?;
        return match whole {
            "0" => Some(thousandths),
            "1" if thousandths == 0 => Some(1000),
            _ => None,
        };
    }
    Some(1000)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn tags_of_every_region_are_read() {
        for tag in ["zh", "zh-CN", "zh-Hans", "zh-Hans-HK", "zh-SG"] {
            assert_eq!(tag.parse(), Ok(Language::Zh), "{tag}");
        }
        for tag in ["zh-Hant", "zh-TW", "ZH_hk", "zh-hant-CN", "zh-MO"] {
            assert_eq!(tag.parse(), Ok(Language::ZhHant), "{tag}");
        }
        for tag in ["en", "en-US", "EN-gb"] {
            assert_eq!(tag.parse(), Ok(Language::En), "{tag}");
        }
        let unknown = "fr".parse::<Language>().unwrap_err();
        assert_eq!(unknown.to_string(), "unknown language \"fr\", expected en, zh or zh-Hant");
    }

    #[test]
    fn a_report_tells_its_language() {
        assert_eq!(detect("My wallet was drained, please help"), Some(Language::En));
        assert_eq!(detect("Can’t login"), Some(Language::En));
        assert_eq!(detect("我的 USDT 在 tpwallet 被盗，approve 了 unlimited"), Some(Language::Zh));
        assert_eq!(detect("錢包被盜"), Some(Language::ZhHant));
        assert_eq!(detect("我係老人家，唔識英文，啲錢無端端唔見咗"), Some(Language::ZhHant));
        assert_eq!(detect("平台的錢包被盜，只有助記詞"), Some(Language::ZhHant), "台 and 只 are in both");
        assert_eq!(detect("救命"), Some(Language::Zh), "no letter tells the script");
        assert!(is_in_both_scripts("救命 USDT") && !is_in_both_scripts("钱没了") && !is_in_both_scripts("錢沒了"));
        assert_eq!(detect("Bonjour, mon compte est bloqué depuis hier"), None);
        assert_eq!(detect("ウォレットが盗まれました"), None);
        assert_eq!(detect("Мой кошелёк взломали"), None);
        assert_eq!(detect("3000 usdt"), None);
        assert_eq!(detect(""), None);
    }

    #[test]
    fn the_english_words_are_in_order() {
        assert!(ENGLISH.is_sorted());
    }

    #[test]
    fn the_header_is_weighed() {
        assert_eq!(from_accept_language("zh-CN,zh;q=0.9,en;q=0.8"), Some(Language::Zh));
        assert_eq!(from_accept_language("fr, en;q=0.4, zh;q=0.5"), Some(Language::Zh));
        assert_eq!(from_accept_language("en;q=0, zh-TW;q=0.001"), Some(Language::ZhHant));
        assert_eq!(from_accept_language("zh-HK,zh;q=0.9,en;q=0.8"), Some(Language::ZhHant));
        assert_eq!(from_accept_language("en, zh"), Some(Language::En));
        assert_eq!(from_accept_language("en;q=2, *"), None);
    }

    proptest! {
        #[test]
        fn any_header_and_text_is_survived(text in any::<String>()) {
            let _ = (from_accept_language(&text), detect(&text));
        }
    }
}
