//! The pages that mails to staff lead to, and the part of one's own page that says where those go.

use maud::{Markup, html};

use super::actions;
use super::entry::{AskPage, door, new_password, wrong};
use super::layout::{self, Person, Sheet};
use crate::respond::people::Addresses;
use crate::web::pages::layout::Frame;
use crate::web::pages::plan::hidden;
use crate::web::pages::words::account as say;

/// Asks who forgot a password; `asked` says whether somebody just did, nothing that nobody can be written to.
pub fn forgotten(page: &AskPage<'_>, asked: Option<bool>) -> Markup {
    let frame = &page.frame;
    door(
        frame,
        say::FORGOTTEN_TITLE,
        &html! {
            @match asked {
                Some(true) => { p.notice role="status" { (frame.say(say::FORGOTTEN_SENT)) } }
                Some(false) => {
                    p #forgotten-more { (frame.say(say::FORGOTTEN_MORE)) }
                    form.sheet method="post" action=(actions::FORGOTTEN) {
                        (hidden("csrf", page.csrf))
                        label for="who" { (frame.say(say::FORGOTTEN_WHO)) }
                        input #who type="text" name="who" maxlength="320" autocomplete="username" autocapitalize="none" spellcheck="false" aria-describedby="forgotten-more" required autofocus;
                        button.strong { (frame.say(say::FORGOTTEN_GO)) }
                    }
                }
                None => { p { (frame.say(say::FORGOTTEN_ADMIN)) } }
            }
            p { a href=(actions::SIGN_IN) { (frame.say(say::TO_SIGN_IN)) } }
        },
    )
}

/// Asks for a new password, whatever the link; the form posts to the address it stands at.
pub fn reset(page: &AskPage<'_>) -> Markup {
    let frame = &page.frame;
    door(
        frame,
        say::RESET_TITLE,
        &html! {
            p { (frame.say(say::RESET_MORE)) }
            (wrong(page))
            form.sheet method="post" {
                (hidden("csrf", page.csrf))
                (new_password(frame))
                button.strong { (frame.say(say::RESET_GO)) }
            }
        },
    )
}

/// The way to a new password, for who has one.
pub fn password_door(frame: &Frame<'_>) -> Markup {
    html! { p { a.button href=(actions::PASSWORD) { (frame.say(say::OWN_PASSWORD)) } } }
}

/// Asks somebody who is signed in for the password before and a new one.
pub fn own_password(page: &AskPage<'_>, name: &str) -> Markup {
    let (frame, title) = (&page.frame, page.frame.say(say::OWN_PASSWORD));
    let body = html! {
        div.narrow {
            h1 { (title) }
            p { (frame.say(say::RESET_MORE)) }
            (wrong(page))
            form.sheet method="post" action=(actions::PASSWORD) {
                (hidden("csrf", page.csrf))
                label for="before" { (frame.say(say::BEFORE)) }
                input #before type="password" name="before" maxlength="256" autocomplete="current-password" required;
                (new_password(frame))
                button.strong { (frame.say(say::RESET_GO)) }
            }
            p { a href=(actions::ME) { (frame.say(say::TO_OWN)) } }
        }
    };
    layout::page(frame, &Sheet { title, person: Some(Person { name, csrf: page.csrf }) }, &body)
}

/// Asks whether an address is theirs, whatever the link; the form posts to the address it stands at.
pub fn prove(page: &AskPage<'_>) -> Markup {
    let frame = &page.frame;
    door(
        frame,
        say::PROVE_TITLE,
        &html! {
            p { (frame.say(say::PROVE_MORE)) }
            form.sheet method="post" {
                (hidden("csrf", page.csrf))
                button.strong { (frame.say(say::PROVE_GO)) }
            }
        },
    )
}

/// What came of it.
pub fn proved(frame: &Frame<'_>, good: bool) -> Markup {
    let told = if good { say::PROVED } else { say::LINK_OVER };
    door(
        frame,
        say::ADDRESS_TITLE,
        &html! {
            p.notice role="status" { (frame.say(told)) }
            p { a.button href=(actions::ME) { (frame.say(say::TO_SIGN_IN)) } }
        },
    )
}

/// The field of an address.
pub fn field(frame: &Frame<'_>, known: Option<&str>) -> Markup {
    html! {
        label for="address" { (frame.say(say::ADDRESS)) }
        p.hint #address-hint { (frame.say(say::ADDRESS_HINT)) }
        input #address type="email" name="address" value=[known] maxlength="320" autocomplete="email" aria-describedby="address-hint";
    }
}

/// The addresses of one's own account.
pub fn addresses(frame: &Frame<'_>, csrf: &str, known: &Addresses) -> Markup {
    html! {
        section.sheet aria-labelledby="addresses" {
            h2 #addresses { (frame.say(say::ADDRESS_TITLE)) }
            p { (frame.say(say::ADDRESS_MORE)) }
            @if let Some(proven) = &known.proven { p { (say::IN_FORCE.around(frame.language, &html! { bdi { (proven) } })) } }
            @if let Some(waits) = &known.waits { p { (say::WAITS.around(frame.language, &html! { bdi { (waits) } })) } }
            form method="post" action=(actions::ADDRESS) {
                (hidden("csrf", csrf))
                (field(frame, known.proven.as_deref()))
                button { (frame.say(say::ADDRESS_GO)) }
            }
        }
    }
}
