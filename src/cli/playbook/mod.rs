//! `holdfast playbook`: check, test, explain, train, measure, new, table, import-sigma, export-cacao.

mod cacao;
mod complete;
mod explain;
mod import_sigma;
mod lint;
mod measure;
mod new;
mod table;
#[cfg(test)]
mod tests;
mod train;

use std::path::Path;

use serde_json::{Value, json};

use self::cacao::Publication;
use super::arguments::PlaybookCommand;
use super::assess::set;
use super::files::{compile_with, read_files, read_set};
use super::screen::{Ending, Screen};
use super::words::chance;
use crate::playbook::examples::{self, Failure};
use crate::playbook::{Example, Fault, Set, unknown};

/// Runs the command.
pub fn run(command: &PlaybookCommand, screen: &mut Screen<'_>) -> anyhow::Result<Ending> {
    match command {
        PlaybookCommand::Check { directory, strict, json } => check(directory.as_deref(), *strict, *json, screen),
        PlaybookCommand::Test { directory, json } => test(directory.as_deref(), *json, screen),
        PlaybookCommand::Explain { kind, playbooks } => {
            let set = set(playbooks.as_deref())?;
            let Some(kind) = set.kind(kind) else {
                let known: Vec<&str> = set.kinds.iter().map(|kind| kind.id.as_str()).collect();
                anyhow::bail!(unknown("playbook", kind, &known));
            };
            explain::explain(screen, kind)?;
            Ok(Ending::Fine)
        }
        PlaybookCommand::Train(arguments) => train::run(arguments, screen),
        PlaybookCommand::Measure(arguments) => measure::run(arguments, screen),
        PlaybookCommand::New { id, directory, class } => new::new(id, directory.as_deref(), (*class).into(), screen),
        PlaybookCommand::ImportSigma { paths, fields, out, playbooks } => {
            let (fields, out, playbooks) = (fields.as_deref(), out.as_deref(), playbooks.as_deref());
            import_sigma::import(&import_sigma::Asked { paths, fields, out, playbooks }, screen)
        }
        PlaybookCommand::Version(_) => anyhow::bail!("versions are in the database, which only the house opens"),
        PlaybookCommand::Table { directory, write } => {
            let files = read_files(directory.as_deref())?;
            let set = match compile_with(directory.as_deref(), &files)? {
                Ok(set) => set,
                Err(faults) => return refused(&faults, false, screen),
            };
            let readme = directory.as_deref().filter(|_| *write);
            table::table((&files, &set), readme, screen)
        }
        PlaybookCommand::ExportCacao(export) => {
            let set = set(export.playbooks.as_deref())?;
            let publication = Publication {
                created: export.created,
                modified: export.modified.unwrap_or(export.created),
                created_by: export.created_by.clone(),
                language: export.language,
            };
            let kinds = cacao::chosen(&set, export.kind.as_deref())?;
            cacao::export(&kinds, &publication, (export.out.as_deref(), screen))
        }
    }
}

fn check(directory: Option<&Path>, strict: bool, as_json: bool, screen: &mut Screen<'_>) -> anyhow::Result<Ending> {
    let files = read_files(directory)?;
    let set = match compile_with(directory, &files)? {
        Ok(set) => set,
        Err(faults) => return refused(&faults, as_json, screen),
    };
    let mut warnings = lint::warnings(&files, &set);
    warnings.extend(complete::gaps(&set));
    warnings.extend(complete::overlaps(&set));
    if as_json {
        let document = json!({ "playbooks": set.digest, "kinds": set.kinds.len(), "faults": [], "warnings": warnings });
        writeln!(screen.out, "{document}")?;
    } else {
        for warning in &warnings {
            writeln!(screen.notes, "warning: playbook {warning}")?;
        }
        writeln!(
            screen.out,
            "{} playbooks are fine, {} warnings; set {}",
            set.kinds.len(),
            warnings.len(),
            set.digest
        )?;
    }
    Ok(if strict && !warnings.is_empty() { Ending::Findings } else { Ending::Fine })
}

fn refused(faults: &[Fault], as_json: bool, screen: &mut Screen<'_>) -> anyhow::Result<Ending> {
    if as_json {
        let list: Vec<Value> = faults
            .iter()
            .map(|fault| json!({ "file": fault.file, "line": fault.line, "path": fault.path, "what": fault.what }))
            .collect();
        writeln!(screen.out, "{}", json!({ "faults": list }))?;
    } else {
        for fault in faults {
            writeln!(screen.notes, "playbook {fault}")?;
        }
    }
    Ok(Ending::Findings)
}

fn test(directory: Option<&Path>, as_json: bool, screen: &mut Screen<'_>) -> anyhow::Result<Ending> {
    let set = match read_set(directory)? {
        Ok(set) => set,
        Err(faults) => return refused(&faults, as_json, screen),
    };
    let (ran, failures) = examples::run(&set);
    let told: Vec<Told> = failures.iter().map(|failure| tell(&set, failure)).collect();
    if as_json {
        let list: Vec<Value> = failures
            .iter()
            .zip(&told)
            .map(|(failure, told)| json!({ "kind": failure.kind, "example": failure.example, "of": told.of, "expected": told.expected, "got": told.got }))
            .collect();
        writeln!(screen.out, "{}", json!({ "playbooks": set.digest, "examples": ran, "failures": list }))?;
    } else {
        for (failure, told) in failures.iter().zip(&told) {
            writeln!(screen.out, "{} example {}", screen.bold(&failure.kind), failure.example)?;
            writeln!(screen.out, "  {}\n  expected  {}\n  got       {}", told.of, told.expected, told.got)?;
        }
        writeln!(screen.out, "{ran} examples, {} failed", failures.len())?;
    }
    Ok(if failures.is_empty() { Ending::Fine } else { Ending::Findings })
}

/// A failed example as an author wants to read it.
struct Told {
    of: String,
    expected: String,
    got: String,
}

fn tell(set: &Set, failure: &Failure) -> Told {
    let example = set.kind(&failure.kind).and_then(|kind| kind.examples.get(failure.example - 1));
    let Some(example) = example else {
        return Told { of: String::new(), expected: String::new(), got: failure.what.clone() };
    };
    let got = match examples::judge(set, example) {
        Ok(assessment) => format!(
            "{} {} level {}, {}",
            assessment.class.as_str(),
            assessment.lead,
            assessment.level,
            chance(assessment.chance)
        ),
        Err(what) => what,
    };
    Told { of: shown(example), expected: expected(example), got }
}

/// The words of an example, or its facts.
fn shown(example: &Example) -> String {
    match (&example.report, &example.alert) {
        (Some(report), _) => {
            report.get("text").and_then(Value::as_str).map_or_else(|| report.to_string(), |text| format!("“{text}”"))
        }
        (None, Some(alert)) => alert.to_string(),
        (None, None) => String::new(),
    }
}

fn expected(example: &Example) -> String {
    let expect = &example.expect;
    let parts = [
        expect.class.map(|class| class.as_str().to_owned()),
        expect.lead.clone(),
        expect.not.as_ref().map(|kind| format!("not {kind}")),
        expect
            .level
            .as_ref()
            .map(|level| format!("level {}", level.as_str().map_or_else(|| level.to_string(), str::to_owned))),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}
