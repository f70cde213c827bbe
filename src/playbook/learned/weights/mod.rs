//! The weights of the learned sign, as a file of their own small form and as they are looked up.
//!
//! Any bytes may be read: a fault is told, never met later. `score` is what uses them.

mod form;

use crate::playbook::Class;

pub use form::BadWeights;

/// Weights by feature and channel. A channel is a kind; the last one is the class as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weights {
    /// SHA-256 of the corpus it was trained on.
    pub corpus: [u8; 32],
    /// Kinds in the order of their channels.
    pub kinds: Vec<(String, Class)>,
    /// What a unit of weight is worth, by channel: centi-decibans times 65,536.
    pub steps: Vec<u32>,
    /// Centi-decibans, by channel.
    pub bias: Vec<i32>,
    pub calibration: Calibration,
    /// The hashes of features, rising.
    pub hashes: Vec<u32>,
    /// How rare each feature is, in sixteenths of a power of two.
    pub scales: Vec<u8>,
    /// Where the entries of each feature begin, and where the last ones end.
    pub starts: Vec<u32>,
    /// Channel and weight.
    pub entries: Vec<(u8, i8)>,
}

/// From scores to evidence, measured on the writer who was kept apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calibration {
    /// What is added to the squared length of a text's features: texts that say little prove little.
    pub shrink: u32,
    /// Thousandths of the class channel that are mixed into the margin between the classes.
    pub class_share: u16,
    /// Margin between the classes to evidence for an incident, both in centi-decibans, rising in both.
    pub class: Vec<(i32, i32)>,
    /// Thousandths by which the scores of kinds within a class are spread.
    pub kind_spread: u16,
}

impl Default for Weights {
    /// Weights that say nothing.
    fn default() -> Self {
        let calibration = Calibration { shrink: 0, class_share: 0, class: vec![(0, 0)], kind_spread: 0 };
        Self {
            corpus: [0; 32],
            kinds: Vec::new(),
            steps: vec![0],
            bias: vec![0],
            calibration,
            hashes: Vec::new(),
            scales: Vec::new(),
            starts: vec![0],
            entries: Vec::new(),
        }
    }
}

impl Weights {
    /// The place of a feature, when it is known.
    pub fn place(&self, hash: u32) -> Option<usize> {
        self.hashes.binary_search(&hash).ok()
    }

    /// The entries of a feature.
    pub fn entries_of(&self, place: usize) -> &[(u8, i8)] {
        &self.entries[self.starts[place] as usize..self.starts[place + 1] as usize]
    }

    /// The channel of the class as a whole.
    pub fn class_channel(&self) -> usize {
        self.kinds.len()
    }
}
