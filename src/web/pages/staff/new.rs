//! A case taken down for somebody on the phone or at the counter, and what to read out to them.

use maud::{Markup, html};

use super::actions;
use super::layout::{self, Person, Sheet};
use super::words as staff;
use crate::respond::view::ReportAnswer;
use crate::text::Language;
use crate::web::pages::layout::Frame;
use crate::web::pages::plan::hidden;
use crate::web::pages::words::{Say, desk as say, frame as frame_words};

/// What was typed, to be shown again.
#[derive(Debug, Clone, Default)]
pub struct TakenDown {
    pub text: String,
    pub account: String,
    pub wallet: String,
    pub phone: String,
    pub email: String,
    pub now: bool,
}

/// The form.
#[derive(Clone, Copy)]
pub struct NewPage<'a> {
    pub frame: Frame<'a>,
    pub csrf: &'a str,
    pub me: &'a str,
    /// Sending the form twice makes one case.
    pub key: &'a str,
    pub typed: &'a TakenDown,
    /// Fields that could not be taken, with the rules they break.
    pub problems: &'a [(&'static str, &'static str)],
}

/// Everything on one screen.
pub fn new(page: &NewPage<'_>) -> Markup {
    let (frame, typed) = (&page.frame, page.typed);
    let field = |name: &'static str, label: Say, value: &str, kind: &'static str| {
        html! { div { label for=(name) { (frame.say(label)) } input id=(name) type=(kind) name=(name) value=(value) maxlength="200" autocomplete="off"; } }
    };
    let body = html! {
        section.sheet {
            h1 { (frame.say(say::NEW)) }
            p { (frame.say(say::NEW_MORE)) }
            p.notice { (frame.say(say::NEW_NEVER)) }
            @if !page.problems.is_empty() {
                p.notice role="alert" { (say::NEW_BAD.around(frame.language, &html! { @for (place, (name, rule)) in page.problems.iter().enumerate() { @if place > 0 { "; " } b { (name) } " (" (rule) ")" } })) }
            }
            form.taken-down method="post" action=(actions::NEW) {
                (hidden("csrf", page.csrf)) (hidden("key", page.key))
                label for="text" { (frame.say(say::NEW_TEXT)) }
                textarea #text name="text" rows="5" maxlength="8000" dir="auto" required autofocus { (typed.text) }
                label.choice { input type="checkbox" name="now" value="yes" checked[typed.now]; " " (frame.say(say::NEW_NOW)) }
                div.two {
                    (field("account", say::NEW_ACCOUNT, &typed.account, "text"))
                    (field("wallet", say::NEW_WALLET, &typed.wallet, "text"))
                    (field("phone", say::NEW_PHONE, &typed.phone, "tel"))
                    (field("email", say::NEW_EMAIL, &typed.email, "email"))
                    div {
                        label for="tongue" { (frame.say(say::NEW_LANGUAGE)) }
                        select #tongue name="tongue" { @for language in Language::ALL { option value=(language) selected[language == frame.language] { (frame_words::name(language)) } } }
                    }
                }
                button.strong { (frame.say(say::NEW_GO)) }
            }
        }
    };
    layout::page(
        frame,
        &Sheet { title: frame.say(say::NEW), person: Some(Person { name: page.me, csrf: page.csrf }) },
        &body,
    )
}

/// What to read out.
#[derive(Clone, Copy)]
pub struct TakenPage<'a> {
    pub frame: Frame<'a>,
    pub csrf: &'a str,
    pub me: &'a str,
    pub answer: &'a ReportAnswer,
    /// The address of the case on the desk.
    pub case: &'a str,
}

/// The case's keys, this once, and the first steps.
pub fn taken(page: &TakenPage<'_>) -> Markup {
    let (frame, answer) = (&page.frame, page.answer);
    let body = html! {
        section.sheet {
            h1 { (frame.say(say::NEW_DONE)) }
            p { (super::figures::level(frame, i64::from(answer.incident.level))) " " b { (answer.incident.title) } " " a.button href=(page.case) { (frame.say(staff::STALE_BACK)) } }
            h2 { (frame.say(say::NEW_STEPS)) }
            ol.aloud { @for step in answer.guidance.steps.iter().take(5) { li { (step.text) } } }
            h2 { (frame.say(say::NEW_READ)) }
            dl.fields.wide.secret {
                dt { (frame.say(staff::REFERENCE)) } dd { code { (answer.case.reference) } }
                dt { (frame.say(say::NEW_CODE)) } dd { code { (answer.case.code) } }
                dt { (frame.say(say::NEW_LINK)) } dd { code { (answer.case.link) } }
            }
            @for notice in &answer.notices { p.notice { (notice.text) } }
        }
    };
    layout::page(
        frame,
        &Sheet { title: frame.say(say::NEW_DONE), person: Some(Person { name: page.me, csrf: page.csrf }) },
        &body,
    )
}
