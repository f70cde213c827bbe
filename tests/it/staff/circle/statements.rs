//! Who may see is part of the query: every statement that reads incidents, or what is kept of several of them, asks for it or
//! says why it need not (RB-02).

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

/// Names and texts of the statements in a file, with the texts of the file's macros that stand in them.
fn statements(text: &str) -> impl Iterator<Item = (&str, String)> {
    let macros: Vec<(&str, &str)> = text
        .split("macro_rules! ")
        .skip(1)
        .filter_map(|rest| {
            let (name, rest) = rest.split_once(" {")?;
            Some((name, rest.split_once("\n}")?.0))
        })
        .collect();
    text.split("const ").skip(1).filter_map(move |rest| {
        let (name, rest) = rest.split_once(": Sql =")?;
        let (text, _) = rest.split_once(";\n")?;
        let mut whole = text.to_owned();
        for (called, body) in &macros {
            if text.contains(&format!("{called}!(")) {
                whole.push_str(body);
            }
        }
        name.chars().all(|letter| letter.is_ascii_uppercase() || letter == '_').then_some((name, whole))
    })
}

/// The tables that say of which incident a row is, by the schema, and those that say it by a case or a signal.
fn near_incidents() -> BTreeSet<String> {
    let mut schema = BTreeMap::new();
    files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations"), "", &mut schema);
    let mut near: BTreeSet<String> = ["feedback", "copy"].map(str::to_owned).into();
    for rest in schema.values().flat_map(|text| text.split("create table ").skip(1)) {
        let columns = rest.split("\n)").next().unwrap();
        if columns.lines().skip(1).any(|line| line.trim_start().starts_with("incident ")) {
            near.insert(rest.split([' ', '(']).next().unwrap().to_owned());
        }
    }
    near
}

/// Whether a statement reads incidents, or rows of several of them. What is asked of one incident, case or row by its id is
/// the business of whoever had the id from something in sight.
fn reads_incidents(text: &str, near: &BTreeSet<String>) -> bool {
    let words: Vec<&str> = text.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_').collect();
    let read = words.windows(2).filter(|pair| ["from", "join", "update"].contains(&pair[0])).map(|pair| pair[1]);
    let read: BTreeSet<&str> = read.collect();
    let of_one = [" id = $", ".id = $", "incident = $", "case_id = $"].iter().any(|known| text.contains(known));
    read.contains("incident") || !of_one && read.iter().any(|table| near.contains(*table))
}

/// RB-02, RB-12: a statement without the condition stands on the list of the house with its reason, and the list holds no
/// other.
#[test]
fn every_statement_that_reads_incidents_asks_who_looks_or_says_why_not() {
    let mut all = BTreeMap::new();
    files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store"), "", &mut all);
    let (near, mut open, mut asking) = (near_incidents(), BTreeSet::new(), 0);
    assert!(near.contains("containment_order") && near.len() > 20, "{near:?}");
    for (file, text) in &all {
        for (name, text) in statements(text).filter(|(_, text)| reads_incidents(text, &near)) {
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
    assert!(asking >= 45, "{asking}");
}
