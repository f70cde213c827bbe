//! The running set of playbooks: every name resolved, every test filed where it can be found without looking at all.

use std::collections::{BTreeMap, HashMap};

use super::frames::Frames;
use super::learned::Reader;
use super::matcher::Matcher;
use super::network;
use super::phrases::Phrases;
use super::policy::Policy;
use super::raw::RawPaths;
use super::shape::{Able, Activity, Example, Exposure};
use super::shape::{Answer, Class, Never, Order, Question, Sets, Step, Words};
use crate::signal::Vocabulary;
use crate::time::Span;

/// A checked, compiled set; cheap to share, never changed.
pub struct Set {
    /// SHA-256 over the files it was made from, hex: an assessment names it and can be replayed under it.
    pub digest: String,
    pub policy: Policy,
    pub vocabulary: Vocabulary,
    pub kinds: Vec<Kind>,
    pub help_lines: Vec<super::help::Region>,
    pub(super) by_id: BTreeMap<String, usize>,
    /// Places in `kinds` and in `Kind::questions`, by the question's id.
    pub(super) by_question: HashMap<String, Vec<(usize, usize)>>,
    pub(super) network: Network,
    pub(super) learned: Reader,
    /// Which ways of reading free text are in force; all but while measuring.
    pub layers: Layers,
    pub(super) raw: RawPaths,
}

/// The ways in which free text is read. Each is evidence of its own under its own caps, and none decides alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layers {
    pub phrases: bool,
    pub frames: bool,
    pub learned: bool,
}

impl Layers {
    /// Every way: how a set is compiled.
    pub const ALL: Self = Self { phrases: true, frames: true, learned: true };
}

/// One compiled playbook.
pub struct Kind {
    pub id: String,
    pub class: Class,
    pub title: Words,
    pub summary: Words,
    pub normal: Option<Words>,
    pub prior: i32,
    /// Log-odds from which it may lead.
    pub act_at: i32,
    pub stakes: Stakes,
    pub groups: Vec<Group>,
    pub questions: Vec<Question>,
    pub steps: Vec<CompiledStep>,
    pub never: Vec<Never>,
    pub orders: Vec<Order>,
    pub sources: Vec<String>,
    pub examples: Vec<Example>,
}

impl Kind {
    /// Whether its staff are told to warn of people who sell recovery: something can be lost by it.
    pub fn warns_of_recovery(&self) -> bool {
        self.steps.iter().any(|compiled| compiled.step.id.ends_with("warn-recovery"))
    }
}

pub struct Stakes {
    pub half_life: Span,
    pub reach: BTreeMap<String, f64>,
    pub assumed_cents: i64,
    pub help_works: f64,
    pub handling: Span,
    pub exposure: Exposure,
    pub activity: Activity,
    pub can_act: Able,
}

pub struct Group {
    pub id: String,
    pub cap: i32,
    pub signs: Vec<Sign>,
}

pub struct Sign {
    pub id: String,
    pub weight: i32,
    /// Speaks for an incident, so words count for it only where they tell of an event.
    pub for_incident: bool,
    pub test: Test,
    pub because: Words,
    pub sets: Sets,
}

/// How a sign is recognised.
pub enum Test {
    /// By the fields of one signal; the network makes its tests.
    Match(network::Condition),
    /// Its phrases stand in the network.
    Phrases,
    /// Its frames stand in the network.
    Frames,
    Correlate(Correlation),
    /// The text as a whole, by the learned weights.
    Learned,
}

pub struct Correlation {
    pub matches: Matcher,
    pub count: Option<u32>,
    pub distinct: Option<(String, u32)>,
    /// Seen with the first within the span, in any order, each by a signal of its own.
    pub together: Vec<Matcher>,
    /// Seen after the first within the span, in this order.
    pub then: Vec<Matcher>,
    pub within: Span,
}

pub struct CompiledStep {
    pub step: Step,
    pub when: Option<Matcher>,
    pub unless: Option<Matcher>,
}

impl CompiledStep {
    /// Whether the step is shown under what is known.
    pub fn fits(&self, known: &dyn super::matcher::Look) -> bool {
        self.when.as_ref().is_none_or(|when| when.fits(known))
            && self.unless.as_ref().is_none_or(|unless| !unless.fits(known))
    }
}

/// Names a sign by its places in `Set::kinds`, `Kind::groups`, `Group::signs`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SignRef {
    pub kind: u32,
    pub group: u16,
    pub sign: u16,
}

/// Where signs are filed.
pub(super) struct Network {
    pub phrases: Phrases,
    /// Signs by phrase number.
    pub by_phrase: Vec<Vec<SignRef>>,
    pub frames: Frames,
    /// Conditions of signs on the fields of one signal, and the sign of each.
    pub conditions: network::Network,
    pub by_condition: Vec<SignRef>,
    /// Correlations, filed like signs by what their first matcher needs.
    pub correlations: Filed,
}

/// Signs by a field and a value that they need, lower case, and those that pin no field.
#[derive(Default)]
pub(super) struct Filed {
    pub by_value: HashMap<String, HashMap<String, Vec<SignRef>>>,
    pub open: Vec<SignRef>,
}

impl Set {
    /// The playbook with an id.
    pub fn kind(&self, id: &str) -> Option<&Kind> {
        self.by_id.get(id).map(|place| &self.kinds[*place])
    }

    /// The place of a playbook in `kinds`.
    pub fn place(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// Whether a question with this choice exists.
    pub fn knows_answer(&self, question: &str, choice: &str) -> bool {
        let mut questions = self.kinds.iter().flat_map(|kind| &kind.questions).filter(|known| known.id == question);
        questions.any(|known| known.answers.iter().any(|answer| answer.id == choice))
    }

    /// The sign that a reference names.
    pub fn sign(&self, at: SignRef) -> &Sign {
        &self.kinds[at.kind as usize].groups[usize::from(at.group)].signs[usize::from(at.sign)]
    }

    /// What was chosen of the questions that playbooks ask, in the order of playbooks and questions; only playbooks that
    /// ask an answered question are looked at.
    pub fn chosen<'a>(&'a self, answers: &BTreeMap<String, String>) -> Vec<(usize, &'a Question, &'a Answer)> {
        let mut places: Vec<(usize, usize)> =
            answers.keys().filter_map(|question| self.by_question.get(question)).flatten().copied().collect();
        places.sort_unstable();
        let chosen = places.into_iter().filter_map(|(kind, question)| {
            let question = &self.kinds[kind].questions[question];
            let choice = answers.get(&question.id)?;
            Some((kind, question, question.answers.iter().find(|answer| answer.id == *choice)?))
        });
        chosen.collect()
    }

    /// The longest span that any correlation looks over: signals further apart are never read together.
    pub fn longest_span(&self) -> Span {
        let signs = self.kinds.iter().flat_map(|kind| &kind.groups).flat_map(|group| &group.signs);
        let spans = signs.filter_map(|sign| match &sign.test {
            Test::Correlate(correlation) => Some(correlation.within),
            Test::Match(_) | Test::Phrases | Test::Frames | Test::Learned => None,
        });
        spans.max().unwrap_or(Span::ZERO)
    }

    /// The places in a sender's body that signs ask for.
    pub fn raw_paths(&self) -> &RawPaths {
        &self.raw
    }

    /// The group that a reference lies in.
    pub fn group(&self, at: SignRef) -> &Group {
        &self.kinds[at.kind as usize].groups[usize::from(at.group)]
    }
}
