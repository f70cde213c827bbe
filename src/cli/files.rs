//! Playbooks and source mappings from a folder, or the built-in ones.

use std::fs;
use std::path::Path;

use anyhow::Context as _;
use ring::digest::{Context, SHA256};

use crate::intake::mapping::{self, Mapping};
use crate::playbook::learned::{BUILTIN, Weights};
use crate::playbook::{Fault, Files, Set, builtin_files, compile};
use crate::signal::Vocabulary;

/// The weights of the learned text sign; a folder without them reads by those compiled in.
const WEIGHTS: &str = "text-sign.weights";

/// Files that a folder of playbooks may leave to the built-in set.
const COMMON: [&str; 5] = ["vocabulary.yaml", "policy.yaml", "shared.yaml", "frames.yaml", "help-lines.yaml"];

/// Reads and compiles the playbooks of a folder, or the built-in ones. The outer error is that of the disk; the inner one
/// lists what is wrong with the files.
pub fn read_set(directory: Option<&Path>) -> anyhow::Result<Result<Set, Vec<Fault>>> {
    let files = read_files(directory)?;
    compile_with(directory, &files)
}

/// Compiles files of a folder (or the built-in ones) with the weights of the learned sign beside them.
pub fn compile_with(directory: Option<&Path>, files: &Files) -> anyhow::Result<Result<Set, Vec<Fault>>> {
    let path = directory.map(|directory| directory.join(WEIGHTS)).filter(|path| path.is_file());
    let Some(path) = path else { return Ok(compile(files, set_digest(files, BUILTIN))) };
    let bytes = fs::read(&path).with_context(|| path.display().to_string())?;
    let weights = Weights::read(&bytes).with_context(|| path.display().to_string())?;
    let mut compiled = compile(files, set_digest(files, &bytes));
    if let Ok(set) = &mut compiled {
        set.learn(weights);
    }
    Ok(compiled)
}

/// The files of a set. A folder takes the place of the built-in set, except for common files that it does not have.
pub fn read_files(directory: Option<&Path>) -> anyhow::Result<Files> {
    let Some(directory) = directory else { return Ok(builtin_files()) };
    let mut files = read_folder(directory)?;
    for (name, text) in builtin_files() {
        if COMMON.contains(&name.as_str()) {
            files.entry(name).or_insert(text);
        }
    }
    Ok(files)
}

/// The name of a set: SHA-256 in hex over its files, as [`content_digest`] takes them, and the weights of the learned sign.
fn set_digest(files: &Files, weights: &[u8]) -> String {
    let mut context = context_of(files);
    context.update(&(weights.len() as u64).to_be_bytes());
    context.update(weights);
    hex::encode(context.finish())
}

/// The name of a set that reads texts by these weights, or by those compiled in.
pub fn digest_with(files: &Files, weights: Option<&[u8]>) -> String {
    set_digest(files, weights.unwrap_or(BUILTIN))
}

/// The name of a set that reads texts by the weights compiled in: two programs with other weights name it differently.
pub fn digest(files: &Files) -> String {
    set_digest(files, BUILTIN)
}

/// SHA-256 in hex over names and contents in the order of names, each with its length before it.
pub fn content_digest(files: &Files) -> String {
    hex::encode(context_of(files).finish())
}

/// The weights for the learned sign that a folder has, unless they are the ones compiled in.
pub fn own_weights(directory: &Path) -> anyhow::Result<Option<Vec<u8>>> {
    let path = directory.join(WEIGHTS);
    if !path.is_file() {
        return Ok(None);
    }
    let weights = fs::read(&path).with_context(|| path.display().to_string())?;
    Ok((weights != BUILTIN).then_some(weights))
}

fn context_of(files: &Files) -> Context {
    let mut context = Context::new(&SHA256);
    for part in files.iter().flat_map(|(name, text)| [name, text]) {
        context.update(&(part.len() as u64).to_be_bytes());
        context.update(part.as_bytes());
    }
    context
}

/// The source files of a folder of playbooks (its `sources/`), or the built-in ones when it has none.
pub fn read_sources(playbooks: Option<&Path>) -> anyhow::Result<Files> {
    let sources = playbooks.map(|directory| directory.join("sources")).filter(|sources| sources.is_dir());
    match sources {
        Some(sources) => read_folder(&sources),
        None => Ok(mapping::FILES
            .into_iter()
            .map(|(name, text)| (name.trim_start_matches("sources/").to_owned(), text.to_owned()))
            .collect()),
    }
}

/// The checked source mappings of a folder of playbooks, or the built-in ones when it has none; every fault at once.
pub fn read_mappings(
    playbooks: Option<&Path>,
    vocabulary: &Vocabulary,
) -> anyhow::Result<Result<Vec<Mapping>, Vec<mapping::Fault>>> {
    let (mut mappings, mut faults) = (Vec::new(), Vec::new());
    for (name, text) in read_sources(playbooks)? {
        match Mapping::read(&format!("sources/{name}"), &text, vocabulary) {
            Ok(mapping) => mappings.push(mapping),
            Err(fault) => faults.push(fault),
        }
    }
    Ok(if faults.is_empty() { Ok(mappings) } else { Err(faults) })
}

/// Every `*.yaml` of a folder by name, not of folders in it.
pub fn read_folder(directory: &Path) -> anyhow::Result<Files> {
    let mut files = Files::new();
    let entries = fs::read_dir(directory).with_context(|| directory.display().to_string())?;
    for entry in entries {
        let path = entry.with_context(|| directory.display().to_string())?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
        let is_yaml = path.extension().is_some_and(|extension| extension == "yaml");
        if is_yaml && path.is_file() && !name.starts_with('.') {
            let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
            files.insert(name.to_owned(), text);
        }
    }
    anyhow::ensure!(!files.is_empty(), "{}: no *.yaml file is in it", directory.display());
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn two(first: (&str, &str), second: (&str, &str)) -> Files {
        [first, second].into_iter().map(|(name, text)| (name.to_owned(), text.to_owned())).collect()
    }

    #[test]
    fn text_that_moves_between_names_and_files_changes_the_digest() {
        let one = digest(&two(("a", "bc"), ("d", "")));
        assert_eq!(one.len(), 64);
        for other in [two(("ab", "c"), ("d", "")), two(("a", "b"), ("d", "c")), two(("a", "bc"), ("e", ""))] {
            assert_ne!(digest(&other), one);
        }
        assert_eq!(digest(&two(("d", ""), ("a", "bc"))), one, "the order of reading does not matter");
    }

    #[test]
    fn a_folder_replaces_the_playbooks_and_may_leave_the_common_files_out() {
        let folder = tempfile::tempdir().unwrap();
        for needed in ["unauthorized-transfer-unknown.yaml", "routine-other.yaml"] {
            fs::write(folder.path().join(needed), &builtin_files()[needed]).unwrap();
        }
        fs::write(folder.path().join(".hidden.yaml"), "not read").unwrap();
        fs::create_dir(folder.path().join("sources")).unwrap();
        let set = read_set(Some(folder.path())).unwrap().unwrap_or_else(|faults| panic!("{}", faults[0]));
        assert_eq!(set.kinds.len(), 2);
        assert_ne!(set.digest, read_set(None).unwrap().unwrap_or_else(|faults| panic!("{}", faults[0])).digest);
        assert!(read_set(Some(&folder.path().join("sources"))).is_err(), "an empty folder is a slip");

        fs::write(folder.path().join(WEIGHTS), Weights::default().write()).unwrap();
        let silent = read_set(Some(folder.path())).unwrap().unwrap_or_else(|faults| panic!("{}", faults[0]));
        assert_ne!(silent.digest, set.digest, "the weights are a part of the set");
        fs::write(folder.path().join(WEIGHTS), "not weights").unwrap();
        assert!(read_set(Some(folder.path())).is_err());
    }
}
