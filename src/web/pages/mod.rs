//! The pages for the person who reports: typed input in, markup out. No routes, no handlers, no storage.
//!
//! Each page takes a [`layout::Frame`] and works without script. Names of form fields stand in [`form`] and in [`actions`].

pub mod actions;
pub mod address;
pub mod answer;
pub mod assets;
pub mod attachments;
pub mod board;
pub mod case;
mod catalogue;
pub mod check;
pub mod details;
pub mod enter;
pub mod evidence;
pub mod feedback;
pub mod first;
pub mod form;
pub mod help;
pub mod layout;
pub mod mail;
pub mod plain;
pub mod plan;
pub mod problem;
mod protection;
pub mod report;
pub mod routine;
pub mod staff;
pub mod stop;
#[cfg(test)]
mod tests;
pub mod wishes;
pub mod words;
