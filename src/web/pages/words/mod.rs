//! Every text of the pages, each language beside the other. What playbooks say is not here.

pub mod case;
pub mod door;
pub mod frame;
pub mod plan;
pub mod report;
pub mod routine;

use maud::{Markup, html};

use crate::text::{Language, traditional, traditional_of};
use crate::time::{Span, Timestamp};

/// One text in every language; `{}` marks where something is put in.
#[derive(Debug, Clone, Copy)]
pub struct Say {
    pub en: &'static str,
    pub zh: &'static str,
}

impl Say {
    pub fn get(self, language: Language) -> &'static str {
        match language {
            Language::En => self.en,
            Language::Zh => self.zh,
            Language::ZhHant => traditional_of(self.zh),
        }
    }

    /// The text with a piece of the page in its `{}`.
    pub fn around(self, language: Language, piece: &Markup) -> Markup {
        let text = self.get(language);
        let (before, after) = text.split_once("{}").unwrap_or((text, ""));
        html! { (before) (piece) (after) }
    }
}

/// Names texts and keeps a list of them all, so that one test can read each.
macro_rules! say {
    ($($name:ident: $en:literal, $zh:literal;)*) => {
        $(pub const $name: $crate::web::pages::words::Say = $crate::web::pages::words::Say { en: $en, zh: $zh };)*

        #[cfg(test)]
        pub const ALL: &[(&str, $crate::web::pages::words::Say)] = &[$((stringify!($name), $name)),*];
    };
}
pub(crate) use say;

/// A moment in UTC, to the minute, with the machine-readable form that the script turns into local time.
pub fn moment(at: Timestamp, language: Language) -> Markup {
    let format = match language {
        Language::En => "%-d %b, %H:%M UTC",
        Language::Zh | Language::ZhHant => "%-m月%-d日 %H:%M（UTC）",
    };
    let shown = jiff::Timestamp::from_millisecond(at.millis())
        .map_or_else(|_| at.to_string(), |moment| moment.strftime(format).to_string());
    html! { time datetime=(at) { (shown) } }
}

/// How long a step takes, from a playbook's `5m`; as written when it is no span.
pub fn about(takes: &str, language: Language) -> String {
    if takes.parse::<Span>().is_err() {
        return takes.to_owned();
    }
    let plain = span(takes, language);
    match language {
        Language::En => format!("(about {plain})"),
        Language::Zh => format!("（约 {plain}）"),
        Language::ZhHant => format!("（約 {plain}）"),
    }
}

/// A written span as words: `2m` is "2 minutes".
pub fn span(written: &str, language: Language) -> String {
    let Ok(span) = written.parse::<Span>() else { return written.to_owned() };
    let seconds = span.millis() / 1_000;
    let (count, english, chinese) = match seconds {
        0..60 => (seconds, "second", "秒"),
        60..3_600 => (seconds / 60, "minute", "分钟"),
        3_600..86_400 => (seconds / 3_600, "hour", "小时"),
        _ => (seconds / 86_400, "day", "天"),
    };
    match language {
        Language::En if count == 1 => format!("1 {english}"),
        Language::En => format!("{count} {english}s"),
        Language::Zh => format!("{count} {chinese}"),
        Language::ZhHant => format!("{count} {}", traditional(chinese)),
    }
}

/// How many people would be served first; the count stops at 1,000.
pub fn ahead(count: u32, language: Language) -> String {
    match (language, count) {
        (Language::En, 0) => "Nobody is ahead of you.".to_owned(),
        (Language::En, 1) => "1 person is ahead of you.".to_owned(),
        (Language::En, 2..1_000) => format!("{count} people are ahead of you."),
        (Language::En, 1_000..) => "1,000 people or more are ahead of you.".to_owned(),
        (Language::Zh, 0) => "您前面没有人。".to_owned(),
        (Language::Zh, 1..1_000) => format!("您前面有 {count} 人。"),
        (Language::Zh, 1_000..) => "您前面至少有 1000 人。".to_owned(),
        (Language::ZhHant, _) => traditional(&ahead(count, Language::Zh)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_exists_in_both_languages_and_takes_in_as_much() {
        let pages = [case::ALL, door::ALL, frame::ALL, plan::ALL, report::ALL, routine::ALL];
        for (name, text) in pages.into_iter().flatten() {
            let han = |text: &str| text.chars().any(|letter| ('\u{4e00}'..='\u{9fff}').contains(&letter));
            assert!(!text.en.trim().is_empty() && !han(text.en), "{name} in English");
            assert!(han(text.zh), "{name} in Chinese");
            assert_eq!(text.en.matches("{}").count(), text.zh.matches("{}").count(), "{name}");
        }
    }

    #[test]
    fn no_text_is_wrongly_converted_to_traditional_script() {
        let pages = [case::ALL, door::ALL, frame::ALL, plan::ALL, report::ALL, routine::ALL];
        for (name, text) in pages.into_iter().flatten() {
            let text = text.get(Language::ZhHant);
            let wrong = crate::text::traditional::wrong(text);
            assert!(wrong.is_empty(), "{name}: {wrong:?} in {text}");
        }
        assert_eq!(frame::NEVER_CODES.get(Language::ZhHant), "密碼、PIN 碼、驗證碼");
    }

    #[test]
    fn times_and_counts_are_said_in_words() {
        let at = "2026-03-01T14:05:59Z".parse().unwrap();
        assert_eq!(
            moment(at, Language::En).into_string(),
            r#"<time datetime="2026-03-01T14:05:59.000Z">1 Mar, 14:05 UTC</time>"#
        );
        assert!(moment(at, Language::Zh).into_string().contains("3月1日 14:05（UTC）"));
        assert!(moment(Timestamp::from_millis(i64::MAX), Language::En).into_string().contains("ms"));
        assert_eq!(
            ["1m", "90s", "2h", "1d", "soon"].map(|takes| about(takes, Language::En)),
            ["(about 1 minute)", "(about 1 minute)", "(about 2 hours)", "(about 1 day)", "soon"]
        );
        assert_eq!(about("5m", Language::Zh), "（约 5 分钟）");
        assert_eq!(ahead(0, Language::En), "Nobody is ahead of you.");
        assert_eq!(ahead(1_000, Language::Zh), "您前面至少有 1000 人。");
    }
}
