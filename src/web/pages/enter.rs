//! The way in to a case: one page for every link, right or wrong, and one answer for whatever does not open (CA-03, CA-04).

use maud::{Markup, html};

use super::layout::{self, Frame, Sheet};
use super::words::{casepage, door as say};
use super::{actions, plan};
use crate::guidance::Notice;
use crate::signal::TEXT_LIMIT;

/// Asks for the code. Nothing on the page depends on the link: the form posts to the address it stands at.
pub fn page(frame: &Frame<'_>) -> Markup {
    let body = html! { div.narrow { h1 { (frame.say(say::ENTER)) } (ask(frame)) } };
    layout::page(frame, &Sheet::new(frame.say(say::ENTER)), &body)
}

/// The same answer for a wrong code, an unknown or expired link and a locked case.
pub fn refused(frame: &Frame<'_>) -> Markup {
    let body = html! {
        div.narrow {
            h1 { (frame.say(say::REFUSED)) }
            p.notice role="alert" { (frame.say(say::REFUSED_MORE)) }
            (ask(frame))
        }
    };
    layout::page(frame, &Sheet::new(frame.say(say::REFUSED)), &body)
}

fn ask(frame: &Frame<'_>) -> Markup {
    html! {
        form.sheet.enter method="post" {
            p { (frame.say(say::ENTER_HINT)) }
            label for="code" { (frame.say(say::CODE)) }
            p.hint #code-hint { (frame.say(say::CODE_HINT)) }
            input.code #code name="code" maxlength="32" autocomplete="off" autocapitalize="characters" spellcheck="false" aria-describedby="code-hint" required;
            button.strong { (frame.say(say::OPEN)) }
        }
        (letterbox(frame))
        p #person { (frame.say(say::LOST)) }
        p { a href=(actions::HOME) { (frame.say(say::REPORT)) } }
    }
}

/// Takes words for the case whose link this is; they are posted to the address of the page, as the code is.
fn letterbox(frame: &Frame<'_>) -> Markup {
    html! {
        details.sheet {
            summary { (frame.say(casepage::LETTER)) }
            form method="post" autocomplete="off" {
                p.hint #letter-hint { (frame.say(casepage::LETTER_HINT)) }
                label for="letter" { (frame.say(casepage::LETTER_LABEL)) }
                textarea #letter name="text" rows="4" maxlength=(TEXT_LIMIT) dir="auto" aria-describedby="letter-hint" required {}
                button { (frame.say(casepage::LETTER_SEND)) }
            }
        }
    }
}

/// What every letter is answered with, whether the link is that of a case or not.
pub fn thrown_in(frame: &Frame<'_>, notices: &[Notice]) -> Markup {
    let body = html! {
        div.narrow {
            h1 { (frame.say(casepage::LEFT)) }
            (plan::notices(notices))
            p #person { (frame.say(casepage::LEFT_HINT)) }
        }
    };
    layout::page(frame, &Sheet::new(frame.say(casepage::LEFT)), &body)
}
