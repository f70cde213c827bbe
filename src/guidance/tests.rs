//! What a question is worth, and in which order questions come.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use proptest::prelude::*;

use super::gain::gains;
use super::{next_questions, shown};
use crate::id::Id;
use crate::id::Random;
use crate::playbook::{Example, Set, Sets, builtin_files, compile};
use crate::scoring::{Assessment, Case, assess};
use crate::signal::{Origin, Report, Signal};
use crate::text::Language;
use crate::time::Timestamp;

static BUILTIN: LazyLock<Set> =
    LazyLock::new(|| compile(&builtin_files(), "builtin".to_owned()).unwrap_or_else(|faults| panic!("{faults:?}")));

struct Zeros;

impl Random for Zeros {
    fn fill(&self, buffer: &mut [u8]) {
        buffer.fill(0);
    }
}

fn judged(text: &str, answers: &BTreeMap<String, String>) -> Assessment {
    let report = Report { text: text.to_owned(), ..Report::default() };
    let facts = report.read(Language::En).unwrap_or_else(|bad| panic!("{bad:?}")).facts;
    let at = Timestamp::from_millis(0);
    let origin = Origin { endpoint: "report".to_owned(), verified: false, reliability: 800 };
    let signal = Signal { id: Id::new(at, &Zeros), origin, at, received: at, facts };
    assess(&BUILTIN, &Case { signals: &[signal], answers })
}

fn told(question: &str, choice: &str) -> BTreeMap<String, String> {
    BTreeMap::from([(question.to_owned(), choice.to_owned())])
}

/// The texts of the reports that the playbooks have as examples.
fn texts() -> Vec<String> {
    let of = |example: &Example| {
        let report = example.report.as_ref()?;
        Some(report.as_str().or_else(|| report.get("text")?.as_str())?.to_owned())
    };
    BUILTIN.kinds.iter().flat_map(|kind| &kind.examples).filter_map(of).collect()
}

#[test]
fn the_question_that_forks_the_steps_comes_first() {
    let none = BTreeMap::new();
    let text = "我的波场钱包转不出去了，提示没有权限";
    let asked = next_questions(&BUILTIN, &judged(text, &none), &none, Language::En);
    assert_eq!(asked.first().map(|question| question.id.as_str()), Some("who-holds-owner"));
}

#[test]
fn what_is_answered_is_not_asked_again_and_five_answers_are_enough() {
    let text = "someone moved my coins out of my wallet and I never shared my words";
    let mut answers = BTreeMap::new();
    for _ in 0..BUILTIN.policy.most_questions {
        let asked = next_questions(&BUILTIN, &judged(text, &answers), &answers, Language::En);
        let Some(next) = asked.first() else { break };
        assert!(asked.len() + answers.len() <= 5 && !answers.contains_key(&next.id));
        assert!(next.choices.iter().any(|choice| choice.id == "not-sure"), "{}", next.id);
        answers.insert(next.id.clone(), "not-sure".to_owned());
    }
    assert!(!answers.is_empty());
    let more: BTreeMap<_, _> = (0..5).map(|number| (format!("asked-{number}"), "not-sure".to_owned())).collect();
    assert!(next_questions(&BUILTIN, &judged(text, &more), &more, Language::En).is_empty());
}

#[test]
fn every_question_asked_can_change_lead_or_steps_or_tells_the_stakes() {
    let none = BTreeMap::new();
    for text in texts() {
        let before = judged(&text, &none);
        for gain in gains(&BUILTIN, &before, &none) {
            let shown_by = |assessment: &Assessment, answers: &BTreeMap<String, String>| -> BTreeSet<String> {
                let kind = BUILTIN.kind(&assessment.lead).unwrap();
                shown(kind, answers).map(|step| format!("{} {}", kind.id, step.step.id)).collect()
            };
            let changes = gain.question.answers.iter().any(|answer| {
                let answers = told(&gain.question.id, &answer.id);
                let after = judged(&text, &answers);
                let odds = |assessment: &Assessment| assessment.standings.clone();
                shown_by(&after, &answers) != shown_by(&before, &none)
                    || answer.sets != Sets::default()
                    || odds(&after) != odds(&before)
            });
            assert!(changes, "{text}: {}", gain.question.id);
        }
    }
}

proptest! {
    #[test]
    fn gains_are_finite_positive_and_in_order(place in 0_usize..10_000) {
        let texts = texts();
        let none = BTreeMap::new();
        let assessment = judged(&texts[place % texts.len()], &none);
        let gains = gains(&BUILTIN, &assessment, &none);
        prop_assert!(gains.iter().all(|gain| gain.cents.is_finite() && gain.cents > 0.0));
        prop_assert!(gains.windows(2).all(|pair| pair[0].cents >= pair[1].cents));
    }
}
