//! What a person is told: the steps of the leading playbook in their language, what never to do, the next question.
//!
//! Pure choice and wording; pages and programs show the same [`Guidance`].

pub mod account;
pub mod aftercare;
mod catalogue;
pub mod feedback;
pub mod footer;
mod gain;
mod given;
pub mod help;
pub mod mail;
mod notice;
pub mod official;
mod outlook;
mod question;
mod stop;
#[cfg(test)]
mod tests;

pub use notice::{Notice, for_danger, for_secrets, further_back, out_of_order};
pub use outlook::{Outlook, outlook};
pub use question::{Choice, Question, next_questions};
pub use stop::{StopPage, stop_for_secrets, stop_in, stop_page};
mod reading;
mod release;
mod rest;
pub mod security_txt;
pub mod template;
pub mod words;

pub use given::{bring, given_to_person, given_to_staff, mark_corrected, still_required};
pub use reading::{ChainNote, for_reading, no_node};
pub use release::release_ahead;
pub use rest::for_rest;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::playbook::matcher::Look;
use crate::playbook::{Audience, CompiledStep, Kind, Moment};
use crate::text::Language;

/// How far a person or staff got with a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StepState {
    #[default]
    Open,
    Done,
    Cannot,
    NotSure,
    /// Staff left it out and said why.
    Waived,
}

impl StepState {
    /// The word kept in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Done => "done",
            Self::Cannot => "cannot",
            Self::NotSure => "not-sure",
            Self::Waived => "waived",
        }
    }

    /// Whether nothing more is to be done about the step, so that what comes after it need not wait.
    pub fn is_past(self) -> bool {
        match self {
            Self::Done | Self::Cannot | Self::Waived => true,
            Self::Open | Self::NotSure => false,
        }
    }

    /// Whether a required step in this state lets an incident be closed.
    pub fn settles(self) -> bool {
        match self {
            Self::Done | Self::Waived => true,
            Self::Open | Self::Cannot | Self::NotSure => false,
        }
    }
}

/// The text is not a state of a step.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("not one of open, done, cannot, not-sure, waived")]
pub struct NotAState;

impl std::str::FromStr for StepState {
    type Err = NotAState;

    fn from_str(text: &str) -> Result<Self, NotAState> {
        match text {
            "open" => Ok(Self::Open),
            "done" => Ok(Self::Done),
            "cannot" => Ok(Self::Cannot),
            "not-sure" => Ok(Self::NotSure),
            "waived" => Ok(Self::Waived),
            _ => Err(NotAState),
        }
    }
}

/// One instruction in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    pub id: String,
    pub moment: Moment,
    pub text: String,
    pub why: String,
    /// About how long it takes, like `5m`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub takes: Option<String>,
    /// The longest to spend on it before going on with the next, like `10m`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_box: Option<String>,
    /// Steps of this list that come first and are not past yet.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub waits_for: Vec<String>,
    /// For staff: the incident cannot be closed before this is done or waived with a reason.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub required: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub worked: Option<String>,
    /// The step to take when this one cannot be done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instead: Option<String>,
    pub state: StepState,
    /// A later version of the playbooks added it after the incident had its steps.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub new: bool,
    /// It said something else before, which was taken back.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub corrected: bool,
}

/// What never to do, with the reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Never {
    pub text: String,
    pub why: String,
}

/// Everything a person is told to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guidance {
    pub language: Language,
    pub steps: Vec<Step>,
    pub never: Vec<Never>,
}

/// The answers given so far, for the conditions of steps.
pub struct Answers<'a>(pub &'a BTreeMap<String, String>);

impl Look for Answers<'_> {
    fn any(&self, field: &str, test: &mut dyn FnMut(&str) -> bool) -> bool {
        // What the chain was seen to say stands beside the answers under its own name.
        let answer = self.0.get(field.strip_prefix("answer.").unwrap_or(field));
        answer.is_some_and(|choice| test(choice))
    }
}

/// The steps of a playbook for the person, in order, with the state each one has.
pub fn for_person(
    kind: &Kind,
    language: Language,
    answers: &BTreeMap<String, String>,
    states: &BTreeMap<String, StepState>,
) -> Guidance {
    let steps = listed(kind, Audience::Person, language, (answers, states));
    let never = kind
        .never
        .iter()
        .map(|never| Never { text: never.action.get(language).to_owned(), why: never.why.get(language).to_owned() });
    Guidance { language, steps, never: never.collect() }
}

/// The steps of a playbook for staff.
pub fn for_staff(
    kind: &Kind,
    language: Language,
    answers: &BTreeMap<String, String>,
    states: &BTreeMap<String, StepState>,
) -> Vec<Step> {
    listed(kind, Audience::Staff, language, (answers, states))
}

type Known<'a> = (&'a BTreeMap<String, String>, &'a BTreeMap<String, StepState>);

fn listed(kind: &Kind, audience: Audience, language: Language, (answers, states): Known<'_>) -> Vec<Step> {
    let shown: Vec<&CompiledStep> = steps(kind, audience, answers).collect();
    let open = |id: &String| {
        let mut others = shown.iter().map(|other| &other.step);
        others.any(|other| other.id == *id && !state_of(kind, other, states).is_past())
    };
    let worded = shown.iter().map(|compiled| {
        let waits_for = compiled.step.after.iter().filter(|first| open(first)).cloned().collect();
        Step { waits_for, state: state_of(kind, &compiled.step, states), ..worded(compiled, language) }
    });
    worded.collect()
}

/// The steps for the person under these answers.
fn shown<'a>(kind: &'a Kind, answers: &'a BTreeMap<String, String>) -> impl Iterator<Item = &'a CompiledStep> {
    steps(kind, Audience::Person, answers)
}

fn steps<'a>(
    kind: &'a Kind,
    audience: Audience,
    answers: &'a BTreeMap<String, String>,
) -> impl Iterator<Item = &'a CompiledStep> {
    kind.steps.iter().filter(move |compiled| compiled.step.audience == audience && compiled.fits(&Answers(answers)))
}

/// The key under which a step's state is told apart by its playbook.
pub fn keyed(kind: &str, step: &str) -> String {
    format!("{kind}/{step}")
}

/// How far a step is. What an incident cannot be closed without counts only under the playbook that asks for it: a step of
/// the same name in another one is another piece of work.
fn state_of(kind: &Kind, step: &crate::playbook::Step, states: &BTreeMap<String, StepState>) -> StepState {
    let state = if step.required { states.get(&keyed(&kind.id, &step.id)) } else { states.get(&step.id) };
    state.copied().unwrap_or_default()
}

fn worded(compiled: &CompiledStep, language: Language) -> Step {
    let step = &compiled.step;
    Step {
        id: step.id.clone(),
        moment: step.moment,
        text: step.action.get(language).to_owned(),
        why: step.why.get(language).to_owned(),
        takes: step.takes.clone(),
        time_box: step.time_box.clone(),
        waits_for: Vec::new(),
        required: step.required,
        worked: step.worked.as_ref().map(|words| words.get(language).to_owned()),
        instead: step.instead.clone(),
        state: StepState::Open,
        new: false,
        corrected: false,
    }
}
