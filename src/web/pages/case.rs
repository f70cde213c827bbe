//! The case page: where the case stands, the steps to tick off, the next question, and messages both ways.

use maud::{Markup, html};

use super::actions;
use super::answer::{place, reading};
use super::layout::{self, Frame, Sheet, outside};
use super::plan::{self, Marking, Plan, hidden};
use super::routine;
use super::words::{self, case as say, plan as plan_words};
use crate::respond::view::{CaseState, CaseView, MessageView};
use crate::signal::TEXT_LIMIT;

/// What the case page shows.
#[derive(Clone, Copy)]
pub struct CasePage<'a> {
    pub frame: Frame<'a>,
    pub view: &'a CaseView,
    /// The case session's token against forged posts.
    pub csrf: &'a str,
}

/// A case as its holder sees it.
pub fn page(page: &CasePage<'_>) -> Markup {
    let (frame, view) = (&page.frame, page.view);
    let plan = Plan::new(frame, &view.guidance, Marking::Yes { csrf: page.csrf });
    let title = say::TITLE.around(frame.language, &html! { (view.reference) }).into_string();
    let body = html! {
        div.beside {
            div.head {
                h1 { (say::TITLE.around(frame.language, &html! { span.reference { (view.reference) } })) }
                (standing(frame, view))
                div #notices data-live { (plan::notices(&view.notices)) }
                (routine::chain(frame, &view.chain))
            }
            div.rest {
                section #steps data-live {
                    h2 { (frame.say(plan_words::STEPS)) }
                    @if !view.questions.is_empty() { p.jump { a href="#question" { (frame.say(plan_words::QUESTION_LINK)) } } }
                    (plan.whole())
                }
                div #question data-live { (plan::question(frame, &view.questions, page.csrf)) }
                section.sheet {
                    div aria-live="polite" { (messages(frame, &view.messages)) }
                    (write(frame, page.csrf))
                }
                (routine::solved(frame, view, page.csrf))
            }
            aside #reading data-live {
                (reading(frame, &view.incident))
                (routine::normal(frame, &view.incident))
                (plan::never(frame, &view.guidance.never))
            }
        }
    };
    let sheet = Sheet { help: "#write", events: Some(actions::EVENTS), ask: Some(page.csrf), ..Sheet::new(&title) };
    layout::page(frame, &sheet, &body)
}

fn standing(frame: &Frame<'_>, view: &CaseView) -> Markup {
    let (state, more) = say::state(view.state);
    html! {
        div aria-live="polite" {
            section.standing #standing data-live {
                p { b { (frame.say(state)) } }
                p { (frame.say(more)) }
                (routine::heard(frame, view))
                @match view.state {
                    CaseState::Waiting => (place(frame, &view.incident.place)),
                    CaseState::WithStaff | CaseState::Closed => {},
                }
                p.hint { (say::RECEIVED.around(frame.language, &words::moment(view.received, frame.language))) }
            }
        }
    }
}

fn messages(frame: &Frame<'_>, messages: &[MessageView]) -> Markup {
    html! {
        div #messages data-live {
            h2 { (frame.say(say::MESSAGES)) }
            @if messages.is_empty() { p.hint { (frame.say(say::NO_MESSAGES)) } }
            @for message in messages {
                article.message {
                    p.hint { b { (frame.say(say::author(message.from))) } " · " (words::moment(message.at, frame.language)) }
                    p { (outside(&message.text)) }
                }
            }
        }
    }
}

fn write(frame: &Frame<'_>, csrf: &str) -> Markup {
    html! {
        form.write #write method="post" action={ (actions::MESSAGES) "#messages" } {
            (hidden("csrf", csrf))
            label for="message" { (frame.say(say::WRITE)) }
            p.hint #message-hint { (frame.say(say::WRITE_HINT)) }
            textarea #message name="text" rows="4" maxlength=(TEXT_LIMIT) dir="auto" aria-describedby="message-hint" required {}
            button.strong { (frame.say(say::SEND)) }
        }
    }
}
