//! The few words that a bot understands, in English and Chinese. Whatever else is written leads to the list of them, and is
//! kept nowhere.

use crate::access::Code;
use crate::respond::chat::Ask;
use crate::text::Language;

/// Words that are looked at; what follows is not read.
const WORDS: usize = 8;
const LONGEST: usize = 64;

/// What somebody asks for, and the language they asked in.
pub struct Asked {
    pub ask: Ask,
    pub language: Language,
}

/// Reads what was written. Mentions and the bot's own name are passed over.
pub fn read(text: &str, usual: Language) -> Asked {
    let mut words = text.split_whitespace().filter(|word| !word.starts_with('@')).take(WORDS).map(|word| {
        let word: String = word.chars().take(LONGEST).collect();
        word.trim_start_matches('/').to_owned()
    });
    let mut first = words.next().unwrap_or_default().to_lowercase();
    if first == "holdfast" {
        first = words.next().unwrap_or_default().to_lowercase();
    }
    let is_chinese = first.chars().any(|letter| matches!(letter, '\u{4e00}'..='\u{9fff}'));
    let language = match (is_chinese, usual) {
        (true, Language::ZhHant) => Language::ZhHant,
        (true, Language::En | Language::Zh) => Language::Zh,
        (false, usual) => usual,
    };
    let rest: Vec<String> = words.collect();
    let name = rest.first().filter(|name| is_name(name)).cloned();
    let ask = match (first.as_str(), name) {
        ("next" | "下一个" | "下一個" | "等待" | "排队" | "排隊", _) => Ask::Next,
        ("seen" | "看到" | "已看到" | "收到", name) => Ask::Seen(name),
        ("case" | "案件" | "工单" | "工單", Some(reference)) => Ask::Case(reference),
        ("link" | "绑定" | "綁定", _) => rest.concat().parse::<Code>().map_or(Ask::Help, Ask::Link),
        _ => Ask::Help,
    };
    Asked { ask, language }
}

/// A reference, the end of an id, or the name of a source.
fn is_name(text: &str) -> bool {
    text.len() <= LONGEST && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn word(text: &str) -> String {
        let asked = read(text, Language::En);
        let what = match asked.ask {
            Ask::Help => "help".to_owned(),
            Ask::Next => "next".to_owned(),
            Ask::Seen(name) => format!("seen {}", name.unwrap_or_default()),
            Ask::Case(reference) => format!("case {reference}"),
            Ask::Link(code) => format!("link {}", code.reveal()),
        };
        format!("{what} {}", asked.language)
    }

    #[test]
    fn the_words_are_understood_in_both_languages_and_whatever_else_leads_to_help() {
        for (written, read) in [
            ("next", "next en"),
            (" @_user_1  NEXT please", "next en"),
            ("/holdfast next", "next en"),
            ("下一個", "next zh"),
            ("seen", "seen  en"),
            ("看到 HF-7K2M-9QXP", "seen HF-7K2M-9QXP zh"),
            ("case hf-7k2m-9qxp", "case hf-7k2m-9qxp en"),
            ("case", "help en"),
            ("案件 HF-7K2M-9QXP", "case HF-7K2M-9QXP zh"),
            ("case ../../etc", "help en"),
            ("link ABCDE FGHJK", "link ABCDEFGHJK en"),
            ("link abcde-fghjk", "link ABCDEFGHJK en"),
            ("link", "help en"),
            ("", "help en"),
            ("verdict HF-7K2M-9QXP false-alarm", "help en"),
            ("claim HF-7K2M-9QXP", "help en"),
            ("reveal HF-7K2M-9QXP account", "help en"),
        ] {
            assert_eq!(word(written), read, "{written}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_written_is_one_of_the_few_words(text in "\\PC{0,200}") {
            let asked = read(&text, Language::Zh);
            let bounded = match asked.ask {
                Ask::Help | Ask::Next | Ask::Link(_) => true,
                Ask::Seen(name) => name.is_none_or(|name| is_name(&name)),
                Ask::Case(name) => is_name(&name),
            };
            prop_assert!(bounded);
        }
    }
}
