//! The corpus: reports by kind, writer and language, as they stand in the files.

use std::collections::BTreeMap;

use crate::playbook::Class;
use crate::playbook::fault::unknown;
use crate::text::Language;

/// One report and the kind it is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub writer: String,
    pub language: Language,
    pub kind: String,
    pub text: String,
}

/// Reads one file of a writer: `## kind` headings with one report a line under each. The error names the line.
pub fn read(writer: &str, language: Language, text: &str, kinds: &BTreeMap<String, Class>) -> Result<Vec<Row>, String> {
    let mut rows = Vec::new();
    let mut kind: Option<&str> = None;
    for (number, line) in (1..).zip(text.lines()) {
        let line = line.trim();
        if let Some(heading) = line.strip_prefix("## ") {
            let heading = heading.trim();
            if !kinds.contains_key(heading) {
                let known: Vec<&String> = kinds.keys().collect();
                return Err(format!("line {number}: {}", unknown("playbook", heading, &known)));
            }
            kind = Some(heading);
        } else if !line.is_empty() {
            let Some(kind) = kind else { return Err(format!("line {number}: no `## kind` stands above it")) };
            rows.push(Row { writer: writer.to_owned(), language, kind: kind.to_owned(), text: line.to_owned() });
        }
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds() -> BTreeMap<String, Class> {
        [("sim-swap".to_owned(), Class::Security), ("routine-other".to_owned(), Class::Routine)].into()
    }

    #[test]
    fn a_file_is_headings_and_one_report_a_line() {
        let rows = read("ink", Language::En, "## sim-swap\nno signal\n\n  gone \n## routine-other\nhi\n", &kinds());
        let told: Vec<(String, String)> = rows.unwrap().into_iter().map(|row| (row.kind, row.text)).collect();
        let expected = [("sim-swap", "no signal"), ("sim-swap", "gone"), ("routine-other", "hi")];
        assert_eq!(told, expected.map(|(kind, text)| (kind.to_owned(), text.to_owned())));
    }

    #[test]
    fn a_heading_that_names_no_playbook_is_told_with_its_line_and_the_nearest() {
        let error = read("ink", Language::En, "\n## sim-swop\nno signal", &kinds()).unwrap_err();
        assert!(error.starts_with("line 2: ") && error.contains("sim-swap"), "{error}");
        assert!(read("ink", Language::En, "no heading", &kinds()).unwrap_err().starts_with("line 1: "));
    }
}
