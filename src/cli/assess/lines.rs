//! `assess --jsonl`: one line in, one assessment out. A bad line is told and does not stop the others.

use std::fs::File;
use std::io::{self, BufRead, BufReader, IsTerminal};
use std::path::Path;

use anyhow::Context as _;
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::Value;

use super::judge::{Delivery, Desk, headers};
use super::line::{self, Alert, Input};
use super::row::{Nothing, row};
use super::tally::Tally;
use crate::cli::screen::{Ending, Screen, is_standard};
use crate::intake::mapping::Mapping;
use crate::playbook::unknown;
use crate::signal::BadField;

/// Judges one line after another.
pub struct Lines<'a> {
    pub desk: &'a Desk,
    pub mappings: &'a [Mapping],
    pub lenient: bool,
}

impl Lines<'_> {
    /// Reads a file or, for `-`, standard input.
    pub fn run(&self, path: &Path, screen: &mut Screen<'_>) -> anyhow::Result<Ending> {
        if is_standard(path) {
            return self.read(&mut io::stdin().lock(), &progress(None), screen);
        }
        let file = File::open(path).with_context(|| path.display().to_string())?;
        let length = file.metadata().map(|about| about.len()).ok();
        self.read(&mut BufReader::new(file), &progress(length), screen)
    }

    /// Reads line by line; the order of the answers is that of the lines.
    pub fn read(
        &self,
        input: &mut dyn BufRead,
        progress: &ProgressBar,
        screen: &mut Screen<'_>,
    ) -> anyhow::Result<Ending> {
        let mut tally = Tally::default();
        let mut bytes = Vec::new();
        for number in 1_u64.. {
            bytes.clear();
            let length = input.read_until(b'\n', &mut bytes)?;
            if length == 0 {
                break;
            }
            progress.inc(length as u64);
            if bytes.trim_ascii().is_empty() {
                continue;
            }
            match self.one(bytes.trim_ascii(), number, &mut tally) {
                Ok(text) => {
                    tally.assessed += 1;
                    writeln!(screen.out, "{text}")?;
                }
                Err(what) => {
                    tally.refused += 1;
                    progress.suspend(|| writeln!(screen.notes, "line {number}: {what}"))?;
                }
            }
        }
        progress.finish_and_clear();
        tally.write(screen.notes)?;
        Ok(if tally.refused == 0 { Ending::Fine } else { Ending::Findings })
    }

    fn one(&self, line: &[u8], number: u64, tally: &mut Tally) -> Result<String, String> {
        let asked = line::read(line, self.lenient)?;
        let id = asked.id.unwrap_or_else(|| Value::from(number));
        let (report, labelled) = match asked.of {
            Input::Alert(alert) => return self.alert(&alert, id),
            Input::Report(report, labelled) => (report, labelled),
        };
        let judged = self.desk.report(&report).map_err(|bad| rules(&bad))?;
        if let Some(labelled) = labelled {
            tally.note(&id, labelled, &judged.assessment);
        }
        Ok(json(&row(&judged, &self.desk.lead_standing(&judged.assessment), id)))
    }

    fn alert(&self, alert: &Alert, id: Value) -> Result<String, String> {
        let mapping = find(self.mappings, &alert.source)?;
        let headers = headers(alert.headers.iter().map(|(name, value)| (name.as_str(), value.as_str())))?;
        let heard = self
            .desk
            .alert(&Delivery { mapping, headers: &headers, body: &alert.body() })
            .map_err(|error| error.to_string())?;
        let Some(judged) = heard.judged.first() else {
            return Ok(json(&Nothing { id, class: None, unmapped: heard.ignored.is_empty(), ignored: &heard.ignored }));
        };
        Ok(json(&row(judged, &self.desk.lead_standing(&judged.assessment), id)))
    }
}

fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).expect("an assessment is plain data with words for names")
}

/// The mapping of a source.
pub fn find<'a>(mappings: &'a [Mapping], source: &str) -> Result<&'a Mapping, String> {
    mappings.iter().find(|mapping| mapping.source() == source).ok_or_else(|| {
        let known: Vec<&str> = mappings.iter().map(Mapping::source).collect();
        unknown("source", source, &known)
    })
}

/// The rules that a report breaks.
pub fn rules(bad: &[BadField]) -> String {
    bad.iter().map(|bad| format!("{}: {}", bad.field, bad.rule)).collect::<Vec<_>>().join("; ")
}

/// Progress on standard error, as far as that is a terminal and the answers do not run over it.
fn progress(length: Option<u64>) -> ProgressBar {
    if io::stdout().is_terminal() {
        return ProgressBar::hidden();
    }
    match length {
        Some(length) => {
            let style = ProgressStyle::with_template("{bar:40} {percent:>3} %  {elapsed} of {eta} left")
                .expect("a template written in this file");
            ProgressBar::new(length).with_style(style)
        }
        None => ProgressBar::new_spinner(),
    }
}
