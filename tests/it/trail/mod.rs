//! The audit trail as a whole: vouched for, exported, proved, and never changed.

pub mod checkpoints;
mod commands;
mod faults;
mod kept;
mod reading;
mod views;
