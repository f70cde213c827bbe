//! The invariants of judging and ordering as properties over any input; each test bears its invariant's number.
//!
//! What needs a database (raced claims, leases) is tested beside `store`; here a small model stands for it.

mod impact;
mod levels;
mod order;
mod score;
mod surge;
mod turning;
mod whole;
mod wording;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::{Assessment, Case, assess};
use crate::id::{Id, Random};
use crate::phrase::sample::Draw;
use crate::playbook::{Class, Kind, Set, builtin_files, compile};
use crate::signal::{Facts, Origin, Report, Signal};
use crate::text::Language;
use crate::time::{Span, Timestamp};

static BUILTIN: LazyLock<Set> =
    LazyLock::new(|| compile(&builtin_files(), "builtin".to_owned()).unwrap_or_else(|faults| panic!("{faults:?}")));

fn security_kinds() -> impl Iterator<Item = &'static Kind> {
    BUILTIN.kinds.iter().filter(|kind| kind.class == Class::Security)
}

struct Seeded(u64);

impl Random for Seeded {
    fn fill(&self, buffer: &mut [u8]) {
        let mut draw = Draw::new(self.0);
        buffer.fill_with(|| draw.number().to_le_bytes()[0]);
    }
}

/// A signal of its own: the number gives its identifier and its time, a minute apart.
fn signal(number: u64, verified: bool, facts: Facts) -> Signal {
    let at = Timestamp::from_millis(0).plus(Span::from_minutes(i64::try_from(number).unwrap()));
    let reliable = &BUILTIN.policy.reliability;
    let (endpoint, reliability) = if verified { ("wallet", reliable.signed) } else { ("report", reliable.report) };
    Signal {
        id: Id::new(at, &Seeded(number)),
        origin: Origin { endpoint: endpoint.to_owned(), verified, reliability },
        at,
        received: at,
        facts,
    }
}

fn says(text: &str) -> Report {
    Report { text: text.to_owned(), ..Report::default() }
}

/// The judgement over one report.
fn judge(report: &Report) -> Assessment {
    let reading = report.read(Language::En).unwrap_or_else(|bad| panic!("{bad:?}"));
    assess(&BUILTIN, &Case { signals: &[signal(0, false, reading.facts)], answers: &reading.answers })
}

fn judge_signals(signals: &[Signal], answers: &BTreeMap<String, String>) -> Assessment {
    assess(&BUILTIN, &Case { signals, answers })
}

/// What the examples of the builtin playbooks say, each as the facts of one signal and whether its origin is proved.
static TOLD: LazyLock<Vec<(bool, Facts)>> = LazyLock::new(|| {
    let mut told = Vec::new();
    for example in BUILTIN.kinds.iter().flat_map(|kind| &kind.examples) {
        if let Some(report) = &example.report {
            let report: Report = serde_json::from_value(report.clone()).unwrap();
            told.push((false, report.read(Language::En).unwrap_or_else(|bad| panic!("{bad:?}")).facts));
        }
        if let Some(alert) = &example.alert {
            let mut facts = Facts::new();
            for (field, value) in alert.as_object().unwrap() {
                for value in value.as_array().unwrap_or(&vec![value.clone()]) {
                    facts.add(field, value.as_str().map_or_else(|| value.to_string(), str::to_owned));
                }
            }
            told.push((true, facts));
        }
    }
    told
});

/// The signals with these places among what the examples say, each made once.
fn told(places: &[usize]) -> Vec<Signal> {
    let told = places.iter().map(|place| &TOLD[place % TOLD.len()]);
    (0..).zip(told).map(|(number, (verified, facts))| signal(number, *verified, facts.clone())).collect()
}

/// Every text that the examples hold.
fn texts() -> Vec<&'static str> {
    TOLD.iter().filter_map(|(_, facts)| facts.first("text")).collect()
}
