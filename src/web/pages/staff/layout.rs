//! The frame of every console page: head, top line with the way to the queue, the other language and the way out.

use maud::{DOCTYPE, Markup, html};

use super::words as say;
use super::{actions, assets, keys};
use crate::access::Permission as P;
use crate::web::pages::assets as public;
use crate::web::pages::layout::Frame;
use crate::web::pages::plan::hidden;
use crate::web::pages::words::{console, desk, frame as frame_words, numbers, shift};

/// What one page brings to its frame.
#[derive(Clone, Copy)]
pub struct Sheet<'a> {
    pub title: &'a str,
    /// Who is signed in; nobody on the pages of the door.
    pub person: Option<Person<'a>>,
}

/// Who is signed in, with the session's token against forged posts.
#[derive(Clone, Copy)]
pub struct Person<'a> {
    pub name: &'a str,
    pub csrf: &'a str,
}

/// A whole page.
pub fn page(frame: &Frame<'_>, sheet: &Sheet<'_>, body: &Markup) -> Markup {
    whole(frame, (sheet, sheet.person.is_some()), body)
}

/// A page on which nothing is known of the reader but whether they came in: they keep the way on.
pub fn nameless(frame: &Frame<'_>, (title, inside): (&str, bool), body: &Markup) -> Markup {
    whole(frame, (&Sheet { title, person: None }, inside), body)
}

fn whole(frame: &Frame<'_>, (sheet, inside): (&Sheet<'_>, bool), body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(frame_words::tag(frame.language)) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="robots" content="noindex";
                title { (sheet.title) " · " (frame.brand) }
                @for style in [public::style(), assets::style()] { link rel="stylesheet" href=(style.path) nonce=(frame.nonce); }
                @if sheet.person.is_some() { script src=(assets::script().path) nonce=(frame.nonce) defer {} }
                link rel="icon" type="image/svg+xml" href=(public::mark().path);
            }
            body.desk data-events=[sheet.person.map(|_| actions::EVENTS)] {
                a.skip href="#main" { (frame.say(frame_words::SKIP)) }
                (top(frame, (sheet.person, inside)))
                main #main { (body) }
                @if sheet.person.is_some() { (came(frame)) (keys::dialogs(frame)) }
            }
        }
    }
}

/// What the script shows, and rings for, when a case of level 1 comes while the page is open.
fn came(frame: &Frame<'_>) -> Markup {
    html! {
        @if frame.scopes.is_some_and(|scopes| scopes.allow(P::ReadQueue)) {
            div #came role="status" { p.notice hidden { a href=(actions::HOME) { (frame.say(shift::CAME)) } } }
        }
    }
}

fn top(frame: &Frame<'_>, (person, inside): (Option<Person<'_>>, bool)) -> Markup {
    html! {
        header.bar {
            p.brand {
                svg.mark viewBox="0 0 24 24" aria-hidden="true" { path d="M7 4v16M17 4v16M7 10c3 5 7 5 10 0" {} }
                bdi { (frame.brand) }
            }
            @if inside {
                nav {
                    @if frame.may(P::ReadQueue) {
                        a href=(actions::HOME) accesskey="q" { (frame.say(say::QUEUE)) (key("q")) } " "
                        a href=(actions::LIST) accesskey="l" { (frame.say(desk::LIST)) (key("l")) } " "
                        a href=(actions::SHIFT) { (frame.say(shift::LINK)) } " "
                    }
                    a href=(actions::NUMBERS) { (frame.say(numbers::LINK)) } " "
                    @if frame.may(P::OwnAccount) { a href=(actions::ME) accesskey="y" { (frame.say(console::MY_ACCOUNT)) (key("y")) } }
                }
            }
            @for (other, name) in frame_words::others(frame.language) {
                a.language href={ (frame.path_for_language_switch) "?lang=" (other) } hreflang=(frame_words::tag(other)) lang=(frame_words::tag(other)) { (name) }
            }
            @if let Some(person) = person {
                form.out method="post" action=(actions::SIGN_OUT) {
                    (hidden("csrf", person.csrf))
                    bdi.me { (person.name) }
                    button { (frame.say(say::SIGN_OUT)) }
                }
            }
        }
    }
}

/// The letter of an access key, printed beside what it does.
pub fn key(letter: &str) -> Markup {
    html! { kbd aria-hidden="true" { (letter) } }
}
