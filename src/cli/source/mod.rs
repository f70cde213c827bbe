//! `holdfast source`: check the mappings, try one on a sample, connect one, print the schema.

mod add;
mod attempt;

use std::path::Path;

use serde_json::json;

use super::arguments::SourceCommand;
use super::assess::{Desk, set};
use super::files::{read_folder, read_sources};
use super::screen::{Ending, Screen};
use crate::intake::mapping::{self, Mapping};
use crate::playbook::Files;
use crate::signal::Vocabulary;
use crate::time::Timestamp;

/// Runs the command.
pub fn run(command: &SourceCommand, now: Timestamp, screen: &mut Screen<'_>) -> anyhow::Result<Ending> {
    match command {
        SourceCommand::Check { directory, json } => check(directory.as_deref(), *json, screen),
        SourceCommand::Try { file, sample, headers, places, language, playbooks } => {
            let desk = Desk { set: set(playbooks.as_deref())?, language: *language, now };
            attempt::attempt(&desk, &attempt::Trial { file, sample, headers, places: *places }, screen)
        }
        SourceCommand::Add { source, name, secret_file, playbooks } => {
            let file = format!("{source}.yaml");
            let files = read_sources(playbooks.as_deref())?;
            let Some(yaml) = files.get(&file) else {
                let known: Vec<&str> = files.keys().filter_map(|name| name.strip_suffix(".yaml")).collect();
                anyhow::bail!("{}", crate::playbook::unknown("source", source, &known));
            };
            let mapping = Mapping::read(&file, yaml, &vocabulary(playbooks.as_deref())?)
                .map_err(|fault| anyhow::anyhow!("{fault}"))?;
            let wanted = add::Wanted { mapping: &mapping, name: name.as_deref(), secret_file: secret_file.as_deref() };
            add::add(&wanted, &crate::outside::SystemRandom::default(), screen)
        }
        SourceCommand::Schema { playbooks } => {
            let schema = mapping::schema(&vocabulary(playbooks.as_deref())?);
            writeln!(screen.out, "{schema:#}")?;
            Ok(Ending::Fine)
        }
    }
}

fn check(directory: Option<&Path>, as_json: bool, screen: &mut Screen<'_>) -> anyhow::Result<Ending> {
    let (files, vocabulary) = files(directory)?;
    let (mut faults, mut failures, mut samples) = (Vec::new(), Vec::new(), 0);
    for (name, text) in &files {
        match Mapping::read(name, text, &vocabulary) {
            Ok(mapping) => {
                samples += mapping.sample_count();
                failures.extend(mapping.try_samples().into_iter().map(|what| format!("{name}: {what}")));
            }
            Err(fault) => faults.push(fault),
        }
    }
    if as_json {
        let list: Vec<_> = faults
            .iter()
            .map(|fault| json!({ "file": fault.file, "line": fault.line, "column": fault.column, "what": fault.says }))
            .collect();
        writeln!(
            screen.out,
            "{}",
            json!({ "sources": files.len(), "samples": samples, "faults": list, "failures": failures })
        )?;
    } else {
        for fault in &faults {
            writeln!(screen.notes, "source {fault}")?;
        }
        for failure in &failures {
            writeln!(screen.notes, "source {failure}")?;
        }
        writeln!(
            screen.out,
            "{} sources, {} faulty; {samples} samples, {} failed",
            files.len(),
            faults.len(),
            failures.len()
        )?;
    }
    Ok(if faults.is_empty() && failures.is_empty() { Ending::Fine } else { Ending::Findings })
}

/// The source files, and the vocabulary that goes with them.
fn files(directory: Option<&Path>) -> anyhow::Result<(Files, Vocabulary)> {
    let playbooks = directory.filter(|directory| directory.join("sources").is_dir());
    let files = match (directory, playbooks) {
        (Some(alone), None) => read_folder(alone)?,
        (Some(_), Some(playbooks)) => read_sources(Some(playbooks))?,
        (None, _) => read_sources(None)?,
    };
    Ok((files, vocabulary(playbooks)?))
}

fn vocabulary(playbooks: Option<&Path>) -> anyhow::Result<Vocabulary> {
    let files = match playbooks {
        Some(playbooks) if playbooks.join("vocabulary.yaml").is_file() => read_folder(playbooks)?,
        Some(_) | None => crate::playbook::builtin_files(),
    };
    let yaml = files.get("vocabulary.yaml").map(String::as_str).unwrap_or_default();
    Vocabulary::read(yaml).map_err(|error| anyhow::anyhow!("vocabulary.yaml: {error}"))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::cli::screen::written;

    const NOW: Timestamp = Timestamp::from_millis(1_767_225_600_000);

    #[test]
    fn the_builtin_sources_pass() {
        let (ending, out, notes) = written(|screen| check(None, false, screen));
        assert_eq!((ending, notes.as_str()), (Ending::Fine, ""));
        assert!(out.contains("0 faulty"), "{out}");
    }

    #[test]
    fn a_faulty_source_is_told_with_line_and_hint() {
        let folder = tempfile::tempdir().unwrap();
        let text = read_sources(None).unwrap()["okta.yaml"].replacen("severity:", "sevrity:", 1);
        fs::write(folder.path().join("okta.yaml"), &text).unwrap();
        let (ending, _, notes) = written(|screen| check(Some(folder.path()), false, screen));
        assert_eq!(ending, Ending::Findings);
        assert!(notes.starts_with("source okta.yaml:") && notes.contains("did you mean `severity`?"), "{notes}");
    }

    #[test]
    fn a_try_shows_every_field_what_failed_and_the_assessment() {
        let folder = tempfile::tempdir().unwrap();
        let (file, sample) = (folder.path().join("okta.yaml"), folder.path().join("sample.json"));
        fs::write(&file, &read_sources(None).unwrap()["okta.yaml"]).unwrap();
        fs::write(&sample, r#"{"uuid":"u1","published":"yesterday","eventType":"user.session.start","severity":"WARN","client":{"ipAddress":"203.0.113.7"},"outcome":{"result":"SUCCESS"}}"#).unwrap();
        let (ending, out, _) = written(|screen| {
            run(
                &SourceCommand::Try {
                    file: file.clone(),
                    sample: sample.clone(),
                    headers: Vec::new(),
                    places: true,
                    language: None,
                    playbooks: None,
                },
                NOW,
                screen,
            )
        });
        assert_eq!(ending, Ending::Findings, "what could not be read is a finding\n{out}");
        for part in [
            "/client/ipAddress",
            "effect: open",
            "auth.login",
            "203.0.113.7",
            "time",
            "@/published",
            "rfc3339",
            "Assessment",
        ] {
            assert!(out.contains(part), "{part}\n{out}");
        }
    }

    #[test]
    fn adding_a_source_makes_a_secret_once_and_never_over_another() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("hook.secret");
        let command = |secret_file| SourceCommand::Add {
            source: "standard-webhooks".to_owned(),
            name: Some("events".to_owned()),
            secret_file,
            playbooks: None,
        };
        let (ending, out, _) = written(|screen| run(&command(Some(file.clone())), NOW, screen));
        let secret = fs::read_to_string(&file).unwrap();
        assert_eq!(ending, Ending::Fine);
        assert!(secret.starts_with("whsec_") && out.contains(&secret), "{out}");
        assert!(out.contains("name = \"events\"") && out.contains("/api/v1/alerts/events"), "{out}");
        let mut sink = Vec::new();
        let mut notes = Vec::new();
        let mut screen = Screen { out: &mut sink, notes: &mut notes, look: crate::cli::screen::Look::Plain };
        assert!(run(&command(Some(file.clone())), NOW, &mut screen).is_err());
        assert_eq!(fs::read_to_string(&file).unwrap(), secret);
    }
}
