//! The names by which pages call their texts; the texts stand in `catalogues/`. What playbooks say is not here.

pub mod account;
pub mod alarms;
pub mod answer;
pub mod attachment;
pub mod begin;
pub mod case;
pub mod casepage;
pub mod channel;
pub mod chats;
pub mod check;
pub mod circle;
pub mod console;
pub mod desk;
pub mod door;
pub mod embedded;
pub mod evidence;
pub mod facts;
pub mod federated;
pub mod feedback;
pub mod frame;
pub mod help;
pub mod inbox;
pub mod letters;
pub mod numbers;
pub mod orders;
pub mod people;
pub mod plan;
pub mod problem;
pub mod report;
pub mod review;
pub mod routine;
pub mod shift;
pub mod sources;
pub mod time;

use maud::{Markup, html};

use super::catalogue;
use crate::text::Language;
use crate::time::{Span, Timestamp};

/// One text, by its key in the catalogues.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Say(&'static str);

impl Say {
    pub const fn new(key: &'static str) -> Self {
        Self(key)
    }

    #[cfg(test)]
    pub const fn key(self) -> &'static str {
        self.0
    }

    /// The text. One that takes something in is read by [`Self::around`] or [`Self::counted`].
    pub fn get(self, language: Language) -> &'static str {
        catalogue::of(language).text(self.0)
    }

    /// The text with a piece of the page in its place.
    pub fn around(self, language: Language, piece: &Markup) -> Markup {
        let (before, after) = catalogue::of(language).around(self.0);
        html! { (before) (piece) (after) }
    }

    /// The text with plain words in its place, for what is no page.
    pub fn with(self, language: Language, piece: &str) -> String {
        let (before, after) = catalogue::of(language).around(self.0);
        format!("{before}{piece}{after}")
    }

    /// The text in its form for a count.
    pub fn counted(self, language: Language, count: i64) -> String {
        catalogue::of(language).counted(self.0, count)
    }
}

/// Names texts by their keys and keeps a list of them all, so that one test can hold it against the catalogues.
macro_rules! say {
    ($($name:ident: $key:literal;)*) => {
        $(pub const $name: $crate::web::pages::words::Say = $crate::web::pages::words::Say::new($key);)*

        #[cfg(test)]
        pub const ALL: &[(&str, $crate::web::pages::words::Say)] = &[$((stringify!($name), $name)),*];
    };
}
pub(crate) use say;

/// Every text that any page names.
#[cfg(test)]
pub fn rooms() -> impl Iterator<Item = &'static [(&'static str, Say)]> {
    [
        account::ALL,
        answer::ALL,
        attachment::ALL,
        begin::ALL,
        case::ALL,
        casepage::ALL,
        channel::ALL,
        chats::ALL,
        console::ALL,
        check::ALL,
        circle::ALL,
        desk::ALL,
        door::ALL,
        embedded::ALL,
        evidence::ALL,
        facts::ALL,
        federated::ALL,
        feedback::ALL,
        frame::ALL,
        help::ALL,
        inbox::ALL,
        review::ALL,
        numbers::ALL,
        people::ALL,
        letters::ALL,
        orders::ALL,
        plan::ALL,
        problem::ALL,
        report::ALL,
        routine::ALL,
        shift::ALL,
        sources::ALL,
        alarms::ALL,
        time::ALL,
        super::staff::words::ALL,
    ]
    .into_iter()
}

/// A moment in UTC, to the minute, with the machine-readable form that the script turns into local time.
pub fn moment(at: Timestamp, language: Language) -> Markup {
    let format = time::MOMENT.get(language);
    let shown = jiff::Timestamp::from_millisecond(at.millis())
        .map_or_else(|_| at.to_string(), |moment| moment.strftime(format).to_string());
    html! { time datetime=(at) { (shown) } }
}

/// How long a step takes, from a playbook's `5m`; as written when it is no span.
pub fn about(takes: &str, language: Language) -> String {
    if takes.parse::<Span>().is_err() {
        return takes.to_owned();
    }
    time::ABOUT.around(language, &html! { (span(takes, language)) }).into_string()
}

/// A written span as words: `2m` is "2 minutes".
pub fn span(written: &str, language: Language) -> String {
    let Ok(span) = written.parse::<Span>() else { return written.to_owned() };
    let seconds = span.millis() / 1_000;
    let (count, unit) = match seconds {
        0..60 => (seconds, time::SECONDS),
        60..3_600 => (seconds / 60, time::MINUTES),
        3_600..86_400 => (seconds / 3_600, time::HOURS),
        _ => (seconds / 86_400, time::DAYS),
    };
    unit.counted(language, count)
}

/// How many people would be served first; the count stops at 1,000.
pub fn ahead(count: u32, language: Language) -> String {
    match count {
        0..1_000 => time::AHEAD.counted(language, count.into()),
        1_000.. => time::AHEAD_MANY.get(language).to_owned(),
    }
}

/// Two lengths of time from now, like "10–25 minutes" or "2–6 hours".
pub fn minutes_between(from: i64, until: i64, language: Language) -> String {
    let (from, until) = (from.max(0), until.max(1));
    let (low, high, unit) =
        if until > 180 { (from / 60, (until + 59) / 60, time::HOURS) } else { (from, until, time::MINUTES) };
    format!("{low}–{}", unit.counted(language, high))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_read_right_in_traditional_script() {
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
