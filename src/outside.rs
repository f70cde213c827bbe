//! The real clock and the real source of chance: the only place where the program reads either.

use ring::rand::SecureRandom;

use crate::id::Random;
use crate::time::{Clock, Timestamp};

/// The operating system's clock.
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(jiff::Timestamp::now().as_millisecond())
    }
}

/// The operating system's random bytes.
pub struct SystemRandom(ring::rand::SystemRandom);

impl Default for SystemRandom {
    fn default() -> Self {
        Self(ring::rand::SystemRandom::new())
    }
}

impl Random for SystemRandom {
    fn fill(&self, buffer: &mut [u8]) {
        // Without chance there are no keys and no tokens; going on would be worse than stopping.
        self.0.fill(buffer).expect("the operating system gives random bytes");
    }
}
