//! Under which tests a rule is filed: the cheapest set of which one must be true for the rule to hold.

use super::condition::{Asks, Text};
use super::run::{Late, Node};

/// How often a test may be expected to be true, by its shape alone; a short text is in many values.
pub(super) fn commonness(asks: &Asks) -> u32 {
    let of_length = |length: usize| match length {
        0..=2 => 60,
        3..=4 => 20,
        5..=7 => 5,
        8..=11 => 2,
        _ => 1,
    };
    match asks {
        Asks::Text(Text::Equal(text), _) => 3 + of_length(text.len()).min(12),
        Asks::Text(Text::Part(_, text), _) => of_length(text.len()),
        Asks::Text(Text::Wildcard(wildcard), _) => of_length(wildcard.longest_literal().len()),
        Asks::Number(_) => 100,
        Asks::Exists | Asks::Matches(_) | Asks::Within(..) | Asks::Field(..) => EXISTS,
    }
}

/// A field that is merely there.
pub(super) const EXISTS: u32 = 1_000;

/// Atoms of which one must be true, and what they cost together.
pub(super) struct Needed {
    pub cost: u32,
    pub atoms: Vec<u32>,
}

/// What a rule needs; nothing when it can hold with no atom true. `costs` are by atom.
pub(super) fn needed(node: &Node, late: &[Late], costs: &[u32]) -> Option<Needed> {
    let one = |atom: u32| Needed { cost: costs[atom as usize], atoms: vec![atom] };
    match node {
        Node::Atom(atom) => Some(one(*atom)),
        Node::Late(number) => Some(one(late[*number as usize].exists)),
        Node::All(parts) => parts.iter().filter_map(|part| needed(part, late, costs)).min_by_key(|needed| needed.cost),
        Node::Any(parts) => {
            let mut sum = Needed { cost: 0, atoms: Vec::new() };
            for part in parts {
                let part = needed(part, late, costs)?;
                sum.cost = sum.cost.saturating_add(part.cost);
                sum.atoms.extend(part.atoms);
            }
            Some(sum)
        }
        Node::Not(_) => None,
    }
}
