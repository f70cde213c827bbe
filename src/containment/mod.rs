//! What may be asked of a wallet backend, by whom, and how an order lives and ends.
//!
//! Holding is easy, releasing is hard: one person holds for an hour, two do what is dangerous, and lifting protection also
//! waits and is told to the person first (RB-07 to RB-11). Keeping orders is `store`'s, walking them `respond`'s, sending
//! them `outbox`'s matter.

mod action;
mod answer;
mod approval;
mod brake;
mod order;
mod state;
#[cfg(test)]
mod tests;

pub use action::{Action, Danger, NotAnAction};
pub use answer::{Affects, Answer, BadAnswer, Said};
pub use approval::{
    APPROVAL_LASTS, Approval, RELEASE_WAITS, Refused, leaves_until, may_approve, may_be_sent, same_person,
};
pub use brake::{ALONE_AN_HOUR, AUTOMATIC_A_DAY, AUTOMATIC_TOGETHER, Automatic, Brake, alone_may, automatic_may};
pub use order::{LONGEST, LONGEST_ALONE, Order, People};
pub use state::{Event, NotAState, State};
