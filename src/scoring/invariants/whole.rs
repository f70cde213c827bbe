//! The judgement as a whole, with the playbooks that are compiled in: any signals, any answers, any smaller set.

use std::collections::BTreeMap;

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
    for fired in more.iter().filter(|fired| !fewer.iter().any(|other| other.sign == fired.sign && other.signal == fired.signal)) {
        weights.entry(fired.sign.kind).or_default().push(BUILTIN.sign(fired.sign).weight);
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
    fn invariant_10_an_override_stands_beside_the_computed_value(places in some(4), level in 1..=5_u8, minutes in 0..240_i64) {
        let signals = told(&places);
        let computed = judge_signals(&signals, &BTreeMap::new());
        let set_by_hand = Standing { class: Class::Routine, level, head_start: Span::from_minutes(minutes), danger: false };
        let again = judge_signals(&signals, &BTreeMap::new());
        prop_assert_eq!(&again, &computed, "judging knows nothing of {:?}", set_by_hand);
        prop_assert_eq!(Standing::of(&again), Standing::of(&computed));
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

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn invariant_25_replay_under_an_old_set_gives_the_old_result(places in some(6), choices in choices(), draft in 1..3_000_i32) {
        let (signals, answers) = (told(&places), answered(&choices));
        let old = bytes(&judge_signals(&signals, &answers));
        let newer = files_with_prior(draft);
        let published = compile(&newer, "newer".to_owned()).unwrap_or_else(|faults| panic!("{faults:?}"));
        let now = assess(&published, &Case { signals: &signals, answers: &answers });
        prop_assert_eq!(now.playbooks, "newer");
        let replayed = compile(&builtin_files(), "builtin".to_owned()).unwrap_or_else(|faults| panic!("{faults:?}"));
        prop_assert_eq!(bytes(&assess(&replayed, &Case { signals: &signals, answers: &answers })), old);
    }

    #[test]
    fn invariant_27_any_set_that_compiles_gives_steps(without in any::<u32>(), places in some(4), choices in choices()) {
        let files = files_without(without);
        let set = compile(&files, "smaller".to_owned()).unwrap_or_else(|faults| panic!("{faults:?}"));
        prop_assert!(set.kinds.len() < BUILTIN.kinds.len());
        steps_follow(&set, &told(&places), &answered(&choices))?;
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

/// The builtin files with another prior in one of them.
fn files_with_prior(prior: i32) -> Files {
    let mut files = builtin_files();
    let leak = files.get_mut("seed-phrase-leak.yaml").unwrap();
    *leak = leak.lines().map(|line| if line.starts_with("prior:") { format!("prior: -{prior}") } else { line.to_owned() }).collect::<Vec<_>>().join("\n");
    files
}

/// The builtin files without some playbooks, one at least; those stay that lead when no other does.
fn files_without(which: u32) -> Files {
    let stays = ["policy.yaml", "vocabulary.yaml", "shared.yaml", "help-lines.yaml", "routine-other.yaml", "unauthorized-transfer-unknown.yaml"];
    let mut number = 0;
    let mut files = builtin_files();
    files.retain(|name, _| {
        number += 1;
        stays.contains(&name.as_str()) || name != "seed-phrase-leak.yaml" && which >> (number % 32) & 1 == 0
    });
    files
}

#[test]
fn invariant_04_not_sure_says_nothing_in_any_playbook() {
    for kind in &BUILTIN.kinds {
        for answer in kind.questions.iter().flat_map(|question| &question.answers).filter(|answer| answer.id == "not-sure") {
            assert!(answer.weight == 0 && answer.sets == crate::playbook::Sets::default(), "{}", kind.id);
        }
    }
}

#[test]
fn danger_to_life_is_level_one_and_first_in_the_queue_whatever_the_odds() {
    for (place, kind) in (0..).zip(&BUILTIN.kinds) {
        for (text, danger) in kind.examples.iter().filter_map(|example| example.report.as_ref()?.get("text")?.as_str()).map(|text| (text, super::judge(&says(text)))) {
            if danger.situation.danger.is_some() {
                assert_eq!((danger.class, danger.level, danger.head_start), (Class::Security, 1, BUILTIN.policy.order.cap), "{place}: {text}");
            }
        }
    }
}
