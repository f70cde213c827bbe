//! What waiting costs: the loss rises with what it should rise with, and never passes what is there.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::{BUILTIN, judge_signals, says, security_kinds, signal, told};
use crate::playbook::{Able, Activity, Exposure, Kind, Remaining};
use crate::scoring::{Bucket, Chance, Threat, head_start, loss, rate, stakes};
use crate::signal::{Asset, Facts, Report};
use crate::text::Language;
use crate::time::Span;

const PLACES: [&str; 4] = ["tron", "ethereum", "custodial", "any"];

/// Chance, half-life and reach of a playbook.
type Harm = (f64, i64, f64);

fn harm() -> impl Strategy<Value = Harm> {
    (0.0..=1.0_f64, 1..100_000_000_i64, 0.0..=1.0_f64)
}

fn bucket() -> impl Strategy<Value = Bucket> {
    let cents = prop_oneof![0..1_000_000_i64, any::<i64>()];
    (0..PLACES.len(), prop_oneof![Just(""), Just("nft")], any::<bool>(), cents).prop_map(
        |(place, asset_class, same_seed, cents)| Bucket {
            place: PLACES[place].to_owned(),
            asset_class: asset_class.to_owned(),
            same_seed,
            cents,
        },
    )
}

fn lost(buckets: &[Bucket], harms: &[Harm], delay: i64) -> i64 {
    let reaches: Vec<BTreeMap<String, f64>> =
        harms.iter().map(|harm| BTreeMap::from([("any".to_owned(), harm.2)])).collect();
    let threats: Vec<Threat<'_>> = harms
        .iter()
        .zip(&reaches)
        .map(|(harm, reach)| Threat { share: harm.0, half_life: Span::from_millis(harm.1), reach })
        .collect();
    loss(buckets, &threats, Span::from_millis(delay))
}

fn claims(usd: &str) -> Facts {
    let report = Report {
        assets: vec![Asset { chain: None, asset: None, amount: None, usd: Some(usd.to_owned()) }],
        ..says("please help")
    };
    report.read(Language::En).unwrap_or_else(|bad| panic!("{bad:?}")).facts
}

/// The stakes of one playbook for these facts.
fn view(kind: &Kind, facts: Facts) -> (stakes::Situation, i64, u8) {
    let answers = BTreeMap::new();
    let signals = [signal(0, false, facts)];
    let facts = stakes::facts(&BUILTIN, &super::Case { signals: &signals, answers: &answers }, &[]);
    let situation = stakes::situation(&BUILTIN, kind, &facts);
    let cost = stakes::expected_loss(&BUILTIN, kind, Chance::of(0), &facts);
    let level = stakes::level(&BUILTIN, kind, &situation);
    (situation, cost, level)
}

proptest! {
    #[test]
    fn invariant_11_loss_rises_with_value_chance_reach_and_delay(buckets in prop::collection::vec(bucket(), 1..5), harms in prop::collection::vec(harm(), 1..4), delay in 0..100_000_000_i64, more in (any::<u32>(), 0.0..1.0_f64, 0.0..1.0_f64, 0..100_000_000_i64)) {
        let base = lost(&buckets, &harms, delay);
        let there = buckets.iter().fold(0_i64, |sum, bucket| sum.saturating_add(bucket.cents.max(0)));
        prop_assert!((0..=there).contains(&base));

        let mut richer = buckets.clone();
        richer[0].cents = richer[0].cents.saturating_add(i64::from(more.0));
        prop_assert!(lost(&richer, &harms, delay) >= base);
        let mut likelier = harms.clone();
        likelier[0].0 += (1.0 - likelier[0].0) * more.1;
        prop_assert!(lost(&buckets, &likelier, delay) >= base);
        let mut farther = harms.clone();
        farther[0].2 += (1.0 - farther[0].2) * more.2;
        prop_assert!(lost(&buckets, &farther, delay) >= base);
        prop_assert!(lost(&buckets, &harms, delay + more.3) >= base);
        prop_assert!(lost(&buckets, &[harms.clone(), vec![(more.1, 60_000, more.2)]].concat(), delay) >= base);
    }

    #[test]
    fn invariant_11_a_rate_and_its_head_start_rise_with_the_loss(low: i64, high: i64, help in 0.0..=1.0_f64, minutes in 0..1_000_i64) {
        let (low, high) = (low.min(high).max(0), low.max(high).max(0));
        let of = |cents| rate(cents, help, Span::from_minutes(minutes));
        prop_assert!((0..=low).contains(&of(low)) && of(low) <= of(high));
        let ahead = |cents| head_start(of(cents), &BUILTIN.policy);
        prop_assert!(Span::ZERO <= ahead(low) && ahead(low) <= ahead(high) && ahead(high) <= BUILTIN.policy.order.cap);
    }

    #[test]
    fn invariant_12_the_unit_and_spelling_of_money_change_nothing(buckets in prop::collection::vec(bucket(), 1..5), harms in prop::collection::vec(harm(), 1..4), factor in 2..1_000_i64, dollars in 0..100_000_u32) {
        let small: Vec<Bucket> = buckets.into_iter().map(|bucket| Bucket { cents: bucket.cents % 1_000_000_000, ..bucket }).collect();
        let scaled: Vec<Bucket> = small.iter().cloned().map(|bucket| Bucket { cents: bucket.cents * factor, ..bucket }).collect();
        // Each sort of bucket is rounded to half a unit at most.
        let rounding = factor * i64::try_from(small.len()).unwrap();
        prop_assert!((lost(&scaled, &harms, 600_000) - lost(&small, &harms, 600_000) * factor).abs() <= rounding);

        let judged = |usd: &str| judge_signals(&[signal(0, false, claims(usd))], &BTreeMap::new());
        let plain = judged(&dollars.to_string());
        prop_assert_eq!(&judged(&format!("{dollars}.00")), &plain);
        prop_assert_eq!(&judged(&format!("00{dollars}.000000000000000000")), &plain);
    }

    #[test]
    fn invariant_14_splitting_a_bucket_into_equal_halves_gives_the_same_loss(buckets in prop::collection::vec(bucket(), 1..5), harms in prop::collection::vec(harm(), 1..4), delay in 0..100_000_000_i64) {
        let mut even = buckets;
        even[0].cents = even[0].cents / 2 * 2;
        let mut split = even.clone();
        split[0].cents /= 2;
        split.push(split[0].clone());
        prop_assert_eq!(lost(&split, &harms, delay), lost(&even, &harms, delay));
    }

    #[test]
    fn invariant_15_unknown_value_is_never_below_a_known_small_one(cents in 1..10_000_i64) {
        for kind in security_kinds() {
            let known = view(kind, claims(&format!("{}.{:02}", cents / 100, cents % 100)));
            let unknown = view(kind, Facts::new());
            prop_assert_eq!((known.0.remaining, unknown.0.remaining), (Remaining::Small, Remaining::MediumOrUnknown));
            prop_assert!(known.0.value_known && !unknown.0.value_known);
            prop_assert!(unknown.1 >= known.1 && unknown.2 <= known.2, "{}", kind.id);
        }
    }

    #[test]
    fn invariant_13_nothing_left_saves_nothing_whatever_the_odds(places in prop::collection::vec(any::<usize>(), 1..4)) {
        let mut signals = told(&places);
        signals.push(signal(100, false, claims("0")));
        let answers = BTreeMap::from([("something-left".to_owned(), "no".to_owned())]);
        let assessment = judge_signals(&signals, &answers);
        let situation = &assessment.situation;
        prop_assert_eq!(situation.remaining == Remaining::None, situation.value_cents == 0 && situation.value_known);
        if situation.danger.is_none() && situation.remaining == Remaining::None {
            prop_assert_eq!((assessment.loss_cents, assessment.rate_cents, assessment.head_start, assessment.level), (0, 0, Span::ZERO, 5));
        }
    }
}

#[test]
fn invariant_13_every_row_with_nothing_left_is_level_five() {
    for exposure in [Exposure::None, Exposure::Account, Exposure::Permission, Exposure::Secret] {
        for activity in [Activity::NoneSeen, Activity::Attempted, Activity::LeavingNow] {
            for able in [Able::Yes, Able::No] {
                assert_eq!(BUILTIN.policy.level(exposure, activity, Remaining::None, able), 5);
            }
        }
    }
    for kind in security_kinds() {
        let (situation, cost, level) = view(kind, claims("0"));
        assert_eq!((situation.value_cents, cost, level), (0, 0, 5), "{}", kind.id);
    }
}

#[test]
fn invariant_11_saying_that_something_is_left_takes_nothing_from_a_named_sum() {
    let told = |text: &str, usd: &str| {
        let report = Report {
            assets: vec![Asset { chain: None, asset: None, amount: None, usd: Some(usd.to_owned()) }],
            ..says(text)
        };
        super::judge(&report)
    };
    let leaked = "I entered my seed phrase on a website.";
    let (plain, left) = (told(leaked, "40000"), told(&format!("{leaked} The coins are still there."), "40000"));
    assert_eq!((plain.situation.remaining, left.situation.remaining), (Remaining::Large, Remaining::Large));
    assert!(left.level <= plain.level && left.head_start >= plain.head_start);

    let unknown = told(&format!("{leaked} The coins are still there."), "0");
    assert!(
        !unknown.situation.value_known && unknown.rate_cents > 0,
        "something is left, so the nought is not what is left"
    );
}
