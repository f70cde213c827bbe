//! `holdfast playbook draft`, `versions`, `publish`, `rollback`, `reload`: versions of the playbooks in the database.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use anyhow::bail;

use super::{Missing, replay, settings, with};
use crate::app::reload::{folder, kept, maps, short};
use crate::cli::{self, VersionCommand};
use crate::config::Config;
use crate::playbook::{Set, compile_weighed, examples};
use crate::respond::Respond;
use crate::respond::versions::{self, Advice, Content, Kept, Origin, Version};

/// Runs a command about versions.
pub async fn run(command: VersionCommand) -> anyhow::Result<ExitCode> {
    match command {
        VersionCommand::Draft { directory, note, store } => {
            let Some((set, content)) = checked(&directory, &settings(&store.clone().into())?)? else {
                return Ok(ExitCode::from(1));
            };
            let note = note.map(|note| crate::text::clean_name(&note, 200)).transpose()?;
            let kept = Kept { digest: set.digest, content, origin: Origin::Command, note };
            with((store, Missing::Refused), async |respond| draft(respond, kept).await).await
        }
        VersionCommand::Versions { json, store } => {
            with((store, Missing::Refused), async |respond| list(respond, json).await).await
        }
        VersionCommand::Publish { digest, withdraw_earlier, store } => {
            let config = settings(&store.clone().into())?;
            let earlier = if withdraw_earlier { Advice::Withdrawn } else { Advice::Stands };
            with((store, Missing::Refused), async |respond| publish(respond, &config, (&digest, earlier)).await).await
        }
        VersionCommand::Rollback { keep_advice, store } => {
            let config = settings(&store.clone().into())?;
            let given = if keep_advice { Advice::Stands } else { Advice::Withdrawn };
            with((store, Missing::Refused), async |respond| rollback(respond, &config, given).await).await
        }
        VersionCommand::Reload { store } => {
            with((store, Missing::Refused), async |respond| {
                respond.ask_to_reload().await?;
                say("every running process reads its playbooks again within seconds")
            })
            .await
        }
        VersionCommand::Replay { set, since, json, store } => {
            let config = settings(&store.clone().into())?;
            with((store, Missing::Refused), async |respond| replay::run(respond, &config, (&set, since, json)).await)
                .await
        }
    }
}

fn say(what: &str) -> anyhow::Result<ExitCode> {
    writeln!(std::io::stdout(), "{what}")?;
    Ok(ExitCode::SUCCESS)
}

/// Reads, compiles and tries a folder, with the source mappings in it and those the house has; says what is wrong and gives
/// nothing when anything is.
pub(super) fn checked(directory: &Path, config: &Config) -> anyhow::Result<Option<(Set, Content)>> {
    let content = Content { files: cli::read_files(Some(directory))?, weights: cli::own_weights(directory)? };
    let digest = cli::digest_with(&content.files, content.weights.as_deref());
    let set = match compile_weighed(&content.files, digest, content.weights.as_deref()) {
        Ok(set) => set,
        Err(faults) => {
            for fault in faults {
                writeln!(std::io::stderr(), "playbook {fault}")?;
            }
            return Ok(None);
        }
    };
    if let Err(faults) = maps(Some(directory), &set) {
        writeln!(std::io::stderr(), "{faults}")?;
        return Ok(None);
    }
    Ok(passes(&set, config)?.then_some((set, content)))
}

/// Whether every example comes out and every source mapping of the house can be read with the set's vocabulary.
fn passes(set: &Set, config: &Config) -> anyhow::Result<bool> {
    if let Err(faults) = maps(folder(config), set) {
        writeln!(
            std::io::stderr(),
            "{faults}\nthe next start could not connect these sources, nothing is kept or published"
        )?;
        return Ok(false);
    }
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

async fn publish(respond: &Respond, config: &Config, (prefix, earlier): (&str, Advice)) -> anyhow::Result<ExitCode> {
    let digest = versions::find(&respond.db, prefix).await??;
    // A later program may read the same files otherwise than the one that kept them.
    if !passes(&kept(&respond.db, &digest).await?.set, config)? {
        return Ok(ExitCode::from(1));
    }
    let digest = respond.publish(&digest, earlier).await??;
    say(&format!("{digest} is published; running processes follow within seconds"))
}

async fn rollback(respond: &Respond, config: &Config, given: Advice) -> anyhow::Result<ExitCode> {
    if let Some(before) = versions::before(&respond.db).await?
        && !passes(&kept(&respond.db, &before).await?.set, config)?
    {
        writeln!(std::io::stderr(), "{} cannot run as it stands: publish a version that can", short(&before))?;
        return Ok(ExitCode::from(1));
    }
    match respond.roll_back(given).await?? {
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
    let line = if version.withdrawn.is_some() { format!("{} (advice withdrawn)", line.trim_end()) } else { line };
    line.trim_end().to_owned()
}
