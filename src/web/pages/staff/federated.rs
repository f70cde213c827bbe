//! Signing in through an issuer: the buttons, the pages on the way there and back, and the part of one's own page about it.
//!
//! Leaving and coming back each end on a page that moves on. A form may post to our own house alone, redirects included, and
//! a cookie of the strict kind does not ride along on a redirect from another site.

use maud::{Markup, html};

use super::layout::{self, Sheet};
use super::{AskPage, actions};
use crate::respond::people::{Errand, Identity};
use crate::web::pages::layout::Frame;
use crate::web::pages::plan::hidden;
use crate::web::pages::words::{Say, federated as say, moment, people};

/// The issuers of a house: the name in the address and what people call it.
pub type Titles<'a> = &'a [(&'a str, &'a str)];

fn title(title: &str) -> Markup {
    html! { bdi { (title) } }
}

fn words(errand: Errand) -> Say {
    match errand {
        Errand::SignIn | Errand::Fresh => say::SIGN_IN,
        Errand::StepUp => say::SHOW,
        Errand::Link => say::LINK,
    }
}

/// A button for each issuer.
pub fn buttons(frame: &Frame<'_>, csrf: &str, (titles, errand): (Titles<'_>, Errand)) -> Markup {
    html! {
        @for (name, called) in titles {
            form.sheet method="post" action=(actions::federated(name)) {
                (hidden("csrf", csrf))
                (hidden("for", errand.as_str()))
                button { (words(errand).around(frame.language, &title(called))) }
            }
        }
    }
}

fn door(frame: &Frame<'_>, title: Say, body: &Markup) -> Markup {
    let title = frame.say(title);
    layout::page(frame, &Sheet { title, person: None }, &html! { div.narrow { h1 { (title) } (body) } })
}

fn onward(frame: &Frame<'_>, to: &str) -> Markup {
    html! { p { a.button href=(to) rel="noreferrer" autofocus { (frame.say(people::GO_ON)) } } }
}

/// On the way to an issuer.
pub fn leaving(frame: &Frame<'_>, (called, to): (&str, &str)) -> Markup {
    door(
        frame,
        say::LEAVING_TITLE,
        &html! { p { (say::LEAVING.around(frame.language, &title(called))) } (onward(frame, to)) },
    )
}

/// Back from an issuer, and on.
pub fn back(frame: &Frame<'_>, to: &str) -> Markup {
    door(frame, say::BACK_TITLE, &html! { p { (frame.say(say::BACK)) } (onward(frame, to)) })
}

/// Refused, whatever the reason; or an issuer that cannot be reached, by its name.
pub fn stayed_out(frame: &Frame<'_>, unreached: Option<&str>) -> Markup {
    door(
        frame,
        say::REFUSED_TITLE,
        &html! {
            p.notice role="alert" {
                @if let Some(called) = unreached {
                    (say::UNREACHED.around(frame.language, &title(called)))
                } @else {
                    (frame.say(say::REFUSED))
                }
            }
            p { a.button href=(actions::SIGN_IN) { (frame.say(say::TO_SIGN_IN)) } }
        },
    )
}

/// Asks somebody without a second factor to sign in at the issuer anew.
pub fn again(page: &AskPage<'_>, issuer: (&str, &str)) -> Markup {
    let frame = &page.frame;
    door(
        frame,
        say::AGAIN_TITLE,
        &html! {
            p { (say::AGAIN.around(frame.language, &title(issuer.1))) }
            (buttons(frame, page.csrf, (&[issuer], Errand::Fresh)))
        },
    )
}

/// The part of one's own page: who one is at issuers, and those that can be linked.
pub fn own(frame: &Frame<'_>, csrf: &str, (known, titles, wrong): (&[(String, Identity)], Titles<'_>, bool)) -> Markup {
    html! {
        section.sheet aria-labelledby="federated" {
            h2 #federated { (frame.say(say::OWN_TITLE)) }
            @if wrong { p.notice role="alert" { (frame.say(say::LAST)) } }
            p { (frame.say(say::OWN)) }
            @for (called, identity) in known {
                (who(frame, (called, identity)))
                form method="post" action=(actions::UNLINK) {
                    (hidden("csrf", csrf))
                    (hidden("identity", &identity.digest))
                    button { (frame.say(say::UNLINK)) }
                }
            }
        }
        (buttons(frame, csrf, (titles, Errand::Link)))
    }
}

/// Who somebody is at an issuer, by its word.
pub fn who(frame: &Frame<'_>, (called, identity): (&str, &Identity)) -> Markup {
    html! {
        p {
            (say::THROUGH.around(frame.language, &title(called)))
            @if !identity.contact.is_empty() { " · " bdi { (identity.contact) } }
            " · " (say::SINCE.around(frame.language, &moment(identity.linked, frame.language)))
        }
    }
}

/// That somebody has no role yet.
pub fn no_role(frame: &Frame<'_>) -> Markup {
    html! { p.notice role="status" { (frame.say(say::NO_ROLE)) } }
}
