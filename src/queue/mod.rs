//! The place in the queue: lane, then arrival less head start. Pure; what is claimed when is kept by `store`.

mod hours;
pub mod tier;
mod wait;

pub use hours::{BadHours, Hours};
pub use tier::Tier;
pub use wait::{Likely, Served, likely};

use crate::playbook::{Class, Policy};
use crate::time::{Span, Timestamp};

/// Where an incident stands: smaller is sooner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct QueueKey {
    /// 0 security, 1 routine: strictly one before the other.
    pub lane: i64,
    pub due: Timestamp,
}

/// The number of a lane in the queue's order.
pub fn lane(class: Class) -> i64 {
    match class {
        Class::Security => 0,
        Class::Routine => 1,
    }
}

/// The place of an incident that arrived then and is worth this head start.
pub fn place(class: Class, arrived: Timestamp, head_start: Span) -> QueueKey {
    QueueKey { lane: lane(class), due: arrived.minus(head_start) }
}

/// The moment after which no arrival of the lane can go before a case: its due time plus the cap on head starts, and what a
/// case that suits somebody better may go before it.
pub fn never_passed_after(key: QueueKey, policy: &Policy) -> Timestamp {
    key.due.plus(policy.order.cap).plus(policy.order.suits)
}

/// Whether the claim with this number (counted from 1) takes the longest waiter of all lanes.
pub fn takes_longest_waiter(claim: i64, policy: &Policy) -> bool {
    claim % policy.order.reserve_every == 0
}
