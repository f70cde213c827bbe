//! Rules against events, bytes in and matches out, beside sigma-rust, tau-engine and plain parsing, in one run.
//!
//! `HOLDFAST_SAMPLES=… cargo bench --features testing --bench rules`. The rules are the public ones of Sigma that all
//! three take and answer alike on a sample; the events are generated from them (`tests/sigma/events.rs`). Times are CPU
//! time of this thread; all engines take turns within a round, ratios are those of a round, and medians are shown.
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a bench prints, and stops at the first fault")]

#[path = "../sigma/corpus.rs"]
mod corpus;
#[path = "../sigma/events.rs"]
mod events;
mod memory;
mod tau;

use std::collections::BTreeSet;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::hint::black_box;
use std::time::Duration;

use holdfast::playbook::network::{Builder, Condition, Network, Scratch};
use serde_json::Value;

use corpus::Rule;
use events::Events;

const SIZES: [usize; 3] = [10, 100, 1_000];
const EVENTS: usize = 4_000;
/// Events on which every engine must give the same answer.
const CHECKED: usize = 300;
const ROUNDS: usize = 5;
/// Loadings of which the mean time is shown.
const LOADS: u32 = 8;
/// One engine's turn in a round lasts at least this long, and at least one event.
const TURN: Duration = Duration::from_millis(300);

/// A rule for all three.
struct Common {
    rule: Rule,
    sigma: sigma_rust::Rule,
    tau: tau_engine::Rule,
}

/// Something that takes the bytes of an event and gives the numbers of the rules that hold.
trait Engine {
    fn matches(&mut self, event: &[u8]) -> Vec<u32>;
}

struct Ours {
    network: Network,
    scratch: Scratch,
    candidates: usize,
}
struct SigmaRust<'a>(Vec<&'a sigma_rust::Rule>);
struct Tau<'a>(Vec<&'a tau_engine::Rule>);
/// Parses and matches nothing.
struct Parsing;

impl Engine for Ours {
    fn matches(&mut self, event: &[u8]) -> Vec<u32> {
        let found = self.network.over_json(event, &mut self.scratch).unwrap().to_vec();
        self.candidates += self.scratch.candidates();
        found
    }
}

impl Engine for SigmaRust<'_> {
    fn matches(&mut self, event: &[u8]) -> Vec<u32> {
        let value: Value = serde_json::from_slice(event).unwrap();
        let event = sigma_rust::Event::try_from(value).unwrap();
        numbers(self.0.iter().map(|rule| rule.is_match(&event)))
    }
}

impl Engine for Tau<'_> {
    fn matches(&mut self, event: &[u8]) -> Vec<u32> {
        let value: Value = serde_json::from_slice(event).unwrap();
        numbers(self.0.iter().map(|rule| rule.matches(&value)))
    }
}

impl Engine for Parsing {
    fn matches(&mut self, event: &[u8]) -> Vec<u32> {
        black_box(serde_json::from_slice::<Value>(event).unwrap());
        Vec::new()
    }
}

fn numbers(outcomes: impl Iterator<Item = bool>) -> Vec<u32> {
    (0..).zip(outcomes).filter(|(_, holds)| *holds).map(|(number, _)| number).collect()
}

fn main() {
    let Some(texts) = corpus::public_rules() else {
        println!("skipped: HOLDFAST_SAMPLES names no folder of public rules");
        return;
    };
    if std::env::args().any(|argument| argument == memory::ARGUMENT) {
        return memory::answer(&texts);
    }
    let (common, events) = common(&texts);
    let bytes: usize = events.iter().map(Vec::len).sum();
    println!("{} events of {} bytes on average\n", events.len(), bytes / events.len());
    let names = ["ours", "sigma-rust", "tau-engine", "serde_json"];
    println!(
        "{:>6} {:>12} {:>12} {:>12} {:>12}   events a CPU second",
        "rules", names[0], names[1], names[2], names[3]
    );
    let mut rows = Vec::new();
    for size in SIZES.into_iter().chain([common.len()]) {
        let chosen: Vec<&Common> = (0..size).map(|place| &common[place * common.len() / size]).collect();
        let (ours, load) = ours(&chosen);
        let load = format!(
            "{} tests, load {:.0} ms, {:.2} MB",
            ours.network.atoms(),
            load * 1e3,
            memory::ask(chosen.iter().map(|common| common.rule.name.as_str())) / (1024.0 * 1024.0),
        );
        let row = measure(ours, &chosen, &events);
        print!("{size:>6}");
        for engine in 0..4 {
            print!(" {:>12.0}", median(row.rounds.iter().map(|round| round[engine]).collect()));
        }
        println!("   {load}, {:.1} candidates an event", row.candidates);
        rows.push((size, row));
    }
    let ratio = |row: &Row, over: usize| median(row.rounds.iter().map(|round| round[0] / round[over]).collect());
    let at = |size: usize| &rows.iter().find(|(known, _)| *known == size).unwrap().1;
    let (few, most) = (at(10), &rows.last().unwrap().1);
    let growth = few.rounds.iter().zip(&most.rounds).map(|(few, most)| few[0] / most[0]).collect();
    println!("\nR1 ours ÷ sigma-rust at {}: {:.0} (target 1,000)", common.len(), ratio(most, 1));
    println!("R2 ours ÷ tau-engine at {}: {:.0} (target 100)", common.len(), ratio(most, 2));
    println!("R3 ours ÷ sigma-rust at 100: {:.0} (target 40)", ratio(at(100), 1));
    println!("R4 cost of an event from 10 to {} rules: × {:.1} (target at most 5)", common.len(), median(growth));
    println!("R5 ours ÷ serde_json to a tree at {}: {:.2} (target 0.45)", common.len(), ratio(most, 3));
}

/// Rules that all three take and answer alike, and the events made for them.
fn common(texts: &[(String, String)]) -> (Vec<Common>, Vec<Vec<u8>>) {
    let read: Vec<(Rule, &String)> =
        texts.iter().filter_map(|(name, text)| Some((corpus::read(name, text).ok()?, text))).collect();
    let of_all = read.len();
    let (rules, texts): (Vec<Rule>, Vec<&String>) = read.into_iter().unzip();
    let number_fields = corpus::number_fields(&rules);
    let taken = rules.into_iter().zip(texts).filter_map(|(rule, text)| {
        let sigma = sigma_rust::rule_from_yaml(text).ok()?;
        let tau = tau::rule(&rule.condition, &number_fields)?;
        Some(Common { rule, sigma, tau })
    });
    let mut common: Vec<Common> = taken.collect();
    let rules: Vec<Rule> = common.iter().map(|common| copy(&common.rule)).collect();
    let mut made = Events::new(&rules, 1);
    let events: Vec<Vec<u8>> = (0..EVENTS).map(|_| made.event().to_string().into_bytes()).collect();
    let translated = common.len();
    let (mut by_tau, mut by_ours) = (BTreeSet::new(), BTreeSet::new());
    let all: Vec<&Common> = common.iter().collect();
    let (mut ours, _) = ours(&all);
    let (mut sigma, mut tau) = engines(&all);
    for event in &events[..CHECKED] {
        let theirs: BTreeSet<u32> = sigma.matches(event).into_iter().collect();
        by_ours.extend(theirs.symmetric_difference(&ours.matches(event).into_iter().collect()).copied());
        by_tau.extend(theirs.symmetric_difference(&tau.matches(event).into_iter().collect()).copied());
    }
    println!(
        "rules: {} read by us, {translated} taken by all three; not like sigma-rust on {CHECKED} events: ours {}, tau-engine {}",
        of_all,
        by_ours.len(),
        by_tau.len()
    );
    let mut place = 0;
    common.retain(|_| {
        place += 1;
        !by_tau.contains(&(place - 1)) && !by_ours.contains(&(place - 1))
    });
    (common, events)
}

fn copy(rule: &Rule) -> Rule {
    Rule {
        name: rule.name.clone(),
        class: rule.class.clone(),
        detection: rule.detection.clone(),
        condition: rule.condition.clone(),
    }
}

fn engines<'a>(chosen: &[&'a Common]) -> (SigmaRust<'a>, Tau<'a>) {
    (
        SigmaRust(chosen.iter().map(|common| &common.sigma).collect()),
        Tau(chosen.iter().map(|common| &common.tau).collect()),
    )
}

/// The network of some rules and room to run it in.
fn load<'a>(conditions: impl Iterator<Item = &'a Condition>) -> (Network, Scratch) {
    let mut builder = Builder::default();
    conditions.for_each(|condition| {
        builder.add(condition);
    });
    let network = builder.build();
    let scratch = network.scratch();
    (network, scratch)
}

/// The network of some rules, and what loading took.
fn ours(chosen: &[&Common]) -> (Ours, f64) {
    let load = || load(chosen.iter().map(|common| &common.rule.condition));
    let began = cpu();
    (1..LOADS).for_each(|_| drop(black_box(load())));
    let (network, scratch) = load();
    let took = (cpu() - began) / f64::from(LOADS);
    (Ours { network, scratch, candidates: 0 }, took)
}

struct Row {
    /// Events a second by round and engine.
    rounds: Vec<[f64; 4]>,
    candidates: f64,
}

fn measure(mut ours: Ours, chosen: &[&Common], events: &[Vec<u8>]) -> Row {
    let (mut sigma, mut tau) = engines(chosen);
    let digest = |engine: &mut dyn Engine| {
        let mut hasher = DefaultHasher::new();
        events[..CHECKED].iter().for_each(|event| engine.matches(event).hash(&mut hasher));
        hasher.finish()
    };
    let first = digest(&mut ours);
    assert_eq!([digest(&mut sigma), digest(&mut tau)], [first, first], "the answers differ");
    ours.candidates = 0;
    let mut looked_at = 0_u32;
    let mut rounds = Vec::new();
    for round in 0..ROUNDS {
        let (rate, count) = turn(&mut ours, events, round);
        looked_at += count;
        rounds.push([
            rate,
            turn(&mut sigma, events, round).0,
            turn(&mut tau, events, round).0,
            turn(&mut Parsing, events, round).0,
        ]);
    }
    Row { rounds, candidates: f64::from(u32::try_from(ours.candidates).unwrap()) / f64::from(looked_at) }
}

/// Events a CPU second in one turn, and how many there were.
fn turn(engine: &mut dyn Engine, events: &[Vec<u8>], round: usize) -> (f64, u32) {
    let (began, mut count) = (cpu(), 0_u32);
    let mut source = events.iter().cycle().skip(round * events.len() / ROUNDS);
    // Asking for the time takes as long as several events, so it is asked ever more seldom.
    let mut next = 16;
    loop {
        for event in source.by_ref().take(next) {
            black_box(engine.matches(black_box(event)));
            count += 1;
        }
        next = next * 3 / 2;
        let took = cpu() - began;
        if took >= TURN.as_secs_f64() {
            return (f64::from(count) / took, count);
        }
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// Seconds that this thread has run, as the kernel counts them.
fn cpu() -> f64 {
    let line = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    let nanos: u64 = line.split(' ').next().unwrap().parse().unwrap();
    Duration::from_nanos(nanos).as_secs_f64()
}
