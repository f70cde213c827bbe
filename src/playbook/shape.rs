//! The written form of a playbook file, as authors type it: serde shapes, no meaning yet.
//!
//! `compile` turns these into a checked [`super::Set`]; nothing else reads them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use super::frames::Frame;
use super::matcher::Match;
use super::stop::Stop;
use crate::text::{Language, traditional};

/// Text for people in each language; `en` and `zh` are required, `zh-Hant` and others are welcome.
#[derive(Debug, Clone, Deserialize, Serialize, PartialEq, Eq)]
pub struct Words {
    pub en: String,
    pub zh: String,
    #[serde(flatten)]
    pub more: BTreeMap<String, String>,
}

impl Words {
    /// The text in a language; simplified script where no traditional one was written or converted.
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::En => &self.en,
            Language::Zh => &self.zh,
            Language::ZhHant => self.more.get(language.as_str()).unwrap_or(&self.zh),
        }
    }

    /// Adds the traditional script, converted, unless the file has words of its own.
    pub fn fill(&mut self) {
        let zh = &self.zh;
        self.more.entry(Language::ZhHant.as_str().to_owned()).or_insert_with(|| traditional(zh));
    }
}

/// Whether an incident of this kind jumps the queue.
#[derive(Debug, Clone, Copy, Deserialize, Serialize, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[serde(rename_all = "kebab-case")]
pub enum Class {
    Security,
    Routine,
}

impl Class {
    /// The word kept in the database and shown to programs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Security => "security",
            Self::Routine => "routine",
        }
    }
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Playbook {
    pub id: String,
    pub class: Class,
    pub title: Words,
    /// One sentence that tells the person what this is, without blame.
    pub summary: Words,
    /// How long such a thing usually takes, and what is normal meanwhile; for routine kinds.
    pub normal: Option<Words>,
    /// Centi-decibans: how rare the kind is among all contacts.
    pub prior: i32,
    /// Chance at which this playbook may lead; `policy.acting` when absent.
    pub act_at: Option<f64>,
    pub stakes: Stakes,
    pub signs: BTreeMap<String, Group>,
    #[serde(default)]
    pub questions: Vec<Question>,
    pub steps: Vec<Step>,
    #[serde(default)]
    pub never: Vec<Never>,
    #[serde(default)]
    pub orders: Vec<Order>,
    pub sources: Vec<String>,
    pub examples: Vec<Example>,
}

impl Playbook {
    /// Adds the traditional script to everything that a person reads.
    pub fn fill(&mut self) {
        self.title.fill();
        self.summary.fill();
        self.normal.iter_mut().for_each(Words::fill);
        for question in &mut self.questions {
            question.ask.fill();
            question.why.iter_mut().for_each(Words::fill);
            question.answers.iter_mut().for_each(|answer| answer.text.fill());
        }
        for step in &mut self.steps {
            step.action.fill();
            step.why.fill();
            step.worked.iter_mut().for_each(Words::fill);
        }
        for never in &mut self.never {
            never.action.fill();
            never.why.fill();
        }
    }
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stakes {
    /// After this long, half of what was left is usually gone: `45s`, `30m`, `6h`, `2d`.
    pub half_life: String,
    /// Bucket name to the share of it that this kind can reach, 0 to 1; `any` covers the rest.
    pub reach: BTreeMap<String, f64>,
    /// United States dollars when nothing is known.
    pub assumed_value: u64,
    /// Chance that help works, 0 to 1.
    pub help_works: f64,
    /// Usual staff time: `8m`.
    pub handling: String,
    #[serde(default)]
    pub exposure: Exposure,
    #[serde(default)]
    pub activity: Activity,
    #[serde(default)]
    pub can_act: Able,
}

/// What the thief holds.
#[derive(Debug, Clone, Copy, Default, Deserialize, Serialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "kebab-case")]
pub enum Exposure {
    #[default]
    None,
    Account,
    Permission,
    Secret,
}

/// What the thief is seen to do.
#[derive(Debug, Clone, Copy, Default, Deserialize, Serialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "kebab-case")]
pub enum Activity {
    #[default]
    NoneSeen,
    Attempted,
    LeavingNow,
}

/// Whether the person can do something themselves.
#[derive(Debug, Clone, Copy, Default, Deserialize, Serialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "kebab-case")]
pub enum Able {
    No,
    #[default]
    Yes,
}

/// What is left, as far as a sign or an answer can tell.
#[derive(Debug, Clone, Copy, Deserialize, Serialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "kebab-case")]
pub enum Remaining {
    None,
    Small,
    MediumOrUnknown,
    Large,
}

/// Danger to a person, which goes before money.
#[derive(Debug, Clone, Copy, Deserialize, Serialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "kebab-case")]
pub enum Danger {
    Life,
}

/// What a firing sign or a chosen answer says about the case beyond its weight.
#[derive(Debug, Clone, Copy, Default, Deserialize, Serialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Sets {
    pub exposure: Option<Exposure>,
    pub activity: Option<Activity>,
    pub remaining: Option<Remaining>,
    pub can_act: Option<Able>,
    pub danger: Option<Danger>,
    pub stop: Option<Stop>,
}

/// Signs with one cause; a group never moves the odds beyond its cap.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    pub cap: i32,
    #[serde(default)]
    pub signs: Vec<Sign>,
    /// The name of a group in `shared.yaml` whose signs are taken over, with weights times `scale`.
    pub shared: Option<String>,
    /// Thousandths applied to the shared weights; negative turns evidence for into evidence against.
    pub scale: Option<i32>,
}

/// One weighted test. Exactly one of `match`, `detection`, `phrases`, `frame` or `frames`, `correlate`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sign {
    pub id: String,
    pub weight: i32,
    #[serde(rename = "match")]
    pub matches: Option<Match>,
    /// Sigma's own form: selections by name and a condition over them.
    pub detection: Option<super::sigma::Detection>,
    pub phrases: Option<Phrases>,
    pub frame: Option<Frame>,
    /// Any of these.
    #[serde(default)]
    pub frames: Vec<Frame>,
    pub correlate: Option<Correlate>,
    pub because: Words,
    #[serde(default)]
    pub sets: Sets,
}

impl Sign {
    /// The frames, whichever way they were written.
    pub fn frames(&self) -> &[Frame] {
        self.frame.as_ref().map_or(&self.frames, std::slice::from_ref)
    }
}

/// Phrases by language. `…` inside a phrase lets other words stand between its parts, within one sentence.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phrases {
    #[serde(default)]
    pub en: Vec<String>,
    #[serde(default)]
    pub zh: Vec<String>,
}

/// Counting over the signals of one subject.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Correlate {
    #[serde(rename = "match")]
    pub matches: Match,
    pub count: Option<AtLeast>,
    pub distinct: Option<Distinct>,
    /// Also seen within the span, in any order.
    #[serde(default)]
    pub together: Vec<Match>,
    /// Seen afterwards, in this order.
    pub then: Option<Vec<Match>>,
    pub within: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AtLeast {
    pub gte: u32,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Distinct {
    pub field: String,
    pub gte: u32,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    pub id: String,
    pub ask: Words,
    /// Why we ask, in one short sentence.
    pub why: Option<Words>,
    pub answers: Vec<Answer>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    pub id: String,
    pub text: Words,
    #[serde(default)]
    pub weight: i32,
    #[serde(default)]
    pub sets: Sets,
    /// The security kind that this answer makes of a routine request, whatever the odds: a fact that contradicts it.
    pub means: Option<String>,
}

#[derive(Debug, Clone, Copy, Deserialize, Serialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "kebab-case")]
pub enum Audience {
    Person,
    Staff,
}

/// When a step is due, counted from the report.
#[derive(Debug, Clone, Copy, Deserialize, Serialize, PartialEq, Eq, PartialOrd, Ord)]
pub enum Moment {
    #[serde(rename = "now")]
    Now,
    #[serde(rename = "5m")]
    FiveMinutes,
    #[serde(rename = "1h")]
    FirstHour,
    #[serde(rename = "1d")]
    FirstDay,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    pub id: String,
    #[serde(rename = "for")]
    pub audience: Audience,
    pub moment: Moment,
    #[serde(rename = "do")]
    pub action: Words,
    pub why: Words,
    /// About how long it takes, for the person: `2m`.
    pub takes: Option<String>,
    /// Earlier steps of the same audience that come first; until they are done this one waits.
    #[serde(default)]
    pub after: Vec<String>,
    /// The longest to spend on it before going on with the next: `10m`.
    pub time_box: Option<String>,
    /// Staff only: the incident cannot be closed before this is done or waived with a reason.
    #[serde(default)]
    pub required: bool,
    /// How to know that it worked.
    pub worked: Option<Words>,
    /// The step to show when this one cannot be done.
    pub instead: Option<String>,
    /// Shown only when these answers were given or not excluded, or the chain was seen to say so:
    /// `answer.who-holds-owner: me`, `reading.transfer: fee-low`.
    pub when: Option<Match>,
    /// Not shown once these answers were given: `answer.account-kind: exchange`.
    pub unless: Option<Match>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Never {
    #[serde(rename = "do")]
    pub action: Words,
    pub why: Words,
}

/// A containment request to the wallet backend that staff may place.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Order {
    pub action: String,
    pub expires: String,
    pub approval: Approval,
    pub undo: String,
    /// Whether the house may place it by itself, on the word of a signed alert alone.
    #[serde(default)]
    pub automatic: bool,
}

#[derive(Debug, Clone, Copy, Deserialize, Serialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Approval {
    One,
    Two,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    pub report: Option<serde_json::Value>,
    pub alert: Option<serde_json::Value>,
    pub expect: Expect,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expect {
    pub class: Option<Class>,
    pub lead: Option<String>,
    /// A kind that must not lead: a look-alike.
    pub not: Option<String>,
    /// `1`, or a range `1..2`, both ends included.
    pub level: Option<serde_json::Value>,
}
