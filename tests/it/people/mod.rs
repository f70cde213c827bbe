//! People on the staff: how they come, sign in, prove themselves, and what is never open to them.

mod addresses;
mod admin;
mod bare;
mod factor;
pub mod federated;
mod flood;
mod forms;
mod guessing;
mod joining;
mod lines;
pub mod mailed;
mod own_password;
mod passkey;
mod reset;
mod roles;
mod sessions;
mod tokens;
mod voices;

use crate::support::app::Plan;
use holdfast::app::{Console, Rounds};

/// A house where the limit of one client does not get in the way.
pub const QUICK: Plan = Plan {
    settings: |config| config.people.sign_in_burst = 1_000_000,
    set_up: true,
    rounds: Rounds::Own,
    console: Console::People,
};
