//! The list of erased incidents, outside of the database: a restored backup brings nobody back (PRIV-05).
//!
//! An incident is put on the list before it is erased, so that nothing can be erased and forgotten here. The list holds ids
//! and times, nothing of the person.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;

use crate::config::Config;
use crate::id::{Id, of};
use crate::respond::Respond;
use crate::time::Timestamp;

/// The file that settings name.
pub fn file_of(config: &Config) -> PathBuf {
    let named = &config.retention.erasures;
    if named.is_empty() { config.data.join("erasures") } else { PathBuf::from(named) }
}

/// Puts incidents on the list, durably.
pub fn add(file: &Path, incidents: &[Id<of::Incident>], now: Timestamp) -> anyhow::Result<()> {
    let mut handle =
        OpenOptions::new().create(true).append(true).open(file).with_context(|| file.display().to_string())?;
    // A line that a power cut left half is ended first.
    let lines: Vec<String> = incidents.iter().map(|id| format!("{id} {now}\n")).collect();
    let lines = lines.concat();
    let torn = std::fs::read(file)?.last().is_some_and(|last| *last != b'\n');
    handle.write_all(if torn { format!("\n{lines}") } else { lines }.as_bytes())?;
    Ok(handle.sync_all()?)
}

/// Every incident on the list.
pub fn listed(file: &Path) -> anyhow::Result<Vec<Id<of::Incident>>> {
    if !file.exists() {
        return Ok(Vec::new());
    }
    let text = std::fs::read_to_string(file).with_context(|| file.display().to_string())?;
    Ok(text.lines().filter_map(|line| line.split(' ').next()?.parse().ok()).collect())
}

/// Erases again what was erased before and came back with a restored database, but for what is under legal hold now. Runs
/// before the doors open.
pub async fn apply_again(file: &Path, respond: &Respond) -> anyhow::Result<()> {
    let listed = listed(file)?;
    let gone = respond.erase_again(listed).await?;
    if gone > 0 {
        respond.db.tidy().await?;
        tracing::warn!(name: "erasures.again", gone, "{gone} erased incidents had come back with the database and are erased again");
    }
    Ok(())
}
