//! `holdfast playbook table`: how much each kind holds, by language, as a Markdown table.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::Context as _;
use serde_json::Value;

use crate::cli::screen::{Ending, Screen};
use crate::playbook::{Audience, Class, Files, Kind, Set};
use crate::text::Language;
use crate::text::language::detect;

/// The table stands between these lines of a README.
const BEGIN: &str = "<!-- table: begin -->";
const END: &str = "<!-- table: end -->";

/// Prints the table, or puts it into the README of the folder.
pub fn table((files, set): (&Files, &Set), write: Option<&Path>, screen: &mut Screen<'_>) -> anyhow::Result<Ending> {
    let table = markdown(files, set);
    let Some(directory) = write else {
        screen.out.write_all(table.as_bytes())?;
        return Ok(Ending::Fine);
    };
    let path = directory.join("README.md");
    let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let (before, rest) = text.split_once(BEGIN).with_context(|| format!("{}: no line {BEGIN}", path.display()))?;
    let (_, after) = rest.split_once(END).with_context(|| format!("{}: no line {END}", path.display()))?;
    fs::write(&path, format!("{before}{BEGIN}\n{table}{END}{after}")).with_context(|| path.display().to_string())?;
    writeln!(screen.out, "{}: {} kinds", path.display(), set.kinds.len())?;
    Ok(Ending::Fine)
}

/// What one kind holds.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Row {
    english: Counts,
    chinese: Counts,
    alerts: usize,
    look_alikes: usize,
    person: usize,
    staff: usize,
    required: usize,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Counts {
    examples: usize,
    phrases: usize,
}

fn markdown(files: &Files, set: &Set) -> String {
    let mut text = String::from(
        "| Kind | Class | Examples en | Examples zh | Alerts | Look-alikes | Phrases en | Phrases zh | Steps, person | Steps, staff | Required |\n\
         | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n",
    );
    let mut kinds: Vec<&Kind> = set.kinds.iter().collect();
    kinds.sort_by_key(|kind| (kind.class == Class::Routine, &kind.id));
    let mut total = Row::default();
    for kind in kinds {
        let row = row(files, kind);
        line(&mut text, (&format!("`{}`", kind.id), kind.class.as_str()), row);
        total = add(total, row);
    }
    line(&mut text, (&format!("**{} kinds**", set.kinds.len()), ""), total);
    text
}

fn line(text: &mut String, (name, class): (&str, &str), row: Row) {
    let Row { english, chinese, alerts, look_alikes, person, staff, required } = row;
    // Writing to a String cannot fail.
    let _ = writeln!(
        text,
        "| {name} | {class} | {} | {} | {alerts} | {look_alikes} | {} | {} | {person} | {staff} | {required} |",
        english.examples, chinese.examples, english.phrases, chinese.phrases
    );
}

fn add(one: Row, other: Row) -> Row {
    let counts = |one: Counts, other: Counts| Counts {
        examples: one.examples + other.examples,
        phrases: one.phrases + other.phrases,
    };
    Row {
        english: counts(one.english, other.english),
        chinese: counts(one.chinese, other.chinese),
        alerts: one.alerts + other.alerts,
        look_alikes: one.look_alikes + other.look_alikes,
        person: one.person + other.person,
        staff: one.staff + other.staff,
        required: one.required + other.required,
    }
}

fn row(files: &Files, kind: &Kind) -> Row {
    let mut row = Row::default();
    for example in &kind.examples {
        row.look_alikes += usize::from(example.expect.not.is_some());
        match example.report.as_ref().and_then(|report| report.get("text")).and_then(Value::as_str).map(detect) {
            Some(Some(Language::Zh | Language::ZhHant)) => row.chinese.examples += 1,
            // A report in a third language, or in too few words to tell, is kept with the English ones.
            Some(Some(Language::En) | None) => row.english.examples += 1,
            None => row.alerts += 1,
        }
    }
    for step in kind.steps.iter().map(|compiled| &compiled.step) {
        row.required += usize::from(step.required);
        match step.audience {
            Audience::Person => row.person += 1,
            Audience::Staff => row.staff += 1,
        }
    }
    let written = files.get(&format!("{}.yaml", kind.id)).and_then(|yaml| serde_saphyr::from_str::<Value>(yaml).ok());
    let groups = written.as_ref().and_then(|written| written.get("signs")).and_then(Value::as_object);
    for sign in groups.into_iter().flatten().filter_map(|(_, group)| group.get("signs")?.as_array()).flatten() {
        let count = |language: &str| {
            sign.get("phrases").and_then(|phrases| phrases.get(language)?.as_array()).map_or(0, Vec::len)
        };
        row.english.phrases += count("en");
        row.chinese.phrases += count("zh");
    }
    row
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::screen::written;
    use crate::playbook::{builtin_files, compile};

    fn builtin() -> (Files, Set) {
        let files = builtin_files();
        let set = compile(&files, String::new()).unwrap_or_else(|faults| panic!("{}", faults[0]));
        (files, set)
    }

    #[test]
    fn the_table_in_the_readme_is_current() {
        let (files, set) = builtin();
        let readme = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/playbooks/README.md")).unwrap();
        let (_, rest) = readme.split_once(BEGIN).unwrap();
        let (shown, _) = rest.split_once(END).unwrap();
        assert_eq!(
            shown.trim_start_matches('\n'),
            markdown(&files, &set),
            "playbooks/README.md is older than the playbooks: refresh it with `cargo run -- playbook table playbooks --write`"
        );
    }

    #[test]
    fn a_row_counts_what_stands_in_the_file() {
        let (files, set) = builtin();
        let kind = set.kind("crisis").unwrap();
        let row = row(&files, kind);
        assert_eq!(row.english.examples + row.chinese.examples + row.alerts, kind.examples.len());
        assert_eq!(row.person + row.staff, kind.steps.len());
        assert!(row.english.phrases > 0 && row.chinese.phrases > 0 && row.required > 0);
    }

    #[test]
    fn the_table_is_put_between_its_marks_and_nothing_else_changes() {
        let (files, set) = builtin();
        let folder = tempfile::tempdir().unwrap();
        let readme = folder.path().join("README.md");
        fs::write(&readme, format!("# Before\n\n{BEGIN}\nold\n{END}\n\nAfter\n")).unwrap();
        let (ending, _, notes) = written(|screen| table((&files, &set), Some(folder.path()), screen));
        assert_eq!(ending, Ending::Fine, "{notes}");
        let text = fs::read_to_string(&readme).unwrap();
        assert!(
            text.starts_with(&format!("# Before\n\n{BEGIN}\n| Kind")) && text.ends_with(&format!("{END}\n\nAfter\n"))
        );
        assert!(!text.contains("old"));
    }
}
