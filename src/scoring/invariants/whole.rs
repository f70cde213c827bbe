//! The judgement as a whole, with the playbooks that are compiled in: any signals, any answers, any smaller set.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use proptest::prelude::*;

use super::{BUILTIN, Case, TOLD, assess, judge_signals, says, signal, told};
use crate::guidance::for_person;
use crate::incident::Standing;
use crate::playbook::{Class, Files, Fired, Set, builtin_files, compile};
use crate::queue::place;
use crate::scoring::Assessment;
use crate::signal::{Facts, Signal};
use crate::text::Language;
use crate::time::{Span, Timestamp};

fn bytes(assessment: &Assessment) -> Vec<u8> {
    serde_json::to_vec(assessment).unwrap()
}

fn some(most: usize) -> impl Strategy<Value = Vec<usize>> {
    prop::collection::vec(0..TOLD.len(), 1..most)
}

/// Answers to any questions of the set: which question, which choice.
fn answered(choices: &[(usize, usize)]) -> BTreeMap<String, String> {
    let questions: Vec<_> = BUILTIN.kinds.iter().flat_map(|kind| &kind.questions).collect();
    let pick = |(question, choice): &(usize, usize)| {
        let question = questions[question % questions.len()];
        (question.id.clone(), question.answers[choice % question.answers.len()].id.clone())
    };
    choices.iter().map(pick).collect()
}

fn choices() -> impl Strategy<Value = Vec<(usize, usize)>> {
    prop::collection::vec((any::<usize>(), any::<usize>()), 0..5)
}

fn odds_of(assessment: &Assessment, kind: &str) -> Option<i32> {
    assessment.standings.iter().find(|standing| standing.kind == kind).map(|standing| standing.log_odds)
}

/// The weights of the signs that fire in one and not in the other, by playbook.
fn gained(more: &[Fired], fewer: &[Fired]) -> BTreeMap<u32, Vec<i32>> {
    let mut weights: BTreeMap<u32, Vec<i32>> = BTreeMap::new();
    for fired in
        more.iter().filter(|fired| !fewer.iter().any(|other| other.sign == fired.sign && other.signal == fired.signal))
    {
        weights.entry(fired.sign.kind).or_default().push(fired.weight);
    }
    weights
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn invariant_02_a_signal_moves_each_playbook_only_the_way_its_signs_say(places in some(5), more in any::<usize>()) {
        let signals = told(&[places, vec![more]].concat());
        let fewer = &signals[..signals.len() - 1];
        let (before, after) = (judge_signals(fewer, &BTreeMap::new()), judge_signals(&signals, &BTreeMap::new()));
        let weights = gained(&BUILTIN.recognise(&signals), &BUILTIN.recognise(fewer));
        for (place, kind) in (0..).zip(&BUILTIN.kinds) {
            let (was, is) = (odds_of(&before, &kind.id).unwrap_or(kind.prior), odds_of(&after, &kind.id).unwrap_or(kind.prior));
            let new = weights.get(&place).map_or(&[] as &[i32], Vec::as_slice);
            prop_assert!(is >= was || new.iter().any(|weight| *weight < 0), "{} fell from {was} to {is}", kind.id);
            prop_assert!(is <= was || new.iter().any(|weight| *weight > 0), "{} rose from {was} to {is}", kind.id);
        }
    }

    #[test]
    fn invariant_03_neither_order_nor_a_repeated_delivery_matters(shuffled in some(6).prop_flat_map(|places| { let signals = told(&places); (Just(signals.clone()), Just(signals).prop_shuffle()) }), choices in choices()) {
        let (first, other) = shuffled;
        let answers = answered(&choices);
        let once = bytes(&judge_signals(&first, &answers));
        prop_assert_eq!(&bytes(&judge_signals(&other, &answers)), &once);
        prop_assert_eq!(&bytes(&judge_signals(&[other, first].concat(), &answers)), &once);
    }

    #[test]
    fn invariant_04_what_nobody_said_is_neutral(places in some(4), question in any::<usize>()) {
        let signals = told(&places);
        let plain = judge_signals(&signals, &BTreeMap::new());
        let silent = signal(200, true, Facts::new().with("kind", "unclassified"));
        prop_assert_eq!(&judge_signals(&[signals.clone(), vec![silent]].concat(), &BTreeMap::new()), &plain);
        let questions: Vec<_> = BUILTIN.kinds.iter().flat_map(|kind| &kind.questions).collect();
        for unsure in ["not-sure", "an-answer-of-another-set"] {
            let answers = BTreeMap::from([(questions[question % questions.len()].id.clone(), unsure.to_owned())]);
            prop_assert_eq!(&judge_signals(&signals, &answers), &plain);
        }
    }

    #[test]
    fn invariant_05_one_unproven_person_stays_within_the_anonymous_cap(places in some(8), choices in choices()) {
        let signals: Vec<Signal> = told(&places).into_iter().filter(|signal| !signal.origin.verified).collect();
        for standing in judge_signals(&signals, &answered(&choices)).standings {
            let prior = BUILTIN.kind(&standing.kind).unwrap().prior;
            prop_assert!((standing.log_odds - prior).abs() <= BUILTIN.policy.anonymous_cap);
        }
    }

    #[test]
    fn invariant_10_the_computed_value_stands_beside_an_override_and_comes_back(places in some(4), choices in choices(), level in 1..=5_u8) {
        let (signals, answers) = (told(&places), answered(&choices));
        let computed = judge_signals(&signals, &answers);
        let kept = bytes(&computed);
        let by_hand = Standing { class: Class::Routine, level, head_start: Span::ZERO, danger: false };
        let restored: Assessment = serde_json::from_slice(&kept).unwrap();
        prop_assert_eq!(&restored, &computed);
        prop_assert_eq!(Standing::of(&restored), Standing::of(&judge_signals(&signals, &answers)), "whatever {:?} said meanwhile", by_hand);
    }

    #[test]
    fn invariant_21_new_evidence_never_moves_what_is_stored_back(places in some(10)) {
        let signals = told(&places);
        let mut stored = Standing::of(&judge_signals(&signals[..1], &BTreeMap::new()));
        for end in 2..=signals.len() {
            let after = stored.raised_by(&judge_signals(&signals[..end], &BTreeMap::new()));
            let key = |standing: Standing| place(standing.class, Timestamp::from_millis(0), standing.head_start);
            prop_assert!(key(after) <= key(stored) && after.level <= stored.level && after.danger >= stored.danger);
            stored = after;
        }
    }

    #[test]
    fn invariant_27_any_report_and_any_answers_get_steps(text in "\\PC{1,200}", places in prop::collection::vec(0..TOLD.len(), 0..4), choices in choices()) {
        let mut signals = told(&places);
        if let Ok(reading) = says(&text).read(Language::En) {
            signals.push(signal(300, false, reading.facts));
        }
        steps_follow(&BUILTIN, &signals, &answered(&choices))?;
    }
}

/// The builtin files, read once more.
static READ_AGAIN: LazyLock<Set> = LazyLock::new(|| compiled(&builtin_files(), "builtin"));

/// The builtin files with another prior in one of them, as somebody might publish them later.
static PUBLISHED: LazyLock<Set> = LazyLock::new(|| {
    let mut files = builtin_files();
    let leak = files.get_mut("seed-phrase-leak.yaml").unwrap();
    let rarer = |line: &str| if line.starts_with("prior:") { "prior: -8000\n".to_owned() } else { format!("{line}\n") };
    *leak = leak.lines().map(rarer).collect();
    compiled(&files, "published")
});

fn compiled(files: &Files, digest: &str) -> Set {
    compile(files, digest.to_owned()).unwrap_or_else(|faults| panic!("{faults:?}"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn invariant_25_replay_under_an_old_set_gives_the_old_result(places in some(6), choices in choices()) {
        let (signals, answers) = (told(&places), answered(&choices));
        let under = |set: &Set| assess(set, &Case { signals: &signals, answers: &answers });
        let old = under(&BUILTIN);
        let new = under(&PUBLISHED);
        prop_assert_eq!((old.playbooks.as_str(), new.playbooks.as_str()), ("builtin", "published"));
        let leak = "seed-phrase-leak";
        prop_assert!(odds_of(&old, leak).is_none() || odds_of(&old, leak) > odds_of(&new, leak), "the new set judges otherwise");
        prop_assert_eq!(bytes(&under(&READ_AGAIN)), bytes(&old));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(5))]

    #[test]
    fn invariant_27_any_set_that_compiles_gives_steps(without in any::<u32>(), places in prop::collection::vec(some(4), 10), choices in choices()) {
        let set = compiled(&files_without(without), "smaller");
        prop_assert!(set.kinds.len() < BUILTIN.kinds.len());
        for places in places {
            steps_follow(&set, &told(&places), &answered(&choices))?;
        }
    }
}

fn steps_follow(set: &Set, signals: &[Signal], answers: &BTreeMap<String, String>) -> Result<(), TestCaseError> {
    let assessment = assess(set, &Case { signals, answers });
    let lead = set.kind(&assessment.lead).expect("the lead is one of the set");
    for language in Language::ALL {
        let guidance = for_person(lead, language, answers, &BTreeMap::new());
        prop_assert!(!guidance.steps.is_empty(), "{} has no step for {answers:?}", lead.id);
        prop_assert!(guidance.steps.iter().all(|step| !step.text.trim().is_empty()));
    }
    Ok(())
}

/// The builtin files without some playbooks, one at least; those stay that lead when no other does.
fn files_without(which: u32) -> Files {
    let stays = [
        "policy.yaml",
        "vocabulary.yaml",
        "shared.yaml",
        "frames.yaml",
        "help-lines.yaml",
        "routine-other.yaml",
        "unauthorized-transfer-unknown.yaml",
    ];
    let mut number = 0;
    let mut files = builtin_files();
    files.retain(|name, _| {
        number += 1;
        stays.contains(&name.as_str()) || name != "seed-phrase-leak.yaml" && which >> (number % 32) & 1 == 0
    });
    files
}

#[test]
fn invariant_03_a_repeated_delivery_makes_neither_a_burst_nor_a_double_sum() {
    let facts =
        TOLD.iter().cloned().chain([(false, Facts::new().with("kind", "report").with("claimed-usd", "any 6000"))]);
    for (verified, facts) in facts {
        let once = signal(0, verified, facts);
        let often = vec![once.clone(); 5];
        assert_eq!(judge_signals(&often, &BTreeMap::new()), judge_signals(&[once], &BTreeMap::new()));
    }
}

#[test]
fn invariant_04_not_sure_says_nothing_in_any_playbook() {
    for kind in &BUILTIN.kinds {
        for answer in
            kind.questions.iter().flat_map(|question| &question.answers).filter(|answer| answer.id == "not-sure")
        {
            assert!(answer.weight == 0 && answer.sets == crate::playbook::Sets::default(), "{}", kind.id);
        }
    }
}

#[test]
fn invariant_21_no_supporting_sign_makes_its_own_case_calmer() {
    for kind in &BUILTIN.kinds {
        for sign in kind.groups.iter().flat_map(|group| &group.signs).filter(|sign| sign.weight > 0) {
            let (exposure, activity) = (sign.sets.exposure, sign.sets.activity);
            assert!(exposure.is_none_or(|set| set >= kind.stakes.exposure), "{} {}", kind.id, sign.id);
            assert!(activity.is_none_or(|set| set >= kind.stakes.activity), "{} {}", kind.id, sign.id);
        }
    }
}

#[test]
fn danger_to_life_is_level_one_and_first_in_the_queue_whatever_the_odds() {
    let mut seen = 0;
    for text in super::texts() {
        let assessment = super::judge(&says(text));
        if assessment.situation.danger.is_some() {
            seen += 1;
            assert_eq!(
                (assessment.class, assessment.level, assessment.head_start),
                (Class::Security, 1, BUILTIN.policy.order.cap),
                "{text}"
            );
        }
    }
    assert!(seen > 0, "some example speaks of danger to life");
}
