//! Approvals: of exactly this order, by another person, for a quarter of an hour (RB-07, RB-08, RB-11).

use super::order::{Order, People};
use crate::time::{Span, Timestamp};

/// An approval is good for so long.
pub const APPROVAL_LASTS: Span = Span::from_minutes(15);
/// Lifting protection waits so long after it was asked for and told to the person.
pub const RELEASE_WAITS: Span = Span::from_minutes(30);

/// One person's word for one order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approval {
    pub by: String,
    pub at: Timestamp,
    /// Of the order that they saw.
    pub digest: String,
}

/// Why an order is not approved, or not sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("whoever asked for an order cannot approve it")]
    SamePerson,
    #[error("the wait before protection is lifted is not over")]
    TooEarly,
    #[error("the order has expired")]
    Expired,
    #[error("the order is not the one that was approved")]
    Changed,
    #[error("the order takes two people")]
    NeedsTwo,
}

/// Whether two names are the same person. Spelling with other capitals or spaces makes nobody another person.
pub fn same_person(one: &str, other: &str) -> bool {
    let plain = |name: &str| name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    plain(one) == plain(other)
}

/// A second person's approval of the order with the digest that they were shown.
pub fn may_approve(order: &Order, shown: &str, (by, now): (&str, Timestamp)) -> Result<Approval, Refused> {
    if same_person(&order.requester, by) {
        return Err(Refused::SamePerson);
    }
    if shown != order.digest() {
        return Err(Refused::Changed);
    }
    if now >= order.expires {
        return Err(Refused::Expired);
    }
    if now < order.opens() {
        return Err(Refused::TooEarly);
    }
    Ok(Approval { by: by.to_owned(), at: now, digest: shown.to_owned() })
}

/// Until when an order may leave with these approvals. The moment goes out with the order, so that a delivery that was held
/// up on the way has no effect afterwards.
pub fn leaves_until(order: &Order, approvals: &[Approval]) -> Result<Timestamp, Refused> {
    let end = order.until.map_or(order.expires, |until| until.min(order.expires));
    match order.people {
        People::One => Ok(end),
        People::Two => {
            let others = || approvals.iter().filter(|approval| !same_person(&approval.by, &order.requester));
            let digest = order.digest();
            let last = others().filter(|approval| approval.digest == digest).map(|approval| approval.at).max();
            let Some(last) = last else {
                return Err(if others().next().is_some() { Refused::Changed } else { Refused::NeedsTwo });
            };
            if last < order.opens() {
                return Err(Refused::TooEarly);
            }
            Ok(end.min(last.plus(APPROVAL_LASTS)))
        }
    }
}

/// The same, when it may leave now.
pub fn may_be_sent(order: &Order, approvals: &[Approval], now: Timestamp) -> Result<Timestamp, Refused> {
    let until = leaves_until(order, approvals)?;
    if now < until { Ok(until) } else { Err(Refused::Expired) }
}
