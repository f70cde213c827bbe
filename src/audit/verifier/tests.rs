//! Exports are made by the writer's side and damaged at random; the verifier finds each damage and where it is.

use chance::Dice;
use proptest::test_runner::{RngAlgorithm, TestRng};

use super::*;
use crate::audit::{Checkpoint, Frontier, Line, Signer};
use crate::time::Timestamp;

/// Chance for the damages, seeded so that a failure repeats.
mod chance {
    use super::{RngAlgorithm, TestRng};
    use proptest::prelude::Rng;

    pub struct Dice(TestRng);

    impl Dice {
        pub fn new() -> Self {
            Self(TestRng::deterministic_rng(RngAlgorithm::ChaCha))
        }

        /// A number below `sides`.
        pub fn roll(&mut self, sides: usize) -> usize {
            usize::try_from(self.0.next_u64() % u64::try_from(sides).unwrap()).unwrap()
        }
    }
}

const ENTRIES: usize = 300;
const EVERY: u64 = 25;

fn signer() -> Signer {
    Signer::new(&[7; 32])
}

fn key() -> Key {
    signer().public().parse().unwrap()
}

fn line(sequence: usize) -> String {
    let (action, object) = (["incident.view", "incident.note"][sequence % 2], format!("incident:{}", sequence % 17));
    let line = Line {
        sequence: i64::try_from(sequence).unwrap(),
        at: Timestamp::from_millis(1_772_442_000_000 + i64::try_from(sequence).unwrap()),
        actor: "staff:ada",
        session: None,
        action,
        object: &object,
        outcome: "done",
        detail: "{}",
    };
    line.to_string()
}

/// A trail of so many entries with its checkpoints.
fn trail(entries: usize) -> (Vec<String>, Vec<String>) {
    let (mut tree, mut lines, mut notes) = (Frontier::default(), Vec::new(), Vec::new());
    for sequence in 1..=entries {
        let line = line(sequence);
        tree.push(line.as_bytes());
        lines.push(line);
        if tree.size().is_multiple_of(EVERY) || sequence == entries {
            notes.push(signer().sign(&Checkpoint { size: tree.size(), root: tree.root() }));
        }
    }
    (lines, notes)
}

fn export(lines: &[String], notes: &[String]) -> String {
    format!("{}\n\n{}", lines.join("\n"), notes.join("\n"))
}

fn found(lines: &[String], notes: &[String]) -> Vec<Finding> {
    verify(&export(lines, notes), "", &key()).findings
}

/// Whether a finding speaks of a place, counted from 1.
fn names(findings: &[Finding], place: usize) -> bool {
    let place = u64::try_from(place).unwrap();
    findings.iter().any(|finding| match finding {
        Finding::Order { place: at, .. } | Finding::NotAnEntry { place: at } => *at == place,
        Finding::Changed { first, last } => (*first..=*last).contains(&place),
        Finding::Cut { good, signed, .. } => (*good..=*signed).contains(&place),
        Finding::Unsigned { checkpoint } | Finding::Backwards { checkpoint, .. } => *checkpoint == place,
        Finding::Uncovered { .. } => false,
    })
}

/// Makes the numbers of all entries right again, as somebody who hides a damage would.
fn renumbered(lines: &[String]) -> Vec<String> {
    let renumber = |(place, line): (usize, &String)| {
        let Some((_, rest)) = line.split_once(",\"at\"") else { return line.clone() };
        format!("{{\"sequence\":{},\"at\"{rest}", place + 1)
    };
    lines.iter().enumerate().map(renumber).collect()
}

/// AUD-05: 1,000 random manipulations of a kind, with and without the numbers put right, are found with their place.
fn all_found(kind: &str, damage: impl Fn(&mut Vec<String>, &mut Dice) -> usize) {
    let (lines, notes) = trail(ENTRIES);
    let mut dice = Dice::new();
    for time in 0..1_000 {
        let mut damaged = lines.clone();
        let place = damage(&mut damaged, &mut dice);
        if time % 2 == 1 {
            damaged = renumbered(&damaged);
        }
        let findings = found(&damaged, &notes);
        assert!(names(&findings, place), "{kind} at {place}, time {time}: {findings:?}");
    }
}

#[test]
fn an_untouched_trail_is_proved_whole() {
    for entries in [1, 24, 25, 26, ENTRIES] {
        let (lines, notes) = trail(entries);
        let report = verify(&export(&lines, &notes), &notes.join("\n"), &key());
        assert_eq!(report.findings, [], "{entries}");
        assert_eq!((report.entries, report.covered), (entries as u64, entries as u64));
        assert_eq!(report.checkpoints, 2 * notes.len() as u64);
    }
    assert_eq!(verify("", "", &key()).findings, []);
}

#[test]
fn a_changed_entry_is_found() {
    all_found("change", |lines, dice| {
        let at = dice.roll(lines.len());
        let line = lines[at].clone().into_bytes();
        let byte = dice.roll(line.len());
        let mut changed = line.clone();
        changed[byte] = if line[byte] == b'x' { b'y' } else { b'x' };
        lines[at] = String::from_utf8(changed).unwrap();
        // A number that is put right again is no damage any more, so something else changes as well.
        lines[at] = lines[at].replace("\"done\"", "\"refused\"");
        at + 1
    });
}

#[test]
fn a_deleted_entry_is_found() {
    all_found("delete", |lines, dice| {
        let at = dice.roll(lines.len());
        lines.remove(at);
        at + 1
    });
}

#[test]
fn an_inserted_entry_is_found() {
    all_found("insert", |lines, dice| {
        let at = dice.roll(lines.len());
        lines.insert(at, line(1_000 + dice.roll(1_000)));
        at + 1
    });
}

#[test]
fn two_entries_that_changed_places_are_found() {
    all_found("swap", |lines, dice| {
        let first = dice.roll(lines.len() - 1);
        let second = first + 1 + dice.roll(lines.len() - first - 1);
        lines.swap(first, second);
        // With the numbers put right the two must differ in something else.
        lines[first] = lines[first].replace("staff:ada", "staff:bo");
        first + 1
    });
}

#[test]
fn a_cut_tail_is_found() {
    all_found("cut", |lines, dice| {
        let left = 1 + dice.roll(lines.len() - 1);
        lines.truncate(left);
        left
    });
}

/// Entries and their checkpoints put back together look whole; a checkpoint kept elsewhere shows it.
#[test]
fn a_trail_that_was_rolled_back_is_found_by_a_checkpoint_kept_elsewhere() {
    let (lines, notes) = trail(ENTRIES);
    let kept = notes.last().unwrap();
    let mut dice = Dice::new();
    for _ in 0..1_000 {
        let left = 1 + dice.roll(notes.len() - 1);
        let entries = left * usize::try_from(EVERY).unwrap();
        let back = export(&lines[..entries], &notes[..left]);
        assert_eq!(verify(&back, "", &key()).findings, [], "by itself it looks whole");
        let findings = verify(&back, kept, &key()).findings;
        let cut = Finding::Cut { good: entries as u64, entries: entries as u64, signed: ENTRIES as u64 };
        assert_eq!(findings, [cut]);
    }
}

#[test]
fn forged_moved_and_missing_checkpoints_are_found() {
    let (lines, notes) = trail(ENTRIES);
    let mut dice = Dice::new();
    for _ in 0..1_000 {
        let at = dice.roll(notes.len());
        let mut forged = notes.clone();
        forged[at] = Signer::new(&[8; 32]).sign(&Checkpoint { size: 25, root: [1; 32] });
        assert!(names(&found(&lines, &forged), at + 1));
        let (first, second) = (dice.roll(notes.len()), dice.roll(notes.len()));
        let mut moved = notes.clone();
        moved.swap(first, second);
        assert_eq!(found(&lines, &moved).is_empty(), first == second);
    }
    let last = (ENTRIES - 24) as u64;
    assert_eq!(found(&lines, &notes[..notes.len() - 1]), [Finding::Uncovered { first: last, last: ENTRIES as u64 }]);
    assert_eq!(found(&lines, &[]), [Finding::Uncovered { first: 1, last: ENTRIES as u64 }]);
}

#[test]
fn only_a_whole_key_is_a_key() {
    let text = signer().public();
    assert!(text.parse::<Key>().is_ok());
    for broken in ["", "holdfast+00000000+AA==", &text[..text.len() - 4], &text.replacen("holdfast", "holdfist", 1)] {
        assert_eq!(broken.parse::<Key>().err(), Some(NotAKey), "{broken}");
    }
}
