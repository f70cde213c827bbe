//! What routine requests add to the pages: a person in one tap, what is normal, what the chain says, an end.

use maud::{Markup, html};

use super::actions;
use super::address::address;
use super::layout::{Frame, Sheet};
use super::plan::hidden;
use super::words::{self, frame as frame_words, routine as say};
use crate::guidance::ChainNote;
use crate::respond::view::{CaseView, IncidentView};

/// "A person, please": on a page of a case this one tap asks and leads to where one writes to staff; elsewhere it leads there
/// when a case is open, else to the report form with the wish already ticked.
pub fn person(frame: &Frame<'_>, sheet: &Sheet<'_>) -> Markup {
    html! {
        @match sheet.ask {
            Some(csrf) if !csrf.is_empty() => {
                form.please method="post" action={ (actions::PERSON) "#message" } {
                    (hidden("csrf", csrf))
                    button.link { (frame.say(frame_words::HELP)) }
                }
            }
            Some(_) => a href=(sheet.help) data-tick=[sheet.help.strip_prefix('#')] { (frame.say(frame_words::HELP)) },
            None => a href={ (actions::TO_A_PERSON) "?lang=" (frame.language) "#person" } data-tick="person" { (frame.say(frame_words::HELP)) },
        }
    }
}

/// The wish on the report form.
pub fn wish(frame: &Frame<'_>, ticked: bool) -> Markup {
    html! {
        label.choice { input #person type="checkbox" name="person" value="yes" checked[ticked]; span { b { (frame.say(say::WANT)) } span.hint { (frame.say(say::WANT_HINT)) } } }
    }
}

/// That the wish was heard.
pub fn heard(frame: &Frame<'_>, view: &CaseView) -> Markup {
    html! { @if view.asks_person { p { b { (frame.say(say::ASKED)) } (frame.gap()) (frame.say(say::ASKED_MORE)) } } }
}

/// How long such a thing usually takes.
pub fn normal(frame: &Frame<'_>, incident: &IncidentView) -> Markup {
    html! {
        @if let Some(normal) = &incident.normal {
            section.reading { h2 { (frame.say(say::NORMAL)) } p { (normal) } }
        }
    }
}

/// What the chain was last seen to say of the transfers that the case names.
pub fn chain(frame: &Frame<'_>, notes: &[ChainNote]) -> Markup {
    html! {
        div #chain data-live aria-live="polite" {
            @if !notes.is_empty() {
                section.reading {
                    h2 { (frame.say(say::CHAIN)) }
                    @for note in notes { (one(frame, note)) }
                }
            }
        }
    }
}

fn one(frame: &Frame<'_>, note: &ChainNote) -> Markup {
    let language = frame.language;
    html! {
        p.hint { (frame.say(say::TRANSFER)) " " @if !note.chain.is_empty() { bdi { (note.chain) } " · " } (address(frame, &note.transfer)) }
        p { (note.text) }
        @if let Some(at) = note.read_at {
            p.hint {
                @if let Some((block, found)) = note.block.zip(note.block_at) {
                    (say::BLOCK.around(language, &html! { (block) " (" (words::moment(found, language)) ")" })) (frame.gap())
                }
                (say::LOOKED.around(language, &words::moment(at, language))) (frame.gap())
                @if !note.settled { (frame.say(say::AGAIN)) }
            }
        }
    }
}

/// The end of a routine request by its holder's word.
pub fn solved(frame: &Frame<'_>, view: &CaseView, csrf: &str) -> Markup {
    html! {
        div #solved data-live {
            @if view.solvable {
                form.sheet method="post" action={ (actions::SOLVED) "#standing" } {
                    (hidden("csrf", csrf))
                    h2 { (frame.say(say::SOLVED)) }
                    p.hint { (frame.say(say::SOLVED_HINT)) }
                    button { (frame.say(say::SOLVED_TAP)) }
                }
            }
        }
    }
}
