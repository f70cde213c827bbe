//! Judgement: weight of evidence to odds, value and hurry to impact, impact to a head start in the queue.
//!
//! Everything is a function of its arguments and gives the same bytes on every machine.

mod assess;
mod exact;
mod impact;
mod odds;
mod stakes;

#[cfg(test)]
mod invariants;

pub use assess::{Assessment, Case, Standing, assess, assess_after};
pub use exact::odds as odds_of;
pub use impact::{Bucket, Threat, head_start, loss, rate};
pub use odds::{Because, Chance, Evidence, Line, Odds, add_up, log_odds_of};
pub use stakes::Situation;
