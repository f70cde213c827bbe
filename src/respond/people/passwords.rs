//! Which new passwords are taken (ID-04, ID-05): long enough, and none that anybody would guess.

use std::collections::BTreeSet;
use std::sync::Arc;

use zxcvbn::{Score, zxcvbn};

use crate::access::password::{Cost, LONGEST, LONGEST_BYTES, SHORTEST};

/// Why a password is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    Short,
    Long,
    /// In a list of common ones, or made of words, dates and runs that are tried first.
    Common,
    /// Holds the login, the name or the operator's.
    Named,
}

/// Passwords that are known to have been stolen somewhere, as the operator lists them; clones share them.
#[derive(Clone, Default)]
pub struct Breached(Arc<BTreeSet<String>>);

impl Breached {
    /// One password a line.
    pub fn read(text: &str) -> Self {
        let lines = text.lines().map(|line| line.trim_end_matches('\r'));
        Self(Arc::new(lines.filter(|line| line.chars().count() >= SHORTEST).map(str::to_lowercase).collect()))
    }
}

/// What passwords have to be here.
#[derive(Clone)]
pub struct Rules {
    pub cost: Cost,
    pub breached: Breached,
    /// The operator's name.
    pub brand: String,
    /// Whether admins and approvers have their rights also after a code, without a passkey (ID-07).
    pub codes_for_admins: bool,
}

impl Default for Rules {
    fn default() -> Self {
        Self { cost: Cost::LEAST, breached: Breached::default(), brand: String::new(), codes_for_admins: false }
    }
}

impl Rules {
    /// Whether a new password is taken, compared exactly as it was sent. `names` are the person's login and name.
    pub fn check(&self, password: &str, names: [&str; 2]) -> Result<(), Unfit> {
        if password.len() > LONGEST_BYTES {
            return Err(Unfit::Long);
        }
        match password.chars().count() {
            0..SHORTEST => return Err(Unfit::Short),
            SHORTEST..=LONGEST => {}
            _ => return Err(Unfit::Long),
        }
        let lower = password.to_lowercase();
        if self.breached.0.contains(&lower) {
            return Err(Unfit::Common);
        }
        let own = ["holdfast", self.brand.as_str(), names[0], names[1]].map(str::to_lowercase);
        // Shorter names are parts of words.
        if own.iter().any(|name| name.chars().count() >= 4 && lower.contains(name.as_str())) {
            return Err(Unfit::Named);
        }
        let own: Vec<&str> = own.iter().map(String::as_str).collect();
        if zxcvbn(password, &own).score() < Score::Three {
            return Err(Unfit::Common);
        }
        Ok(())
    }
}
