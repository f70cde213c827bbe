//! One pass of values over the network: tests become true, rules become candidates, candidates are looked at.

use std::net::IpAddr;
use std::sync::PoisonError;

use regex::Regex;

use super::Network;
use super::case::{Case, lower_into};
use super::condition::{Part, Text};
use super::texts::{Found, Texts};

/// A condition whose tests are numbers.
pub(super) enum Node {
    Atom(u32),
    Late(u32),
    All(Box<[Node]>),
    Any(Box<[Node]>),
    Not(Box<Node>),
}

/// A test that is made only for candidates.
pub(super) struct Late {
    pub field: u32,
    /// The atom of "there is such a field".
    pub exists: u32,
    pub asks: LateAsks,
}

pub(super) enum LateAsks {
    Text(Text, Case),
    Matches(Regex),
    Within(IpAddr, u8),
    Field(u32, Option<Part>, Case),
}

/// Room to work in, kept from one signal to the next. Whatever carries the number of the present round is true in it, so
/// nothing is ever cleared.
#[derive(Default)]
pub struct Scratch {
    round: u32,
    /// By atom: the last round in which it was true.
    atoms: Vec<u32>,
    /// By rule: the last round in which it was a candidate.
    raised: Vec<u32>,
    /// By late test: the last round in which it was made, and its outcome.
    late: Vec<(u32, bool)>,
    /// By wildcard: the last value it was compared with.
    compared: Vec<u32>,
    value: u32,
    candidates: Vec<u32>,
    holding: Vec<u32>,
    lower: String,
    other: String,
    kept: String,
    /// Field, and where its value stands in `kept`.
    kept_at: Vec<(u32, usize, usize)>,
}

impl Scratch {
    /// Rules that were looked at in the last round, besides those that always are.
    pub fn candidates(&self) -> usize {
        self.candidates.len()
    }

    fn hit(&mut self, network: &Network, atom: u32) {
        let seen = &mut self.atoms[atom as usize];
        if *seen == self.round {
            return;
        }
        *seen = self.round;
        let (from, to) = (network.filed_from[atom as usize], network.filed_from[atom as usize + 1]);
        for rule in &network.filed[from as usize..to as usize] {
            let raised = &mut self.raised[*rule as usize];
            if *raised != self.round {
                *raised = self.round;
                self.candidates.push(*rule);
            }
        }
    }

    fn find(&mut self, network: &Network, texts: &Texts, value: &str) {
        texts.find(value, |found| match found {
            Found::Atom(atom) => self.hit(network, atom),
            Found::Wildcard { wildcard, number, atom } => {
                let compared = &mut self.compared[number as usize];
                // A value that holds the literal a thousand times is compared once.
                if *compared == self.value {
                    return;
                }
                *compared = self.value;
                if wildcard.fits(value) {
                    self.hit(network, atom);
                }
            }
        });
    }
}

impl Network {
    /// Room for this network and no other.
    pub fn scratch(&self) -> Scratch {
        Scratch {
            atoms: vec![0; self.atoms()],
            raised: vec![0; self.rules.len()],
            late: vec![(0, false); self.late.len()],
            compared: vec![0; self.wildcards],
            ..Scratch::default()
        }
    }

    /// Runs something with room that is lent from one call to the next.
    pub fn lend<T>(&self, run: impl FnOnce(&mut Scratch) -> T) -> T {
        let spare = || self.spare.lock().unwrap_or_else(PoisonError::into_inner);
        let lent = spare().pop();
        let mut scratch = lent.unwrap_or_else(|| self.scratch());
        let outcome = run(&mut scratch);
        spare().push(scratch);
        outcome
    }

    /// Begins a pass: what was true of the signal before is so no more.
    pub fn pass<'a>(&'a self, scratch: &'a mut Scratch) -> Pass<'a> {
        // Numbers come round once in four billion; then, and only then, everything is cleared.
        if scratch.round == u32::MAX || scratch.value > u32::MAX / 2 {
            *scratch = self.scratch();
        }
        scratch.round += 1;
        scratch.candidates.clear();
        scratch.holding.clear();
        scratch.kept.clear();
        scratch.kept_at.clear();
        Pass { network: self, scratch }
    }
}

/// A signal on its way through the network.
pub struct Pass<'a> {
    pub(super) network: &'a Network,
    scratch: &'a mut Scratch,
}

impl<'a> Pass<'a> {
    /// Something that is no single value stands in the field.
    pub(super) fn exists(&mut self, field: u32) {
        if let Some(atom) = self.network.fields[field as usize].exists {
            self.scratch.hit(self.network, atom);
        }
    }

    /// Takes one value of a field.
    pub(super) fn value(&mut self, field: u32, value: &str) {
        self.exists(field);
        let tests = &self.network.fields[field as usize];
        let scratch = &mut *self.scratch;
        scratch.value += 1;
        if tests.kept {
            let from = scratch.kept.len();
            scratch.kept.push_str(value);
            scratch.kept_at.push((field, from, scratch.kept.len()));
        }
        if !tests.cased.is_empty() {
            scratch.find(self.network, &tests.cased, value);
        }
        if !tests.lower.is_empty() {
            let mut lower = std::mem::take(&mut scratch.lower);
            lower.clear();
            lower_into(value, &mut lower);
            scratch.find(self.network, &tests.lower, &lower);
            scratch.lower = lower;
        }
        if let Some(numbers) = &tests.numbers {
            numbers.hits(value, |atom| scratch.hit(self.network, atom));
        }
    }

    /// The rules that hold, in the order of their numbers.
    pub fn holding(self) -> &'a [u32] {
        let (network, scratch) = (self.network, self.scratch);
        let candidates = std::mem::take(&mut scratch.candidates);
        for rule in candidates.iter().chain(&network.always) {
            if network.holds(&network.rules[*rule as usize], scratch) {
                scratch.holding.push(*rule);
            }
        }
        scratch.candidates = candidates;
        scratch.holding.sort_unstable();
        &scratch.holding
    }
}

impl Network {
    fn holds(&self, node: &Node, scratch: &mut Scratch) -> bool {
        match node {
            Node::Atom(atom) => scratch.atoms[*atom as usize] == scratch.round,
            Node::Late(number) => self.late(*number, scratch),
            Node::All(parts) => parts.iter().all(|part| self.holds(part, scratch)),
            Node::Any(parts) => parts.iter().any(|part| self.holds(part, scratch)),
            Node::Not(part) => !self.holds(part, scratch),
        }
    }

    fn late(&self, number: u32, scratch: &mut Scratch) -> bool {
        let (round, outcome) = scratch.late[number as usize];
        if round == scratch.round {
            return outcome;
        }
        let test = &self.late[number as usize];
        let (mut lower, mut other) = (std::mem::take(&mut scratch.lower), std::mem::take(&mut scratch.other));
        let fits = test.fits(scratch, (&mut lower, &mut other));
        (scratch.lower, scratch.other) = (lower, other);
        scratch.late[number as usize] = (scratch.round, fits);
        fits
    }
}

impl Late {
    fn fits(&self, scratch: &Scratch, (lower, other): (&mut String, &mut String)) -> bool {
        let values = |field: u32| {
            let places = scratch.kept_at.iter().filter(move |(of, ..)| *of == field);
            places.map(|(_, from, to)| &scratch.kept[*from..*to])
        };
        values(self.field).any(|value| match &self.asks {
            LateAsks::Text(text, case) => text.fits(folded(value, *case, lower)),
            LateAsks::Matches(pattern) => pattern.is_match(value),
            LateAsks::Within(network, bits) => {
                value.parse().is_ok_and(|address| crate::playbook::matcher::within(address, *network, *bits))
            }
            LateAsks::Field(of, part, case) => {
                let value = folded(value, *case, lower);
                values(*of).any(|wanted| {
                    let wanted = folded(wanted, *case, other);
                    part.map_or_else(|| value == wanted, |part| part.of(value, wanted))
                })
            }
        })
    }
}

fn folded<'a>(value: &'a str, case: Case, room: &'a mut String) -> &'a str {
    match case {
        Case::Kept => value,
        Case::Ignored => {
            room.clear();
            lower_into(value, room);
            room
        }
    }
}
