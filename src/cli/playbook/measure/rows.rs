//! Labelled reports, from JSON lines and from folders of the corpus.

use std::path::Path;

use anyhow::{Context as _, anyhow};
use serde_json::Value;

use super::labels::Labels;
use crate::cli::corpus;
use crate::phrase::scrub;
use crate::playbook::{Class, Set};
use crate::text::{Language, language};

/// A report and what a reader said of it.
pub struct Row {
    /// Where it is from.
    pub id: String,
    pub text: String,
    pub language: Language,
    /// Nothing when the reader was not sure.
    pub class: Option<Class>,
    /// The playbooks that are right; none when the label names none.
    pub kinds: Vec<String>,
}

/// Reads a file or a folder.
pub fn read(path: &Path, labels: &Labels, set: &Set) -> anyhow::Result<Vec<Row>> {
    if path.is_dir() {
        let kinds = corpus::kinds(set);
        let rows = corpus::read_writer(path, &kinds)?;
        anyhow::ensure!(!rows.is_empty(), "{}: neither en.txt nor zh.txt is in it", path.display());
        let rows = (1..).zip(rows).map(|(number, row): (usize, _)| Row {
            id: format!("{} {number}", row.writer),
            text: row.text,
            language: row.language,
            class: kinds.get(&row.kind).copied(),
            kinds: vec![row.kind],
        });
        return Ok(rows.collect());
    }
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
    let rows = lines.map(|(number, line): (usize, _)| {
        line_of(line, number, (labels, set)).map_err(|what| anyhow!("{}: line {number}: {what}", path.display()))
    });
    rows.collect()
}

fn line_of(line: &str, number: usize, (labels, set): (&Labels, &Set)) -> Result<Row, String> {
    let value: Value = serde_json::from_str(line).map_err(|error| scrub(&error.to_string()).text)?;
    let word = |name: &str| value.get(name).and_then(Value::as_str);
    let text = word("text").ok_or("has no `text`")?;
    let kinds = labels.kinds(word("kind").unwrap_or_default(), set);
    let class = match word("label") {
        Some("incident" | "security") => Some(Class::Security),
        Some("routine") => Some(Class::Routine),
        Some("unclear") => None,
        Some(other) => return Err(format!("label `{other}` is not incident, routine or unclear")),
        None => {
            Some(kinds.first().and_then(|kind| set.kind(kind)).ok_or("has neither `label` nor a known `kind`")?.class)
        }
    };
    let told = word("lang").or(word("language")).and_then(|tag| tag.parse().ok());
    Ok(Row {
        id: word("id").map_or_else(|| number.to_string(), str::to_owned),
        text: text.to_owned(),
        language: told.or_else(|| language::detect(text)).unwrap_or(Language::En),
        class,
        kinds,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::assess::set;

    #[test]
    fn a_line_is_read_with_older_names_and_refused_without_its_words() {
        let set = set(None).unwrap();
        let labels = Labels::read(None, &set).unwrap();
        let read = |line: &str| line_of(line, 7, (&labels, &set));
        let row = read(r#"{"text":"币不见了","label":"incident","kind":"unknown-theft"}"#).unwrap();
        assert_eq!((row.id.as_str(), row.language, row.class), ("7", Language::Zh, Some(Class::Security)));
        assert_eq!(row.kinds, ["unauthorized-transfer-unknown"]);
        assert_eq!(read(r#"{"text":"x","kind":"sim-swap"}"#).unwrap().class, Some(Class::Security));
        assert_eq!(read(r#"{"text":"x","label":"unclear"}"#).unwrap().class, None);
        for wrong in
            [r#"{"label":"routine"}"#, r#"{"text":"my words"}"#, r#"{"text":"my words","label":"odd"}"#, "my words"]
        {
            let Err(error) = read(wrong) else { panic!("{wrong} must be refused") };
            assert!(!error.contains("my words"), "{error}");
        }
    }
}
