//! The case page: where the case stands, the steps to tick off, the next question, and messages both ways.

use maud::{Markup, html};

use super::actions;
use super::address::prose;
use super::answer::{outlook, place, promise_holds, reading};
use super::attachments::{self, Came};
use super::layout::{self, Frame, Live, Sheet};
use super::plan::{self, Marking, Plan, hidden};
use super::words::{self, answer as answer_words, case as say, casepage as more, plan as plan_words};
use super::{check, feedback, protection, routine, wishes};
use crate::playbook::Class;
use crate::respond::view::{Author, CaseState, CaseView, Outcome, Place};
use crate::signal::TEXT_LIMIT;
use crate::time::Timestamp;

/// What the case page shows.
#[derive(Clone, Copy)]
pub struct CasePage<'a> {
    pub frame: Frame<'a>,
    pub view: &'a CaseView,
    /// The case session's token against forged posts.
    pub csrf: &'a str,
    /// The mark of what is shown, for the stream of changes.
    pub seen: Option<&'a str>,
    /// What came of a file that was just added.
    pub came: Option<Came>,
    pub now: Timestamp,
}

/// A case as its holder sees it.
pub fn page(page: &CasePage<'_>) -> Markup {
    let (frame, view) = (&page.frame, page.view);
    let open = view.state != CaseState::Closed;
    let title = say::TITLE.around(frame.language, &html! { (view.reference) }).into_string();
    let body = html! {
        div.beside {
            div.head {
                h1 { (say::TITLE.around(frame.language, &html! { span.reference { (view.reference) } })) }
                (standing(frame, view, page.now))
                div #answered data-live {
                    @if view.messages.iter().any(|message| message.from == Author::Staff) { p.jump { a href="#messages" { (frame.say(more::ANSWERED_LINK)) } } }
                }
                div #notices data-live { (plan::notices(&view.notices)) }
                (feedback::on_case(frame, view, page.csrf))
                (routine::chain(frame, &view.chain))
            }
            div.rest {
                section #steps data-live { (steps(frame, view, page.csrf)) }
                div #question data-live { @if open { (plan::question(frame, &view.questions, page.csrf)) } }
                @if open {
                    p.more-known { a href={ (actions::DETAILS) "?lang=" (frame.language) } { (frame.say(answer_words::DETAILS)) } }
                }
                section.sheet {
                    div aria-live="polite" { (messages(frame, view)) }
                    (write(frame, page.csrf))
                }
                (attachments::of_case(frame, view, (page.csrf, page.came)))
                (routine::solved(frame, view, page.csrf))
            }
            aside {
                (done(frame, view))
                (pack(frame, view))
                div #reading data-live {
                    (outlook(frame, view.incident.outlook.as_ref()))
                    @if tells_more(view) { (reading(frame, &view.incident)) (routine::normal(frame, &view.incident)) }
                    @if open { (plan::never(frame, &view.guidance.never)) }
                }
                (check::words_of_case(frame, view))
                (wishes::section(frame, view, page.csrf))
                (feedback::going(frame, view))
            }
        }
    };
    let live = Live { events: actions::EVENTS, seen: page.seen.unwrap_or_default() };
    let sheet = Sheet { help: "#write", live: Some(live), ask: Some(page.csrf), ..Sheet::new(&title) };
    layout::page(frame, &sheet, &body)
}

/// The steps to tick off, the next one whole and the others each a line that opens. Those of a closed case are there to be read again, without haste.
fn steps(frame: &Frame<'_>, view: &CaseView, csrf: &str) -> Markup {
    let save = html! { p.save { a href=(actions::TEXT) { (frame.say(answer_words::SAVE_TEXT)) } } };
    if view.state == CaseState::Closed {
        let plan = Plan::new(frame, &view.guidance, Marking::No { help: "#write" });
        return html! { details.given { summary { (frame.say(plan_words::STEPS)) } (plan.whole()) (save) } };
    }
    html! {
        h2 { (frame.say(plan_words::STEPS)) }
        @if !view.questions.is_empty() { p.jump { a href="#question" { (frame.say(plan_words::QUESTION_LINK)) } } }
        (Plan::new(frame, &view.guidance, Marking::Yes { csrf }).from_the_open())
        (save)
    }
}

/// Whether it was closed as something that is no incident.
fn came_to_nothing(view: &CaseView) -> bool {
    matches!(view.outcome, Some(Outcome::Nothing | Outcome::Answered | Outcome::Elsewhere))
}

/// Whether what it may be and how long it takes is still of use: a closed everyday case waits for nothing any more.
fn tells_more(view: &CaseView) -> bool {
    view.state != CaseState::Closed || view.incident.class == Class::Security && !came_to_nothing(view)
}

/// The way to the papers. Where nothing was taken it speaks of no police.
fn pack(frame: &Frame<'_>, view: &CaseView) -> Markup {
    let (title, hint) = if came_to_nothing(view) || view.incident.class == Class::Routine {
        (more::PAPERS, more::PAPERS_HINT)
    } else {
        (more::PACK, more::PACK_HINT)
    };
    html! {
        section.pack {
            h2 { (frame.say(title)) }
            p { (frame.say(hint)) }
            a.button.quiet href=(actions::EVIDENCE) { (frame.say(more::PACK_OPEN)) }
        }
    }
}

/// Whoever was attacked is offered help for money afterwards; whoever was not need not be frightened.
fn second_theft_threatens(view: &CaseView) -> bool {
    let was_nothing = matches!(view.outcome, Some(Outcome::Nothing | Outcome::Answered));
    view.state == CaseState::Closed && view.incident.class == Class::Security && !was_nothing
}

fn standing(frame: &Frame<'_>, view: &CaseView, now: Timestamp) -> Markup {
    let (state, after) = say::state(view.state);
    let language = frame.language;
    html! {
        div aria-live="polite" {
            section.standing #standing data-live data-state=(view.state.as_str()) {
                p { b { (frame.say(state)) } }
                @if let Some(outcome) = view.outcome { p.outcome { (frame.say(more::outcome(outcome))) } }
                p { (frame.say(after)) }
                @if second_theft_threatens(view) {
                    p { (frame.say(say::CLOSED_BEWARE)) }
                }
                (protection::protections(frame, view))
                (routine::heard(frame, view))
                @match view.state {
                    CaseState::Waiting => {
                        (place(frame, &view.incident.place))
                        (wait(frame, &view.incident.place, now))
                    },
                    CaseState::WithStaff | CaseState::Closed => {},
                }
                @if view.wrong_codes > 0 { p.notice { (more::GUESSED.around(language, &html! { (view.wrong_codes) })) } }
                p.hint {
                    (say::RECEIVED.around(language, &words::moment(view.received, language))) " · "
                    (more::AS_OF.around(language, &words::moment(now, language)))
                }
            }
        }
    }
}

/// How long it likely takes and why, or that nobody can say; nothing where the promised time does not hold either.
fn wait(frame: &Frame<'_>, place: &Place, now: Timestamp) -> Markup {
    let (language, wait) = (frame.language, &place.wait);
    html! {
        @if let Some(likely) = &wait.likely {
            @let (from, until) = (likely.from.since(now).minutes(), likely.until.since(now).minutes());
            p {
                b { (more::LIKELY.around(language, &html! { (words::minutes_between(from, until, language)) })) } (frame.gap())
                (more::LIKELY_CLOCK.around(language, &html! { (words::moment(likely.from, language)) " – " (words::moment(likely.until, language)) }))
            }
            p.hint { (more::REASON.around(language, &html! { (words::span(&format!("{}m", wait.within_minutes), language)) })) " " (wait.served) }
        } @else if promise_holds(place) {
            p { (frame.say(more::UNKNOWN)) }
        }
    }
}

/// What was done, oldest first, in words that name nobody.
fn done(frame: &Frame<'_>, view: &CaseView) -> Markup {
    html! {
        section.timeline {
            h2 { (frame.say(more::DONE)) }
            ol #done data-live {
                @for done in &view.progress {
                    li { span.hint { (words::moment(done.at, frame.language)) } " " (frame.say(more::done(done.what))) }
                }
            }
        }
    }
}

fn messages(frame: &Frame<'_>, view: &CaseView) -> Markup {
    let messages = &view.messages;
    html! {
        div #messages data-live {
            h2 { (frame.say(say::MESSAGES)) }
            @if messages.is_empty() { p.hint { (frame.say(say::NO_MESSAGES)) } }
            @for message in messages {
                article.message {
                    p.hint { b { (frame.say(say::author(message.from))) } " · " (words::moment(message.at, frame.language)) @if message.unproven { " · " (frame.say(more::UNPROVEN)) } }
                    p { (prose(frame, &message.text)) }
                    (check::signature(frame, view, message))
                }
            }
        }
    }
}

fn write(frame: &Frame<'_>, csrf: &str) -> Markup {
    html! {
        form.write #write method="post" action={ (actions::MESSAGES) "#messages" } autocomplete="off" {
            (hidden("csrf", csrf))
            label for="message" { (frame.say(say::WRITE)) }
            p.hint #message-hint { (frame.say(say::WRITE_HINT)) }
            textarea #message name="text" rows="4" maxlength=(TEXT_LIMIT) dir="auto" aria-describedby="message-hint" required {}
            button.strong { (frame.say(say::SEND)) }
        }
    }
}
