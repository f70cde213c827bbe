//! The store keeps what it is given, on every engine.

mod audit;
mod cases;
mod deliveries;
mod incidents;
mod opening;
mod queue;
mod races;
mod records;
mod rows;
mod staff;
mod ties;
