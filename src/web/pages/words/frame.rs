//! What stands on every page.

use crate::text::Language;

super::say! {
    SKIP: "frame-skip";
    NAVIGATION: "frame-navigation";
    HELP: "frame-help";
    LEAVE: "frame-leave";
    COPY: "frame-copy";
    COPIED: "frame-copied";

    NEVER: "frame-never";
    NEVER_WORDS: "frame-never-words";
    NEVER_CODES: "frame-never-codes";
    NEVER_MONEY: "frame-never-money";
    NEVER_REMOTE: "frame-never-remote";
    NEVER_MOVE: "frame-never-move";
    IS_IT_US: "frame-is-it-us";
    HELP_PLACE: "frame-help-place";
    OPINION: "frame-opinion";
    NEVER_FAKE: "frame-never-fake";
}

/// The other languages, each named in itself.
pub fn others(language: Language) -> impl Iterator<Item = (Language, &'static str)> {
    Language::ALL.into_iter().filter(move |other| *other != language).map(move |other| (other, name(other)))
}

/// A language's own name.
pub fn name(language: Language) -> &'static str {
    match language {
        Language::En => "English",
        Language::Zh => "简体中文",
        Language::ZhHant => "繁體中文",
    }
}

/// The tag for `lang`, which also picks the right shapes of Chinese letters.
pub fn tag(language: Language) -> &'static str {
    match language {
        Language::En => "en",
        Language::Zh => "zh-Hans",
        Language::ZhHant => "zh-Hant",
    }
}
