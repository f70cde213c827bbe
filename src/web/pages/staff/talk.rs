//! What staff do, what the person was told, and what was said on both sides, with the forms to answer and to note.

use maud::{Markup, html};

use super::actions::Post;
use super::figures;
use super::incident::{Hands, IncidentPage};
use super::layout::key;
use super::words as say;
use crate::guidance::{Step, StepState};
use crate::signal::TEXT_LIMIT;
use crate::web::pages::layout::outside;
use crate::web::pages::plan::hidden;
use crate::web::pages::words::plan as plan_words;

/// The steps that the lead's playbook has for staff.
pub fn staff_steps(page: &IncidentPage<'_>) -> Markup {
    let steps = &page.detail.steps;
    html! {
        section #steps {
            h2 { (page.say(say::STAFF_STEPS)) }
            @if steps.is_empty() { p.hint { (page.say(say::NO_STAFF_STEPS)) } }
            (listed(page, steps, true))
        }
    }
}

/// The person's steps as they see them, with how far they got.
pub fn told(page: &IncidentPage<'_>) -> Markup {
    let steps = &page.detail.person_steps;
    let done = steps.iter().filter(|step| step.state == StepState::Done).count();
    html! {
        section #told {
            h2 { (page.say(say::TOLD)) " " span.count { (done) "/" (steps.len()) " ✓" } }
            @if page.detail.references.is_empty() { p.hint { (page.say(say::NOBODY_TOLD)) } }
            (listed(page, steps, false))
        }
    }
}

fn listed(page: &IncidentPage<'_>, steps: &[Step], reasons: bool) -> Markup {
    let language = page.frame.language;
    html! {
        @for group in steps.chunk_by(|one, next| one.moment == next.moment) {
            @if let Some(first) = group.first() { h3.due { (page.say(plan_words::moment(first.moment))) } }
            ol.told {
                @for step in group {
                    li data-state=(step.state.as_str()) {
                        (step.text)
                        @if step.state != StepState::Open { " " b.mark-word { (page.say(plan_words::state(step.state))) } }
                        @if let Some(takes) = &step.takes { " " span.hint { (crate::web::pages::words::about(takes, language)) } }
                        @if reasons && !step.why.is_empty() { p.hint { (step.why) } }
                    }
                }
            }
        }
    }
}

/// Messages, notes and verdicts on one line of time, then the forms to write one.
pub fn conversation(page: &IncidentPage<'_>) -> Markup {
    let (frame, said) = (&page.frame, &page.detail.conversation);
    html! {
        section #talk {
            h2 { (page.say(say::TALK)) " " span.count { (said.len()) } }
            @if said.is_empty() { p.hint { (page.say(say::NOTHING_SAID)) } }
            @for entry in said {
                article.said data-from=(entry.from) {
                    p.hint {
                        b { (page.say(say::author(entry.from))) }
                        @if let Some(by) = &entry.by { " " bdi { (by) } }
                        " · " (figures::moment(frame, entry.at, page.now))
                    }
                    p { (outside(&entry.text)) }
                }
            }
            (reply(page))
            (note(page))
        }
    }
}

fn reply(page: &IncidentPage<'_>) -> Markup {
    let warning = match page.hands() {
        Hands::Mine => None,
        Hands::Nobody => Some(say::CLAIM_FIRST),
        Hands::Another => Some(say::ANOTHER_ANSWERS),
        Hands::Closed => Some(say::REPLY_CLOSED),
    };
    html! {
        @if page.detail.references.is_empty() {
            p.hint { (page.say(say::NOBODY_READS)) }
        } @else {
            form.write method="post" action=(Post::Message.to(page.detail.id)) {
                (hidden("csrf", page.csrf))
                label for="reply" { (page.say(say::REPLY)) (key("r")) }
                @if let Some(warning) = warning { p.notice { (page.say(warning)) } }
                p.hint #reply-hint { (page.say(say::REPLY_HINT)) }
                textarea #reply name="text" rows="4" maxlength=(TEXT_LIMIT) dir="auto" accesskey="r" aria-describedby="reply-hint" required {}
                button.strong { (page.say(say::SEND)) }
            }
        }
    }
}

fn note(page: &IncidentPage<'_>) -> Markup {
    html! {
        form.write method="post" action=(Post::Note.to(page.detail.id)) {
            (hidden("csrf", page.csrf))
            label for="note" { (page.say(say::NOTE)) (key("m")) }
            p.hint #note-hint { (page.say(say::NOTE_HINT)) }
            textarea #note name="text" rows="2" maxlength=(TEXT_LIMIT) dir="auto" accesskey="m" aria-describedby="note-hint" required {}
            button { (page.say(say::KEEP_NOTE)) }
        }
    }
}
