//! The evidence pack as a page that prints: the choice of a region, then each document from a new sheet of paper.

use maud::{Markup, html};

use super::actions;
use super::address::{grouped, prose};
use super::layout::{self, Frame, Sheet};
use super::words::{evidence as say, frame as frame_words};
use crate::text::Language;
use crate::web::evidence::{Block, Chosen, Document, colon, line, region_name};

/// What the page shows.
#[derive(Clone, Copy)]
pub struct EvidencePage<'a> {
    pub frame: Frame<'a>,
    /// The documents by language, that of the case first.
    pub documents: &'a [(Language, Vec<Document>)],
    pub chosen: Chosen<'a>,
    /// The session's token.
    pub csrf: &'a str,
}

/// The documents of a case.
pub fn page(page: &EvidencePage<'_>) -> Markup {
    let frame = &page.frame;
    let body = html! {
        div.narrow.papers {
            h1 { (frame.say(say::TITLE)) }
            p.screen { (frame.say(say::INTRO)) }
            (choice(page))
            @for (language, documents) in page.documents {
                @for document in documents { (paper(frame, document, *language)) }
            }
        }
    };
    layout::page(
        frame,
        &Sheet { help: "/case#write", ask: Some(page.csrf), ..Sheet::new(frame.say(say::TITLE)) },
        &body,
    )
}

fn choice(page: &EvidencePage<'_>) -> Markup {
    let (frame, chosen) = (&page.frame, page.chosen);
    let region = chosen.region.map(|region| region.region.as_str()).unwrap_or_default();
    let query = format!("?region={region}&lang={}", frame.language);
    html! {
        form.sheet.screen method="get" action=(actions::EVIDENCE) {
            label for="region" { (frame.say(say::REGION)) }
            select #region name="region" {
                option value="" selected[region.is_empty()] { (frame.say(say::REGION_ANY)) }
                @for known in chosen.regions {
                    option value=(known.region) selected[known.region == region] { (region_name(known, frame.language)) }
                }
            }
            input type="hidden" name="lang" value=(frame.language);
            button { (frame.say(say::REGION_SHOW)) }
        }
        p.downloads.screen {
            a.button href={ (actions::EVIDENCE_PACK) (query) } download { (frame.say(say::DOWNLOAD)) }
            a href={ (actions::EVIDENCE_TEXT) (query) } { (frame.say(say::PLAIN)) }
            a href=(actions::CASE) { (frame.say(say::BACK)) }
        }
    }
}

fn paper(frame: &Frame<'_>, document: &Document, language: Language) -> Markup {
    html! {
        section.sheet.paper id=(document.name) lang=(frame_words::tag(language)) {
            h2 { (document.title) }
            @for block in &document.blocks { (shown((frame, language), block)) }
        }
    }
}

fn shown((frame, language): (&Frame<'_>, Language), block: &Block) -> Markup {
    html! {
        @match block {
            Block::Heading(words) => h3 { (words) },
            Block::Text(words) => p { (words) },
            Block::Item(words) => p.item { (words) },
            Block::Fact(label, value) => p { b { (label) } (colon(language)) (value) },
            Block::Given(label, value) => p.given {
                span.hint { (label) } br;
                @if let Some(address) = grouped(frame, value) { (address) } @else { bdi.value { (line(value)) } }
            },
            Block::Quote(label, words) => { p.hint { (label) } blockquote { (prose(frame, words)) } },
        }
    }
}
