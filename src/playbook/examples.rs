//! Runs the examples that playbooks carry: each says in its own words what must come out.

use std::collections::BTreeMap;

use super::set::Set;
use super::shape::{Class, Example, Expect};
use crate::id::{Id, Random};
use crate::scoring::{Assessment, Case, assess};
use crate::signal::{Facts, Origin, Report, Signal};
use crate::text::Language;
use crate::time::Timestamp;

/// An example that came out otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    pub kind: String,
    /// One-based place among the examples of its playbook.
    pub example: usize,
    pub what: String,
}

/// Runs every example of a set; answers how many ran and which failed.
pub fn run(set: &Set) -> (usize, Vec<Failure>) {
    let mut failures = Vec::new();
    let mut ran = 0;
    for kind in &set.kinds {
        for (number, example) in (1..).zip(&kind.examples) {
            ran += 1;
            let outcome = judge(set, example).and_then(|assessment| compare(&assessment, &example.expect));
            if let Err(what) = outcome {
                failures.push(Failure { kind: kind.id.clone(), example: number, what });
            }
        }
    }
    (ran, failures)
}

/// The assessment of one example.
pub fn judge(set: &Set, example: &Example) -> Result<Assessment, String> {
    match (&example.report, &example.alert) {
        (Some(report), None) => {
            let report: Report = serde_json::from_value(report.clone()).map_err(|error| error.to_string())?;
            let reading = report.read(Language::En).map_err(|bad| format!("{bad:?}"))?;
            let signal = signal(reading.facts, ("report", false, set.policy.reliability.report));
            Ok(assess(set, &Case { signals: &[signal], answers: &reading.answers }))
        }
        (None, Some(alert)) => {
            let facts = facts(alert).ok_or("an alert is a map of fields")?;
            let signal = signal(facts, ("example", true, set.policy.reliability.signed));
            Ok(assess(set, &Case { signals: &[signal], answers: &BTreeMap::new() }))
        }
        _ => Err("an example has a report or an alert".to_owned()),
    }
}

/// The facts of an alert example, as a signal would bring them.
pub fn facts(alert: &serde_json::Value) -> Option<Facts> {
    let mut facts = Facts::new();
    for (field, value) in alert.as_object()? {
        for value in value.as_array().map_or_else(|| std::slice::from_ref(value), Vec::as_slice) {
            facts.add(field, value.as_str().map_or_else(|| value.to_string(), str::to_owned));
        }
    }
    Some(facts)
}

/// Chance plays no part in judging, so one fixed identifier serves.
struct NoChance;

impl Random for NoChance {
    fn fill(&self, buffer: &mut [u8]) {
        buffer.fill(0);
    }
}

fn signal(facts: Facts, (endpoint, verified, reliability): (&str, bool, u16)) -> Signal {
    let now = Timestamp::from_millis(0);
    Signal {
        id: Id::new(now, &NoChance),
        origin: Origin { endpoint: endpoint.to_owned(), verified, reliability },
        at: now,
        received: now,
        facts,
    }
}

fn compare(assessment: &Assessment, expect: &Expect) -> Result<(), String> {
    let found = format!(
        "got {} {} level {} at {} ppm",
        assessment.class.as_str(),
        assessment.lead,
        assessment.level,
        assessment.chance.parts()
    );
    if expect.class.is_some_and(|class: Class| class != assessment.class) {
        return Err(format!("class: {found}"));
    }
    if expect.lead.as_ref().is_some_and(|lead| *lead != assessment.lead) {
        return Err(format!("lead: {found}"));
    }
    if expect.not.as_ref().is_some_and(|not| *not == assessment.lead) {
        return Err(format!("look-alike leads: {found}"));
    }
    if let Some(level) = &expect.level {
        let (low, high) = range(level).ok_or_else(|| format!("level `{level}` is not like 1 or 1..2"))?;
        if !(low..=high).contains(&assessment.level) {
            return Err(format!("level: {found}"));
        }
    }
    Ok(())
}

fn range(level: &serde_json::Value) -> Option<(u8, u8)> {
    let text = level.as_str().map_or_else(|| level.to_string(), str::to_owned);
    match text.split_once("..") {
        Some((low, high)) => Some((low.trim().parse().ok()?, high.trim().parse().ok()?)),
        None => text.trim().parse().ok().map(|level| (level, level)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::playbook::{builtin_files, compile};

    #[test]
    fn every_example_of_the_builtin_playbooks_comes_out_as_it_says() {
        let set = compile(&builtin_files(), "builtin".to_owned()).unwrap_or_else(|faults| {
            panic!("{}", faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
        });
        let (ran, failures) = run(&set);
        let told: Vec<String> = failures
            .iter()
            .map(|failure| format!("{} example {}: {}", failure.kind, failure.example, failure.what))
            .collect();
        assert!(failures.is_empty(), "{} of {ran} examples failed:\n{}", failures.len(), told.join("\n"));
        assert!(ran >= 6 * set.kinds.len(), "every playbook has at least six examples");
    }
}
