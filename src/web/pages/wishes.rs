//! What the holder of a case can ask staff for, and how far that is.

use maud::{Markup, html};

use super::actions;
use super::layout::Frame;
use super::plan::hidden;
use super::words::{self, casepage as say};
use crate::respond::Wish;
use crate::respond::view::{CaseView, RequestState, RequestView};

/// Link, contact and protection.
pub fn section(frame: &Frame<'_>, view: &CaseView, csrf: &str) -> Markup {
    let waits =
        |what: Wish| view.requests.iter().any(|asked| asked.what == what && asked.state == RequestState::Waiting);
    let ask = |what: Wish, label: words::Say| {
        html! { @if !waits(what) { (form(csrf, what, &html! {}, frame.say(label))) } }
    };
    html! {
        section.wishes {
            h2 { (frame.say(say::SAFETY)) }
            div #requests data-live { (asked(frame, &view.requests, csrf)) }
            (consent(frame, view, csrf))
            details {
                summary { (frame.say(say::SEEN)) }
                p { (frame.say(say::SEEN_HINT)) }
                (ask(Wish::NewLink, say::ASK_LINK))
            }
            details {
                summary { (frame.say(say::CONTACT)) }
                p { (frame.say(say::CONTACT_HINT)) }
                @if !waits(Wish::Contact) { (form(csrf, Wish::Contact, &contact(frame), frame.say(say::ASK_CONTACT))) }
            }
            details {
                summary { (frame.say(say::WITHDRAW)) }
                p { (frame.say(say::WITHDRAW_HINT)) }
                (ask(Wish::Withdraw, say::ASK_WITHDRAW))
                (ask(Wish::StopProtection, say::ASK_STOP))
            }
        }
    }
}

/// Passing details on is agreed to apart from the report, and taken back as easily (PRIV-06).
fn consent(frame: &Frame<'_>, view: &CaseView, csrf: &str) -> Markup {
    let (said, other, label) = match view.consent {
        Some(_) => (say::CONSENT_GIVEN, "no", say::CONSENT_TAKE_BACK),
        None => (say::CONSENT_HINT, "yes", say::CONSENT_GIVE),
    };
    html! {
        details #consent open[view.consent.is_some()] {
            summary { (frame.say(say::CONSENT)) }
            p { (frame.say(said)) @if let Some(at) = view.consent { " " span.hint { (words::moment(at, frame.language)) } } }
            form method="post" action={ (actions::CONSENT) "#consent" } {
                (hidden("csrf", csrf))
                (hidden("given", other))
                button { (frame.say(label)) }
            }
        }
    }
}

fn contact(frame: &Frame<'_>) -> Markup {
    html! {
        label for="contact-detail" { (frame.say(say::CONTACT_LABEL)) }
        input #contact-detail name="detail" maxlength="200" autocomplete="off" required;
    }
}

fn form(csrf: &str, what: Wish, inside: &Markup, label: &str) -> Markup {
    html! {
        form method="post" action={ (actions::REQUESTS) "#requests" } {
            (hidden("csrf", csrf))
            (hidden("what", what.as_str()))
            (inside)
            button { (label) }
        }
    }
}

fn asked(frame: &Frame<'_>, requests: &[RequestView], csrf: &str) -> Markup {
    let granted = requests.iter().any(|asked| asked.what == Wish::NewLink && asked.state == RequestState::Granted);
    html! {
        @if !requests.is_empty() {
            h3 { (frame.say(say::ASKED)) }
            ul.asked {
                @for asked in requests {
                    li { (frame.say(say::wish(asked.what))) ": " b { (frame.say(say::request_state(asked.state))) } " · " span.hint { (words::moment(asked.asked, frame.language)) } }
                }
            }
        }
        @if granted {
            form.take method="post" action=(actions::NEW_LINK) {
                (hidden("csrf", csrf))
                p { (frame.say(say::TAKE_LINK_HINT)) }
                button.strong { (frame.say(say::TAKE_LINK)) }
            }
        }
    }
}
