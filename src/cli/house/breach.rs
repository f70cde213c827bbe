//! `holdfast breach`: who could be affected, which fields, since when, from the audit trail and the data inventory (PRIV-08).

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::process::ExitCode;

use serde::Serialize;

use super::{Missing, with};
use crate::cli::keeping::BreachArguments;
use crate::id::{Id, of};
use crate::respond::Respond;
use crate::store::{audit, incidents};
use crate::time::Timestamp;

/// Every column of the database with its class, purpose, ground, retention and where it goes (PRIV-01).
const INVENTORY: &str = include_str!("../../../docs/data-inventory.tsv");

/// What the 72-hour notice needs.
#[derive(Debug, Serialize)]
struct Report {
    since: Timestamp,
    until: Timestamp,
    /// The first and the last deed in question.
    first: Option<Timestamp>,
    last: Option<Timestamp>,
    /// Deeds by what they were.
    deeds: BTreeMap<String, u64>,
    incidents: BTreeSet<String>,
    /// Different people, as far as they are known; each incident of nobody known counts as one.
    people: usize,
    /// Incidents that are erased by now.
    gone: usize,
    /// Columns with personal data that a look at an incident shows.
    fields: Vec<String>,
    /// Entries of the trail that were read for this.
    entries: u64,
}

pub async fn run(arguments: BreachArguments) -> anyhow::Result<ExitCode> {
    with((arguments.store.clone(), Missing::Refused), async |respond| {
        let report = report(respond, &arguments).await?;
        let mut out = std::io::stdout().lock();
        if arguments.json {
            writeln!(out, "{}", serde_json::to_string_pretty(&report)?)?;
            return Ok(ExitCode::SUCCESS);
        }
        writeln!(out, "From {} to {}, out of {} entries of the trail.", report.since, report.until, report.entries)?;
        let Some((first, last)) = report.first.zip(report.last) else {
            writeln!(out, "Nobody's data was touched.")?;
            return Ok(ExitCode::SUCCESS);
        };
        writeln!(out, "First {first}, last {last}.\n{} people, {} incidents.", report.people, report.incidents.len())?;
        for (deed, count) in &report.deeds {
            writeln!(out, "  {deed:<24} {count:>8}")?;
        }
        writeln!(out, "\nFields that could be seen:\n  {}\n\nIncidents:", report.fields.join("\n  "))?;
        for incident in &report.incidents {
            writeln!(out, "  {incident}")?;
        }
        Ok(ExitCode::SUCCESS)
    })
    .await
}

async fn report(respond: &Respond, arguments: &BreachArguments) -> anyhow::Result<Report> {
    let until = arguments.until.unwrap_or_else(|| respond.room().now());
    let mut report = Report {
        since: arguments.since,
        until,
        first: None,
        last: None,
        deeds: BTreeMap::new(),
        incidents: BTreeSet::new(),
        people: 0,
        gone: 0,
        fields: fields(),
        entries: 0,
    };
    let actor = arguments.person.as_ref().map(|name| format!("staff:{name}"));
    let mut after = 0;
    loop {
        let page = audit::page(&mut respond.db.read().await?, after, 1_000).await?;
        let Some(last) = page.last() else { break };
        after = last.sequence;
        for audit::Entry { entry, .. } in page {
            report.entries += 1;
            let is_asked =
                actor.as_ref().map_or_else(|| entry.actor.starts_with("staff:"), |actor| entry.actor == *actor)
                    && arguments.session.as_ref().is_none_or(|session| entry.session.as_ref() == Some(session));
            let Some(id) = entry.object.strip_prefix("incident:") else { continue };
            if !is_asked || entry.outcome != "done" || entry.at < arguments.since || entry.at > until {
                continue;
            }
            report.first = Some(report.first.map_or(entry.at, |first| first.min(entry.at)));
            report.last = Some(report.last.map_or(entry.at, |last| last.max(entry.at)));
            *report.deeds.entry(entry.action).or_default() += 1;
            report.incidents.insert(id.to_owned());
        }
    }
    count_people(respond, &mut report).await?;
    Ok(report)
}

async fn count_people(respond: &Respond, report: &mut Report) -> anyhow::Result<()> {
    let (mut subjects, mut alone) = (BTreeSet::new(), 0);
    let mut tx = respond.db.read().await?;
    for incident in &report.incidents {
        let id: Option<Id<of::Incident>> = incident.parse().ok();
        let row = match id {
            Some(id) => incidents::get(&mut tx, id).await?,
            None => None,
        };
        let Some(row) = row else {
            report.gone += 1;
            alone += 1;
            continue;
        };
        match row.subject {
            Some(subject) => {
                subjects.insert(subject);
            }
            None => alone += 1,
        }
    }
    report.people = subjects.len() + alone;
    Ok(())
}

/// Columns of the inventory that staff see of a case and that hold personal data, as `table.column`.
fn fields() -> Vec<String> {
    let mut fields = Vec::new();
    for line in INVENTORY.lines().filter(|line| !line.starts_with('#')) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [table, column, "personal" | "sensitive", .., goes_to] = columns[..] else { continue };
        if goes_to.contains("staff") {
            fields.push(format!("{table}.{column}"));
        }
    }
    fields
}
