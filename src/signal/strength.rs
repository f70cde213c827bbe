//! How much is proved about who sent a signal.

use super::Signal;

/// The field that keeps it.
pub const PROOF: &str = "proof";

/// How much a delivery proves, weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// It came from an allowed network; nothing else is known.
    Network,
    /// The sender knew a static secret; nothing ties it to the body.
    StaticSecret,
    /// A time or token is signed, what the delivery says is not.
    SignedInPart,
    /// The body is signed, the time of sending is not.
    SignedWithoutTime,
    /// Body and time are signed.
    Signed,
}

impl Strength {
    pub const ALL: [Self; 5] =
        [Self::Network, Self::StaticSecret, Self::SignedInPart, Self::SignedWithoutTime, Self::Signed];

    /// The word for it in the facts of a signal.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Network => "network",
            Self::StaticSecret => "static-secret",
            Self::SignedInPart => "signed-in-part",
            Self::SignedWithoutTime => "signed-without-time",
            Self::Signed => "signed",
        }
    }

    /// Whether such a signal may by itself bring about an order on an account: only when what it says is signed.
    #[must_use]
    pub const fn may_order(self) -> bool {
        match self {
            Self::Network | Self::StaticSecret | Self::SignedInPart => false,
            Self::SignedWithoutTime | Self::Signed => true,
        }
    }
}

impl Signal {
    /// How much its sender proved; nothing for what people say and for signals from before this was kept.
    pub fn strength(&self) -> Option<Strength> {
        let word = self.facts.first(PROOF)?;
        Strength::ALL.into_iter().find(|strength| strength.word() == word)
    }

    /// Whether it may by itself bring about an order on an account. What is not known to be signed may not.
    pub fn may_order(&self) -> bool {
        self.origin.verified && self.strength().is_some_and(Strength::may_order)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::{Id, Random};
    use crate::signal::{Facts, Origin};
    use crate::time::Timestamp;

    struct Zeros;

    impl Random for Zeros {
        fn fill(&self, buffer: &mut [u8]) {
            buffer.fill(0);
        }
    }

    fn signal(verified: bool, proof: Option<&str>) -> Signal {
        let at = Timestamp::from_millis(0);
        let facts = proof.map_or_else(Facts::new, |proof| Facts::new().with(PROOF, proof));
        let origin = Origin { endpoint: "okta".to_owned(), verified, reliability: 900 };
        Signal { id: Id::new(at, &Zeros), origin, at, received: at, facts }
    }

    #[test]
    fn only_what_is_signed_over_its_words_may_bring_about_an_order() {
        for strength in Strength::ALL {
            let strong = strength >= Strength::SignedWithoutTime;
            assert_eq!(signal(true, Some(strength.word())).may_order(), strong, "{strength:?}");
            assert!(!signal(false, Some(strength.word())).may_order(), "{strength:?}");
            assert_eq!(signal(true, Some(strength.word())).strength(), Some(strength));
        }
        for unknown in [None, Some(""), Some("made-up"), Some("Signed")] {
            assert!(!signal(true, unknown).may_order(), "{unknown:?}");
        }
    }
}
