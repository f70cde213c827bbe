//! What routine requests add to the pages: a person in one tap, what is normal, what the chain says, an end.

use maud::{Markup, html};

use super::actions;
use super::layout::{Frame, Sheet};
use super::plan::hidden;
use super::words::{self, frame as frame_words, routine as say};
use crate::guidance::ChainNote;
use crate::respond::view::{CaseView, IncidentView};

/// The way to the report form with the wish already ticked.
const TO_THE_FORM: &str = "/?person=yes&lang=";

/// "A person, please": on a page with a case session it is done by this one tap, elsewhere it leads to the form.
pub fn person(frame: &Frame<'_>, sheet: &Sheet<'_>) -> Markup {
    html! {
        @match sheet.ask {
            Some(csrf) if !csrf.is_empty() => {
                form.please method="post" action={ (actions::PERSON) "#standing" } {
                    (hidden("csrf", csrf))
                    button.link { (frame.say(frame_words::HELP)) }
                }
            }
            Some(_) => a href=(sheet.help) data-tick=[sheet.help.strip_prefix('#')] { (frame.say(frame_words::HELP)) },
            None => a href={ (TO_THE_FORM) (frame.language) "#person" } data-tick="person" { (frame.say(frame_words::HELP)) },
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
        p.hint { (frame.say(say::TRANSFER)) " " code { (shortened(&note.transfer)) } @if !note.chain.is_empty() { " · " bdi { (note.chain) } } }
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

/// The ends of a hash; it is longer than a phone is wide, and people compare the ends.
fn shortened(hash: &str) -> String {
    match (hash.get(..10), hash.get(hash.len().saturating_sub(8)..)) {
        (Some(start), Some(end)) if hash.len() > 20 => format!("{start}…{end}"),
        _ => hash.to_owned(),
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
