//! The pages of the staff console: typed input in, markup out. No routes, no handlers, no storage, no script.
//!
//! Where the forms post and what they carry stands in [`actions`]; every text in [`words`].

pub mod actions;
mod asked;
pub mod assets;
mod decide;
mod door;
mod entry;
mod evidence;
mod figures;
mod home;
mod incident;
mod layout;
mod people;
mod picture;
mod reasons;
mod talk;
#[cfg(test)]
mod tests;
pub mod words;

pub use door::{StalePage, stale};
pub use door::{StepsOpenPage, steps_open};
pub use entry::{AskPage, SignInPage, Ways, enrol, join, recovery, second, set_up, sign_in, step_up};
pub use home::{Counts, HeldCase, HomePage, Notice, home};
pub use incident::{IncidentPage, incident};
pub use people::{PeoplePage, link_made, own, people};
