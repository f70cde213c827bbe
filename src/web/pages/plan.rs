//! The pieces that tell what to do: steps by moment, what never to do, the next question. Used by several pages.

use maud::{Markup, html};

use super::actions;
use super::layout::Frame;
use super::words::{self, plan as say};
use crate::guidance::{Guidance, Never, Notice, Question, Step, StepState};
use crate::playbook::Moment;

const MOMENTS: [Moment; 4] = [Moment::Now, Moment::FiveMinutes, Moment::FirstHour, Moment::FirstDay];

/// The steps of a page, in the order of their moments and numbered through.
pub struct Plan<'a> {
    frame: &'a Frame<'a>,
    steps: Vec<(usize, &'a Step)>,
    marking: Marking<'a>,
    /// Whether reasons stand behind a line that opens.
    fold: bool,
    /// The step that stands whole all the same.
    whole: Option<&'a str>,
}

/// Whether the person can tick steps off here.
#[derive(Debug, Clone, Copy)]
pub enum Marking<'a> {
    /// No; what cannot be done leads to this place.
    No { help: &'static str },
    /// Yes, with the session's token against forged posts.
    Yes { csrf: &'a str },
}

impl<'a> Plan<'a> {
    pub fn new(frame: &'a Frame<'a>, guidance: &'a Guidance, marking: Marking<'a>) -> Self {
        let in_order =
            MOMENTS.into_iter().flat_map(|moment| guidance.steps.iter().filter(move |step| step.moment == moment));
        Self { frame, steps: (1..).zip(in_order).collect(), marking, fold: false, whole: None }
    }

    /// The step to begin with, alone and large; nothing when there is no step.
    pub fn first(&self) -> Markup {
        html! {
            @if let Some(&(number, step)) = self.steps.first() {
                section.first aria-labelledby="first" {
                    h2 #first { (self.frame.say(say::FIRST)) }
                    ol { (self.step(number, step)) }
                }
            }
        }
    }

    /// The steps after the first.
    pub fn after_first(&self) -> Markup {
        self.listed(self.steps.get(1..).unwrap_or_default())
    }

    /// The same, each a line that opens: one at a time, the rest in sight.
    pub fn folded(&self) -> Markup {
        let folded = Self { fold: true, steps: self.steps.clone(), ..*self };
        folded.listed(folded.steps.get(1..).unwrap_or_default())
    }

    /// All steps: the first open one whole, what else is to do a line that opens, what is done in a line.
    pub fn from_the_open(&self) -> Markup {
        let open = self.steps.iter().find(|(_, step)| step.state == StepState::Open);
        let whole = open.map(|(_, step)| step.id.as_str());
        let folded = Self { fold: true, whole, steps: self.steps.clone(), ..*self };
        folded.listed(&folded.steps)
    }

    /// All steps.
    pub fn whole(&self) -> Markup {
        self.listed(&self.steps)
    }

    fn listed(&self, steps: &[(usize, &Step)]) -> Markup {
        html! {
            @for group in steps.chunk_by(|(_, one), (_, next)| one.moment == next.moment) {
                @if let Some(&(start, first)) = group.first() {
                    h3.moment { (self.frame.say(say::moment(first.moment))) }
                    ol.steps start=(start) {
                        @for &(number, step) in group { (self.step(number, step)) }
                    }
                }
            }
        }
    }

    fn step(&self, number: usize, step: &Step) -> Markup {
        let state = (step.state != StepState::Open).then_some(step.state);
        html! {
            li.step id={ "step-" (step.id) } value=(number) data-state=[state.map(StepState::as_str)] {
                @if self.folds(step) {
                    details name="step" { summary { (self.line(step)) } (self.rest(step)) }
                    (self.state(step))
                } @else {
                    p.do { (self.line(step)) }
                    (self.state(step))
                    (self.rest(step))
                }
                @if let Marking::Yes { csrf } = self.marking { (self.marks(number, step, csrf)) }
            }
        }
    }

    /// What is done has nothing more to say, and what cannot be done says at once what to do instead.
    fn folds(&self, step: &Step) -> bool {
        let to_do = matches!(step.state, StepState::Open | StepState::NotSure);
        self.fold && to_do && self.whole != Some(step.id.as_str())
    }

    fn state(&self, step: &Step) -> Markup {
        html! { @if step.state != StepState::Open { p.state { (self.frame.say(say::state(step.state))) } } }
    }

    /// The number of a step is the list's own: its style draws it.
    fn line(&self, step: &Step) -> Markup {
        let frame = self.frame;
        html! {
            span { @if step.new { b.new { (frame.say(say::NEW)) } " " } @if step.corrected { b.new { (frame.say(say::CORRECTED)) } " " } (step.text) @if let Some(takes) = &step.takes { " " span.takes { (words::about(takes, frame.language)) } } }
        }
    }

    /// Everything of a step but the step itself.
    fn rest(&self, step: &Step) -> Markup {
        let frame = self.frame;
        html! {
                @for first in &step.waits_for {
                    @if let Some((number, _)) = self.steps.iter().find(|(_, other)| other.id == *first) {
                        p.hint { (say::AFTER.around(frame.language, &html! { (number) })) }
                    }
                }
                @match step.state {
                    StepState::Open | StepState::NotSure => {
                        p.why { b { (frame.say(say::WHY)) } (step.why) }
                        @if let Some(worked) = &step.worked { p.worked { b { (frame.say(say::WORKED)) } (worked) } }
                        (self.otherwise(step, say::CANNOT_DO))
                        @if let Some(span) = &step.time_box {
                            p.hint { (say::TIME_BOX.around(frame.language, &html! { (words::span(span, frame.language)) })) }
                        }
                    },
                    StepState::Cannot => (self.otherwise(step, say::INSTEAD)),
                    StepState::Done | StepState::Waived => {},
                }
        }
    }

    /// Where to go when a step cannot be done: another step, or a person; never nowhere.
    fn otherwise(&self, step: &Step, label: words::Say) -> Markup {
        let frame = self.frame;
        let instead = step.instead.as_ref().and_then(|id| self.steps.iter().find(|(_, other)| other.id == *id));
        let help = match self.marking {
            Marking::No { help } => help,
            Marking::Yes { .. } => "#write",
        };
        html! {
            p.otherwise {
                b { (frame.say(label)) }
                @if let Some((number, other)) = instead {
                    a href={ "#step-" (other.id) } { (say::TAKE.around(frame.language, &html! { (number) })) }
                } @else {
                    a href=(help) { (frame.say(say::WRITE)) }
                }
            }
        }
    }

    /// The browser keeps the fragment of the address through the redirect, so the page comes back at the step.
    fn marks(&self, number: usize, step: &Step, csrf: &str) -> Markup {
        let choices: &[(StepState, words::Say)] = match step.state {
            StepState::Open => {
                &[(StepState::Done, say::DONE), (StepState::Cannot, say::CANNOT), (StepState::NotSure, say::NOT_SURE)]
            }
            StepState::Done | StepState::Waived => &[(StepState::Open, say::OPEN_AGAIN)],
            StepState::Cannot | StepState::NotSure => {
                &[(StepState::Done, say::DONE), (StepState::Open, say::OPEN_AGAIN)]
            }
        };
        let name = say::STEP.around(self.frame.language, &html! { (number) });
        html! {
            form method="post" action={ (actions::STEPS) "/" (step.id) "#step-" (step.id) } {
                (hidden("csrf", csrf))
                div.marks role="group" aria-label=(name.into_string()) {
                    @for (state, label) in choices {
                        button name="state" value=(state.as_str()) { (self.frame.say(*label)) }
                    }
                }
            }
        }
    }
}

/// What never to do, with reasons.
pub fn never(frame: &Frame<'_>, never: &[Never]) -> Markup {
    html! {
        @if !never.is_empty() {
            section.never {
                h2 { (frame.say(say::NEVER)) }
                ul { @for item in never { li { b { (frame.say(say::NEVER_THIS)) (item.text) } p { (item.why) } } } }
            }
        }
    }
}

/// Notices about what was sent, on top of a page.
pub fn notices(notices: &[Notice]) -> Markup {
    html! { @for notice in notices { p.notice role="status" data-notice=(notice.id) { @if notice.id == "danger" { (callable(&notice.text)) } @else { (notice.text) } } } }
}

/// Emergency numbers that a tap calls: whoever is in danger does not copy digits.
fn callable(text: &str) -> Markup {
    let is_number = |part: &&str| part.len() >= 3 && part.bytes().all(|digit| digit.is_ascii_digit());
    let parts = text.split_inclusive(|letter: char| !letter.is_ascii_digit()).map(|part| {
        let digits = part.trim_end_matches(|letter: char| !letter.is_ascii_digit());
        (Some(digits).filter(is_number), part)
    });
    html! {
        @for (number, part) in parts {
            @match number {
                Some(number) => { a.call href={ "tel:" (number) } { (number) } (part[number.len()..]) },
                None => (part),
            }
        }
    }
}

/// The next question, one at a time; posting needs the session's token.
pub fn question(frame: &Frame<'_>, questions: &[Question], csrf: &str) -> Markup {
    html! {
        @if let Some(question) = questions.first() {
            form.question.sheet method="post" action={ (actions::ANSWERS) "#steps" } {
                (hidden("csrf", csrf))
                (hidden("question", &question.id))
                h2 { (frame.say(say::QUESTION)) }
                fieldset {
                    legend { (question.text) }
                    @if let Some(why) = &question.why { p.hint { (why) } }
                    @for choice in &question.choices {
                        label.choice { input type="radio" name="choice" value=(choice.id) required; span { (choice.text) } }
                    }
                }
                p.hint { (frame.say(say::QUESTION_HINT)) }
                button.strong { (frame.say(say::ANSWER)) }
            }
        }
    }
}

/// A form field that nobody sees.
pub fn hidden(name: &str, value: &str) -> Markup {
    html! { input type="hidden" name=(name) value=(value); }
}
