//! Routine requests: answered at once, explained from the chain, turned into incidents in place, closed by themselves.

mod asking;
mod chain;
mod node;
mod resting;
mod stub;
mod turning;
