//! `holdfast playbook measure`: what comes of labelled reports, for each way of reading alone and for all together.

mod labels;
mod rows;
mod tally;

use std::collections::BTreeMap;
use std::io;

use anyhow::anyhow;
use serde_json::{Value, json};

use crate::cli::arguments::MeasureArguments;
use crate::cli::assess::{Desk, set};
use crate::cli::screen::{Ending, Screen};
use crate::playbook::Layers;
use crate::scoring::incident_chance;
use crate::signal::Report;
use crate::text::Language;
use crate::time::Timestamp;
use labels::Labels;
use rows::Row;
use tally::{Bin, Outcome, Share, Tally, reliability, tally};

const NONE: Layers = Layers { phrases: false, frames: false, learned: false };
const LAYERS: [(&str, Layers); 4] = [
    ("phrases", Layers { phrases: true, ..NONE }),
    ("frames", Layers { frames: true, ..NONE }),
    ("learned", Layers { learned: true, ..NONE }),
    ("all", Layers::ALL),
];
const LANGUAGES: [(&str, Option<Language>); 3] =
    [("all", None), ("en", Some(Language::En)), ("zh", Some(Language::Zh))];

/// One way of reading with what came of it.
struct Measured<'a> {
    name: &'static str,
    tallies: Vec<(&'static str, Tally)>,
    judged: Vec<(&'a Row, Outcome)>,
}

/// Runs the command.
pub fn run(arguments: &MeasureArguments, screen: &mut Screen<'_>) -> anyhow::Result<Ending> {
    let set = set(arguments.playbooks.as_deref())?;
    let labels = Labels::read(arguments.labels.as_deref(), &set)?;
    let mut rows = Vec::new();
    for path in &arguments.rows {
        rows.extend(rows::read(path, &labels, &set)?);
    }
    anyhow::ensure!(!rows.is_empty(), "no labelled report is in what was given");
    let mut desk = Desk { set, language: None, now: Timestamp::from_millis(0) };
    let mut measured = Vec::new();
    for (name, layers) in LAYERS {
        desk.set.layers = layers;
        measured.push(measure(&desk, name, &rows)?);
    }
    if arguments.json {
        writeln!(screen.out, "{}", document(&measured, arguments.wrong))?;
    } else {
        write(screen, &measured, arguments.wrong)?;
    }
    Ok(Ending::Fine)
}

fn measure<'a>(desk: &Desk, name: &'static str, rows: &'a [Row]) -> anyhow::Result<Measured<'a>> {
    let mut judged = Vec::new();
    for row in rows {
        let report = Report { text: row.text.clone(), ..Report::default() };
        let assessment =
            desk.report(&report).map_err(|bad| anyhow!("{}: {}: {}", row.id, bad[0].field, bad[0].rule))?.assessment;
        let chance = incident_chance(&desk.set, &assessment.standings);
        judged.push((row, Outcome::of(&assessment, chance)));
    }
    let tallies = LANGUAGES.into_iter().map(|(name, language)| (name, tally(&judged, language))).collect();
    Ok(Measured { name, tallies, judged })
}

fn write(screen: &mut Screen<'_>, measured: &[Measured<'_>], wrong: usize) -> io::Result<()> {
    screen.heading("Layer by layer")?;
    writeln!(
        screen.out,
        "  {:<9}{:<6}{:>17}{:>17}{:>17}{:>9}{:>9}",
        "layer", "", "incidents found", "routine jumps", "unclear jumps", "lead", "of 3"
    )?;
    for layer in measured {
        for (language, tally) in layer.tallies.iter().filter(|(_, tally)| tally.found.of + tally.false_jumps.of > 0) {
            let counted = |share: Share| format!("{} {}", fraction(share), share.percent());
            writeln!(
                screen.out,
                "  {:<9}{language:<6}{:>17}{:>17}{:>17}{:>9}{:>9}",
                layer.name,
                counted(tally.found),
                counted(tally.false_jumps),
                fraction(tally.unclear_jumps),
                tally.lead.percent(),
                tally.among_three.percent(),
            )?;
        }
    }
    let Some(all) = measured.last() else { return Ok(()) };
    screen.heading("Chance of an incident, all layers: predicted and observed")?;
    for bin in reliability(&all.judged) {
        writeln!(screen.out, "  {}", line_of(&bin))?;
    }
    let gone_wrong: Vec<&(&Row, Outcome)> = all.judged.iter().filter(|(row, outcome)| outcome.is_wrong(row)).collect();
    screen.heading(&format!("{} rows go wrong", gone_wrong.len()))?;
    for (row, outcome) in gone_wrong.iter().take(wrong) {
        let what = if outcome.jumps { "jumped" } else { "missed" };
        let text: String = row.text.chars().take(90).map(|c| if c.is_control() { ' ' } else { c }).collect();
        let kinds = row.kinds.join("/");
        writeln!(
            screen.out,
            "  {what} {} {} {kinds} -> {} {:.2}  {text}",
            row.id, row.language, outcome.lead, outcome.chance
        )?;
    }
    Ok(())
}

fn fraction(share: Share) -> String {
    format!("{}/{}", share.part, share.of)
}

fn line_of(bin: &Bin) -> String {
    let bar = "#".repeat((bin.incidents.part * 40).checked_div(bin.incidents.of).unwrap_or(0));
    let end = bin.from + 1;
    format!(
        "{:>3} to {:>3} %  predicted {:>5.1} %  observed {:>7} of {:<5} {bar}",
        bin.from * 10,
        end * 10,
        bin.predicted * 100.0,
        bin.incidents.percent(),
        bin.incidents.of
    )
}

fn document(measured: &[Measured<'_>], wrong: usize) -> Value {
    let layers: BTreeMap<&str, BTreeMap<&str, Tally>> =
        measured.iter().map(|layer| (layer.name, layer.tallies.iter().copied().collect())).collect();
    let Some(all) = measured.last() else { return json!({ "layers": layers }) };
    let by_layer = |number: usize| -> BTreeMap<&str, f64> {
        measured.iter().map(|layer| (layer.name, layer.judged[number].1.chance)).collect()
    };
    let rows: Vec<Value> = all
        .judged
        .iter()
        .enumerate()
        .filter(|(_, (row, outcome))| outcome.is_wrong(row))
        .take(wrong)
        .map(|(number, (row, outcome))| {
            json!({ "id": row.id, "language": row.language, "kinds": row.kinds, "jumps": outcome.jumps, "lead": outcome.lead, "chances": by_layer(number) })
        })
        .collect();
    json!({ "layers": layers, "reliability": reliability(&all.judged), "wrong": rows })
}
