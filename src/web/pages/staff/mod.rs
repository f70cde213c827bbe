//! The pages of the staff console: typed input in, markup out. No routes, no handlers, no storage, no script.
//!
//! Where the forms post and what they carry stands in [`actions`]; every text in [`words`].

pub mod actions;
mod asked;
pub mod assets;
mod decide;
mod door;
mod evidence;
mod figures;
mod home;
mod incident;
mod layout;
mod reasons;
mod sources;
mod talk;
#[cfg(test)]
mod tests;
pub mod words;

pub use door::{SetUpDonePage, SetUpPage, SignInPage, StalePage, set_up, set_up_done, sign_in, stale};
pub use door::{StepsOpenPage, steps_open};
pub use home::{Counts, HeldCase, HomePage, Notice, home};
pub use incident::{IncidentPage, incident};
pub use sources::{ShelvedPage, SourceLine, SourcePage, SourcesPage, shelved, source, sources};
