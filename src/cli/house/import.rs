//! `holdfast import`: alerts from a file, read by a source's mapping. A second run goes on where the first stood, and a row
//! that came before does nothing.

use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use anyhow::{Context, bail};
use futures_util::future::try_join_all;
use indicatif::{ProgressBar, ProgressStyle};
use ring::digest::{SHA256, digest};

use super::{Missing, settings, with};
use crate::app;
use crate::cli::import::ImportArguments;
use crate::respond::{Arrival, Outcome};
use crate::store;

/// Rows that are on their way at once: one commit takes them together.
const GROUP: usize = 128;

/// What became of the rows.
#[derive(Default)]
struct Tally {
    accepted: usize,
    duplicates: usize,
    ignored: usize,
    unmapped: usize,
}

/// Runs the command; the exit code is 1 when rows could not be read.
pub async fn run(arguments: ImportArguments) -> anyhow::Result<ExitCode> {
    let ImportArguments { file, endpoint: name, store } = arguments;
    let bytes = std::fs::read(&file).with_context(|| file.display().to_string())?;
    let is_csv = file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv"));
    let rows = if is_csv { of_csv(&bytes)? } else { of_lines(&bytes) };
    let version = hex::encode(digest(&SHA256, &bytes));
    let config = settings(&store.clone().into())?;
    with((store, Missing::Refused), async |respond| {
        let endpoints = app::endpoints(&config, &respond.room().playbooks)?;
        let Some(endpoint) = endpoints.get(&name) else {
            let known: Vec<&str> = endpoints.iter().map(|endpoint| endpoint.name.as_str()).collect();
            bail!("{}", crate::playbook::unknown("endpoint", &name, &known));
        };
        let done = usize::try_from(respond.imported(&version, &name).await?).unwrap_or(usize::MAX);
        let mut tally = Tally::default();
        let bar = bar(rows.len());
        bar.set_position(u64::try_from(done).unwrap_or(0));
        let mut at = done.min(rows.len());
        while at < rows.len() {
            let group = &rows[at..rows.len().min(at + GROUP)];
            let room = respond.room();
            let arrivals = group.iter().enumerate().map(|(number, row)| {
                let id = format!("import {version} {}", at + number);
                let arrival = endpoint.import(row, (id, room.now()), &room.playbooks);
                async move {
                    match arrival {
                        Some(arrival) => respond.writer.arrive(Arrival::Alert(arrival)).await.map(Some),
                        None => Ok::<_, store::Error>(None),
                    }
                }
            });
            for outcome in try_join_all(arrivals).await? {
                tally.add(outcome.as_ref());
            }
            at += group.len();
            let reached = i64::try_from(at).unwrap_or(i64::MAX);
            respond.note_import((&version, &name), (reached, at == rows.len())).await?;
            bar.set_position(u64::try_from(at).unwrap_or(0));
        }
        bar.finish_and_clear();
        writeln!(
            std::io::stdout(),
            "{} rows: {done} were in before, {} signals, {} copies, {} left out, {} could not be read",
            rows.len(),
            tally.accepted,
            tally.duplicates,
            tally.ignored,
            tally.unmapped
        )?;
        Ok(if tally.unmapped > 0 { ExitCode::from(1) } else { ExitCode::SUCCESS })
    })
    .await
}

impl Tally {
    fn add(&mut self, outcome: Option<&Outcome>) {
        match outcome {
            Some(Outcome::Alerted(answer)) => {
                self.accepted += answer.accepted;
                self.duplicates += answer.duplicates;
                self.ignored += answer.ignored;
                self.unmapped += answer.unmapped;
            }
            Some(Outcome::AlertConflicts | Outcome::Reported(_) | Outcome::ReportDiffers) | None => self.unmapped += 1,
        }
    }
}

fn bar(rows: usize) -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(u64::try_from(rows).unwrap_or(u64::MAX));
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} rows, {per_sec}, {eta} left");
    bar.with_style(style.expect("a fixed template"))
}

fn of_lines(bytes: &[u8]) -> Vec<Vec<u8>> {
    let lines = bytes.split(|byte| *byte == b'\n').map(|line| line.trim_ascii().to_vec());
    lines.filter(|line| !line.is_empty()).collect()
}

/// Each record as an object under the names of the head.
fn of_csv(bytes: &[u8]) -> anyhow::Result<Vec<Vec<u8>>> {
    let mut reader = csv::Reader::from_reader(bytes);
    let head = reader.headers()?.clone();
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record?;
        let members = head.iter().zip(record.iter()).filter(|(_, value)| !value.is_empty());
        let object: serde_json::Map<String, serde_json::Value> =
            members.map(|(name, value)| (name.to_owned(), value.into())).collect();
        rows.push(serde_json::to_vec(&object)?);
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_both_forms_are_objects() {
        assert_eq!(of_lines(b"{\"a\":1}\r\n\n {\"a\":2}"), [b"{\"a\":1}".to_vec(), b"{\"a\":2}".to_vec()]);
        let rows = of_csv(b"id,title,empty\n1,\"a, \"\"b\"\"\",\n").unwrap();
        assert_eq!(rows, [br#"{"id":"1","title":"a, \"b\""}"#.to_vec()]);
        assert!(of_csv(b"id,title\n1\n").is_err(), "a row with another number of columns");
    }
}
