//! The pages of the staff console: typed input in, markup out. No routes, no handlers, no storage.
//!
//! Where the forms post and what they carry stands in [`actions`]; every text in [`words`].

mod account;
pub mod actions;
mod alarms;
mod around;
mod asked;
pub mod assets;
mod beside;
mod bulk;
mod chats;
mod circle;
mod correct;
mod decide;
mod door;
pub mod elsewhere;
mod entry;
mod evidence;
mod facets;
pub mod federated;
mod figures;
#[cfg(test)]
mod forms;
mod home;
pub mod inbox;
mod incident;
mod keys;
mod layout;
mod letters;
mod list;
mod mask;
mod new;
pub mod numbers;
pub mod orders;
mod outline;
mod people;
mod picture;
mod promised;
mod reasons;
pub mod review;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod samples_review;
pub mod shift;
mod sources;
mod talk;
#[cfg(test)]
mod tests;
mod timeline;
mod trouble;
mod undo;
pub mod words;

pub use account::{addresses, forgotten, own_password, password_door, prove, proved, reset};
pub use bulk::{BulkPage, bulk};
pub use chats::chats;
pub use circle::{CirclePage, GlassPage, circle, glass};
pub use door::{LinkPage, StalePage, StepsOpenPage, linked, stale, steps_open};
pub use entry::{AskPage, SignInPage, Ways, enrol, join, recovery, second, set_up, sign_in, step_up};
pub use home::{Counts, HeldCase, HomePage, Notice, home};
pub use incident::{IncidentPage, incident};
pub use letters::{DeadPage, RingingPage, dead, ringing};
pub use list::{ListPage, list};
pub use new::{NewPage, TakenDown, TakenPage, new, taken};
pub use people::{PeoplePage, link_made, own, people};
pub use sources::{ShelvedPage, SourceLine, SourcePage, SourcesPage, shelved, source, sources};
pub use trouble::{TroublePage, trouble};
