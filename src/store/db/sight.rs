//! Whose eyes a transaction looks through, so that no statement shows anybody a case of a circle they are not in (RB-02).
//!
//! The door gives each request a sight that sees no such case; whoever is known by then opens it with their own. Work of the
//! house, which nobody sees the outcome of by itself, runs outside of any request and sees everything.

use std::sync::OnceLock;

use crate::id::{Id, of};
use crate::time::Timestamp;

tokio::task_local! {
    static SIGHT: (Sight, OnceLock<Sight>);
}

/// What is in sight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight {
    /// Everything: what the house does by itself, and what holders see of their own cases.
    House,
    /// Nothing of a circle: programs, and whoever is not known yet.
    NoCircles,
    /// What this person may see at this moment.
    Person(Id<of::Person>, Timestamp),
}

impl Sight {
    /// Does something within a sight.
    pub async fn within<T>(self, work: impl Future<Output = T>) -> T {
        SIGHT.scope((self, OnceLock::new()), work).await
    }

    /// Looks so for the rest of the request; it can be said once.
    pub fn open(self) {
        // Outside of a request there is nobody to look.
        let _ = SIGHT.try_with(|(_, opened)| opened.set(self));
    }

    /// The sight of the work in hand.
    pub fn current() -> Self {
        SIGHT.try_with(|(first, opened)| *opened.get().unwrap_or(first)).unwrap_or(Self::House)
    }

    /// The first argument of `in_sight!`: whose seats count.
    pub(in crate::store) fn who(self) -> String {
        match self {
            Self::House => "*".to_owned(),
            Self::NoCircles => String::new(),
            Self::Person(id, _) => id.to_string(),
        }
    }

    /// The second: seats that last beyond this moment.
    pub(in crate::store) fn at(self) -> Timestamp {
        match self {
            Self::House | Self::NoCircles => Timestamp::from_millis(0),
            Self::Person(_, at) => at,
        }
    }
}

/// The condition that an incident is in sight: it has no circle, or whoever asks has a seat in it. The column of the
/// incident's id, then the places of [`Sight::who`] and [`Sight::at`] among the arguments.
macro_rules! in_sight {
    ($incident:literal, $who:literal, $at:literal) => {
        concat!(
            "(",
            $who,
            " = '*' or not exists (select 1 from circle where circle.incident = ",
            $incident,
            ") or exists (select 1 from circle_seat where circle_seat.incident = ",
            $incident,
            " and circle_seat.person = ",
            $who,
            " and circle_seat.until > ",
            $at,
            "))"
        )
    };
}
pub(in crate::store) use in_sight;

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_request_sees_no_circle_until_somebody_is_known() {
        assert_eq!(Sight::current(), Sight::House);
        let id = "0190a2b3-0000-7000-8000-000000000001".parse().unwrap();
        let known = Sight::Person(id, Timestamp::from_millis(3));
        Sight::NoCircles
            .within(async {
                assert_eq!(Sight::current(), Sight::NoCircles);
                known.open();
                Sight::House.open();
                assert_eq!(Sight::current(), known);
            })
            .await;
        assert_eq!(Sight::current(), Sight::House);
    }
}
