//! A fact that contradicts a routine reading makes an incident of it, whatever the words were; alarm words alone do not.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::incident::Standing;

/// Every answer that makes an incident of a routine request: kind, question, choice.
fn turning() -> Vec<(&'static Kind, &'static str, &'static str)> {
    let mut found = Vec::new();
    for kind in BUILTIN.kinds.iter().filter(|kind| kind.class == Class::Routine) {
        for question in &kind.questions {
            let means = question.answers.iter().filter(|answer| answer.means.is_some());
            found.extend(means.map(|answer| (kind, question.id.as_str(), answer.id.as_str())));
        }
    }
    found
}

#[test]
fn every_routine_kind_has_an_answer_that_makes_an_incident_of_it() {
    for kind in BUILTIN.kinds.iter().filter(|kind| kind.class == Class::Routine) {
        assert!(turning().iter().any(|(other, ..)| other.id == kind.id), "{}", kind.id);
    }
}

#[test]
fn what_weighs_as_much_against_a_routine_kind_as_a_contradiction_makes_an_incident() {
    for kind in BUILTIN.kinds.iter().filter(|kind| kind.class == Class::Routine) {
        for question in &kind.questions {
            for answer in question.answers.iter().filter(|answer| answer.weight <= -1_200) {
                assert!(answer.means.is_some(), "{} {} {}", kind.id, question.id, answer.id);
            }
        }
    }
}

proptest! {
    #[test]
    fn no_words_keep_a_contradicting_answer_from_making_an_incident(place in any::<usize>(), which in any::<usize>()) {
        let texts = texts();
        let (kind, question, choice) = turning()[which % turning().len()];
        let answers = BTreeMap::from([(question.to_owned(), choice.to_owned())]);
        let signals = [signal(0, false, says(texts[place % texts.len()]).read(Language::En).unwrap_or_else(|bad| panic!("{bad:?}")).facts)];
        let before = judge_signals(&signals, &BTreeMap::new());
        let after = judge_signals(&signals, &answers);
        prop_assert_eq!(after.class, Class::Security, "{} {} {}", kind.id, question, choice);
        let standing = Standing::of(&before).raised_by(&after);
        prop_assert_eq!(standing.class, Class::Security);
        let taken_back = standing.raised_by(&before);
        prop_assert_eq!(taken_back.class, Class::Security, "what it turned into it stays");
    }

    #[test]
    fn any_other_answer_to_its_questions_leaves_a_routine_request_routine(which in any::<usize>(), number in any::<usize>()) {
        let routine: Vec<&Kind> = BUILTIN.kinds.iter().filter(|kind| kind.class == Class::Routine).collect();
        let kind = routine[which % routine.len()];
        let own = kind.examples.iter().filter(|example| example.expect.lead.as_deref() == Some(&kind.id));
        for report in own.filter_map(|example| example.report.clone()) {
            let report: Report = serde_json::from_value(report).unwrap();
            let question = &kind.questions[number % kind.questions.len()];
            for answer in question.answers.iter().filter(|answer| answer.means.is_none()) {
                let answers = BTreeMap::from([(question.id.clone(), answer.id.clone())]);
                prop_assert_eq!(judge(&Report { answers, ..report.clone() }).class, Class::Routine, "{} {} {}", kind.id, question.id, answer.id);
            }
        }
    }
}
