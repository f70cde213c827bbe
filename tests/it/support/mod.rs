//! What the tests stand on.

pub mod app;
pub mod browser;
pub mod case;
pub mod db;
pub mod raw;
pub mod rows;
