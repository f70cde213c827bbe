//! What a network and its room keep in memory, as the kernel counts it: in a process of its own, which holds so many copies
//! that whatever reading the rules left free is used up, and then as many again, whose growth is what counts.

use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::process::{Command, Stdio};

use holdfast::playbook::network::{Network, Scratch};

use super::{corpus, load};

/// With this, the bench answers the question instead of running.
pub const ARGUMENT: &str = "--memory";

/// Rules in all copies of one half together.
const RULES: usize = 60_000;

/// Bytes for the rules of these names.
pub fn ask<'a>(names: impl Iterator<Item = &'a str>) -> f64 {
    let names: Vec<&str> = names.collect();
    let mut command = Command::new(std::env::current_exe().unwrap());
    let mut child = command.arg(ARGUMENT).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(names.join("\n").as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "the process that counts memory failed");
    String::from_utf8(output.stdout).unwrap().trim().parse().unwrap()
}

/// Prints the bytes for the rules whose names come in.
pub fn answer(texts: &[(String, String)]) {
    let mut names = String::new();
    std::io::stdin().read_to_string(&mut names).unwrap();
    let names: BTreeSet<&str> = names.lines().collect();
    let chosen = texts.iter().filter(|(name, _)| names.contains(name.as_str()));
    let rules: Vec<corpus::Rule> = chosen.map(|(name, text)| corpus::read(name, text).unwrap()).collect();
    let half = u32::try_from((RULES / rules.len()).max(2)).unwrap();
    let copies = |count: u32| -> Vec<(Network, Scratch)> {
        (0..count).map(|_| load(rules.iter().map(|rule| &rule.condition))).collect()
    };
    let first = copies(half);
    let before = resident();
    let second = copies(half);
    println!("{}", f64::from(resident() - before) * 1024.0 / f64::from(half));
    drop((first, second));
}

/// Kilobytes of this process in memory.
fn resident() -> u32 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}
