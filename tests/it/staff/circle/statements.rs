//! Who may see is part of the query: every statement that reads incidents asks for it, or says why it need not (RB-02).

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

const HOUSE: &str = include_str!("house.tsv");

/// Every Rust file of a folder and its folders, with its path within.
fn files(folder: &Path, within: &str, into: &mut BTreeMap<String, String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let (path, name) = { (entry.as_ref().unwrap().path(), entry.unwrap().file_name().into_string().unwrap()) };
        let within = if within.is_empty() { name } else { format!("{within}/{name}") };
        if path.is_dir() {
            files(&path, &within, into);
        } else {
            into.insert(within, std::fs::read_to_string(path).unwrap());
        }
    }
}

/// Names and texts of the statements in a file.
fn statements(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.split("const ").skip(1).filter_map(|rest| {
        let (name, rest) = rest.split_once(": Sql =")?;
        let (text, _) = rest.split_once(";\n")?;
        name.chars().all(|letter| letter.is_ascii_uppercase() || letter == '_').then_some((name, text))
    })
}

fn reads_incidents(text: &str) -> bool {
    let words: Vec<&str> = text.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_').collect();
    words.windows(2).any(|pair| ["from", "join", "update"].contains(&pair[0]) && pair[1] == "incident")
}

/// RB-02: a statement without the condition stands on the list of the house with its reason, and the list holds no other.
#[test]
fn every_statement_that_reads_incidents_asks_who_looks_or_says_why_not() {
    let mut all = BTreeMap::new();
    files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store"), "", &mut all);
    let (mut open, mut asking) = (BTreeSet::new(), 0);
    for (file, text) in &all {
        for (name, text) in statements(text).filter(|(_, text)| reads_incidents(text)) {
            if text.contains("in_sight!(") {
                asking += 1;
            } else {
                open.insert((file.as_str(), name));
            }
        }
    }
    let listed: BTreeSet<(&str, &str)> = HOUSE
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            assert!(cells.len() == 3 && !cells[2].is_empty(), "{line}");
            (cells[0], cells[1])
        })
        .collect();
    assert_eq!(open, listed);
    assert!(asking >= 25, "{asking}");
}
