//! The way in for people: password, second factor, setting one up, the first person, an invitation.

use maud::{Markup, html};

use super::federated::{self, Titles};
use super::layout::{self, Person, Sheet};
use super::{actions, assets, picture};
use crate::respond::people::Errand;
use crate::web::pages::layout::Frame;
use crate::web::pages::plan::hidden;
use crate::web::pages::words::{Say, people as say};

/// Characters of a login and of a name.
const SHORT: u32 = 80;
/// More than the longest password has, so that a browser never cuts one in silence.
const LONG: u32 = 300;

/// How somebody may sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ways {
    /// Nobody has come yet: a token of the command line.
    Token,
    /// Somebody is on the way and nobody is in: both.
    Both,
    /// Login, password and second factor.
    Password,
}

/// What the sign-in page shows.
#[derive(Clone, Copy)]
pub struct SignInPage<'a> {
    pub frame: Frame<'a>,
    pub csrf: &'a str,
    pub ways: Ways,
    /// Whether somebody was refused just now.
    pub refused: bool,
    /// Issuers to sign in through.
    pub issuers: Titles<'a>,
}

/// Asks who is there. The same words for every reason to refuse.
pub fn sign_in(page: &SignInPage<'_>) -> Markup {
    let frame = &page.frame;
    let described = if page.refused { "refused" } else { "sign-in" };
    let by_password = html! {
        form.sheet method="post" action=(actions::SIGN_IN) {
            (hidden("csrf", page.csrf))
            label for="login" { (frame.say(say::LOGIN)) }
            input #login type="text" name="login" maxlength=(SHORT) autocomplete="username" autocapitalize="none" spellcheck="false" required autofocus[page.ways == Ways::Password];
            label for="password" { (frame.say(say::PASSWORD)) }
            input #password type="password" name="password" maxlength=(LONG) autocomplete="current-password" aria-describedby=(described) required;
            button.strong { (frame.say(say::SIGN_IN)) }
        }
    };
    let by_token = html! {
        form.sheet method="post" action=(actions::SIGN_IN) {
            (hidden("csrf", page.csrf))
            label for="token" { (frame.say(say::TOKEN)) }
            p.hint #token-hint { (frame.say(say::TOKEN_HINT)) }
            input #token type="password" name="token" maxlength="200" autocomplete="off" spellcheck="false" aria-describedby="token-hint" required autofocus[page.ways == Ways::Token];
            button.strong { (frame.say(say::SIGN_IN)) }
        }
    };
    door(
        frame,
        say::SIGN_IN_TITLE,
        &html! {
            @if page.refused { p.notice #refused role="alert" { (frame.say(say::REFUSED)) } }
            @match page.ways {
                Ways::Token => { (by_token) }
                Ways::Password => { (by_password) }
                Ways::Both => { (by_password) (by_token) }
            }
            (federated::buttons(frame, page.csrf, (page.issuers, Errand::SignIn)))
        },
    )
}

/// What a page shows that asks for one more thing.
#[derive(Clone, Copy)]
pub struct AskPage<'a> {
    pub frame: Frame<'a>,
    pub csrf: &'a str,
    /// What was wrong with the last try.
    pub wrong: Option<Say>,
    /// What the browser is asked for, when a passkey will do.
    pub passkey: Option<&'a str>,
}

/// Asks for the second factor after the password.
pub fn second(page: &AskPage<'_>) -> Markup {
    let frame = &page.frame;
    door(
        frame,
        say::SECOND_TITLE,
        &html! {
            (wrong(page))
            (passkey(page, (actions::SECOND, say::PASSKEY_USE), None))
            form.sheet method="post" action=(actions::SECOND) { (code_field(page)) button.strong { (frame.say(say::SIGN_IN)) } }
        },
    )
}

/// Asks for the second factor again, before something that only a person who is there now may do. `then` is where it leads;
/// at an issuer of theirs it can be shown as well.
pub fn step_up(page: &AskPage<'_>, (me, then): (&str, &str), issuers: Titles<'_>) -> Markup {
    let frame = &page.frame;
    let title = frame.say(say::STEP_UP_TITLE);
    let body = html! {
        div.narrow {
            h1 { (title) }
            p { (frame.say(say::STEP_UP_MORE)) }
            (wrong(page))
            (passkey(page, (actions::STEP_UP, say::PASSKEY_USE), Some(then)))
            form.sheet method="post" action=(actions::STEP_UP) {
                (hidden("then", then))
                (code_field(page))
                button.strong { (frame.say(say::GO_ON)) }
            }
            (federated::buttons(frame, page.csrf, (issuers, Errand::StepUp)))
        }
    };
    layout::page(frame, &Sheet { title, person: Some(Person { name: me, csrf: page.csrf }) }, &body)
}

/// Asks for a passkey, which only a script can; shown by that script.
fn passkey(page: &AskPage<'_>, (action, button): (&str, Say), then: Option<&str>) -> Markup {
    let frame = &page.frame;
    html! {
        @if let Some(asked) = page.passkey {
            div hidden {
                form.sheet method="post" action=(action) data-passkey=(asked) {
                    (hidden("csrf", page.csrf))
                    (hidden("passkey", ""))
                    @if let Some(then) = then { (hidden("then", then)) }
                    p { (frame.say(say::PASSKEY_MORE)) }
                    p.notice role="alert" hidden { (frame.say(say::PASSKEY_NONE)) }
                    button.strong { (frame.say(button)) }
                }
            }
            script src=(assets::passkey().path) nonce=(frame.nonce) defer {}
        }
    }
}

fn code_field(page: &AskPage<'_>) -> Markup {
    let frame = &page.frame;
    html! {
        (hidden("csrf", page.csrf))
        label for="code" { (frame.say(say::CODE)) }
        p.hint #code-hint { (frame.say(say::CODE_HINT)) }
        input #code type="text" name="code" maxlength="60" autocomplete="one-time-code" autocapitalize="characters" spellcheck="false" aria-describedby="code-hint" required autofocus;
    }
}

fn wrong(page: &AskPage<'_>) -> Markup {
    html! { @if let Some(wrong) = page.wrong { p.notice role="alert" { (page.frame.say(wrong)) } } }
}

/// Sets up an authenticator app: `address` is what the picture holds, `seed` the same to type.
pub fn enrol(page: &AskPage<'_>, (address, seed): (&str, &str)) -> Markup {
    let frame = &page.frame;
    let groups: Vec<&str> = seed.as_bytes().chunks(4).filter_map(|group| std::str::from_utf8(group).ok()).collect();
    door(
        frame,
        say::ENROL_TITLE,
        &html! {
            (wrong(page))
            (passkey(page, (actions::ENROL, say::PASSKEY_MAKE), None))
            p { (frame.say(say::ENROL_MORE)) }
            @if let Some(picture) = picture::of(address, frame.say(say::ENROL_PICTURE)) { p { (picture) } }
            p { (frame.say(say::ENROL_TYPE)) }
            p.secret { code { (groups.join(" ")) } }
            form.sheet method="post" action=(actions::ENROL) { (code_field(page)) button.strong { (frame.say(say::ENROL_GO)) } }
        },
    )
}

/// Shows the recovery codes, this once.
pub fn recovery<'a>(frame: &Frame<'_>, codes: impl Iterator<Item = &'a str>) -> Markup {
    door(
        frame,
        say::RECOVERY_TITLE,
        &html! {
            p.notice role="status" { (frame.say(say::RECOVERY_ONCE)) }
            ol.secret { @for code in codes { li { code { (code) } } } }
            p { a.button href=(actions::HOME) { (frame.say(say::GO_ON)) } }
        },
    )
}

/// Makes the first person; the form posts to the address it stands at.
pub fn set_up(page: &AskPage<'_>) -> Markup {
    let frame = &page.frame;
    door(
        frame,
        say::SET_UP_TITLE,
        &html! {
            p { (frame.say(say::SET_UP_MORE)) }
            (wrong(page))
            form.sheet method="post" {
                (hidden("csrf", page.csrf))
                label for="name" { (frame.say(say::NAME)) }
                p.hint #name-hint { (frame.say(say::NAME_HINT)) }
                input #name type="text" name="name" maxlength=(SHORT) autocomplete="name" dir="auto" aria-describedby="name-hint" required autofocus;
                label for="login" { (frame.say(say::LOGIN)) }
                input #login type="text" name="login" maxlength=(SHORT) autocomplete="username" autocapitalize="none" spellcheck="false" required;
                (new_password(frame))
                button.strong { (frame.say(say::GO_ON)) }
            }
        },
    )
}

/// Asks somebody who was invited for a password; the form posts to the address it stands at.
pub fn join(page: &AskPage<'_>, (name, login): (&str, &str)) -> Markup {
    let frame = &page.frame;
    door(
        frame,
        say::JOIN_TITLE,
        &html! {
            p { bdi { (name) } " · " bdi { (login) } }
            (wrong(page))
            form.sheet method="post" {
                (hidden("csrf", page.csrf))
                input type="hidden" name="username" value=(login) autocomplete="username" disabled;
                (new_password(frame))
                button.strong { (frame.say(say::GO_ON)) }
            }
        },
    )
}

fn new_password(frame: &Frame<'_>) -> Markup {
    html! {
        label for="password" { (frame.say(say::NEW_PASSWORD)) }
        p.hint #password-hint { (frame.say(say::NEW_PASSWORD_HINT)) }
        input #password type="password" name="password" maxlength=(LONG) autocomplete="new-password" aria-describedby="password-hint" required;
    }
}

fn door(frame: &Frame<'_>, title: Say, body: &Markup) -> Markup {
    let title = frame.say(title);
    layout::page(frame, &Sheet { title, person: None }, &html! { div.narrow { h1 { (title) } (body) } })
}
