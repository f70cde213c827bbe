//! `holdfast playbook draft`, `versions`, `publish`, `rollback`, `reload`: versions of the playbooks in the database.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use anyhow::bail;

use super::{replay, with};
use crate::app::reload::{kept, short};
use crate::cli::{self, VersionCommand};
use crate::playbook::{Files, Set, compile, examples};
use crate::respond::Respond;
use crate::respond::versions::{self, Kept, Origin, Version};

/// Runs a command about versions.
pub async fn run(command: VersionCommand) -> anyhow::Result<ExitCode> {
    match command {
        VersionCommand::Draft { directory, note, store } => {
            let Some((set, files)) = checked(&directory)? else { return Ok(ExitCode::from(1)) };
            let note = note.map(|note| crate::text::clean_name(&note, 200)).transpose()?;
            let kept = Kept { digest: set.digest, files, origin: Origin::Command, note };
            with(store, async |respond| draft(respond, kept).await).await
        }
        VersionCommand::Versions { json, store } => with(store, async |respond| list(respond, json).await).await,
        VersionCommand::Publish { digest, store } => with(store, async |respond| publish(respond, &digest).await).await,
        VersionCommand::Rollback { store } => with(store, rollback).await,
        VersionCommand::Reload { store } => {
            with(store, async |respond| {
                respond.ask_to_reload().await?;
                say("every running process reads its playbooks again within seconds")
            })
            .await
        }
        VersionCommand::Replay { set, since, json, store } => {
            with(store, async |respond| replay::run(respond, (&set, since, json)).await).await
        }
    }
}

fn say(what: &str) -> anyhow::Result<ExitCode> {
    writeln!(std::io::stdout(), "{what}")?;
    Ok(ExitCode::SUCCESS)
}

/// Reads, compiles and tries a folder; says what is wrong and gives nothing when anything is.
pub(super) fn checked(directory: &Path) -> anyhow::Result<Option<(Set, Files)>> {
    if cli::has_own_weights(directory)? {
        anyhow::bail!(
            "{}: a version keeps playbooks, not weights of its own; use the folder as `playbooks`",
            directory.display()
        );
    }
    let files = cli::read_files(Some(directory))?;
    let set = match compile(&files, cli::digest(&files)) {
        Ok(set) => set,
        Err(faults) => {
            for fault in faults {
                writeln!(std::io::stderr(), "playbook {fault}")?;
            }
            return Ok(None);
        }
    };
    Ok(passes(&set)?.then_some((set, files)))
}

fn passes(set: &Set) -> anyhow::Result<bool> {
    let (ran, failures) = examples::run(set);
    for failure in &failures {
        writeln!(std::io::stderr(), "{} example {}: {}", failure.kind, failure.example, failure.what)?;
    }
    if !failures.is_empty() {
        writeln!(std::io::stderr(), "{} of {ran} examples failed, nothing is kept or published", failures.len())?;
    }
    Ok(failures.is_empty())
}

async fn draft(respond: &Respond, kept: Kept) -> anyhow::Result<ExitCode> {
    let digest = kept.digest.clone();
    if !respond.keep_version(kept).await? {
        writeln!(std::io::stderr(), "this version is kept already")?;
    }
    say(&digest)
}

async fn publish(respond: &Respond, prefix: &str) -> anyhow::Result<ExitCode> {
    let digest = versions::find(&respond.db, prefix).await??;
    // A later program may read the same files otherwise than the one that kept them.
    if !passes(&kept(&respond.db, &digest).await?.set)? {
        return Ok(ExitCode::from(1));
    }
    let digest = respond.publish(&digest).await??;
    say(&format!("{digest} is published; running processes follow within seconds"))
}

async fn rollback(respond: &Respond) -> anyhow::Result<ExitCode> {
    match respond.roll_back().await?? {
        Some(digest) => say(&format!("{digest} is published again; running processes follow within seconds")),
        None => say("nothing is published any more: the configured folder or the built-in set runs within seconds"),
    }
}

async fn list(respond: &Respond, json: bool) -> anyhow::Result<ExitCode> {
    let (versions, behind) = (respond.versions().await?, respond.behind().await?);
    let mut out = std::io::stdout().lock();
    if json {
        writeln!(out, "{}", serde_json::json!({ "versions": versions, "behind": behind }))?;
        return Ok(ExitCode::SUCCESS);
    }
    if versions.is_empty() {
        bail!("no version is kept yet: the first start keeps what it runs");
    }
    writeln!(out, "  {:<12}  {:<9}  {:<8}  {:<20}  {:>11}  note", "version", "state", "from", "kept", "open cases")?;
    for version in &versions {
        writeln!(out, "{}", line(version))?;
    }
    writeln!(out, "\n* is in force; {behind} open incidents still carry another version")?;
    Ok(ExitCode::SUCCESS)
}

fn line(version: &Version) -> String {
    let mark = if version.in_force { "*" } else { " " };
    let kept = version.kept.to_string();
    let line = format!(
        "{mark} {:<12}  {:<9}  {:<8}  {:<20}  {:>11}  {}",
        short(&version.digest),
        version.state,
        version.origin,
        kept.get(..19).unwrap_or(&kept),
        version.incidents,
        version.note.as_deref().unwrap_or_default()
    );
    line.trim_end().to_owned()
}
