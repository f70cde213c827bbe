//! Evidence to odds: sums that add up, caps that hold, more that is never less.

use proptest::prelude::*;

use crate::scoring::odds::FURTHEST;
use crate::scoring::{Because, Chance, Evidence, Line, Odds, add_up, log_odds_of};

const GROUPS: usize = 4;
const SIGNS: usize = 4;

/// A playbook's signs: a cap for each group, a weight for each sign.
#[derive(Debug, Clone)]
struct Signs {
    prior: i32,
    caps: Vec<i32>,
    weights: Vec<i32>,
    anonymous_cap: i32,
}

/// One sighting: which sign, how reliable its origin, whether proved.
type Sighting = (usize, u16, bool);

impl Signs {
    fn evidence(&self, (sign, reliability, verified): Sighting) -> Evidence {
        let group = sign % GROUPS;
        Evidence {
            group: format!("group-{group}"),
            cap: self.caps[group],
            sign: format!("sign-{}", sign / GROUPS),
            weight: self.weights[sign],
            reliability,
            verified,
            because: Because::default(),
        }
    }

    fn all(&self, sightings: &[Sighting]) -> Vec<Evidence> {
        sightings.iter().map(|sighting| self.evidence(*sighting)).collect()
    }

    fn odds(&self, sightings: &[Sighting]) -> Odds {
        add_up(self.prior, &self.all(sightings), self.anonymous_cap)
    }
}

fn signs() -> impl Strategy<Value = Signs> {
    let caps = prop::collection::vec(1..9_000_i32, GROUPS);
    let weights = prop::collection::vec(-9_000..=9_000_i32, GROUPS * SIGNS);
    (-3_000..3_000_i32, caps, weights, 1..9_000_i32).prop_map(|(prior, caps, weights, anonymous_cap)| Signs {
        prior,
        caps,
        weights,
        anonymous_cap,
    })
}

fn sighting() -> impl Strategy<Value = Sighting> {
    (0..GROUPS * SIGNS, 0..=1_000_u16, any::<bool>())
}

fn sightings() -> impl Strategy<Value = Vec<Sighting>> {
    prop::collection::vec(sighting(), 0..20)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn invariant_01_the_lines_shown_add_up_to_the_log_odds(signs in signs(), seen in sightings()) {
        let odds = signs.odds(&seen);
        prop_assert_eq!(odds.lines.iter().map(Line::points).sum::<i32>(), odds.log_odds);
        for group in 0..GROUPS {
            let name = format!("group-{group}");
            let of_group = odds.lines.iter().filter(|line| matches!(line, Line::Evidence { group, .. } | Line::GroupCap { group, .. } if *group == name));
            prop_assert!(of_group.map(Line::points).sum::<i32>().abs() <= signs.caps[group]);
        }
    }

    #[test]
    fn invariant_02_more_supporting_evidence_never_lowers_p(signs in signs(), seen in sightings(), more in sighting()) {
        let before = signs.odds(&seen).log_odds;
        let after = signs.odds(&[seen, vec![more]].concat()).log_odds;
        if signs.weights[more.0] >= 0 {
            prop_assert!(after >= before && Chance::of(after) >= Chance::of(before));
        } else {
            prop_assert!(after <= before && Chance::of(after) <= Chance::of(before));
        }
    }

    #[test]
    fn invariant_03_neither_order_nor_repetition_matters(signs in signs(), seen in sightings().prop_flat_map(|seen| (Just(seen.clone()), Just(seen).prop_shuffle()))) {
        let (first, other) = seen;
        prop_assert_eq!(signs.odds(&first), signs.odds(&other));
        prop_assert_eq!(signs.odds(&first), signs.odds(&[other, first].concat()));
    }

    #[test]
    fn invariant_04_what_weighs_nothing_is_neutral(signs in signs(), seen in sightings(), (sign, _, verified) in sighting()) {
        let before = signs.odds(&seen).log_odds;
        prop_assert_eq!(signs.odds(&[seen.clone(), vec![(sign, 0, verified)]].concat()).log_odds, before);
        let silent = Evidence { weight: 0, sign: "says-nothing".to_owned(), ..signs.evidence((sign, 1_000, verified)) };
        let evidence = [signs.all(&seen), vec![silent]].concat();
        prop_assert_eq!(add_up(signs.prior, &evidence, signs.anonymous_cap).log_odds, before);
    }

    #[test]
    fn invariant_05_neither_a_group_nor_the_unproven_pass_their_cap(signs in signs(), seen in sightings()) {
        let whole = signs.odds(&seen).log_odds;
        for group in 0..GROUPS {
            let rest: Vec<Sighting> = seen.iter().copied().filter(|sighting| sighting.0 % GROUPS != group).collect();
            prop_assert!((whole - signs.odds(&rest).log_odds).abs() <= signs.caps[group]);
        }
        let proven: Vec<Sighting> = seen.iter().copied().filter(|sighting| sighting.2).collect();
        prop_assert!((whole - signs.odds(&proven).log_odds).abs() <= signs.anonymous_cap);
    }

    #[test]
    fn invariant_06_lower_reliability_never_makes_a_contribution_larger(signs in signs(), (sign, reliability, verified) in sighting(), lower in 0..=1_000_u16) {
        let size = |reliability: u16| add_up(0, &[signs.evidence((sign, reliability, verified))], signs.anonymous_cap).log_odds.abs();
        prop_assert!(size(reliability.min(lower)) <= size(reliability));
        prop_assert!(size(reliability) <= signs.weights[sign].abs());
    }

    #[test]
    fn invariant_07_no_extreme_overflows(prior: i32, caps in prop::collection::vec(any::<i32>(), GROUPS), weights in prop::collection::vec(any::<i32>(), GROUPS * SIGNS), anonymous_cap: i32, seen in prop::collection::vec((0..GROUPS * SIGNS, any::<u16>(), any::<bool>()), 0..40)) {
        let odds = Signs { prior, caps, weights, anonymous_cap }.odds(&seen);
        prop_assert_eq!(odds.lines.iter().map(Line::points).sum::<i32>(), odds.log_odds);
        prop_assert!((1..=999_999).contains(&Chance::of(odds.log_odds).parts()));
    }
}

#[test]
fn invariant_02_proof_of_what_was_only_said_never_lowers_p() {
    let signs = Signs {
        prior: 0,
        caps: vec![3_000; GROUPS],
        weights: vec![3_000, 0, 0, 0, 2_500, 0, 0, 0, -5_000, 0, 0, 0, 0, 0, 0, 0],
        anonymous_cap: 9_000,
    };
    let said = [(0, 1_000, true), (4, 800, false), (8, 1_000, false)];
    let proved = [said.as_slice(), &[(4, 900, true)]].concat();
    assert!(signs.odds(&proved).log_odds >= signs.odds(&said).log_odds);

    let trusted_less = [(4, 800, false), (4, 300, true)];
    assert_eq!(signs.odds(&trusted_less).log_odds, signs.odds(&trusted_less[..1]).log_odds);
}

#[test]
fn invariant_07_p_stays_between_nought_and_one_and_rises_with_the_log_odds() {
    let ends = [i32::MIN, -1_000_000, -FURTHEST - 1];
    let all = ends.into_iter().chain(-FURTHEST..=FURTHEST).chain(ends.into_iter().rev().map(i32::saturating_neg));
    let mut last = 0;
    for log_odds in all {
        let chance = Chance::of(log_odds);
        assert!(chance.parts() >= last && chance.share() > 0.0 && chance.share() < 1.0, "{log_odds}");
        last = chance.parts();
    }
    assert_eq!(last, 999_999);
}

#[test]
fn invariant_08_the_same_log_odds_give_the_same_chance_on_any_machine() {
    let known = [(-2_000, 9_901), (-1_300, 47_727), (0, 500_000), (700, 833_662), (1_700, 980_438), (4_200, 999_937)];
    for (log_odds, parts) in known {
        assert_eq!(Chance::of(log_odds).parts(), parts, "{log_odds}");
    }
    for hundredth in 1..=99 {
        let chance = f64::from(hundredth) / 100.0;
        let least = log_odds_of(chance);
        assert!(Chance::of(least).share() >= chance - 1e-6 && Chance::of(least - 1).share() <= chance);
    }
}

#[test]
fn invariant_01_the_worked_example_adds_up_in_three_lines() {
    let item = |group: &str, weight, reliability, verified| Evidence {
        group: group.to_owned(),
        cap: 3_000,
        sign: "seen".to_owned(),
        weight,
        reliability,
        verified,
        because: Because::default(),
    };
    let odds = add_up(-1_300, &[item("words", 2_500, 800, false), item("transfer", 1_000, 1_000, true)], 4_200);
    assert_eq!(odds.lines.iter().map(Line::points).collect::<Vec<_>>(), [-1_300, 1_000, 2_000]);
    assert_eq!((odds.log_odds, Chance::of(odds.log_odds).parts() / 10_000), (1_700, 98));
}
