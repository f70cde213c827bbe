//! Proves an export of the trail with nothing but the export and the public key.
//!
//! Written apart from what writes the trail, down to its own hashing loop, so that one mistake cannot hide in both. An export
//! is the entries, one a line, an empty line, and the signed checkpoints with empty lines between.

mod key;
#[cfg(test)]
mod tests;
mod walk;

use std::fmt;

pub use key::{Key, NotAKey};
use walk::Walk;

/// What an export proved to be.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Report {
    /// Entries read.
    pub entries: u64,
    /// Checkpoints whose signature and root are right.
    pub checkpoints: u64,
    /// Entries up to which a right checkpoint vouches.
    pub covered: u64,
    pub findings: Vec<Finding>,
}

/// Something that is not as it was written.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(tag = "finding", rename_all = "kebab-case")]
pub enum Finding {
    /// The entry at a place does not carry the number of that place: inserted, removed or moved.
    Order { place: u64, found: String },
    /// A line that is no entry.
    NotAnEntry { place: u64 },
    /// Entries from `first` to `last`, or one before them that was removed or added, are not those that were signed.
    Changed { first: u64, last: u64 },
    /// A checkpoint vouches for more entries than there are; those up to `good` are as they were signed.
    Cut { good: u64, entries: u64, signed: u64 },
    /// A checkpoint, counted from 1, is not signed with the key or is none at all.
    Unsigned { checkpoint: u64 },
    /// A checkpoint, counted from 1, speaks of a smaller tree than the one before it.
    Backwards { checkpoint: u64, size: u64 },
    /// No checkpoint vouches for entries from here on.
    Uncovered { first: u64, last: u64 },
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Order { place, found } => {
                write!(
                    f,
                    "entry {place}: the entry that stands here has number {found}: entries were added, removed or moved"
                )
            }
            Self::NotAnEntry { place } => write!(f, "entry {place}: this line is not an entry"),
            Self::Changed { first, last } => {
                write!(f, "entries {first} to {last}: something among them is not what was signed")
            }
            Self::Cut { good, entries, signed } => write!(
                f,
                "the trail ends at entry {entries}, but a checkpoint vouches for {signed}: entries after {good} are missing"
            ),
            Self::Unsigned { checkpoint } => write!(f, "checkpoint {checkpoint}: not signed with this key"),
            Self::Backwards { checkpoint, size } => {
                write!(f, "checkpoint {checkpoint}: of {size} entries, fewer than the one before it")
            }
            Self::Uncovered { first, last } => write!(f, "entries {first} to {last}: no checkpoint vouches for them"),
        }
    }
}

/// Verifies an export. `known` are checkpoints kept somewhere else, which the trail must extend as well: they alone show that
/// a whole trail with its checkpoints was put back to an earlier state.
pub fn verify(export: &str, known: &str, key: &Key) -> Report {
    let (entries, own) = export.split_once("\n\n").unwrap_or((export.trim_end_matches('\n'), ""));
    let own = if entries.starts_with('{') || entries.is_empty() { own } else { export };
    let entries = if entries.starts_with('{') { entries } else { "" };
    let mut findings = Vec::new();
    let mut signed = read(own, key, (0, &mut findings));
    let before = signed.len();
    let counted = u64::try_from(notes(own).count()).unwrap_or(u64::MAX);
    signed.extend(read(known, key, (counted, &mut findings)));
    let kept = signed.split_off(before);
    let mut high = 0;
    for checkpoint in &signed {
        if checkpoint.size < high {
            findings.push(Finding::Backwards { checkpoint: checkpoint.number, size: checkpoint.size });
        }
        high = high.max(checkpoint.size);
    }
    signed.extend(kept);
    signed.sort_by_key(|checkpoint| checkpoint.size);
    walk_along(entries, &signed, findings)
}

/// A checkpoint whose signature is right.
struct Signed {
    number: u64,
    size: u64,
    root: Vec<u8>,
}

/// Notes of a text: two parts each, with an empty line inside and one after.
fn notes(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut parts = text.split("\n\n").filter(|part| !part.trim().is_empty());
    std::iter::from_fn(move || Some((parts.next()?, parts.next().unwrap_or_default())))
}

fn read(text: &str, key: &Key, (before, findings): (u64, &mut Vec<Finding>)) -> Vec<Signed> {
    let mut signed = Vec::new();
    for (number, (body, signature)) in (before + 1..).zip(notes(text)) {
        match key.opened(body.trim_start_matches('\n'), signature) {
            Some((size, root)) => signed.push(Signed { number, size, root }),
            None => findings.push(Finding::Unsigned { checkpoint: number }),
        }
    }
    signed
}

fn walk_along(entries: &str, signed: &[Signed], mut findings: Vec<Finding>) -> Report {
    let mut walk = Walk::default();
    let mut waiting = signed.iter().peekable();
    let (mut good, mut covered, mut looked_at) = (0, 0, 0);
    let (mut in_order, mut changed) = (true, false);
    let mut check = |walk: &Walk, findings: &mut Vec<Finding>| {
        while let Some(checkpoint) = waiting.next_if(|checkpoint| checkpoint.size <= walk.size()) {
            if checkpoint.size == walk.size() && walk.root() == checkpoint.root {
                good += 1;
                covered = covered.max(checkpoint.size);
            } else if !changed {
                // Every later root differs for the same reason; the first place says it.
                findings.push(Finding::Changed { first: (looked_at + 1).min(checkpoint.size), last: checkpoint.size });
                changed = true;
            }
            looked_at = looked_at.max(checkpoint.size);
        }
        waiting.peek().map(|checkpoint| checkpoint.size)
    };
    check(&walk, &mut findings);
    for line in entries.split('\n').filter(|line| !line.is_empty()) {
        walk.add(line.as_bytes());
        match walk::number(line) {
            Some(number) if number == walk.size().to_string() => in_order = true,
            // One entry too many shifts all that follow; the first place says it.
            Some(number) => {
                if in_order {
                    findings.push(Finding::Order { place: walk.size(), found: number.to_owned() });
                }
                in_order = false;
            }
            None => findings.push(Finding::NotAnEntry { place: walk.size() }),
        }
        check(&walk, &mut findings);
    }
    if let Some(largest) = signed.last().map(|checkpoint| checkpoint.size).filter(|size| *size > walk.size()) {
        findings.push(Finding::Cut { good: covered, entries: walk.size(), signed: largest });
    }
    let entries = walk.size();
    if covered < entries {
        findings.push(Finding::Uncovered { first: covered + 1, last: entries });
    }
    Report { entries, checkpoints: good, covered, findings }
}
