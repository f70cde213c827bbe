//! What people can ask of us about their data, and what is kept no longer.

mod erased;
mod inventory;
mod purge;
mod restored;
mod rotation;
