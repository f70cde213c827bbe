//! The doors for people and programs: the accept loop and its limits, the API, the pages.
//!
//! `routes` lists every route with its permission. `door` and the layers beside it know nothing of Holdfast's business.

pub mod api;
mod attachments;
pub mod board;
pub mod body;
pub mod client;
mod cookies;
mod deeds;
mod desk;
pub mod door;
pub mod drafts;
pub mod entry;
mod evidence;
pub mod guard;
pub mod headers;
pub mod house;
mod inbox;
mod letter_desk;
pub mod limits;
mod numbers;
mod openapi;
mod orders;
pub mod pace;
pub mod pages;
pub mod person;
pub mod problem;
pub mod request_id;
mod review;
pub mod routes;
mod sessions;
mod shift;
mod source_desk;
pub mod staff;
pub mod trouble;
mod way_back;

pub use house::{House, Shared};
