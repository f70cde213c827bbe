//! Training: corpus in, weights out, the same bytes on any machine.

mod calibrate;
pub mod corpus;
mod descent;
mod pack;
mod vocabulary;

use std::collections::BTreeMap;

use super::Weights;
use crate::playbook::Class;
use corpus::Row;
use descent::Lesson;
use vocabulary::{Vocabulary, features_of};

/// How it is trained. The defaults were chosen by leaving one writer out after another.
#[derive(Debug, Clone)]
pub struct Recipe {
    pub seed: u64,
    pub rounds: usize,
    pub rate: f64,
    /// Pull of every weight towards nought.
    pub decay: f64,
    pub bias_rate: f64,
    pub class_rate: f64,
    /// Of 256 features, so many are not shown each time.
    pub left_out: u8,
    /// Of 256 rows, so many are shown joined to another.
    pub joined: u8,
    /// Rows that a feature must be in.
    pub least: usize,
    pub shrink: u32,
    /// Entries kept.
    pub entries: usize,
    pub class_share: u16,
}

impl Default for Recipe {
    fn default() -> Self {
        Self {
            seed: 1,
            rounds: 12,
            rate: 1.0,
            decay: 1e-6,
            bias_rate: 0.05,
            class_rate: 2.0,
            left_out: 96,
            joined: 24,
            least: 3,
            shrink: 20_000,
            entries: 900_000,
            class_share: 120,
        }
    }
}

/// What training rests on.
pub struct Corpus {
    pub rows: Vec<Row>,
    /// Lines that say nothing: greetings, thanks, the weather.
    pub neutral: Vec<String>,
    /// SHA-256 over the files.
    pub digest: [u8; 32],
}

/// Trains on every writer but the one kept apart, who then calibrates. `told` hears how many rounds of all are done.
pub fn train(
    corpus: &Corpus,
    kept: &str,
    kinds: &BTreeMap<String, Class>,
    (recipe, told): (&Recipe, &mut dyn FnMut(usize, usize)),
) -> Weights {
    let names: Vec<(String, Class)> = kinds.iter().map(|(kind, class)| (kind.clone(), *class)).collect();
    let place = |kind: &str| names.iter().position(|(name, _)| name == kind).unwrap_or(0);
    let rows: Vec<(&Row, Vec<u32>)> =
        corpus.rows.iter().filter(|row| row.writer != kept).map(|row| (row, features_of(&row.text))).collect();
    let vocabulary = Vocabulary::of(&rows, &corpus.neutral, recipe.least);
    let mut lessons: Vec<Lesson> = rows
        .iter()
        .map(|(row, hashes)| {
            let kind = place(&row.kind);
            let security = names[kind].1 == Class::Security;
            Lesson { places: vocabulary.places(hashes), kind, security, weight: 1.0 }
        })
        .collect();
    let decided: Vec<bool> = rows.iter().map(|(row, _)| DECIDERS.contains(&row.writer.as_str())).collect();
    balance(&mut lessons, &decided);
    let model = descent::learn(&lessons, &vocabulary.scales, names.len() + 1, (recipe, told));
    let mut weights = pack::pack(&model, &vocabulary, names, (corpus.digest, recipe));
    let kept: Vec<&Row> = corpus.rows.iter().filter(|row| row.writer == kept).collect();
    weights.calibration = calibrate::calibrate(&weights, &kept);
    weights
}

/// Both classes count the same, and so does every row of a class: what is written most has most ways to be written. What
/// authors and staff decided counts more.
fn balance(lessons: &mut [Lesson], decided: &[bool]) {
    let rows = |security: bool| lessons.iter().filter(|lesson| lesson.security == security).count().max(1);
    let counts = [rows(false), rows(true)];
    for (lesson, decided) in lessons.iter_mut().zip(decided) {
        #[expect(clippy::cast_precision_loss, reason = "counts of rows are far below 2^52")]
        let share = (counts[0] + counts[1]) as f64 / 2.0 / counts[usize::from(lesson.security)] as f64;
        lesson.weight = if *decided { share * DECIDED } else { share };
    }
}

/// Writers who are not one person's invention: the playbooks' own examples, and the verdicts of staff.
const DECIDERS: [&str; 2] = ["examples", "verdicts"];
/// How many rows of other writers one of theirs is worth.
const DECIDED: f64 = 8.0;
