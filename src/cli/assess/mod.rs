//! `holdfast assess`: a report or an alert in, the full explanation out. Nothing is kept.

mod explain;
mod judge;
mod line;
mod lines;
mod row;
mod tally;
#[cfg(test)]
mod tests;

pub use explain::explain;
pub use judge::{Delivery, Desk, given_headers};

use anyhow::anyhow;

use super::arguments::AssessArguments;
use super::files::{read_mappings, read_set};
use super::screen::{Ending, Screen, read_bytes};
use crate::intake::mapping::Mapping;
use crate::playbook::Set;
use crate::signal::Report;
use crate::text::Language;
use crate::time::Timestamp;
use judge::Judged;

/// Runs the command.
pub fn run(arguments: &AssessArguments, now: Timestamp, screen: &mut Screen<'_>) -> anyhow::Result<Ending> {
    let desk = Desk { set: set(arguments.playbooks.as_deref())?, language: arguments.language, now };
    if let Some(path) = &arguments.jsonl {
        let mappings = mappings(arguments, &desk.set)?;
        return lines::Lines { desk: &desk, mappings: &mappings, lenient: arguments.lenient }.run(path, screen);
    }
    if let (Some(path), Some(source)) = (&arguments.alert, &arguments.source) {
        let mappings = mappings(arguments, &desk.set)?;
        let mapping = lines::find(&mappings, source).map_err(anyhow::Error::msg)?;
        let headers = given_headers(&arguments.headers)?;
        let body = read_bytes(path)?;
        return alert(&desk, &Delivery { mapping, headers: &headers, body: &body }, arguments.json, screen);
    }
    let report = match (&arguments.text, &arguments.report) {
        (Some(text), _) => Report {
            text: text.clone(),
            language: arguments.language.map(|language: Language| language.to_string()),
            ..Report::default()
        },
        (None, Some(path)) => {
            line::read_report(&read_bytes(path)?).map_err(|error| anyhow!("{}: {error}", path.display()))?
        }
        (None, None) => anyhow::bail!("nothing to assess"),
    };
    let judged = desk.report(&report).map_err(|bad| anyhow!("{}", lines::rules(&bad)))?;
    show(&desk, &judged, arguments.json, screen)?;
    Ok(Ending::Fine)
}

/// The set, or everything that is wrong with it as one error.
pub fn set(directory: Option<&std::path::Path>) -> anyhow::Result<Set> {
    read_set(directory)?.map_err(|faults| {
        let lines: Vec<String> = faults.iter().map(|fault| format!("playbook {fault}")).collect();
        anyhow!("{}", lines.join("\n"))
    })
}

fn mappings(arguments: &AssessArguments, set: &Set) -> anyhow::Result<Vec<Mapping>> {
    read_mappings(arguments.playbooks.as_deref(), &set.vocabulary)?.map_err(|faults| {
        let lines: Vec<String> = faults.iter().map(|fault| format!("source {fault}")).collect();
        anyhow!("{}", lines.join("\n"))
    })
}

fn alert(desk: &Desk, delivery: &Delivery<'_>, as_json: bool, screen: &mut Screen<'_>) -> anyhow::Result<Ending> {
    let heard = desk.alert(delivery)?;
    for trouble in &heard.troubles {
        writeln!(screen.notes, "{}: `{}` could not be read as {}", trouble.field, trouble.place, trouble.converter)?;
    }
    for reason in &heard.ignored {
        writeln!(screen.notes, "left out: {reason}")?;
    }
    if heard.judged.is_empty() {
        writeln!(screen.notes, "no event came out of it")?;
        return Ok(Ending::Findings);
    }
    if as_json && heard.judged.len() > 1 {
        let leads: Vec<_> = heard.judged.iter().map(|judged| desk.lead_standing(&judged.assessment)).collect();
        let all: Vec<_> =
            heard.judged.iter().zip(&leads).map(|(judged, lead)| row::document(desk, judged, lead)).collect();
        writeln!(screen.out, "{}", serde_json::to_string_pretty(&all)?)?;
        return Ok(Ending::Fine);
    }
    for (place, judged) in heard.judged.iter().enumerate() {
        if place > 0 {
            writeln!(screen.out, "\n")?;
        }
        show(desk, judged, as_json, screen)?;
    }
    Ok(Ending::Fine)
}

fn show(desk: &Desk, judged: &Judged, as_json: bool, screen: &mut Screen<'_>) -> anyhow::Result<()> {
    if as_json {
        let lead = desk.lead_standing(&judged.assessment);
        writeln!(screen.out, "{}", serde_json::to_string_pretty(&row::document(desk, judged, &lead))?)?;
    } else {
        explain(screen, desk, judged)?;
    }
    Ok(())
}
