//! What asking is worth: how much better the steps would fit, on average over the answers that may come.
//!
//! A question whose every answer leaves lead and steps as they are is worth nothing, however much it sharpens the odds.

use std::collections::{BTreeMap, BTreeSet};

use super::shown;
use crate::playbook::{Answer, Class, Kind, Question, Set, Sets};
use crate::scoring::{Assessment, Bucket, Chance, Line, Standing, Threat, loss, odds_of};

/// The answer that says nothing; it is always offered and never expected.
const NOT_SURE: &str = "not-sure";
/// Cents that the right answer to a routine request is worth, so that telling routine from routine is worth asking too.
const RIGHT_ANSWER: f64 = 100.0;
/// The share of a kind's worth that hangs on which of its steps are shown, when half of them or more change.
const STEPS_SHARE: f64 = 0.5;
/// The same for an answer that tells level or stakes, and so the place in the queue, but no step.
const STAKES_SHARE: f64 = 0.05;

/// One kind in play: its odds now and what its steps can save.
struct Rival<'a> {
    kind: &'a Kind,
    log_odds: i32,
    /// Whether what an unproven person says counts as far as it can already: a yes moves nothing more.
    capped: bool,
    /// Cents that its own steps save if it is true.
    worth: f64,
}

/// A question with what asking it is worth, in cents of loss averted.
pub(super) struct Gain<'a> {
    pub question: &'a Question,
    pub cents: f64,
}

/// The open questions of the leading playbook and its rivals that can change what is done, the most valuable first.
pub(super) fn gains<'a>(set: &'a Set, assessment: &Assessment, answers: &BTreeMap<String, String>) -> Vec<Gain<'a>> {
    let rivals = rivals(set, assessment);
    let mut open: BTreeMap<&str, &Question> = BTreeMap::new();
    for question in rivals.iter().flat_map(|rival| &rival.kind.questions) {
        if !answers.contains_key(&question.id) {
            open.entry(&question.id).or_insert(question);
        }
    }
    let reliability = i32::from(set.policy.reliability.report);
    let mut gains: Vec<Gain<'a>> = open
        .into_values()
        .map(|question| Gain { question, cents: gain(&rivals, question, (answers, reliability)) })
        .filter(|gain| gain.cents > 0.0)
        .collect();
    gains.sort_by(|a, b| b.cents.total_cmp(&a.cents).then_with(|| a.question.id.cmp(&b.question.id)));
    gains
}

/// The lead first, then the other kinds worth a look.
fn rivals<'a>(set: &'a Set, assessment: &Assessment) -> Vec<Rival<'a>> {
    let lead = set.kind(&assessment.lead).map(|kind| (kind, assessment.lead_standing()));
    let others = assessment.alternatives().filter_map(|other| Some((set.kind(&other.kind)?, Some(other))));
    let known = assessment.situation.value_known.then_some(assessment.situation.value_cents);
    let rival = |(kind, standing): (&'a Kind, Option<&Standing>)| Rival {
        kind,
        log_odds: standing.map_or(kind.prior, |standing| standing.log_odds),
        capped: standing.is_some_and(|standing| {
            standing.lines.iter().any(|line| matches!(line, Line::AnonymousCap { points } if *points < 0))
        }),
        worth: worth(set, kind, known),
    };
    lead.into_iter().chain(others).map(rival).collect()
}

/// What the steps of a kind save within the policy's delay if it is true.
fn worth(set: &Set, kind: &Kind, known: Option<i64>) -> f64 {
    let stake = |cents: i64| {
        let bucket = Bucket { place: "any".to_owned(), asset_class: String::new(), same_seed: false, cents };
        let threat = Threat { share: 1.0, half_life: kind.stakes.half_life, reach: &kind.stakes.reach };
        loss(&[bucket], &[threat], set.policy.order.delay)
    };
    let lost = match kind.class {
        Class::Security => stake(known.unwrap_or(kind.stakes.assumed_cents)),
        Class::Routine => 0,
    };
    #[expect(
        clippy::cast_precision_loss,
        reason = "a rank, not an account: sums above 2^53 cents may lose their last cent"
    )]
    let lost = lost as f64;
    (lost * kind.stakes.help_works).max(RIGHT_ANSWER)
}

type Known<'a> = (&'a BTreeMap<String, String>, i32);

fn gain(rivals: &[Rival<'_>], question: &Question, (answers, reliability): Known<'_>) -> f64 {
    let choices: Vec<&Answer> = question.answers.iter().filter(|answer| answer.id != NOT_SURE).collect();
    let now: Vec<f64> = rivals.iter().map(|rival| Chance::of(rival.log_odds).share() * rival.worth).collect();
    let Some(before) = greatest(&now) else { return 0.0 };
    let gained = choices.iter().map(|choice| {
        let after: Vec<f64> = rivals
            .iter()
            .map(|rival| {
                let moved = answer_of(rival.kind, &question.id, &choice.id).map_or(0, |answer| answer.weight);
                let points = moved.saturating_mul(reliability) / 1_000;
                let points = if rival.capped { points.min(0) } else { points };
                Chance::of(rival.log_odds.saturating_add(points)).share() * rival.worth
            })
            .collect();
        let Some(best) = greatest(&after) else { return 0.0 };
        let (most, stay) = (after[best], after[before]);
        // The lead is chosen by more than this sum; where the answer moves nothing, it stays.
        let kind = if best == before { rivals[0].kind } else { rivals[best].kind };
        let changed = STEPS_SHARE * (2.0 * steps_changed(kind, answers, (&question.id, &choice.id))).min(1.0)
            + if tells_stakes(kind, &question.id, &choice.id) { STAKES_SHARE } else { 0.0 }
            + if turns(rivals, choice) { STEPS_SHARE } else { 0.0 };
        expected(rivals, question, choice, &choices) * (most - stay + changed * most)
    });
    gained.sum()
}

/// The place of the greatest; the first of equals.
fn greatest(sums: &[f64]) -> Option<usize> {
    (0..sums.len()).max_by(|a, b| sums[*a].total_cmp(&sums[*b]).then_with(|| b.cmp(a)))
}

fn answer_of<'a>(kind: &'a Kind, question: &str, choice: &str) -> Option<&'a Answer> {
    let question = kind.questions.iter().find(|known| known.id == question)?;
    question.answers.iter().find(|answer| answer.id == choice)
}

/// The chance that this answer comes: each kind makes its own answers likelier by their weight, and where no kind holds
/// all are alike.
fn expected(rivals: &[Rival<'_>], question: &Question, choice: &Answer, choices: &[&Answer]) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a question has a handful of answers")]
    let alike = 1.0 / choices.len() as f64;
    let chances: Vec<f64> = rivals.iter().map(|rival| Chance::of(rival.log_odds).share()).collect();
    let all = chances.iter().sum::<f64>().max(1.0);
    let told = rivals.iter().zip(&chances).map(|(rival, chance)| {
        let weight = |id: &str| odds_of(answer_of(rival.kind, &question.id, id).map_or(0, |answer| answer.weight));
        let sum: f64 = choices.iter().map(|other| weight(&other.id)).sum();
        chance / all * weight(&choice.id) / sum
    });
    let known: f64 = chances.iter().sum::<f64>() / all;
    told.sum::<f64>() + (1.0 - known) * alike
}

/// The share of a kind's steps for the person that an answer brings or takes away, 0 to 1.
fn steps_changed(kind: &Kind, answers: &BTreeMap<String, String>, (question, choice): (&str, &str)) -> f64 {
    let mut told = answers.clone();
    told.insert(question.to_owned(), choice.to_owned());
    let ids = |answers: &BTreeMap<String, String>| -> BTreeSet<String> {
        shown(kind, answers).map(|compiled| compiled.step.id.clone()).collect()
    };
    let (before, after) = (ids(answers), ids(&told));
    let all = before.union(&after).count().max(1);
    #[expect(clippy::cast_precision_loss, reason = "a playbook has a few dozen steps")]
    let share = before.symmetric_difference(&after).count() as f64 / all as f64;
    share
}

/// Whether the answer makes an incident of what is taken for a routine request.
fn turns(rivals: &[Rival<'_>], choice: &Answer) -> bool {
    choice.means.is_some() && rivals[0].kind.class == Class::Routine
}

fn tells_stakes(kind: &Kind, question: &str, choice: &str) -> bool {
    answer_of(kind, question, choice).is_some_and(|answer| answer.sets != Sets::default())
}
