//! What goes out: nowhere but to us, nothing of the inside, and which test holds which line of the requirements.

mod at_rest;
pub mod lines;
mod marks;
mod privacy;
mod redirects;
mod well_known;
