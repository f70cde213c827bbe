//! The learned text sign: a linear model over n-grams, trained from the corpus in the tree (`train`) and scored in
//! integers. It says what a text as a whole looks like, also where nobody thought of the phrase.
//!
//! Which evidence follows for which playbook is decided in `recognise`; how much it may weigh, in `policy.yaml`.

mod features;
mod mask;
mod quote;
mod reader;
mod score;
mod sums;
#[cfg(test)]
mod tests;
pub mod train;
mod weights;

pub use reader::{BUILTIN, GROUP, LIKE, Reader, UNLIKE, builtin, group};
pub use score::Scores;
pub use weights::{BadWeights, Calibration, Weights};
