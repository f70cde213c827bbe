//! What the outside gives a house: its clock, its chance, what its doors bear; and what differs for stories.

use std::sync::Arc;

use crate::id::Random;
use crate::respond::Storing;
use crate::time::Clock;
use crate::web::door::Limits as DoorLimits;

/// What the outside gives: tests give their own.
#[derive(Clone)]
pub struct Outside {
    pub clock: Arc<dyn Clock>,
    pub random: Arc<dyn Random>,
    pub storing: Storing,
    pub door: DoorLimits,
    pub rounds: Rounds,
    pub console: Console,
}

/// Who comes into the console.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Console {
    /// People, by two factors (ID-07).
    People,
    /// Tokens too, while nobody has a second factor: what is made up, and stories.
    TokensToo,
}

/// Who looks for other playbooks and judges open incidents again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rounds {
    /// The house by itself, every few seconds.
    Own,
    /// Whoever runs the house: a story that looks at what is between two rounds.
    Outside,
}

impl Outside {
    /// The real clock and the operating system's chance.
    pub fn real() -> Self {
        let random = Arc::new(crate::outside::SystemRandom::default());
        Self {
            clock: Arc::new(crate::outside::SystemClock),
            random,
            storing: Storing::On,
            door: DoorLimits::default(),
            rounds: Rounds::Own,
            console: Console::People,
        }
    }
}
