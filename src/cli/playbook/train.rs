//! `holdfast playbook train`: the learned text sign anew from the corpus, or a check that the weights are those of it.

use std::fs;
use std::path::Path;

use anyhow::Context as _;
use indicatif::{ProgressBar, ProgressStyle};

use crate::cli::arguments::TrainArguments;
use crate::cli::assess::set;
use crate::cli::corpus;
use crate::cli::screen::{Ending, Screen};
use crate::playbook::learned::train::{Recipe, train};

/// Runs the command.
pub fn run(arguments: &TrainArguments, screen: &mut Screen<'_>) -> anyhow::Result<Ending> {
    let kinds = corpus::kinds(&set(arguments.playbooks.as_deref())?);
    let read = corpus::read(&arguments.corpus, arguments.verdicts.as_deref(), &kinds)?;
    let kept = read.rows.iter().filter(|row| row.writer == arguments.keep).count();
    anyhow::ensure!(kept > 0, "no writer `{}` is in the corpus to calibrate on", arguments.keep);
    let bar = ProgressBar::new(1).with_style(
        ProgressStyle::with_template("training {bar:40} {pos} of {len} rounds  {elapsed}")
            .expect("a template written in this file"),
    );
    let mut told = |done: usize, all: usize| {
        bar.set_length(all as u64);
        bar.set_position(done as u64);
    };
    let weights = train(&read, &arguments.keep, &kinds, (&Recipe::default(), &mut told));
    bar.finish_and_clear();
    let bytes = weights.write();
    writeln!(
        screen.notes,
        "{} reports of {} kinds, {kept} of them by {} kept apart; {} features, {} weights, {} bytes",
        read.rows.len(),
        kinds.len(),
        arguments.keep,
        weights.hashes.len(),
        weights.entries.len(),
        bytes.len()
    )?;
    if arguments.check {
        return check(&arguments.out, &bytes, screen);
    }
    fs::write(&arguments.out, &bytes).with_context(|| arguments.out.display().to_string())?;
    writeln!(screen.out, "{} is written", arguments.out.display())?;
    Ok(Ending::Fine)
}

fn check(path: &Path, bytes: &[u8], screen: &mut Screen<'_>) -> anyhow::Result<Ending> {
    let there = fs::read(path).with_context(|| path.display().to_string())?;
    if there == bytes {
        writeln!(screen.out, "{} is what the corpus gives", path.display())?;
        return Ok(Ending::Fine);
    }
    writeln!(screen.out, "{} is not what the corpus gives: train it anew", path.display())?;
    Ok(Ending::Findings)
}
