//! The corpus of reports as a folder: `<writer>/en.txt`, `<writer>/zh.txt`, and `neutral.txt` beside the writers.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow};
use serde::Deserialize;

use super::files::content_digest;
use crate::playbook::learned::train::Corpus;
use crate::playbook::learned::train::corpus::{self, Row};
use crate::playbook::{Class, Files, Set, unknown};
use crate::text::{Language, language};

/// The writer under whose name the verdicts of staff are learned from.
const VERDICTS: &str = "verdicts";

/// Kinds with their class, as corpus and weights go by them.
pub fn kinds(set: &Set) -> BTreeMap<String, Class> {
    set.kinds.iter().map(|kind| (kind.id.clone(), kind.class)).collect()
}

/// Reads a corpus, and a file of verdicts when one is given; the digest covers both.
pub fn read(folder: &Path, verdicts: Option<&Path>, kinds: &BTreeMap<String, Class>) -> anyhow::Result<Corpus> {
    let mut files = texts(folder)?;
    let mut rows = Vec::new();
    for (name, text) in &files {
        rows.extend(rows_of(folder, name, text, kinds)?);
    }
    let neutral = files.get("neutral.txt").map(|text| text.lines().map(str::to_owned).collect()).unwrap_or_default();
    if let Some(path) = verdicts {
        let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
        rows.extend(verdict_rows(&text, kinds).map_err(|what| anyhow!("{}: {what}", path.display()))?);
        files.insert(VERDICTS.to_owned(), text);
    }
    anyhow::ensure!(!rows.is_empty(), "{}: no `<writer>/en.txt` or `<writer>/zh.txt` is in it", folder.display());
    let mut digest_bytes = [0; 32];
    hex::decode_to_slice(content_digest(&files), &mut digest_bytes)?;
    Ok(Corpus { rows, neutral, digest: digest_bytes })
}

/// The rows of one writer's folder, for measuring.
pub fn read_writer(folder: &Path, kinds: &BTreeMap<String, Class>) -> anyhow::Result<Vec<Row>> {
    let name = folder.file_name().and_then(|name| name.to_str()).unwrap_or("writer");
    let parent = folder.parent().unwrap_or(Path::new("."));
    let mut rows = Vec::new();
    for (path, text) in writer_texts(folder, name)? {
        rows.extend(rows_of(parent, &path, &text, kinds)?);
    }
    Ok(rows)
}

/// Every text of a corpus by its name within the folder.
fn texts(folder: &Path) -> anyhow::Result<Files> {
    let mut files = Files::new();
    let entries = fs::read_dir(folder).with_context(|| folder.display().to_string())?;
    for entry in entries {
        let path = entry.with_context(|| folder.display().to_string())?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
        if path.is_dir() && !name.starts_with('.') {
            files.extend(writer_texts(&path, name)?);
        }
    }
    let neutral = folder.join("neutral.txt");
    if neutral.is_file() {
        files.insert("neutral.txt".to_owned(), read_text(&neutral)?);
    }
    Ok(files)
}

fn writer_texts(folder: &Path, writer: &str) -> anyhow::Result<Files> {
    let mut files = Files::new();
    for language in Language::ALL {
        let path = folder.join(format!("{language}.txt"));
        if path.is_file() {
            files.insert(format!("{writer}/{language}.txt"), read_text(&path)?);
        }
    }
    Ok(files)
}

fn read_text(path: &Path) -> anyhow::Result<String> {
    fs::read_to_string(path).with_context(|| path.display().to_string())
}

fn rows_of(folder: &Path, name: &str, text: &str, kinds: &BTreeMap<String, Class>) -> anyhow::Result<Vec<Row>> {
    let Some((writer, file)) = name.split_once('/') else { return Ok(Vec::new()) };
    let language = file.trim_end_matches(".txt").parse().unwrap_or(Language::En);
    let place: PathBuf = folder.join(name);
    corpus::read(writer, language, text, kinds).map_err(|what| anyhow!("{}: {what}", place.display()))
}

/// What staff decided of a report: one row a line.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Verdict {
    text: String,
    kind: String,
}

fn verdict_rows(text: &str, kinds: &BTreeMap<String, Class>) -> Result<Vec<Row>, String> {
    let mut rows = Vec::new();
    for (number, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()) {
        // The parser's own words could repeat what a person wrote.
        let verdict: Verdict = serde_json::from_str(line)
            .map_err(|error| format!("line {number}: not {{\"text\", \"kind\"}} (column {})", error.column()))?;
        if !kinds.contains_key(&verdict.kind) {
            let known: Vec<&String> = kinds.keys().collect();
            return Err(format!("line {number}: {}", unknown("playbook", &verdict.kind, &known)));
        }
        let language = language::detect(&verdict.text).unwrap_or(Language::En);
        rows.push(Row { writer: VERDICTS.to_owned(), language, kind: verdict.kind, text: verdict.text });
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::playbook::learned::{BUILTIN, Weights};

    fn kinds() -> BTreeMap<String, Class> {
        [("sim-swap".to_owned(), Class::Security), ("routine-other".to_owned(), Class::Routine)].into()
    }

    #[test]
    fn a_corpus_is_writers_with_a_file_a_language_and_verdicts_beside() {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in
            [("ink/en.txt", "## sim-swap\nno signal"), ("ink/zh.txt", "## routine-other\n你们真好"), ("README.md", "#")]
        {
            fs::create_dir_all(folder.path().join(name).parent().unwrap()).unwrap();
            fs::write(folder.path().join(name), text).unwrap();
        }
        let plain = read(folder.path(), None, &kinds()).unwrap();
        let told: Vec<_> =
            plain.rows.iter().map(|row| (row.writer.as_str(), row.language, row.text.as_str())).collect();
        assert_eq!(told, [("ink", Language::En, "no signal"), ("ink", Language::Zh, "你们真好")]);

        let verdicts = folder.path().join("verdicts.jsonl");
        fs::write(&verdicts, "{\"text\":\"my sim is dead\",\"kind\":\"sim-swap\"}\n").unwrap();
        let more = read(folder.path(), Some(&verdicts), &kinds()).unwrap();
        assert_eq!((more.rows.len(), more.rows[2].writer.as_str()), (3, "verdicts"));
        assert_ne!(more.digest, plain.digest);
        assert_eq!(read_writer(&folder.path().join("ink"), &kinds()).unwrap().len(), 2);
    }

    #[test]
    fn the_weights_in_the_tree_are_those_of_the_corpus_in_the_tree() {
        let kinds = kinds_of_the_tree();
        let corpus = read(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/playbooks/corpus")), None, &kinds).unwrap();
        let weights = Weights::read(BUILTIN).unwrap();
        assert_eq!(hex::encode(weights.corpus), hex::encode(corpus.digest), "run `holdfast playbook train`");
    }

    fn kinds_of_the_tree() -> BTreeMap<String, Class> {
        super::kinds(&crate::cli::assess::set(None).unwrap())
    }

    #[test]
    fn a_bad_verdict_is_told_by_its_line_and_not_by_its_words() {
        let error = verdict_rows("{\"text\":\"my secret\",\"kind\":\"sim-swop\"}", &kinds()).unwrap_err();
        assert!(error.contains("line 1") && error.contains("sim-swap") && !error.contains("secret"), "{error}");
        assert!(verdict_rows("{\"text\":\"my secret\"", &kinds()).unwrap_err().starts_with("line 1"));
    }
}
