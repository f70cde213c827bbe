//! From a trained model to small whole numbers: the strongest weights of each feature, as a byte each.

use super::super::weights::{Calibration, Weights};
use super::Recipe;
use super::descent::Model;
use super::vocabulary::Vocabulary;
use crate::playbook::Class;

/// Centi-decibans in a natural unit of evidence.
const CENTIDECIBANS: f64 = 1_000.0 / std::f64::consts::LN_10;
/// A weight above this many times the usual one of its channel is cut.
const WIDEST: f64 = 127.0;

/// Packs a model. Its calibration is still that of nobody.
pub fn pack(
    model: &Model,
    vocabulary: &Vocabulary,
    kinds: Vec<(String, Class)>,
    (corpus, recipe): ([u8; 32], &Recipe),
) -> Weights {
    let channels = model.channels;
    let centred = centred(model);
    let units: Vec<f64> = (0..channels).map(|channel| unit(&centred, channel, channels)).collect();
    let least = threshold(&centred, &units, (vocabulary, channels), recipe.entries);
    let mut weights = Weights {
        corpus,
        kinds,
        steps: units
            .iter()
            .map(|unit| whole(unit * CENTIDECIBANS * 65_536.0, 0.0, f64::from(1 << 26)))
            .map(|step| u32::try_from(step).unwrap_or(0))
            .collect(),
        bias: model.bias.iter().map(|bias| whole(bias * CENTIDECIBANS, -9_000.0, 9_000.0)).collect(),
        calibration: Calibration {
            shrink: recipe.shrink,
            class_share: recipe.class_share,
            class: vec![(-9_000, -9_000), (9_000, 9_000)],
            kind_spread: 1_000,
        },
        hashes: Vec::new(),
        scales: Vec::new(),
        starts: vec![0],
        entries: Vec::new(),
    };
    for (place, hash) in vocabulary.hashes.iter().enumerate() {
        let row = &centred[place * channels..(place + 1) * channels];
        let scale = f64::from(vocabulary.scales[place]);
        let before = weights.entries.len();
        for (channel, (weight, unit)) in (0..=u8::MAX).zip(row.iter().zip(&units)) {
            let number = whole(weight / unit, -WIDEST, WIDEST);
            if (weight * scale).abs() >= least && number != 0 {
                weights.entries.push((channel, i8::try_from(number).unwrap_or(0)));
            }
        }
        if weights.entries.len() > before {
            weights.hashes.push(*hash);
            weights.scales.push(vocabulary.scales[place]);
            weights.starts.push(u32::try_from(weights.entries.len()).unwrap_or(u32::MAX));
        }
    }
    weights
}

/// Weights of kinds less their mean over all kinds, which changes no comparison of kinds and lets more be left out.
fn centred(model: &Model) -> Vec<f64> {
    let kinds = model.channels - 1;
    let mut centred = model.weights.clone();
    for row in centred.chunks_mut(model.channels) {
        #[expect(clippy::cast_precision_loss, reason = "a set has far fewer than 2^52 kinds")]
        let mean = row[..kinds].iter().sum::<f64>() / kinds as f64;
        row[..kinds].iter_mut().for_each(|weight| *weight -= mean);
    }
    centred
}

/// What a unit of weight is worth in a channel: its greatest weight fills a byte.
fn unit(centred: &[f64], channel: usize, channels: usize) -> f64 {
    let greatest = centred.iter().skip(channel).step_by(channels).map(|weight| weight.abs()).fold(0.0, f64::max);
    (greatest / WIDEST).max(1e-9)
}

/// The strength from which a weight is among the strongest.
fn threshold(centred: &[f64], units: &[f64], (vocabulary, channels): (&Vocabulary, usize), entries: usize) -> f64 {
    let mut strengths: Vec<f64> = Vec::new();
    for (row, scale) in centred.chunks(channels).zip(&vocabulary.scales) {
        let kept = row.iter().zip(units).filter(|(weight, unit)| weight.abs() * 2.0 >= **unit);
        strengths.extend(kept.map(|(weight, _)| (weight * f64::from(*scale)).abs()));
    }
    strengths.sort_by(|one, other| other.total_cmp(one));
    strengths.get(entries).copied().unwrap_or(0.0)
}

/// The nearest whole number, half away from nought, within a range.
fn whole(number: f64, low: f64, high: f64) -> i32 {
    let rounded = (number.abs() + 0.5).floor() * number.signum();
    #[expect(clippy::cast_possible_truncation, reason = "held in a range within i32")]
    let whole = rounded.clamp(low, high) as i32;
    whole
}
