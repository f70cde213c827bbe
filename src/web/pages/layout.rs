//! The frame of every page: head, top line, the place for help, and what we never ask for.

use maud::{DOCTYPE, Markup, html};

use super::words::Say;
use super::words::frame as words;
use super::{actions, assets, board, routine};
use crate::access::{Permission, Scopes};
use crate::text::{Language, defang};
use crate::web::board::Board;

/// What a request brings to any page.
#[derive(Debug, Clone, Copy)]
pub struct Frame<'a> {
    pub language: Language,
    /// The nonce of the response's Content-Security-Policy.
    pub nonce: &'a str,
    /// Where the language switch leads; empty for "this same address". A page that answers a POST names another one.
    pub path_for_language_switch: &'a str,
    /// The operator's name, as people know it.
    pub brand: &'a str,
    /// What the operator announces; none on pages of staff.
    pub board: Option<&'a Board>,
    /// What the reader may do, on pages of staff who are signed in.
    pub scopes: Option<&'a Scopes>,
}

impl Frame<'_> {
    /// Whether the reader may do something, on pages of staff; where nobody said, the page itself decides.
    pub fn may(&self, permission: Permission) -> bool {
        self.scopes.is_none_or(|scopes| scopes.allow(permission))
    }

    /// The text in the language of the page.
    pub fn say(&self, text: Say) -> &'static str {
        text.get(self.language)
    }

    /// What stands between two sentences: Chinese has no space there.
    pub fn gap(&self) -> &'static str {
        match self.language {
            Language::En => " ",
            Language::Zh | Language::ZhHant => "",
        }
    }
}

/// What one page brings to its frame.
#[derive(Debug, Clone, Copy)]
pub struct Sheet<'a> {
    pub title: &'a str,
    /// Where "a person, please" leads.
    pub help: &'static str,
    /// How the script hears that the page has changed.
    pub live: Option<Live<'a>>,
    pub switch: Switch,
    /// The case session's token, where asking for a person is one tap.
    pub ask: Option<&'a str>,
}

impl<'a> Sheet<'a> {
    /// A page that stays as it is and has its own note on reaching a person.
    pub fn new(title: &'a str) -> Self {
        Self { title, help: "#person", live: None, switch: Switch::Here, ask: None }
    }
}

/// Where changes are told, and the mark of what is shown.
#[derive(Debug, Clone, Copy)]
pub struct Live<'a> {
    pub events: &'static str,
    pub seen: &'a str,
}

/// Whether another language takes the place of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Switch {
    Here,
    /// For a page that cannot be shown again.
    NewTab,
}

/// A whole page.
pub fn page(frame: &Frame<'_>, sheet: &Sheet<'_>, body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(words::tag(frame.language)) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (sheet.title) " · " (frame.brand) }
                link rel="stylesheet" href=(assets::style().path) nonce=(frame.nonce);
                link rel="icon" type="image/svg+xml" href=(assets::mark().path);
                script src=(assets::script().path) nonce=(frame.nonce) defer {}
            }
            body data-events=[sheet.live.map(|live| live.events)] data-seen=[sheet.live.map(|live| live.seen)] {
                a.skip href="#main" { (frame.say(words::SKIP)) }
                (top(frame, sheet))
                main #main { (board::shown(frame)) (body) }
                (never_ask(frame))
            }
        }
    }
}

fn top(frame: &Frame<'_>, sheet: &Sheet<'_>) -> Markup {
    let target = (sheet.switch == Switch::NewTab).then_some("_blank");
    html! {
        header.top {
            p.brand {
                svg.mark viewBox="0 0 24 24" aria-hidden="true" { path d="M7 4v16M17 4v16M7 10c3 5 7 5 10 0" {} }
                bdi { (frame.brand) }
            }
            span.switch {
                @for (other, name) in words::others(frame.language) {
                    a href={ (frame.path_for_language_switch) "?lang=" (other) } hreflang=(words::tag(other)) lang=(words::tag(other)) target=[target] { (name) }
                    " "
                }
            }
            nav aria-label=(frame.say(words::NAVIGATION)) {
                (routine::person(frame, sheet))
                a.leave href=(actions::LEAVE) rel="noreferrer" data-leave { (frame.say(words::LEAVE)) }
            }
        }
    }
}

fn never_ask(frame: &Frame<'_>) -> Markup {
    html! {
        footer.never-ask {
            h2 { (frame.say(words::NEVER)) }
            ul {
                @for item in [words::NEVER_WORDS, words::NEVER_CODES, words::NEVER_MONEY, words::NEVER_REMOTE, words::NEVER_MOVE] {
                    li { (frame.say(item)) }
                }
            }
            p { (frame.say(words::NEVER_FAKE)) }
            p.further { @for (place, name) in [(actions::CHECK, words::IS_IT_US), (actions::HELP, words::HELP_PLACE), (actions::FEEDBACK, words::OPINION)] { a href={ (place) "?lang=" (frame.language) } { (frame.say(name)) } } }
        }
    }
}

/// Text from outside: shown as written, in its own direction, with nothing to click on (OUT-01, OUT-05).
pub fn outside(text: &str) -> Markup {
    html! { bdi.outside { (defang(text)) } }
}
