//! From conditions to a network: equal tests become one atom, rules are filed.

use std::sync::Mutex;

use super::condition::{Asks, Atom, Bound, Condition, Text};
use super::cost::{commonness, needed};
use super::field::Field;
use super::run::{Late, LateAsks, Node};
use super::{Case, Map, Network, Place};

/// Takes conditions, one after another.
#[derive(Default)]
pub struct Builder {
    fields: Vec<Field>,
    by_name: Map<Box<str>, u32>,
    late: Vec<Late>,
    /// Tests that only candidates make, by how they print.
    late_known: Map<String, u32>,
    rules: Vec<Node>,
    /// By atom: how often it may be expected, and how many tests of rules it stands for.
    costs: Vec<u32>,
    wildcards: u32,
}

impl Builder {
    /// Adds a condition and answers its number: they count from zero in the order of adding.
    pub fn add(&mut self, condition: &Condition) -> u32 {
        let number = count(self.rules.len());
        let node = self.node(condition);
        self.rules.push(node);
        number
    }

    /// The finished network.
    pub fn build(mut self) -> Network {
        for field in &mut self.fields {
            field.lower.finish();
            field.cased.finish();
        }
        let (mut filed, mut always): (Vec<(u32, u32)>, _) = (Vec::new(), Vec::new());
        for (number, rule) in (0..).zip(&self.rules) {
            match needed(rule, &self.late, &self.costs) {
                Some(needed) => filed.extend(needed.atoms.into_iter().map(|atom| (atom, number))),
                None => always.push(number),
            }
        }
        filed.sort_unstable();
        filed.dedup();
        let filed_from = (0..=count(self.costs.len())).map(|atom| count(filed.partition_point(|(of, _)| *of < atom)));
        Network {
            filed_from: filed_from.collect(),
            filed: filed.into_iter().map(|(_, rule)| rule).collect(),
            places: Place::tree(self.by_name.iter().map(|(name, field)| (&**name, *field))),
            fields: self.fields,
            by_name: self.by_name,
            late: self.late,
            rules: self.rules,
            always,
            wildcards: self.wildcards as usize,
            spare: Mutex::default(),
        }
    }

    fn node(&mut self, condition: &Condition) -> Node {
        match condition {
            Condition::Atom(atom) => self.atom(atom),
            Condition::All(parts) => joined(parts.iter().map(|part| self.node(part)).collect(), Node::All),
            Condition::Any(parts) => joined(parts.iter().map(|part| self.node(part)).collect(), Node::Any),
            Condition::Not(part) => Node::Not(Box::new(self.node(part))),
        }
    }

    fn field(&mut self, name: &str) -> u32 {
        if let Some(known) = self.by_name.get(name) {
            return *known;
        }
        let number = count(self.fields.len());
        self.fields.push(Field::default());
        self.by_name.insert(name.into(), number);
        number
    }

    fn atom(&mut self, atom: &Atom) -> Node {
        let field = self.field(&atom.field);
        let found = match &atom.asks {
            Asks::Exists => Some(self.exists(field)),
            Asks::Text(text, case) => self.text(field, text, *case),
            Asks::Number(bound) => Some(self.number(field, bound)),
            Asks::Matches(_) | Asks::Within(..) | Asks::Field(..) => None,
        };
        let Some(number) = found else { return self.late(field, atom) };
        let common = commonness(&atom.asks);
        self.mention(number, common);
        Node::Atom(number)
    }

    /// Counts a test of a rule towards the cost of its atom: what many rules name is seen often, and raises them all.
    fn mention(&mut self, atom: u32, common: u32) {
        match self.costs.get_mut(atom as usize) {
            Some(cost) => *cost = cost.saturating_add(1),
            None => self.costs.push(common),
        }
    }

    fn next(&self) -> u32 {
        count(self.costs.len())
    }

    fn exists(&mut self, field: u32) -> u32 {
        let next = self.next();
        *self.fields[field as usize].exists.get_or_insert(next)
    }

    fn text(&mut self, field: u32, text: &Text, case: Case) -> Option<u32> {
        let next = self.next();
        let field = &mut self.fields[field as usize];
        let texts = match case {
            Case::Ignored => &mut field.lower,
            Case::Kept => &mut field.cased,
        };
        texts.intern(text, next, &mut self.wildcards)
    }

    fn number(&mut self, field: u32, bound: &Bound) -> u32 {
        let next = self.next();
        self.fields[field as usize].numbers.get_or_insert_default().intern(bound, next)
    }

    /// A test that no table can answer is made for candidates alone; it needs its field to be there.
    fn late(&mut self, field: u32, atom: &Atom) -> Node {
        let exists = self.exists(field);
        self.mention(exists, super::cost::EXISTS);
        let printed = format!("{field} {:?}", atom.asks);
        if let Some(known) = self.late_known.get(&printed) {
            return Node::Late(*known);
        }
        self.fields[field as usize].kept = true;
        let asks = match &atom.asks {
            Asks::Text(text, case) => LateAsks::Text(text.clone(), *case),
            Asks::Matches(pattern) => LateAsks::Matches(pattern.clone()),
            Asks::Within(network, bits) => LateAsks::Within(*network, *bits),
            Asks::Field(other, part, case) => {
                let other = self.field(other);
                self.fields[other as usize].kept = true;
                LateAsks::Field(other, *part, *case)
            }
            Asks::Exists | Asks::Number(_) => unreachable!("these always have an atom"),
        };
        let number = count(self.late.len());
        self.late.push(Late { field, exists, asks });
        self.late_known.insert(printed, number);
        Node::Late(number)
    }
}

fn joined(mut parts: Vec<Node>, join: impl FnOnce(Box<[Node]>) -> Node) -> Node {
    if parts.len() == 1
        && let Some(only) = parts.pop()
    {
        return only;
    }
    join(parts.into_boxed_slice())
}

/// Four billion rules or tests do not fit into memory.
fn count(length: usize) -> u32 {
    u32::try_from(length).expect("a set has fewer than four billion tests")
}
