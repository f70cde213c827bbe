//! `holdfast source try`: a mapping on a sample, field by field, and what would follow.

use std::path::Path;

use anyhow::{Context as _, anyhow};
use axum::http::HeaderMap;
use serde_json::Value;

use crate::cli::assess::{Delivery, Desk, explain, given_headers};
use crate::cli::screen::{Ending, Screen, read_bytes};
use crate::intake::mapping::{Batch, Mapping};

/// Places of a sample that are listed.
const MOST_PLACES: usize = 200;

/// Characters of a value beside its place.
const MOST_CHARACTERS: usize = 60;

/// What is tried.
pub struct Trial<'a> {
    pub file: &'a Path,
    pub sample: &'a Path,
    pub headers: &'a [String],
    /// Whether every place of the sample is listed first.
    pub places: bool,
}

/// Shows what comes out. What could not be read, and a delivery that gives nothing, are findings.
pub fn attempt(desk: &Desk, trial: &Trial<'_>, screen: &mut Screen<'_>) -> anyhow::Result<Ending> {
    let yaml = std::fs::read_to_string(trial.file).with_context(|| trial.file.display().to_string())?;
    let mapping = match Mapping::read(&trial.file.to_string_lossy(), &yaml, &desk.set.vocabulary) {
        Ok(mapping) => mapping.on_trial(),
        Err(fault) => {
            writeln!(screen.notes, "source {fault}")?;
            return Ok(Ending::Findings);
        }
    };
    let headers = given_headers(trial.headers)?;
    let body = read_bytes(trial.sample)?;
    let read = |error| anyhow!("{}: {error}", trial.sample.display());
    describe((&mapping, desk), (&headers, &body), trial.places, screen).map_err(read)?;
    let heard = desk
        .alert(&Delivery { mapping: &mapping, headers: &headers, body: &body })
        .map_err(|error| read(error.into()))?;
    for reason in &heard.ignored {
        writeln!(screen.out, "left out: {reason}")?;
    }
    let signals = heard.judged.iter().flat_map(|judged| &judged.signals);
    for (number, signal) in (1..).zip(signals) {
        let heading = format!("Signal {number}: {}", signal.kind());
        screen.heading(&heading)?;
        let widest = signal.facts.iter().map(|(field, _)| field.len()).max().unwrap_or(0);
        for (field, values) in signal.facts.iter() {
            writeln!(screen.out, "  {field:<widest$}  {}", values.join(" | "))?;
        }
    }
    if !heard.troubles.is_empty() {
        screen.heading("Could not be read")?;
        for trouble in &heard.troubles {
            writeln!(screen.out, "  {}  at {}  as {}", trouble.field, trouble.place, trouble.converter)?;
        }
    }
    for judged in &heard.judged {
        screen.heading("Assessment")?;
        explain(screen, desk, judged)?;
    }
    if heard.judged.is_empty() && heard.ignored.is_empty() {
        writeln!(screen.out, "nothing in it is known to the mapping: it would be set aside for staff")?;
        return Ok(Ending::Findings);
    }
    Ok(if heard.troubles.is_empty() { Ending::Fine } else { Ending::Findings })
}

/// Shows where things stand in the sample, and whom each event is about.
fn describe(
    (mapping, desk): (&Mapping, &Desk),
    (headers, body): (&HeaderMap, &[u8]),
    places: bool,
    screen: &mut Screen<'_>,
) -> anyhow::Result<()> {
    let mut batch: Batch = mapping.apply(headers, body, desk.now)?;
    batch.scrub(desk.set.raw_paths());
    if places {
        screen.heading("Places")?;
        let mut lines = Vec::new();
        leaves(&batch.redacted, String::new(), &mut lines);
        for (place, value) in lines {
            writeln!(screen.out, "  {place}  {value}")?;
        }
    }
    for (number, event) in (1..).zip(&batch.events) {
        let heading = format!("Event {number}");
        screen.heading(&heading)?;
        writeln!(screen.out, "  stands at: {}", if event.place.is_empty() { "the whole body" } else { &event.place })?;
        for candidate in &event.subject {
            let how = format!("{:?}", candidate.resolve).to_lowercase();
            writeln!(screen.out, "  about: {} {} (looked up as {how})", candidate.field, candidate.value)?;
        }
        if event.subject.is_empty() {
            writeln!(screen.out, "  about: nobody it names; kept as unattributed")?;
        }
        writeln!(screen.out, "  effect: {}", format!("{:?}", event.effect).to_lowercase())?;
        writeln!(screen.out, "  key: {}", &event.key[..16])?;
    }
    Ok(())
}

/// Every place that holds a plain value, with the beginning of it.
fn leaves(value: &Value, at: String, lines: &mut Vec<(String, String)>) {
    if lines.len() >= MOST_PLACES {
        return;
    }
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                leaves(member, format!("{at}/{}", name.replace('~', "~0").replace('/', "~1")), lines);
            }
        }
        Value::Array(items) => {
            for (number, item) in items.iter().enumerate() {
                leaves(item, format!("{at}/{number}"), lines);
            }
        }
        plain @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_)) => {
            let text: String = plain.to_string().chars().filter(|c| !c.is_control()).take(MOST_CHARACTERS).collect();
            lines.push((at, text));
        }
    }
}
