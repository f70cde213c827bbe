//! From margins to evidence, on a writer whose words were never trained on.
//!
//! The class is calibrated by a logistic curve (Platt), which cannot turn round: a higher margin is never less evidence.
//! Both classes weigh the same in it, so what comes out is a likelihood ratio and brings no base rate of the corpus.

use super::super::score::Scores;
use super::super::weights::{Calibration, Weights};
use super::corpus::Row;
use super::descent::exp;
use crate::playbook::Class;
use crate::text::fold;

/// A row as it was scored.
struct Judged {
    scores: Scores,
    kind: usize,
    security: bool,
}

/// Evidence further from nought than this is not claimed, whatever the curve says: centi-decibans.
const FURTHEST: i32 = 3_000;

/// The calibration of weights on rows that they were not trained on; without rows it stays as it is.
pub fn calibrate(weights: &Weights, kept: &[&Row]) -> Calibration {
    let judged: Vec<Judged> = kept
        .iter()
        .filter_map(|row| {
            let kind = weights.kinds.iter().position(|(kind, _)| *kind == row.kind)?;
            let security = weights.kinds[kind].1 == Class::Security;
            Some(Judged { scores: weights.scores(&fold(&row.text)), kind, security })
        })
        .collect();
    let mut calibration = weights.calibration.clone();
    if judged.iter().any(|row| row.security) && judged.iter().any(|row| !row.security) {
        calibration.class = curve(&judged);
        calibration.kind_spread = spread(weights, &judged);
    }
    calibration
}

/// Two knots of the straight line of log-odds that fits best, found by Newton's way.
fn curve(judged: &[Judged]) -> Vec<(i32, i32)> {
    #[expect(clippy::cast_precision_loss, reason = "counts of rows are far below 2^52")]
    let share = |security: bool| 0.5 / judged.iter().filter(|row| row.security == security).count().max(1) as f64;
    let (of_security, of_routine) = (share(true), share(false));
    let (mut slope, mut lift) = (1.0, 0.0);
    for _ in 0..50 {
        // A little pull towards a slope of one keeps a few rows from claiming certainty.
        let (mut by_slope, mut by_lift) = ((slope - 1.0) * PULL, 0.0);
        let (mut curved, mut crossed, mut flat) = (PULL, 0.0, 1e-9);
        for row in judged {
            let margin = f64::from(row.scores.margin) / UNIT;
            let chance = 1.0 / (1.0 + exp(-(slope * margin + lift)));
            let weight = if row.security { of_security } else { of_routine };
            let off = (chance - f64::from(u8::from(row.security))) * weight;
            by_slope += off * margin;
            by_lift += off;
            let bend = (chance * (1.0 - chance)).max(1e-9) * weight;
            curved += bend * margin * margin;
            crossed += bend * margin;
            flat += bend;
        }
        let whole = (curved * flat - crossed * crossed).max(1e-12);
        slope -= ((flat * by_slope - crossed * by_lift) / whole).clamp(-0.5, 0.5);
        lift -= ((curved * by_lift - crossed * by_slope) / whole).clamp(-0.5, 0.5);
    }
    let slope = slope.max(0.05);
    let at = |evidence: i32| whole((f64::from(evidence) - lift * UNIT) / slope).clamp(-9_000, 9_000);
    let (low, high) = (at(-FURTHEST), at(FURTHEST));
    if low < high { vec![(low, -FURTHEST), (high, FURTHEST)] } else { vec![(-9_000, -FURTHEST), (9_000, FURTHEST)] }
}

/// Centi-decibans in a natural unit of evidence.
const UNIT: f64 = 1_000.0 / std::f64::consts::LN_10;
const PULL: f64 = 1e-3;

/// By how much the scores of kinds within a class are spread, in thousandths: that at which the right kinds come out
/// likeliest.
fn spread(weights: &Weights, judged: &[Judged]) -> u16 {
    let loss = |thousandths: u16| -> f64 { judged.iter().map(|row| surprise(weights, row, thousandths)).sum() };
    let tried = (2..=30).map(|step| step * 50_u16);
    tried.min_by(|one, other| loss(*one).total_cmp(&loss(*other))).unwrap_or(1_000)
}

/// How little the right kind was expected within its class: minus its logarithm.
fn surprise(weights: &Weights, row: &Judged, thousandths: u16) -> f64 {
    let class = weights.kinds[row.kind].1;
    let score = |kind: usize| f64::from(row.scores.channels[kind]) / UNIT * f64::from(thousandths) / 1_000.0;
    let of_class = (0..weights.kinds.len()).filter(|kind| weights.kinds[*kind].1 == class);
    let sum: f64 = of_class.map(|kind| exp((score(kind) - score(row.kind)).clamp(-50.0, 50.0))).sum();
    crate::scoring::exact::log2(sum)
}

fn whole(number: f64) -> i32 {
    let rounded = (number.abs() + 0.5).floor() * number.signum();
    #[expect(clippy::cast_possible_truncation, reason = "held in a range within i32")]
    let whole = rounded.clamp(-9_000.0, 9_000.0) as i32;
    whole
}
