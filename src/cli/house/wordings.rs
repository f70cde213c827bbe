//! `holdfast notify check` and `notify show`: the operator's own words, whether they pass, and how a letter reads with them.

use std::io::Write;
use std::process::ExitCode;

use anyhow::anyhow;

use super::notify::trial;
use super::settings;
use crate::cli::notify::ShowArguments;
use crate::config::Config;
use crate::guidance::mail::{Told, with_number};
use crate::guidance::template::{KNOWN, Templates};
use crate::outbox::channel::words::Words;
use crate::outside::{SystemClock, SystemRandom};
use crate::playbook::unknown;
use crate::respond::alarms::{AlarmWords, Cause};
use crate::text::Language;
use crate::time::Clock;

const REFERENCE: &str = "HF-7K2M-9QXP";

/// Says which wordings do not pass; the exit code is 1 when there is one.
pub fn check(config: &Config) -> anyhow::Result<ExitCode> {
    let (templates, faults) = config.templates();
    let mut out = std::io::stdout().lock();
    for fault in &faults {
        writeln!(out, "{fault}")?;
    }
    let folder = if config.templates.is_empty() { "no folder: `templates` is empty" } else { &config.templates };
    writeln!(out, "{} wordings of your own in force, {} refused ({folder})", templates.count(), faults.len())?;
    Ok(if faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

/// Shows a letter, or lists the wordings with their pieces.
pub fn show(arguments: ShowArguments) -> anyhow::Result<ExitCode> {
    let (name, language) = (arguments.name, arguments.lang);
    let config = settings(&arguments.store.into())?;
    let (templates, faults) = config.templates();
    let mut out = std::io::stdout().lock();
    let Some(name) = name else {
        for known in KNOWN {
            let pieces: Vec<String> = known.pieces().map(|piece| format!("{{ ${piece} }}")).collect();
            writeln!(out, "{:<30} {}", known.name, pieces.join(" "))?;
        }
        return Ok(ExitCode::SUCCESS);
    };
    writeln!(out, "{}", letter(&config, (&name, language), &templates)?)?;
    for fault in &faults {
        writeln!(std::io::stderr(), "not used: {fault}")?;
    }
    Ok(ExitCode::SUCCESS)
}

fn letter(config: &Config, (name, language): (&str, Language), templates: &Templates) -> anyhow::Result<String> {
    if let Some(cause) = alarm(name) {
        let now = SystemClock.now();
        let made = trial(&config.public_url(config.listen), (now, &SystemRandom::default()));
        let many = if name == "alarm-waits-many" { 7 } else { 1 };
        let words = AlarmWords { cause, many, level: 1, reference: REFERENCE.to_owned(), waited_minutes: 12, ..made };
        let words = Words::of(&words, language, templates);
        return Ok(format!("{}\n{} {}", words.title, words.advice, words.link));
    }
    let told = name.strip_prefix("mail-").map(|rest| rest.trim_end_matches("-subject").trim_end_matches("-text"));
    let Some(told) = told.and_then(|told| told.parse::<Told>().ok()) else {
        let mails = Told::ALL.iter().map(|told| format!("mail-{told}"));
        let alarms = KNOWN.iter().filter(|known| alarm(known.name).is_some()).map(|known| known.name.to_owned());
        return Err(anyhow!("{}", unknown("letter", name, &mails.chain(alarms).collect::<Vec<_>>())));
    };
    let (mail, _) = templates.mail(told, REFERENCE, language);
    Ok(format!("{}\n\n{}\n\n{}", mail.subject, with_number(&mail.text, "CK-AAAA-BBBB-CCCC", language), config.brand))
}

fn alarm(name: &str) -> Option<Cause> {
    match name {
        "alarm-waits" | "alarm-waits-many" | "alarm-advice" => Some(Cause::Waits),
        "alarm-source-silent" => Some(Cause::SourceSilent),
        "alarm-dead-letters" => Some(Cause::DeadLetters),
        "alarm-automatic-braked" => Some(Cause::AutomaticBraked),
        "alarm-unreviewed" => Some(Cause::Unreviewed),
        "alarm-glass" => Some(Cause::Glass),
        "alarm-circle-orphaned" => Some(Cause::Orphaned),
        "alarm-approval" => Some(Cause::Approval),
        "alarm-late" => Some(Cause::Late),
        _ => None,
    }
}
