//! Tiers: who takes what first. A case rises to the second tier by itself; only people hand it down.

use std::fmt;
use std::str::FromStr;

use crate::playbook::Class;

/// The pool of made-up cases, which nobody is given unless they ask for practice.
pub const PRACTICE: &str = "practice";
/// From this level on upwards a security incident is for the second tier.
const SECOND: u8 = 3;

/// A tier, which is a pool of the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
    /// Routine work, and security of levels 4 and 5.
    First,
    /// Security of levels 1 to 3, and what the first tier hands up.
    Second,
}

impl Tier {
    pub const ALL: [Self; 2] = [Self::Second, Self::First];

    /// The tier of a case by what it is.
    pub fn of(class: Class, level: u8) -> Self {
        match class {
            Class::Security if level <= SECOND => Self::Second,
            Class::Security | Class::Routine => Self::First,
        }
    }

    /// The pool it is.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Second => "second",
        }
    }
}

impl fmt::Display for Tier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The text names no tier.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is neither first nor second")]
pub struct NotATier(String);

impl FromStr for Tier {
    type Err = NotATier;

    fn from_str(text: &str) -> Result<Self, NotATier> {
        Self::ALL.into_iter().find(|tier| tier.as_str() == text).ok_or_else(|| NotATier(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn routine_work_and_levels_four_and_five_are_for_the_first_tier() {
        let tiers = |class| (1..=5).map(|level| Tier::of(class, level)).collect::<Vec<_>>();
        assert_eq!(tiers(Class::Routine), [Tier::First; 5]);
        assert_eq!(tiers(Class::Security), [Tier::Second, Tier::Second, Tier::Second, Tier::First, Tier::First]);
        assert_eq!("second".parse(), Ok(Tier::Second));
        assert!("practice".parse::<Tier>().is_err());
    }
}
