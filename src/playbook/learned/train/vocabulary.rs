//! Which features are kept: those that more than one writer used, as people who never met do.

use std::collections::BTreeSet;

use super::super::features;
use super::corpus::Row;
use crate::text::fold;

/// Features by place, and every row as the places it holds.
pub struct Vocabulary {
    /// Rising.
    pub hashes: Vec<u32>,
    /// How rare, in sixteenths of a power of two.
    pub scales: Vec<u8>,
}

/// The features of each row, each once, rising.
pub fn features_of(text: &str) -> Vec<u32> {
    let mut hashes = Vec::new();
    features::of(&fold(text), &mut |hash, _| hashes.push(hash));
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}

impl Vocabulary {
    /// Counts the features of the rows; those of `neutral` texts are left out, so that such words change no score.
    pub fn of(rows: &[(&Row, Vec<u32>)], neutral: &[String], least: usize) -> Self {
        let still: BTreeSet<u32> = neutral.iter().flat_map(|text| features_of(text)).collect();
        let mut writers: Vec<&str> = rows.iter().map(|(row, _)| row.writer.as_str()).collect();
        writers.sort_unstable();
        writers.dedup();
        let mut all: Vec<(u32, usize)> = Vec::new();
        for (row, hashes) in rows {
            let writer = writers.binary_search(&row.writer.as_str()).unwrap_or(0);
            all.extend(hashes.iter().map(|hash| (*hash, writer)));
        }
        all.sort_unstable();
        let mut vocabulary = Self { hashes: Vec::new(), scales: Vec::new() };
        let alone = writers.len() < 2;
        for same in all.chunk_by(|one, other| one.0 == other.0) {
            let shared = alone || same[0].1 != same[same.len() - 1].1;
            if same.len() >= least && shared && !still.contains(&same[0].0) {
                vocabulary.hashes.push(same[0].0);
                vocabulary.scales.push(rarity(rows.len(), same.len()));
            }
        }
        vocabulary
    }

    /// The places of features that are kept.
    pub fn places(&self, hashes: &[u32]) -> Vec<u32> {
        let known = hashes.iter().filter_map(|hash| self.hashes.binary_search(hash).ok());
        known.map(|place| u32::try_from(place).unwrap_or(u32::MAX)).collect()
    }
}

/// Sixteenths of the power of two by which a feature is rarer than a row, 32 to 255.
fn rarity(rows: usize, with: usize) -> u8 {
    #[expect(clippy::cast_precision_loss, reason = "a corpus has far fewer than 2^52 rows")]
    let ratio = (rows + with) as f64 / with.max(1) as f64;
    let sixteenths = crate::scoring::exact::log2(ratio) * 16.0;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "held between 16 and 255")]
    let scale = sixteenths.clamp(32.0, 255.0) as u8;
    scale
}
