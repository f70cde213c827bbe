//! "Is this really us?": the form, what came of it, how to tell, where we are. And the words of a case: choosing them, and
//! what stands under every message of ours.

use maud::{Markup, html};

use super::actions;
use super::layout::{self, Frame, Sheet, outside};
use super::plan::hidden;
use super::words::{self, Say, check as say};
use crate::access::Likeness;
use crate::guidance::official::{Judged, Official, Whose};
use crate::respond::Confirmed;
use crate::respond::view::{Author, CaseView, MessageView};

/// The longest message that is looked at.
pub const MESSAGE_LIMIT: usize = 8_000;

/// What was found out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing was asked.
    Empty,
    Confirmed(Box<Confirmed>),
    /// The number is unknown, or what was shown does not belong to it.
    Refused,
    /// A number without anything that says whose case it is.
    NoSecret,
    /// No number, and no place either.
    NoNumber,
    /// Only places.
    Places,
}

/// What the page shows.
#[derive(Clone, Copy)]
pub struct CheckPage<'a> {
    pub frame: Frame<'a>,
    pub official: &'a Official,
    /// Whether a case page is open in this browser.
    pub open: bool,
    pub result: Option<&'a Found>,
}

/// What came of a check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub outcome: Outcome,
    pub places: Vec<Judged>,
    /// A recovery phrase or key was pasted.
    pub secret: bool,
}

/// The whole page.
pub fn page(page: &CheckPage<'_>) -> Markup {
    let frame = &page.frame;
    let body = html! {
        div.beside {
            div.head {
                h1 { (frame.say(say::TITLE)) }
                @match page.result {
                    Some(found) => (result(page, found)),
                    None => p.notice { (frame.say(say::LEAD)) },
                }
                (form(page))
            }
            div.rest { (how_to_tell(frame)) }
            aside { (never(frame)) (places(page)) }
        }
    };
    layout::page(frame, &Sheet { help: actions::HOME, ..Sheet::new(frame.say(say::TITLE)) }, &body)
}

fn form(page: &CheckPage<'_>) -> Markup {
    let frame = &page.frame;
    html! {
        form.sheet #check method="post" action=(actions::CHECK) {
            (hidden("lang", frame.language.as_str()))
            label for="message" { (frame.say(say::MESSAGE)) }
            p.hint #message-hint { (frame.say(say::MESSAGE_HINT)) }
            textarea #message name="message" rows="4" maxlength=(MESSAGE_LIMIT) dir="auto" autocapitalize="none" spellcheck="false" autocomplete="off" aria-describedby="message-hint" required {}
            @if page.open {
                p.hint { (frame.say(say::SECRET_OPEN)) }
            } @else {
                label for="secret" { (frame.say(say::SECRET)) }
                p.hint #secret-hint { (frame.say(say::SECRET_HINT)) }
                input #secret name="secret" maxlength="120" autocapitalize="none" spellcheck="false" autocomplete="off" aria-describedby="secret-hint";
            }
            button.strong { (frame.say(say::GO)) }
        }
    }
}

fn result(page: &CheckPage<'_>, found: &Found) -> Markup {
    let frame = &page.frame;
    let (title, ours) = verdict(found);
    let mark = match ours {
        Some(true) => "yes",
        Some(false) => "no",
        None => "open",
    };
    html! {
        section.verdict #result role="status" data-verdict=(mark) {
            h2 { (frame.say(title)) }
            @if found.secret { p { b { (frame.say(say::SECRET_SENT)) } } }
            (explained(frame, found))
            @if !found.places.is_empty() {
                h3 { (frame.say(say::PLACES)) }
                ul.places { @for judged in &found.places { li { (outside(&judged.text)) " " b { (frame.say(say::whose(judged.whose))) } } } }
            }
            @if ours != Some(true) {
                p { b { (frame.say(say::NEXT_GAVE)) } (frame.gap()) a href=(actions::HOME) { (frame.say(say::NEXT_REPORT)) } }
            }
        }
    }
}

/// The heading, and whether it is ours.
fn verdict(found: &Found) -> (Say, Option<bool>) {
    match &found.outcome {
        Outcome::Empty => (say::EMPTY, None),
        Outcome::Confirmed(confirmed) => match confirmed.likeness {
            Likeness::NotGiven | Likeness::Same => (say::GENUINE, Some(true)),
            Likeness::Within => (say::MIXED, Some(false)),
            Likeness::Other => (say::ALTERED, Some(false)),
        },
        Outcome::Refused => (say::REFUSED, Some(false)),
        Outcome::NoSecret => (say::CANNOT, None),
        Outcome::NoNumber => (say::NO_NUMBER, Some(false)),
        Outcome::Places => match worst(&found.places) {
            Whose::Ours => (say::PLACE_OURS, Some(true)),
            Whose::NotOurs | Whose::LooksLikeOurs => (say::PLACE_NOT, Some(false)),
            Whose::Unknown => (say::CANNOT, None),
        },
    }
}

/// One place that is not ours makes the whole not ours.
fn worst(places: &[Judged]) -> Whose {
    let is = |whose| places.iter().any(|judged| judged.whose == whose);
    [Whose::LooksLikeOurs, Whose::NotOurs, Whose::Unknown].into_iter().find(|whose| is(*whose)).unwrap_or(Whose::Ours)
}

fn explained(frame: &Frame<'_>, found: &Found) -> Markup {
    let plain = |text: Say| html! { p { (frame.say(text)) } };
    match &found.outcome {
        Outcome::Empty => Markup::default(),
        Outcome::Confirmed(confirmed) => match confirmed.likeness {
            Likeness::Same => genuine(frame, confirmed, say::GENUINE_SAME),
            Likeness::NotGiven => genuine(frame, confirmed, say::GENUINE_NUMBER),
            Likeness::Within => plain(say::MIXED_MORE),
            Likeness::Other => plain(say::ALTERED_MORE),
        },
        Outcome::Refused => plain(say::REFUSED_MORE),
        Outcome::NoSecret => plain(say::CANNOT_SECRET),
        Outcome::NoNumber => plain(say::NO_NUMBER_MORE),
        Outcome::Places => match worst(&found.places) {
            Whose::Ours => plain(say::PLACE_OURS_MORE),
            Whose::NotOurs | Whose::LooksLikeOurs => plain(say::PLACE_NOT_MORE),
            Whose::Unknown => plain(say::CANNOT_PLACE),
        },
    }
}

/// A message from the case of a thief is genuine too: the reference and the words let the reader notice.
fn genuine(frame: &Frame<'_>, confirmed: &Confirmed, text: Say) -> Markup {
    let language = frame.language;
    html! {
        p { (frame.say(text)) }
        p { (say::GENUINE_CASE.around(language, &html! { b.reference { (confirmed.reference) } })) }
        @if let Some(phrase) = &confirmed.phrase { p { (say::GENUINE_WORDS.around(language, &html! { b { bdi { (phrase) } } })) } }
        p { b { (frame.say(say::GENUINE_STILL)) } }
        p.hint { (words::moment(confirmed.at, language)) }
    }
}

fn how_to_tell(frame: &Frame<'_>) -> Markup {
    let points = [say::TELL_FIRST, say::TELL_PAGE, say::TELL_WORDS, say::TELL_KNOW, say::TELL_HURRY];
    html! {
        section.tell {
            h2 { (frame.say(say::TELL)) }
            ol.plain { @for point in points { li { (frame.say(point)) } } }
        }
    }
}

fn never(frame: &Frame<'_>) -> Markup {
    html! {
        section.never {
            h2 { (frame.say(say::NEVER)) }
            ul { @for point in [say::NEVER_WALLET, say::NEVER_SIGN, say::NEVER_CARD, say::NEVER_SECRET] { li { (frame.say(point)) } } }
        }
    }
}

fn places(page: &CheckPage<'_>) -> Markup {
    let (frame, official) = (&page.frame, page.official);
    let lists = [
        (say::OFFICIAL_SITES, &official.domains),
        (say::OFFICIAL_APPS, &official.downloads),
        (say::OFFICIAL_NAMES, &official.handles),
        (say::OFFICIAL_NUMBERS, &official.numbers),
        (say::OFFICIAL_MAIL, &official.emails),
    ];
    html! {
        @if !official.is_empty() {
            section.official {
                h2 { (frame.say(say::OFFICIAL)) }
                dl {
                    @for (name, list) in lists {
                        @if !list.is_empty() {
                            dt { (frame.say(name)) }
                            @for place in list { dd { code { (place) } } }
                        }
                    }
                }
            }
        }
    }
}

/// What stands under a message of ours on the case page.
pub fn signature(frame: &Frame<'_>, view: &CaseView, message: &MessageView) -> Markup {
    let Some(number) = message.check.as_deref().filter(|_| message.from == Author::Staff) else {
        return Markup::default();
    };
    html! {
        p.hint.signature {
            (frame.say(say::UNDER_NUMBER)) " " code { (number) }
            @if let Some(words) = &view.trust.words { " · " (say::UNDER_WORDS.around(frame.language, &html! { b { bdi { (words) } } })) }
        }
    }
}

/// The words of the case on the case page, and where to choose them.
pub fn words_of_case(frame: &Frame<'_>, view: &CaseView) -> Markup {
    html! {
        section.words #words {
            h2 { (frame.say(say::WORDS)) }
            @match &view.trust.words {
                Some(words) => {
                    p.chosen { bdi { (words) } }
                    p.hint { (frame.say(say::WORDS_WHY)) }
                    p { a.button.quiet href=(actions::WORDS) { (frame.say(say::WORDS_CHANGE)) } }
                }
                None => {
                    p { (frame.say(say::WORDS_NONE)) }
                    p { a.button.quiet href=(actions::WORDS) { (frame.say(say::WORDS_CHOOSE)) } }
                }
            }
            p { a href=(actions::CHECK) { (frame.say(say::UNDER_LINK)) } }
        }
    }
}

/// Where the holder of a case chooses words.
#[derive(Clone, Copy)]
pub struct WordsPage<'a> {
    pub frame: Frame<'a>,
    pub csrf: &'a str,
    pub offered: &'a [String],
    pub round: u32,
}

/// Three proposals, others on demand. Nothing is typed, so nobody chooses what deceives.
pub fn choose(page: &WordsPage<'_>) -> Markup {
    let frame = &page.frame;
    let next = format!("{}?round={}&lang={}", actions::WORDS, page.round + 1, frame.language);
    let body = html! {
        div.narrow {
            h1 { (frame.say(say::WORDS)) }
            p { (frame.say(say::WORDS_WHY)) }
            form.sheet method="post" action=(actions::WORDS) {
                (hidden("csrf", page.csrf))
                (hidden("round", &page.round.to_string()))
                (hidden("lang", frame.language.as_str()))
                fieldset {
                    legend { (frame.say(say::WORDS_PICK)) }
                    @for (at, words) in page.offered.iter().enumerate() {
                        label.choice { input type="radio" name="choice" value=(at) required; span.chosen { (words) } }
                    }
                }
                p.hint { (frame.say(say::WORDS_NOTE)) }
                button.strong { (frame.say(say::WORDS_KEEP)) }
            }
            p { a href=(next) { (frame.say(say::WORDS_OTHER)) } }
            p { a href=(actions::CASE) { (frame.say(say::BACK)) } }
        }
    };
    layout::page(
        frame,
        &Sheet { help: "/case#write", ask: Some(page.csrf), ..Sheet::new(frame.say(say::WORDS)) },
        &body,
    )
}
