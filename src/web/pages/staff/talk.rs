//! What staff do, what the person was told, and what was said on both sides, with the forms to answer and to note.

use maud::{Markup, html};

use super::actions::{self, Post};
use super::beside;
use super::figures;
use super::incident::{Hands, IncidentPage};
use super::layout::key;
use super::mask;
use super::words as say;
use crate::access::Permission;
use crate::guidance::{Step, StepState};
use crate::respond::desk::Field;
use crate::signal::TEXT_LIMIT;
use crate::web::pages::layout::outside;
use crate::web::pages::plan::hidden;
use crate::web::pages::words::{desk, plan as plan_words};

/// The steps that the lead's playbook has for staff.
pub fn staff_steps(page: &IncidentPage<'_>) -> Markup {
    let steps = &page.detail.steps;
    html! {
        section #steps {
            h2 { (page.say(say::STAFF_STEPS)) }
            @if steps.is_empty() { p.hint { (page.say(say::NO_STAFF_STEPS)) } }
            (for_staff(page, steps))
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
            (for_person(page, steps))
        }
    }
}

/// Staff's own steps, numbered through, each with its state and what can be said of it.
fn for_staff(page: &IncidentPage<'_>, steps: &[Step]) -> Markup {
    let (frame, language) = (&page.frame, page.frame.language);
    let numbered: Vec<(usize, &Step)> = (1..).zip(steps).collect();
    let holder = page.detail.holder.as_deref().filter(|_| matches!(page.hands(), Hands::Mine | Hands::Another));
    html! {
        @for group in numbered.chunk_by(|(_, one), (_, next)| one.moment == next.moment) {
            @if let Some((_, first)) = group.first() { h3.due { (page.say(plan_words::moment(first.moment))) } }
            ol.told start=[group.first().map(|(number, _)| number)] {
                @for (number, step) in group {
                    li data-state=(step.state.as_str()) {
                        b.number { (number) "." } " "
                        @if step.new { b.mark-word { (page.say(plan_words::NEW)) } " " }
                        @if step.corrected { b.mark-word { (page.say(plan_words::CORRECTED)) } " " }
                        (step.text)
                        @if step.state != StepState::Open { " " b.mark-word { (page.say(plan_words::state(step.state))) } }
                        @if let Some(owner) = page.beside.owners.get(&step.id) { " " span.hint { (desk::OWNER.around(language, &html! { bdi { (page.call(owner)) } })) } }
                        @else if let Some(holder) = holder.filter(|_| step.state == StepState::Open) { " " span.hint { (desk::FALLS_TO.around(language, &html! { bdi { (page.call(holder)) } })) } }
                        @if step.required && !step.state.settles() { " " b.mark-word { (page.say(say::REQUIRED)) } }
                        @if let Some(takes) = &step.takes { " " span.hint { (crate::web::pages::words::about(takes, language)) } }
                        @if let Some(span) = step.time_box.as_ref().and_then(|span| span.parse().ok()) {
                            " " span.hint { (say::TIME_BOX.around(language, &html! { (figures::span(span, language)) })) }
                        }
                        @for first in &step.waits_for {
                            @if let Some((number, _)) = numbered.iter().find(|(_, other)| other.id == *first) {
                                " " span.hint { (say::WAITS_FOR.around(language, &html! { (number) })) }
                            }
                        }
                        @if !step.why.is_empty() { p.hint { (step.why) } }
                        @if page.frame.may(Permission::WorkIncident) && matches!(page.hands(), Hands::Mine | Hands::Nobody) { (marks(page, step)) }
                    }
                }
            }
        }
        @if steps.iter().any(|step| step.required) { p.hint { (frame.say(say::STEPS_OPEN_MORE)) } }
    }
}

/// The buttons of one staff step; a required one can be left out with a reason.
fn marks(page: &IncidentPage<'_>, step: &Step) -> Markup {
    let choices: &[(StepState, crate::web::pages::words::Say)] = match step.state {
        StepState::Open => &[(StepState::Done, plan_words::DONE), (StepState::Cannot, plan_words::CANNOT)],
        StepState::Done | StepState::Waived => &[(StepState::Open, plan_words::OPEN_AGAIN)],
        StepState::Cannot | StepState::NotSure => {
            &[(StepState::Done, plan_words::DONE), (StepState::Open, plan_words::OPEN_AGAIN)]
        }
    };
    let seen = match page.hands() {
        Hands::Mine => hidden("fence", &page.detail.fence.to_string()),
        Hands::Nobody | Hands::Another | Hands::Closed => hidden("version", &page.detail.version.to_string()),
    };
    let guards = html! { (hidden("csrf", page.csrf)) (hidden("step", &step.id)) (seen) };
    html! {
        form.marks method="post" action=(Post::Step.to(page.detail.id)) {
            (guards)
            @for (state, label) in choices { button name="state" value=(state.as_str()) { (page.say(*label)) } }
        }
        @if step.required && !step.state.settles() {
            details {
                summary { (page.say(say::WAIVE)) }
                form.write method="post" action=(Post::Step.to(page.detail.id)) {
                    (guards)
                    (hidden("state", StepState::Waived.as_str()))
                    label for={ "waive-" (step.id) } { (page.say(say::REASON)) }
                    textarea id={ "waive-" (step.id) } name="reason" rows="2" maxlength="2000" dir="auto" required {}
                    button { (page.say(say::WAIVE_GO)) }
                }
            }
        }
    }
}

fn for_person(page: &IncidentPage<'_>, steps: &[Step]) -> Markup {
    let language = page.frame.language;
    html! {
        @for group in steps.chunk_by(|one, next| one.moment == next.moment) {
            @if let Some(first) = group.first() { h3.due { (page.say(plan_words::moment(first.moment))) } }
            ol.told {
                @for step in group {
                    li data-state=(step.state.as_str()) {
                        @if step.new { b.mark-word { (page.say(plan_words::NEW)) } " " }
                        @if step.corrected { b.mark-word { (page.say(plan_words::CORRECTED)) } " " }
                        (step.text)
                        @if step.state != StepState::Open { " " b.mark-word { (page.say(plan_words::state(step.state))) } }
                        @if let Some(takes) = &step.takes { " " span.hint { (crate::web::pages::words::about(takes, language)) } }
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
                        @if let Some(by) = &entry.by { " " bdi { (page.call(by)) } }
                        " · " (figures::moment(frame, entry.at, page.now))
                    }
                    p { (outside(&mask::prose(page, &entry.text))) }
                }
            }
            (beside::others(page))
            @if page.frame.may(Permission::WorkIncident) { (reply(page)) (note(page)) }
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
                textarea #reply name="text" rows="4" maxlength=(TEXT_LIMIT) dir="auto" accesskey="r" aria-describedby="reply-hint" data-draft=(actions::draft(page.detail.id)) data-field="reply" { (beside::mine(page, Field::Reply)) }
                (beside::blocks(page))
                p.hint { (page.say(desk::FOOTER)) }
                button.strong { (page.say(say::SEND)) }
                (beside::keep(page, Field::Reply))
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
            textarea #note name="text" rows="2" maxlength=(TEXT_LIMIT) dir="auto" accesskey="m" aria-describedby="note-hint" data-draft=(actions::draft(page.detail.id)) data-field="note" required { (beside::mine(page, Field::Note)) }
            button { (page.say(say::KEEP_NOTE)) }
            (beside::keep(page, Field::Note))
        }
    }
}
