//! What the tests stand on.

pub mod app;
pub mod browser;
pub mod case;
pub mod db;
pub mod deeds;
pub mod fill;
#[cfg(feature = "testing")]
pub mod parts;
pub mod person;
pub mod process;
pub mod raw;
pub mod rows;
pub mod server;
pub mod settle;
