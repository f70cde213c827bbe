//! What the console says when something does not work: what it was in words, that nothing was done, and the way on.

use maud::{Markup, html};

use super::actions;
use super::layout;
use crate::web::pages::layout::Frame;
use crate::web::pages::words::{Say, console as say};

/// What the page shows.
#[derive(Clone, Copy)]
pub struct TroublePage<'a> {
    pub frame: Frame<'a>,
    pub status: u16,
    /// The end of the problem's type.
    pub id: &'a str,
    /// What the rule is, in English, where a field was not taken.
    pub detail: Option<&'a str>,
    /// The page to go on at.
    pub back: &'a str,
    /// The request's id, for asking about it.
    pub request: &'a str,
    /// What was typed and not kept, with secrets already taken out.
    pub typed: Option<&'a str>,
}

/// The title, and what to do next.
fn words(status: u16, id: &str) -> (Say, Say) {
    match (status, id) {
        (_, "no-backend") => (say::NOT_TAKEN, say::NO_BACKEND),
        (_, "order-under-way") => (say::MOVED_ON, say::UNDER_WAY),
        (_, "order-in-force") => (say::NOT_TAKEN, say::IN_FORCE),
        (_, "order-may-have-left") => (say::MOVED_ON, say::MAY_HAVE_LEFT),
        (_, "no-inverse") => (say::NOT_TAKEN, say::NO_INVERSE),
        (_, "practice") => (say::NOT_TAKEN, say::ONLY_PRACTICE),
        (_, "order-rule") => (say::NOT_TAKEN, say::RULE),
        (_, "order-brake") => (say::TOO_MANY, say::BRAKE),
        (_, "stale-form") => (say::OLD_FORM, say::OLD_FORM_NEXT),
        (401, _) => (say::SIGN_IN_AGAIN, say::OLD_FORM_NEXT),
        (403, _) => (say::NOT_YOURS, say::NOT_YOURS_NEXT),
        (404 | 405, _) => (say::GONE, say::GONE_NEXT),
        (409 | 412, _) => (say::MOVED_ON, say::MOVED_ON_NEXT),
        (429, _) => (say::TOO_MANY, say::TOO_MANY_NEXT),
        (400..=499, _) => (say::NOT_TAKEN, say::NOT_TAKEN_NEXT),
        _ => (say::BROKEN, say::BROKEN_NEXT),
    }
}

/// The page.
pub fn trouble(page: &TroublePage<'_>) -> Markup {
    let frame = &page.frame;
    let (title, next) = words(page.status, page.id);
    // Where there is nothing, the way back leads here again.
    let to_case = page.back.starts_with(actions::INCIDENTS) && !matches!(page.status, 404 | 405);
    let body = html! {
        div.narrow {
            h1 { (frame.say(title)) }
            p.notice role="alert" { (frame.say(next)) }
            @if page.status == 422 { @if let Some(detail) = page.detail { p lang="en" { code { (detail) } } } }
            @if let Some(typed) = page.typed {
                label for="typed" { (frame.say(super::words::TYPED)) }
                textarea #typed rows="6" dir="auto" readonly { (typed) }
            }
            p {
                @if to_case { a.button href=(page.back) autofocus { (frame.say(say::TO_CASE)) } " " }
                a.button href=(actions::HOME) { (frame.say(say::TO_HOME)) } " "
                a.button href=(actions::ME) { (frame.say(say::MY_ACCOUNT)) }
            }
            p.hint { code { (page.request) } }
        }
    };
    layout::nameless(frame, (frame.say(title), page.status != 401), &body)
}
