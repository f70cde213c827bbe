//! The order of the queue: a small model of arrivals, claims, leases and new evidence over the pure rules.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::BUILTIN;
use crate::incident::Standing;
use crate::playbook::Class;
use crate::queue::{QueueKey, never_passed_after, place, takes_longest_waiter};
use crate::scoring::head_start;
use crate::time::{Span, Timestamp};

#[derive(Debug, Clone, Copy)]
struct Waiting {
    arrived: Timestamp,
    class: Class,
    head_start: Span,
}

impl Waiting {
    fn key(&self) -> QueueKey {
        place(self.class, self.arrived, self.head_start)
    }
}

/// Cases that wait, by id, and the claims so far.
#[derive(Default)]
struct Pool {
    waiting: BTreeMap<usize, Waiting>,
    held: BTreeMap<usize, (Waiting, Timestamp)>,
    claims: i64,
}

impl Pool {
    /// Leases that ran out give their cases back; answers those.
    fn give_back(&mut self, now: Timestamp) -> Vec<usize> {
        let over: Vec<usize> = self.held.iter().filter(|(_, (_, until))| *until <= now).map(|(id, _)| *id).collect();
        for id in &over {
            let (case, _) = self.held.remove(id).unwrap();
            self.waiting.insert(*id, case);
        }
        over
    }

    fn next(&self, longest: bool) -> Option<usize> {
        let by_rule = self.waiting.iter().map(|(id, case)| (case.key(), *id)).min().map(|(_, id)| id);
        let by_wait = self.waiting.iter().map(|(id, case)| (case.arrived, *id)).min().map(|(_, id)| id);
        if longest { by_wait } else { by_rule }
    }

    fn claim(&mut self, now: Timestamp) -> Option<(usize, Waiting, bool)> {
        let longest = takes_longest_waiter(self.claims + 1, &BUILTIN.policy);
        let id = self.next(longest)?;
        self.claims += 1;
        let case = self.waiting.remove(&id).unwrap();
        self.held.insert(id, (case, now.plus(BUILTIN.policy.order.lease)));
        Some((id, case, longest))
    }
}

#[derive(Debug, Clone)]
enum Event {
    Arrives(bool, i64),
    Claimed,
    /// New evidence on a waiting or held case: which, and its new rate.
    Evidence(usize, i64),
    Closed(usize),
}

fn rates() -> impl Strategy<Value = i64> {
    prop_oneof![Just(0_i64), 0..3_000_i64, 0..10_000_000_i64]
}

fn events() -> impl Strategy<Value = Vec<(i64, Event)>> {
    let event = prop_oneof![
        4 => (any::<bool>(), rates()).prop_map(|(security, rate)| Event::Arrives(security, rate)),
        3 => Just(Event::Claimed),
        1 => (any::<usize>(), rates()).prop_map(|(which, rate)| Event::Evidence(which, rate)),
        1 => any::<usize>().prop_map(Event::Closed),
    ];
    prop::collection::vec((0..40_i64, event), 1..200)
}

fn moment(minutes: i64) -> Timestamp {
    Timestamp::from_millis(0).plus(Span::from_minutes(minutes))
}

fn worth(rate: i64) -> Span {
    head_start(rate, &BUILTIN.policy)
}

fn lane_of(security: bool) -> Class {
    if security { Class::Security } else { Class::Routine }
}

proptest! {
    #[test]
    fn invariant_16_shifting_every_arrival_leaves_the_order(cases in prop::collection::vec((any::<bool>(), -100_000..100_000_i64, rates()), 0..30), shift in -10_000_000..10_000_000_i64) {
        let order = |shift: i64| {
            let mut ids: Vec<usize> = (0..cases.len()).collect();
            ids.sort_by_key(|id| {
                let (security, arrived, rate) = cases[*id];
                place(lane_of(security), moment(arrived + shift), worth(rate))
            });
            ids
        };
        prop_assert_eq!(order(0), order(shift));
    }

    #[test]
    fn invariants_17_19_20_22_hold_for_any_schedule(events in events()) {
        let cap = BUILTIN.policy.order.cap;
        let (mut pool, mut now, mut next_id) = (Pool::default(), moment(0), 0);
        for (minutes, event) in events {
            now = now.plus(Span::from_minutes(minutes));
            let held_before = pool.held.len();
            let back = pool.give_back(now);
            prop_assert_eq!(pool.held.len() + back.len(), held_before, "a lease gives its case back once");
            match event {
                Event::Arrives(security, rate) => {
                    pool.waiting.insert(next_id, Waiting { arrived: now, class: lane_of(security), head_start: worth(rate) });
                    next_id += 1;
                }
                Event::Claimed => {
                    let held: Vec<usize> = pool.held.keys().copied().collect();
                    let Some((id, taken, longest)) = pool.claim(now) else { continue };
                    prop_assert!(!held.contains(&id), "two claims never hold one case");
                    prop_assert_eq!(longest, pool.claims % 10 == 0);
                    for left in pool.waiting.values() {
                        if longest {
                            prop_assert!(taken.arrived <= left.arrived);
                        } else if taken.class == left.class {
                            prop_assert!(taken.arrived <= left.arrived.plus(cap));
                            prop_assert!(taken.arrived <= never_passed_after(left.key(), &BUILTIN.policy));
                        } else {
                            prop_assert_eq!(taken.class, Class::Security);
                        }
                    }
                }
                Event::Evidence(which, rate) => {
                    let ids: Vec<usize> = pool.waiting.keys().chain(pool.held.keys()).copied().collect();
                    let Some(id) = ids.get(which % ids.len().max(1)) else { continue };
                    let holder_has: Vec<usize> = pool.held.keys().copied().collect();
                    let case = pool.waiting.get_mut(id).or_else(|| pool.held.get_mut(id).map(|(case, _)| case)).unwrap();
                    let before = case.key();
                    case.head_start = case.head_start.max(worth(rate));
                    prop_assert!(case.key() <= before);
                    prop_assert_eq!(holder_has, pool.held.keys().copied().collect::<Vec<_>>(), "new evidence takes nothing out of a holder's hands");
                }
                Event::Closed(which) => {
                    let ids: Vec<usize> = pool.held.keys().copied().collect();
                    if let Some(id) = ids.get(which % ids.len().max(1)) {
                        pool.held.remove(id);
                    }
                }
            }
        }
    }

    #[test]
    fn invariant_18_equal_arrival_goes_by_rate_equal_rate_by_arrival(low in 0..25_400_i64, more in 1..1_000_i64, earlier in 0..100_000_i64, later in 1..100_000_i64) {
        let at = |arrived: i64, rate: i64| place(Class::Security, Timestamp::from_millis(arrived), worth(rate));
        prop_assert!(at(0, low + more) < at(0, low) || worth(low + more) == BUILTIN.policy.order.cap && worth(low) == BUILTIN.policy.order.cap);
        prop_assert!(at(earlier, low) < at(earlier + later, low));
        prop_assert!((at(earlier, low), 1) < (at(earlier, low), 2));
    }

    #[test]
    fn invariant_21_a_higher_rate_never_moves_a_case_back(arrived: i64, low in any::<i64>(), high in any::<i64>()) {
        let at = |rate: i64| place(Class::Security, Timestamp::from_millis(arrived), worth(rate));
        prop_assert!(at(low.max(high)) <= at(low.min(high)));
        prop_assert!(place(Class::Security, Timestamp::from_millis(arrived), Span::ZERO) <= place(Class::Routine, Timestamp::from_millis(arrived), worth(high)));
    }
}

#[test]
fn invariant_18_every_cent_below_the_cap_counts() {
    let all: Vec<Span> = (0..=25_500).map(worth).collect();
    assert!(all.windows(2).all(|pair| pair[0] < pair[1]));
    assert_eq!((all[0], all[25_500]), (Span::ZERO, BUILTIN.policy.order.cap));
    assert_eq!(worth(i64::MAX), BUILTIN.policy.order.cap);
    assert_eq!(worth(-1), Span::ZERO);
}

#[test]
fn invariant_19_one_claim_in_ten_takes_the_longest_waiter() {
    let reserved: Vec<i64> = (1..=40).filter(|claim| takes_longest_waiter(*claim, &BUILTIN.policy)).collect();
    assert_eq!(reserved, [10, 20, 30, 40]);
}

#[test]
fn invariant_21_what_is_stored_only_rises_whatever_comes_next() {
    let mut stored: Option<Standing> = None;
    for places in [[3, 50], [8, 9], [120, 4], [33, 71], [15, 2], [90, 91]] {
        let new = super::judge_signals(&super::told(&places), &BTreeMap::new());
        if let Some(before) = stored {
            let after = before.raised_by(&new);
            let key = |standing: Standing| place(standing.class, moment(0), standing.head_start);
            assert!(key(after) <= key(before) && after.level <= before.level && after.danger >= before.danger);
        }
        stored = Some(stored.map_or_else(|| Standing::of(&new), |before| before.raised_by(&new)));
    }
}
