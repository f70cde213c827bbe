//! How many signals a second are recognised and judged, and what ten times the playbooks cost.
//!
//! `cargo bench --features testing --bench scoring`. The sets are the built-in one and generated playbooks beside it,
//! each with signs of its own: exact values, parts of a text, phrases in both languages, a correlation, a question.
//! Times are medians of rounds in which all sets take turns.
#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a bench measures time and prints it"
)]

mod library;

use std::collections::BTreeMap;
use std::hint::black_box;
use std::time::{Duration, Instant};

use holdfast::playbook::{Files, Set, compile};
use holdfast::scoring::{Case, assess};
use holdfast::signal::Signal;

/// Playbooks in all; the first set is the built-in one alone.
const SIZES: [usize; 4] = [0, 100, 1_000, 10_000];
const ROUNDS: usize = 7;
/// One round of one set and one sort of signal goes on for at least this long.
const ROUND: Duration = Duration::from_millis(250);

struct Loaded {
    set: Set,
    took: Duration,
    bytes: u64,
}

fn main() {
    let sets: Vec<Loaded> = SIZES.iter().map(|size| load(&library::files(*size))).collect();
    println!("{:>9}  {:>9}  {:>9}  {:>7}", "playbooks", "load, ms", "memory, MB", "signs");
    for loaded in &sets {
        let signs: usize = loaded.set.kinds.iter().flat_map(|kind| &kind.groups).map(|group| group.signs.len()).sum();
        println!(
            "{:>9}  {:>9}  {:>9.1}  {signs:>7}",
            loaded.set.kinds.len(),
            loaded.took.as_millis(),
            megabytes(loaded.bytes)
        );
    }
    for (name, signals) in
        [("alerts", library::alerts(2_000)), ("reports, 300 characters, zh and en", library::reports(500))]
    {
        compare(name, &sets, &signals);
    }
}

fn load(files: &Files) -> Loaded {
    let before = resident();
    let began = Instant::now();
    let set = compile(files, "bench".to_owned()).unwrap_or_else(|faults| panic!("{}", faults[0]));
    Loaded { set, took: began.elapsed(), bytes: resident().saturating_sub(before) }
}

fn compare(name: &str, sets: &[Loaded], signals: &[Signal]) {
    let mut times = vec![Vec::new(); sets.len()];
    for _ in 0..ROUNDS {
        for (loaded, times) in sets.iter().zip(&mut times) {
            times.push(once(&loaded.set, signals));
        }
    }
    let medians: Vec<f64> = times.iter_mut().map(|times| median(times)).collect();
    println!(
        "\n{name}\n{:>9}  {:>11}  {:>9}  {:>8}  {:>12}",
        "playbooks", "signals/s", "ns/signal", "÷ first", "touched/signal"
    );
    for (loaded, nanos) in sets.iter().zip(&medians) {
        println!(
            "{:>9}  {:>11.0}  {nanos:>9.0}  {:>8.2}  {:>12.2}",
            loaded.set.kinds.len(),
            1e9 / nanos,
            nanos / medians[0],
            touched(&loaded.set, signals)
        );
    }
    let (last, rest) = medians.split_last().unwrap();
    for (loaded, nanos) in sets.iter().zip(rest) {
        println!("growth {} -> {}: {:.2}", loaded.set.kinds.len(), sets[rest.len()].set.kinds.len(), last / nanos);
    }
}

/// Nanoseconds a signal.
fn once(set: &Set, signals: &[Signal]) -> f64 {
    let answers = BTreeMap::new();
    let (began, mut count) = (Instant::now(), 0_u32);
    while began.elapsed() < ROUND {
        for signal in signals.iter().cycle().skip(count as usize % signals.len()).take(50) {
            black_box(assess(set, &Case { signals: std::slice::from_ref(black_box(signal)), answers: &answers }));
            count += 1;
        }
    }
    began.elapsed().as_secs_f64() * 1e9 / f64::from(count)
}

/// Playbooks that something spoke for or against, on average.
fn touched(set: &Set, signals: &[Signal]) -> f64 {
    let answers = BTreeMap::new();
    let standings = signals
        .iter()
        .map(|signal| assess(set, &Case { signals: std::slice::from_ref(signal), answers: &answers }).standings.len());
    let (all, count) = (u32::try_from(standings.sum::<usize>()).unwrap(), u32::try_from(signals.len()).unwrap());
    f64::from(all) / f64::from(count)
}

fn median(times: &mut [f64]) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

fn megabytes(bytes: u64) -> f64 {
    f64::from(u32::try_from(bytes / 1024).unwrap()) / 1024.0
}

/// Bytes of this process in memory.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() * 1024
}
