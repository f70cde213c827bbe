//! Journeys in a real Chromium: what a person sees, with and without script, on a phone and on a desk.

mod begin;
mod case_life;
mod console;
mod day;
mod desk;
mod driver;
mod federated;
mod hostile;
mod hosts;
mod journey;
mod leaving;
mod numbers;
mod papers;
mod passkey;
mod payloads;
mod person;
mod proof;
mod quiet;
mod trust;
mod window;
