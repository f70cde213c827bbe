//! The life of an order. What cannot be known is a state of its own: nobody is told that something is on hold which may not be.

use std::fmt;
use std::str::FromStr;

use serde::Serialize;

/// Where an order stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Waits for a second person.
    Proposed,
    /// May be sent, and has had no effect.
    Approved,
    /// On its way; no answer yet.
    Sent,
    /// The backend says that it is done.
    Confirmed,
    /// The backend says that it is not done, or it was void before it left.
    Failed,
    /// It left, and whether it had an effect is not known; the backend is asked.
    Unknown,
    /// Its time was over before it had an effect.
    Expired,
    /// Another order lifted what it did.
    Reversed,
    /// Taken back before it left.
    Withdrawn,
}

/// What happens to an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// All the people it takes stand behind it.
    Approve,
    Withdraw,
    /// Its time is over, and it certainly had no effect.
    Lapse,
    /// It is about to leave. Kept before the first byte does.
    Send,
    /// No connection came about, so not one byte left.
    Unreached,
    /// It left, and no answer came that can be believed.
    Silence,
    Confirm,
    Refuse,
    /// The backend has never seen it.
    NeverSeen,
    /// It left once and its time is over: whether a late copy was taken is to be asked.
    Doubt,
    /// The order that lifts it is confirmed.
    Reverse,
}

/// The text is no state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAState;

impl State {
    pub const ALL: [Self; 9] = [
        Self::Proposed,
        Self::Approved,
        Self::Sent,
        Self::Confirmed,
        Self::Failed,
        Self::Unknown,
        Self::Expired,
        Self::Reversed,
        Self::Withdrawn,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Approved => "approved",
            Self::Sent => "sent",
            Self::Confirmed => "confirmed",
            Self::Failed => "failed",
            Self::Unknown => "unknown",
            Self::Expired => "expired",
            Self::Reversed => "reversed",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The state after an event; nothing when the event cannot happen in this state.
    #[must_use]
    pub fn after(self, event: Event) -> Option<Self> {
        match (self, event) {
            (Self::Proposed | Self::Approved, Event::Withdraw) => Some(Self::Withdrawn),
            (Self::Proposed | Self::Approved | Self::Sent | Self::Unknown, Event::Lapse) => Some(Self::Expired),
            (Self::Approved, Event::Send) => Some(Self::Sent),
            (Self::Proposed, Event::Approve)
            | (Self::Sent, Event::Unreached)
            | (Self::Sent | Self::Unknown, Event::NeverSeen) => Some(Self::Approved),
            (Self::Sent | Self::Unknown, Event::Silence)
            | (Self::Unknown, Event::Unreached)
            | (Self::Approved, Event::Doubt) => Some(Self::Unknown),
            (Self::Sent | Self::Unknown, Event::Confirm) => Some(Self::Confirmed),
            (Self::Approved | Self::Sent | Self::Unknown, Event::Refuse) => Some(Self::Failed),
            // Lifting what may or may not hold is a way out of not knowing, too; what was lifted never gets to hold.
            (Self::Approved | Self::Sent | Self::Confirmed | Self::Unknown, Event::Reverse) => Some(Self::Reversed),
            (
                Self::Proposed
                | Self::Approved
                | Self::Sent
                | Self::Confirmed
                | Self::Failed
                | Self::Unknown
                | Self::Expired
                | Self::Reversed
                | Self::Withdrawn,
                Event::Approve
                | Event::Withdraw
                | Event::Lapse
                | Event::Send
                | Event::Unreached
                | Event::Silence
                | Event::Confirm
                | Event::Refuse
                | Event::NeverSeen
                | Event::Doubt
                | Event::Reverse,
            ) => None,
        }
    }

    /// Whether nothing more happens to it by itself.
    pub fn is_settled(self) -> bool {
        match self {
            Self::Confirmed | Self::Failed | Self::Expired | Self::Reversed | Self::Withdrawn => true,
            Self::Proposed | Self::Approved | Self::Sent | Self::Unknown => false,
        }
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for State {
    type Err = NotAState;

    fn from_str(text: &str) -> Result<Self, NotAState> {
        Self::ALL.into_iter().find(|state| state.as_str() == text).ok_or(NotAState)
    }
}
