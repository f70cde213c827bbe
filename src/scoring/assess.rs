//! The judgement over one incident: which playbooks hold, which leads, what is at stake, how urgent it is.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::impact::{self, Threat};
use super::odds::{self, Because, Chance, Evidence, Line};
use super::stakes::{self, Situation};
use crate::playbook::{Class, Fired, Kind, Set};
use crate::signal::Signal;
use crate::time::Span;

/// What the judgement rests on: every signal of an incident and the latest answer to each question.
pub struct Case<'a> {
    pub signals: &'a [Signal],
    pub answers: &'a BTreeMap<String, String>,
}

/// What the playbooks say of an incident now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assessment {
    /// The set it was made with.
    pub playbooks: String,
    pub class: Class,
    /// The leading playbook.
    pub lead: String,
    pub chance: Chance,
    /// 1 money leaving now and some left, to 5 nothing left to save.
    pub level: u8,
    pub head_start: Span,
    pub situation: Situation,
    /// Cents that the policy's delay would cost.
    pub loss_cents: i64,
    /// Cents that a staff minute can save.
    pub rate_cents: i64,
    /// Playbooks that anything speaks for or against, the likeliest first.
    pub standings: Vec<Standing>,
}

/// One playbook's odds with the lines that add up to them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    pub kind: String,
    pub class: Class,
    pub log_odds: i32,
    pub chance: Chance,
    /// Whether it is above its own threshold.
    pub acts: bool,
    pub lines: Vec<Line>,
}

impl Assessment {
    /// The odds of the leading playbook.
    pub fn lead_standing(&self) -> Option<&Standing> {
        self.standings.iter().find(|standing| standing.kind == self.lead)
    }

    /// The other playbooks worth a look: the likeliest ones of at least one in twenty.
    pub fn alternatives(&self) -> impl Iterator<Item = &Standing> {
        self.standings.iter().filter(|standing| standing.kind != self.lead && standing.chance.parts() >= 50_000).take(5)
    }
}

/// The leads when nothing else does.
const UNKNOWN_THEFT: &str = "unauthorized-transfer-unknown";
const OTHER: &str = "routine-other";

/// Judges. Depends on nothing but its arguments; neither the order of the signals nor a repeated delivery matters.
pub fn assess(set: &Set, case: &Case<'_>) -> Assessment {
    assess_after(set, case, &[])
}

/// The same, with what was seen of the subject in incidents before this one, which counts in correlations alone.
pub fn assess_after(set: &Set, case: &Case<'_>, earlier: &[Signal]) -> Assessment {
    let mut seen = BTreeSet::new();
    if !case.signals.iter().all(|signal| seen.insert(signal.id)) {
        let once: BTreeMap<_, _> = case.signals.iter().map(|signal| (signal.id, signal)).collect();
        let signals: Vec<Signal> = once.into_values().cloned().collect();
        return assess_after(set, &Case { signals: &signals, answers: case.answers }, earlier);
    }
    let fired = set.recognise_after(case.signals, earlier);
    let evidence = gather(set, case, &fired);
    let mut standings: Vec<Standing> = evidence.iter().map(|(kind, items)| standing(set, *kind, items)).collect();
    standings.sort_by(|a, b| b.log_odds.cmp(&a.log_odds).then_with(|| a.kind.cmp(&b.kind)));

    let facts = stakes::facts(set, case, &fired);
    let lead = lead(set, &standings, &facts);
    let situation = stakes::situation(set, lead, &facts);
    let threats: Vec<Threat<'_>> = standings
        .iter()
        .filter(|standing| standing.class == Class::Security)
        .filter_map(|standing| Some(threat(set.kind(&standing.kind)?, standing.chance)))
        .collect();
    let buckets = stakes::buckets(lead, &facts, &situation);
    let loss_cents = impact::loss(&buckets, &threats, set.policy.order.delay);
    let rate_cents = impact::rate(loss_cents, lead.stakes.help_works, lead.stakes.handling);
    let head_start =
        if situation.danger.is_some() { set.policy.order.cap } else { impact::head_start(rate_cents, &set.policy) };
    let class = if situation.danger.is_some() { Class::Security } else { lead.class };
    Assessment {
        playbooks: set.digest.clone(),
        class,
        lead: lead.id.clone(),
        chance: standings
            .iter()
            .find(|standing| standing.kind == lead.id)
            .map_or_else(|| Chance::of(lead.prior), |standing| standing.chance),
        level: stakes::level(set, lead, &situation),
        head_start,
        situation,
        loss_cents,
        rate_cents,
        standings,
    }
}

fn threat(kind: &Kind, chance: Chance) -> Threat<'_> {
    Threat { share: chance.share(), half_life: kind.stakes.half_life, reach: &kind.stakes.reach }
}

/// Evidence by playbook, for every playbook that a sign or an answer touches.
fn gather(set: &Set, case: &Case<'_>, fired: &[Fired]) -> BTreeMap<usize, Vec<Evidence>> {
    let mut gathered: BTreeMap<usize, Vec<Evidence>> = BTreeMap::new();
    for hit in fired {
        let (sign, group, signal) = (set.sign(hit.sign), set.group(hit.sign), &case.signals[hit.signal]);
        gathered.entry(hit.sign.kind as usize).or_default().push(Evidence {
            group: group.id.clone(),
            cap: group.cap,
            sign: sign.id.clone(),
            weight: hit.weight,
            reliability: signal.origin.reliability,
            verified: signal.origin.verified,
            because: Because {
                en: sign.because.en.clone(),
                zh: sign.because.zh.clone(),
                words: hit.words.clone(),
                signal: Some(signal.id.to_string()),
            },
        });
    }
    for (place, question, answer) in set.chosen(case.answers).into_iter().filter(|(_, _, answer)| answer.weight != 0) {
        gathered.entry(place).or_default().push(Evidence {
            group: format!("answer.{}", question.id),
            cap: answer.weight.saturating_abs(),
            sign: answer.id.clone(),
            weight: answer.weight,
            reliability: set.policy.reliability.report,
            verified: false,
            because: Because {
                en: format!("{} {}", question.ask.en, answer.text.en),
                zh: format!("{} {}", question.ask.zh, answer.text.zh),
                ..Because::default()
            },
        });
    }
    gathered
}

fn standing(set: &Set, place: usize, evidence: &[Evidence]) -> Standing {
    let kind = &set.kinds[place];
    let odds = odds::add_up(kind.prior, evidence, set.policy.anonymous_cap);
    Standing {
        kind: kind.id.clone(),
        class: kind.class,
        log_odds: odds.log_odds,
        chance: Chance::of(odds.log_odds),
        acts: odds.log_odds >= kind.act_at,
        lines: odds.lines,
    }
}

/// The chance that any security playbook is true.
///
/// Only playbooks that evidence speaks for count towards that chance: the priors of kinds that nothing touches would add
/// up with the size of the library and lift every greeting over the threshold.
pub fn incident_chance(set: &Set, standings: &[Standing]) -> f64 {
    let raised = standings.iter().filter(|standing| {
        standing.class == Class::Security && set.kind(&standing.kind).is_some_and(|kind| standing.log_odds > kind.prior)
    });
    1.0 - raised.map(|standing| 1.0 - standing.chance.share()).product::<f64>()
}

/// Centi-decibans: a kind that is less likely than the likeliest by more than this, a factor of two, does not lead for
/// being the dearer one. A text read as a whole raises the neighbours of a kind with it.
const NEAR: i32 = 300;

/// DESIGN §9.5: security when the chance that any security playbook is true reaches the threshold.
fn lead<'a>(set: &'a Set, standings: &[Standing], facts: &stakes::Facts) -> &'a Kind {
    let security: Vec<&Standing> = standings.iter().filter(|standing| standing.class == Class::Security).collect();
    if facts.danger.is_some() || incident_chance(set, standings) >= set.policy.acting {
        // Words of danger to life lead whatever the odds: people first.
        let known = security.iter().filter_map(|standing| Some((standing, set.kind(&standing.kind)?)));
        let likeliest = security.iter().map(|standing| standing.log_odds).max().unwrap_or(0);
        let near = |standing: &Standing| standing.acts && standing.log_odds >= likeliest - NEAR;
        let acting = known.filter(|(standing, kind)| near(standing) || facts.threatens(kind));
        let weighed = acting.map(|(standing, kind)| {
            (stakes::expected_loss(set, kind, standing.chance, facts), standing.log_odds, kind)
        });
        let greatest = weighed
            .max_by(|a, b| (facts.threatens(a.2), a.0, a.1, &b.2.id).cmp(&(facts.threatens(b.2), b.0, b.1, &a.2.id)));
        return greatest.map_or_else(|| needed(set, UNKNOWN_THEFT), |(_, _, kind)| kind);
    }
    // Several kinds may ask the same question: the answer means what the likeliest of them says it means.
    let place = |kind: &str| standings.iter().position(|standing| standing.kind == kind).unwrap_or(usize::MAX);
    if let Some((_, means)) = facts.meant().min_by_key(|(asking, _)| place(asking)) {
        return set
            .kind(means)
            .filter(|kind| kind.class == Class::Security)
            .unwrap_or_else(|| needed(set, UNKNOWN_THEFT));
    }
    let routine = standings
        .iter()
        .filter(|standing| standing.class == Class::Routine && standing.acts)
        .find_map(|standing| set.kind(&standing.kind));
    routine.unwrap_or_else(|| needed(set, OTHER))
}

fn needed<'a>(set: &'a Set, id: &str) -> &'a Kind {
    set.kind(id).unwrap_or(&set.kinds[0])
}
