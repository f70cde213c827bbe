//! Who else looks, and words that were begun and not sent.

use maud::{Markup, html};

use super::actions;
use super::figures;
use super::incident::IncidentPage;
use super::mask;
use crate::respond::desk::{Draft, Field};
use crate::web::pages::layout::outside;
use crate::web::pages::words::desk as say;

/// Others who opened the page within a few minutes.
pub fn looking(page: &IncidentPage<'_>) -> Markup {
    html! {
        @if !page.beside.looking.is_empty() {
            p.looking role="status" {
                (say::LOOKING.around(page.frame.language, &html! {
                    @for (place, one) in page.beside.looking.iter().enumerate() { @if place > 0 { ", " } b { bdi { (page.call(&one.who)) } } " " span.hint { (figures::span(page.now.since(one.at), page.frame.language)) } }
                }))
            }
        }
    }
}

/// What the reader began to write.
pub fn mine<'a>(page: &IncidentPage<'a>, field: Field) -> &'a str {
    draft_of(page, field).map_or("", |draft| draft.text.as_str())
}

fn draft_of<'a>(page: &IncidentPage<'a>, field: Field) -> Option<&'a Draft> {
    page.beside.drafts.iter().find(|draft| draft.by == page.me && draft.field == field)
}

/// The button that keeps words for later without a script, and since when they are kept.
pub fn keep(page: &IncidentPage<'_>, field: Field) -> Markup {
    html! {
        button name="field" value=(field.as_str()) formaction=(actions::draft(page.detail.id)) formnovalidate { (page.say(say::KEEP_DRAFT)) }
        " " span.hint.kept role="status" data-kept=(page.say(say::DRAFT_KEPT)) {
            @if let Some(draft) = draft_of(page, field) { (say::DRAFT_YOURS.around(page.frame.language, &figures::moment(&page.frame, draft.at, page.now))) }
        }
    }
}

/// The person's steps as blocks for the reply, in the language that they read.
pub fn blocks(page: &IncidentPage<'_>) -> Markup {
    html! {
        @if !page.beside.blocks.is_empty() {
            details.blocks {
                summary { (page.say(say::BLOCKS)) }
                @for (_, text) in &page.beside.blocks { label.choice { input type="checkbox" name="block" value=(text); " " span lang=(page.detail.language) { (text) } } }
            }
        }
    }
}

/// What others began: it outlives their claim.
pub fn others(page: &IncidentPage<'_>) -> Markup {
    html! {
        @for draft in page.beside.drafts.iter().filter(|draft| draft.by != page.me) {
            details.begun {
                summary {
                    (word(draft.field).around(page.frame.language, &html! { bdi { (page.call(&draft.by)) } }))
                    " · " (figures::moment(&page.frame, draft.at, page.now))
                }
                p { (outside(&mask::prose(page, &draft.text))) }
            }
        }
    }
}

fn word(field: Field) -> crate::web::pages::words::Say {
    match field {
        Field::Reply => say::DRAFT_OTHER,
        Field::Note => say::DRAFT_OTHER_NOTE,
    }
}
