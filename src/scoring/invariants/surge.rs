//! A synthetic surge: more arrivals than four people can help, ordered three ways with the rules as they run.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::BUILTIN;
use crate::phrase::sample::Draw;
use crate::playbook::Class;
use crate::queue::{place, takes_longest_waiter};
use crate::scoring::{Bucket, Threat, head_start, loss, rate};
use crate::time::{Span, Timestamp};

const STAFF: usize = 4;
const SEEDS: u64 = 24;
const HOURS: i64 = 8;
/// Work that arrives for each minute of work that can be done.
const LOAD: f64 = 1.3;

struct Sort {
    half_life: Span,
    handling: Span,
    help_works: f64,
}

/// From the swift and small to the slow and curable.
const SORTS: [Sort; 4] = [
    Sort { half_life: Span::from_minutes(2), handling: Span::from_minutes(6), help_works: 0.35 },
    Sort { half_life: Span::from_minutes(20), handling: Span::from_minutes(8), help_works: 0.7 },
    Sort { half_life: Span::from_minutes(90), handling: Span::from_minutes(5), help_works: 0.9 },
    Sort { half_life: Span::from_minutes(600), handling: Span::from_minutes(6), help_works: 0.9 },
];

/// Of twenty arrivals, how many are of each sort.
const MIX: [usize; 20] = [0, 0, 0, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3];

struct Arrival {
    at: Timestamp,
    sort: &'static Sort,
    chance: f64,
    cents: i64,
}

#[derive(Clone, Copy)]
enum Rule {
    OldestFirst,
    PureRate,
    HeadStart,
}

/// A number between nought and one, neither included.
fn share(draw: &mut Draw) -> f64 {
    (f64::from(u32::try_from(draw.number() >> 32).unwrap()) + 0.5) / 4_294_967_296.0
}

fn arrivals(seed: u64) -> Vec<Arrival> {
    let mut draw = Draw::new(seed);
    let work: f64 = MIX.iter().map(|sort| minutes(SORTS[*sort].handling)).sum::<f64>() / 20.0;
    let gap = work / (4.0 * LOAD);
    let mut all = Vec::new();
    let mut now = 0.0;
    loop {
        now -= gap * share(&mut draw).ln();
        if now > minutes(Span::from_minutes(HOURS * 60)) {
            return all;
        }
        let sort = &SORTS[MIX[draw.below(MIX.len())]];
        let normal = (-2.0 * share(&mut draw).ln()).sqrt() * (std::f64::consts::TAU * share(&mut draw)).cos();
        let dollars = 150.0 * (1.8 * normal).exp();
        let chance = share(&mut draw).max(share(&mut draw));
        all.push(Arrival { at: after(now), sort, chance, cents: whole(dollars * 100.0) });
    }
}

fn minutes(span: Span) -> f64 {
    f64::from(i32::try_from(span.millis()).unwrap()) / 60_000.0
}

fn after(minutes: f64) -> Timestamp {
    Timestamp::from_millis(whole(minutes * 60_000.0))
}

fn whole(number: f64) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "sums of a synthetic day are small")]
    let number = number as i64;
    number
}

/// Cents saved when help comes after a wait, and those that instant help would have saved.
fn averted(arrival: &Arrival, wait: Span) -> (f64, f64) {
    let full =
        f64::from(i32::try_from(arrival.cents.min(100_000_000)).unwrap()) * arrival.chance * arrival.sort.help_works;
    (full * (-minutes(wait) / minutes(arrival.sort.half_life)).exp2(), full)
}

fn worth(arrival: &Arrival) -> i64 {
    let reach = BTreeMap::from([("any".to_owned(), 1.0)]);
    let bucket = Bucket { place: "any".to_owned(), asset_class: String::new(), same_seed: false, cents: arrival.cents };
    let threat = Threat { share: arrival.chance, half_life: arrival.sort.half_life, reach: &reach };
    rate(loss(&[bucket], &[threat], BUILTIN.policy.order.delay), arrival.sort.help_works, arrival.sort.handling)
}

/// The share of loss averted, and the longest wait.
fn day(seed: u64, rule: Rule) -> (f64, f64, Span) {
    let arrivals = arrivals(seed);
    let rates: Vec<i64> = arrivals.iter().map(worth).collect();
    let mut free = [Timestamp::from_millis(0); STAFF];
    let mut waiting: BTreeMap<(i64, i64), usize> = BTreeMap::new();
    let (mut next, mut claims) = (0, 0);
    let (mut saved, mut whole, mut longest) = (0.0, 0.0, Span::ZERO);
    while next < arrivals.len() || !waiting.is_empty() {
        let person = (0..STAFF).min_by_key(|person| free[*person]).unwrap();
        let now = if waiting.is_empty() { free[person].max(arrivals[next].at) } else { free[person] };
        while next < arrivals.len() && arrivals[next].at <= now {
            let due = match rule {
                Rule::OldestFirst => arrivals[next].at.millis(),
                Rule::PureRate => -rates[next],
                Rule::HeadStart => {
                    place(Class::Security, arrivals[next].at, head_start(rates[next], &BUILTIN.policy)).due.millis()
                }
            };
            waiting.insert((due, i64::try_from(next).unwrap()), next);
            next += 1;
        }
        claims += 1;
        let reserved = matches!(rule, Rule::HeadStart) && takes_longest_waiter(claims, &BUILTIN.policy);
        let key = if reserved {
            waiting.iter().min_by_key(|(_, case)| arrivals[**case].at).map(|(key, _)| *key)
        } else {
            waiting.keys().next().copied()
        };
        let case = waiting.remove(&key.unwrap()).unwrap();
        let wait = now.since(arrivals[case].at);
        let (part, all) = averted(&arrivals[case], wait);
        saved += part;
        whole += all;
        longest = longest.max(wait);
        free[person] = now.plus(arrivals[case].sort.handling);
    }
    (saved, whole, longest)
}

/// Over all seeds: thousandths of the loss averted, median of the longest wait in minutes.
fn surge(rule: Rule) -> (i64, i64) {
    let days: Vec<(f64, f64, Span)> = (1..=SEEDS).map(|seed| day(seed, rule)).collect();
    let share = days.iter().map(|day| day.0).sum::<f64>() / days.iter().map(|day| day.1).sum::<f64>();
    let mut waits: Vec<Span> = days.iter().map(|day| day.2).collect();
    waits.sort_by_key(|wait| Reverse(*wait));
    (whole(share * 1_000.0), waits[waits.len() / 2].minutes())
}

#[test]
fn head_start_averts_more_than_oldest_first_in_a_surge() {
    let (oldest, pure, ahead) = (surge(Rule::OldestFirst), surge(Rule::PureRate), surge(Rule::HeadStart));
    let told = format!("averted, longest wait: oldest first {oldest:?}, pure rate {pure:?}, head start {ahead:?}");
    assert!(oldest.0 < ahead.0 && ahead.0 < pure.0, "{told}");
    assert!(oldest.1 < ahead.1 && ahead.1 < pure.1, "{told}");
    assert!(ahead.0 - oldest.0 > pure.0 - ahead.0, "most of what oldest first gives away is kept: {told}");
    assert!(ahead.1 < oldest.1 * 3 / 2, "nobody waits half as long again: {told}");
}
