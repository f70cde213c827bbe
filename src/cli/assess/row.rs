//! An assessment for programs: the short form, one a line, and the full document.

use serde::Serialize;
use serde_json::Value;

use super::judge::{Desk, Judged};
use crate::guidance::{Never, Notice, Step};
use crate::playbook::Class;
use crate::scoring::{Line, Situation, Standing};
use crate::text::Language;

/// One line of `assess --jsonl`.
#[derive(Serialize)]
pub struct Row<'a> {
    pub id: Value,
    class: Class,
    kind: &'a str,
    level: u8,
    lane: Class,
    confidence: f64,
    head_start_minutes: i64,
    alternatives: Vec<Alternative<'a>>,
    contributions: Vec<Contribution<'a>>,
    notices: &'a [Notice],
    steps: &'a [Step],
}

#[derive(Serialize)]
struct Alternative<'a> {
    kind: &'a str,
    confidence: f64,
}

/// One line of the sum that makes the log-odds, in centi-decibans.
#[derive(Serialize)]
struct Contribution<'a> {
    line: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sign: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    weight: Option<i32>,
    /// Thousandths.
    #[serde(skip_serializing_if = "Option::is_none")]
    reliability: Option<u16>,
    points: i32,
    #[serde(skip_serializing_if = "Option::is_none")]
    because: Option<&'a str>,
    /// The words it rests on.
    #[serde(skip_serializing_if = "Option::is_none")]
    words: Option<&'a str>,
}

/// A delivery that led to no assessment.
#[derive(Serialize)]
pub struct Nothing<'a> {
    pub id: Value,
    pub class: Option<Class>,
    pub ignored: &'a [String],
    pub unmapped: bool,
}

/// The document of `assess --json`.
#[derive(Serialize)]
pub struct Document<'a> {
    #[serde(flatten)]
    row: Row<'a>,
    title: &'a str,
    log_odds: i32,
    situation: &'a Situation,
    loss_cents: i64,
    rate_cents: i64,
    standings: Vec<Stand<'a>>,
    language: Language,
    never: &'a [Never],
    facts: Vec<&'a crate::signal::Facts>,
    playbooks: &'a str,
}

#[derive(Serialize)]
struct Stand<'a> {
    kind: &'a str,
    class: Class,
    confidence: f64,
    acts: bool,
    log_odds: i32,
    contributions: Vec<Contribution<'a>>,
}

/// The short form. `lead` is the leading standing.
pub fn row<'a>(judged: &'a Judged, lead: &'a Standing, id: Value) -> Row<'a> {
    let assessment = &judged.assessment;
    Row {
        id,
        class: assessment.class,
        kind: &assessment.lead,
        level: assessment.level,
        lane: assessment.class,
        confidence: assessment.chance.share(),
        head_start_minutes: assessment.head_start.minutes(),
        alternatives: assessment
            .alternatives()
            .map(|other| Alternative { kind: &other.kind, confidence: other.chance.share() })
            .collect(),
        contributions: contributions(&lead.lines, judged.language),
        notices: &judged.notices,
        steps: &judged.guidance.steps,
    }
}

/// The full document.
pub fn document<'a>(desk: &'a Desk, judged: &'a Judged, lead: &'a Standing) -> Document<'a> {
    let assessment = &judged.assessment;
    let stand = |standing: &'a Standing| Stand {
        kind: &standing.kind,
        class: standing.class,
        confidence: standing.chance.share(),
        acts: standing.acts,
        log_odds: standing.log_odds,
        contributions: contributions(&standing.lines, judged.language),
    };
    Document {
        row: row(judged, lead, Value::Null),
        title: desk.lead(assessment).title.get(judged.language),
        log_odds: lead.log_odds,
        situation: &assessment.situation,
        loss_cents: assessment.loss_cents,
        rate_cents: assessment.rate_cents,
        standings: assessment.standings.iter().map(stand).collect(),
        language: judged.language,
        never: &judged.guidance.never,
        facts: judged.signals.iter().map(|signal| &signal.facts).collect(),
        playbooks: &assessment.playbooks,
    }
}

fn contributions(lines: &[Line], language: Language) -> Vec<Contribution<'_>> {
    lines.iter().map(|line| contribution(line, language)).collect()
}

fn contribution(line: &Line, language: Language) -> Contribution<'_> {
    let bare = |line, group, points| Contribution {
        line,
        group,
        sign: None,
        weight: None,
        reliability: None,
        points,
        because: None,
        words: None,
    };
    match line {
        Line::Prior { points } => bare("prior", None, *points),
        Line::GroupCap { group, points } => bare("group-cap", Some(group.as_str()), *points),
        Line::AnonymousCap { points } => bare("anonymous-cap", None, *points),
        Line::Evidence { group, sign, weight, reliability, points, because } => Contribution {
            line: "evidence",
            group: Some(group),
            sign: Some(sign),
            weight: Some(*weight),
            reliability: Some(*reliability),
            points: *points,
            because: Some(match language {
                Language::En => &because.en,
                Language::Zh | Language::ZhHant => &because.zh,
            }),
            words: because.words.as_deref(),
        },
    }
}
