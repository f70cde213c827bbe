//! Journeys in a real Chromium: what a person sees, with and without script, on a phone and on a desk.

mod case_life;
mod desk;
mod driver;
mod hostile;
mod person;
mod quiet;
mod window;
