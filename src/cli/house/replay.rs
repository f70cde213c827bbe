//! `holdfast playbook replay`: history under other playbooks, before anybody publishes them. Ids only, no personal data.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use indicatif::{ProgressBar, ProgressStyle};

use super::versions::checked;
use crate::app::reload::{kept, short};
use crate::config::Config;
use crate::playbook::{Class, Set};
use crate::respond::versions;
use crate::respond::{Move, Replay, Respond, Side};
use crate::time::Span;

/// Rows of the table.
const ROWS: usize = 25;

/// Replays and prints.
pub async fn run(
    respond: &Respond,
    config: &Config,
    (set, since, json): (&str, Span, bool),
) -> anyhow::Result<ExitCode> {
    let Some(draft) = other(respond, config, set).await? else { return Ok(ExitCode::from(1)) };
    let since = Some(respond.room().now().minus(since));
    let total = respond.arrived_since(since).await?;
    let bar = ProgressBar::new(u64::try_from(total).unwrap_or(0))
        .with_style(ProgressStyle::with_template("{bar:30} {pos}/{len} incidents, {eta} left")?);
    let tell = |done: usize| bar.inc(u64::try_from(done).unwrap_or(0));
    let replay = respond.replay(&draft, since, &tell).await?;
    bar.finish_and_clear();
    let mut out = std::io::stdout().lock();
    if json {
        writeln!(out, "{}", serde_json::to_string(&replay)?)?;
    } else {
        print(&mut out, &replay)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The set of a folder, whose examples must come out, or of a kept version.
async fn other(respond: &Respond, config: &Config, set: &str) -> anyhow::Result<Option<Arc<Set>>> {
    let directory = Path::new(set);
    if directory.is_dir() {
        return Ok(checked(directory, config)?.map(|(set, _)| Arc::new(set)));
    }
    let digest = versions::find(&respond.db, set).await??;
    Ok(Some(kept(&respond.db, &digest).await?.set))
}

fn print(out: &mut impl Write, replay: &Replay) -> std::io::Result<()> {
    writeln!(
        out,
        "{} incidents under {} (running) and {}",
        replay.incidents,
        short(&replay.running),
        short(&replay.draft)
    )?;
    for (count, what) in [
        (replay.up, "would stand higher"),
        (replay.into_security, "  of these, from the routine into the security lane"),
        (replay.down, "would stand lower"),
        (replay.into_routine, "  of these, from the security into the routine lane"),
        (replay.level_changes, "would have another level"),
        (replay.lead_changes, "would have another leading playbook"),
        (replay.false_alarms_up, "that were found to be false alarms would stand higher"),
        (replay.confirmed_down, "that were confirmed would stand lower"),
        (replay.repeated, "stored judgements of this very version come out again byte for byte"),
        (replay.not_repeated, "stored judgements of this very version come out otherwise"),
        (replay.unreadable, "could not be opened"),
    ] {
        if count > 0 || !what.contains("stored") && !what.starts_with("could") {
            writeln!(out, "{count:>8}  {what}")?;
        }
    }
    if replay.moves.is_empty() {
        return writeln!(out, "\nNothing would change.");
    }
    writeln!(out, "\n{:<36}  {:>8}  {:<11}  running → other", "incident", "minutes", "verdict")?;
    for moved in replay.moves.iter().take(ROWS) {
        writeln!(out, "{}", row(moved))?;
    }
    if replay.moves.len() > ROWS {
        writeln!(out, "and {} more; --json lists all", replay.moves.len() - ROWS)?;
    }
    Ok(())
}

fn row(moved: &Move) -> String {
    let verdict = moved.verdict.as_deref().unwrap_or("-");
    format!(
        "{:<36}  {:>+8}  {:<11}  {} → {}",
        moved.incident.to_string(),
        moved.minutes,
        verdict,
        side(&moved.running),
        side(&moved.draft)
    )
}

fn side(side: &Side) -> String {
    let lane = match side.lane {
        Class::Security => "security",
        Class::Routine => "routine",
    };
    format!("{lane} {} level {}", side.lead, side.level)
}
