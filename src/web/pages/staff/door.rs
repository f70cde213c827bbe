//! The way in: signing in with a token, the one-time set-up link, and what is said when somebody else was faster.

use maud::{Markup, html};

use super::actions;
use super::layout::{self, Person, Sheet};
use super::words as say;
use crate::guidance::Step;
use crate::id::{Id, of};
use crate::web::pages::layout::Frame;
use crate::web::pages::plan::hidden;

/// The longest name that somebody can give.
const NAME_LIMIT: u32 = 60;

/// What the sign-in page shows.
#[derive(Clone, Copy)]
pub struct SignInPage<'a> {
    pub frame: Frame<'a>,
    pub csrf: &'a str,
    /// Whether a token was refused just now.
    pub refused: bool,
}

/// Asks for a staff token. The same words for every reason to refuse one.
pub fn sign_in(page: &SignInPage<'_>) -> Markup {
    let frame = &page.frame;
    let described = if page.refused { "refused token-hint" } else { "token-hint" };
    door(
        frame,
        frame.say(say::SIGN_IN_TITLE),
        &html! {
            @if page.refused { p.notice #refused role="alert" { (frame.say(say::REFUSED)) } }
            form.sheet method="post" action=(actions::SIGN_IN) {
                (hidden("csrf", page.csrf))
                label for="token" { (frame.say(say::TOKEN)) }
                p.hint #token-hint { (frame.say(say::TOKEN_HINT)) }
                input #token type="password" name="token" maxlength="200" autocomplete="current-password" spellcheck="false" aria-describedby=(described) required autofocus;
                button.strong { (frame.say(say::SIGN_IN)) }
            }
        },
    )
}

/// What the set-up page shows.
#[derive(Clone, Copy)]
pub struct SetUpPage<'a> {
    pub frame: Frame<'a>,
    pub csrf: &'a str,
}

/// Opens the console for the first person; the form posts to the address it stands at.
pub fn set_up(page: &SetUpPage<'_>) -> Markup {
    let frame = &page.frame;
    door(
        frame,
        frame.say(say::SET_UP),
        &html! {
            p { (frame.say(say::SET_UP_MORE)) }
            form.sheet method="post" {
                (hidden("csrf", page.csrf))
                label for="name" { (frame.say(say::NAME)) }
                p.hint #name-hint { (frame.say(say::NAME_HINT)) }
                input #name type="text" name="name" maxlength=(NAME_LIMIT) autocomplete="name" dir="auto" aria-describedby="name-hint" required autofocus;
                button.strong { (frame.say(say::SET_UP_GO)) }
            }
        },
    )
}

/// What the set-up link answers with. Not `Debug`: the token is a secret.
#[derive(Clone, Copy)]
pub struct SetUpDonePage<'a> {
    pub frame: Frame<'a>,
    pub token: &'a str,
    /// Where the pages are, without a slash at the end.
    pub public_url: &'a str,
}

/// Shows the first token, this once, with a call to try it on.
pub fn set_up_done(page: &SetUpDonePage<'_>) -> Markup {
    let frame = &page.frame;
    door(
        frame,
        frame.say(say::TOKEN_TITLE),
        &html! {
            p.notice role="status" { (frame.say(say::TOKEN_ONCE)) }
            p.secret { code { (page.token) } }
            p { (frame.say(say::TOKEN_TRY)) }
            pre tabindex="0" { code {
                "curl -X POST \\\n  -H \"Authorization: Bearer " (page.token) "\" \\\n  " (page.public_url) "/api/v1/queue/claim"
            } }
            p { a.button href=(actions::SIGN_IN) { (frame.say(say::SIGN_IN)) } }
        },
    )
}

/// What is shown in place of an action that came too late.
#[derive(Clone, Copy)]
pub struct StalePage<'a> {
    pub frame: Frame<'a>,
    pub csrf: &'a str,
    pub me: &'a str,
    pub incident: Id<of::Incident>,
    /// What was written and not kept, with secrets already taken out.
    pub typed: Option<&'a str>,
}

/// The case has changed since it was seen: nothing was done, nothing that was typed is lost.
pub fn stale(page: &StalePage<'_>) -> Markup {
    let frame = &page.frame;
    let title = frame.say(say::STALE);
    let body = html! {
        div.narrow {
            h1 { (title) }
            p.notice role="alert" { (frame.say(say::STALE_MORE)) }
            p { a.button href=(actions::incident(page.incident)) autofocus { (frame.say(say::STALE_BACK)) } }
            @if let Some(typed) = page.typed.filter(|typed| !typed.is_empty()) {
                label for="typed" { (frame.say(say::TYPED)) }
                textarea #typed rows="6" dir="auto" readonly { (typed) }
            }
        }
    };
    layout::page(frame, &Sheet { title, person: Some(Person { name: page.me, csrf: page.csrf }) }, &body)
}

/// What is shown in place of closing when required steps are still open.
#[derive(Clone, Copy)]
pub struct StepsOpenPage<'a> {
    pub frame: Frame<'a>,
    pub csrf: &'a str,
    pub me: &'a str,
    pub incident: Id<of::Incident>,
    pub steps: &'a [Step],
    /// The reason that was written and not kept.
    pub typed: Option<&'a str>,
}

/// The case cannot be closed yet: which steps stand in the way, and where they are done or waived.
pub fn steps_open(page: &StepsOpenPage<'_>) -> Markup {
    let frame = &page.frame;
    let title = frame.say(say::STEPS_OPEN);
    let body = html! {
        div.narrow {
            h1 { (title) }
            p.notice role="alert" { (frame.say(say::STEPS_OPEN_MORE)) }
            ul { @for step in page.steps { li { (step.text) } } }
            p { a.button href={ (actions::incident(page.incident)) "#steps" } autofocus { (frame.say(say::STEPS_OPEN_BACK)) } }
            @if let Some(typed) = page.typed.filter(|typed| !typed.is_empty()) {
                label for="typed" { (frame.say(say::TYPED)) }
                textarea #typed rows="6" dir="auto" readonly { (typed) }
            }
        }
    };
    layout::page(frame, &Sheet { title, person: Some(Person { name: page.me, csrf: page.csrf }) }, &body)
}

fn door(frame: &Frame<'_>, title: &str, body: &Markup) -> Markup {
    layout::page(frame, &Sheet { title, person: None }, &html! { div.narrow { h1 { (title) } (body) } })
}
