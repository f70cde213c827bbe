//! `holdfast source try`: a mapping on a sample, field by field, and what would follow.

use std::path::PathBuf;

use anyhow::{Context as _, anyhow};

use crate::cli::assess::{Delivery, Desk, explain, given_headers};
use crate::cli::screen::{Ending, Screen, read_bytes};
use crate::intake::mapping::Mapping;

/// Shows what comes out. What could not be read, and a delivery that gives nothing, are findings.
pub fn attempt(
    desk: &Desk,
    (file, sample): (&PathBuf, &PathBuf),
    headers: &[String],
    screen: &mut Screen<'_>,
) -> anyhow::Result<Ending> {
    let yaml = std::fs::read_to_string(file).with_context(|| file.display().to_string())?;
    let mapping = match Mapping::read(&file.to_string_lossy(), &yaml, &desk.set.vocabulary) {
        Ok(mapping) => mapping.on_trial(),
        Err(fault) => {
            writeln!(screen.notes, "source {fault}")?;
            return Ok(Ending::Findings);
        }
    };
    let headers = given_headers(headers)?;
    let body = read_bytes(sample)?;
    let heard = desk
        .alert(&Delivery { mapping: &mapping, headers: &headers, body: &body })
        .map_err(|error| anyhow!("{}: {error}", sample.display()))?;
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
