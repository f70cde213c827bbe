//! Orders to wallet backends: asked for, approved, taken back, reversed; and what came of them.
//!
//! An order is put into the outbox in the transaction that makes it an approved one. `view` is what is shown, `ask` and
//! `decide` are what people do, `automatic` is what the house does by itself under its brake, `review` is what somebody has to
//! look at afterwards, `post` is what leaves and what comes back, `leave` whether it may, `lift` what a release is for,
//! `proposed` what waits for a second person.

mod ask;
mod automatic;
mod decide;
mod leave;
mod lift;
mod post;
mod proposed;
mod review;
mod view;

use serde::Serialize;

pub use ask::NewOrder;
pub use decide::OrderDeed;
pub use post::{Dispatch, Returned, Sending};
pub use view::{AccountView, ApprovalView, OrderView, Orders, Protection, Radius, Recommended};

pub use proposed::Proposal;
pub use review::{OrderReview, Reviews, Standing};

pub(super) use automatic::by_itself;
pub(super) use post::sweep;
pub(super) use proposed::opens;
pub(super) use review::{Since, braked_since, overdue_since};
pub(super) use view::{of_incident, protections};

use crate::containment::{self, Action, Brake, Order, People};
use crate::id::{Id, of};
use crate::seal::{DataKey, NotOpened, Place, Purpose};
use crate::store::orders::OrderRow;
use crate::store::{Error, Result};

use super::Room;

/// A backend as the flow knows it: what it is called and what it understands.
#[derive(Debug, Clone, Serialize)]
pub struct Backend {
    pub name: String,
    /// Empty: everything.
    pub actions: Vec<Action>,
}

impl Backend {
    fn takes(&self, action: Action) -> bool {
        self.actions.is_empty() || self.actions.contains(&action)
    }
}

/// Why nothing was done about an order, beside faults of the store.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("there is no such incident or order")]
    Unknown,
    #[error("no wallet backend is set up for this")]
    NoBackend,
    #[error("the account is none that the incident's signals name")]
    NotOfIncident,
    #[error("the case was made up for practice")]
    Practice,
    #[error("the same order is under way")]
    Already(Id<of::Order>),
    #[error("the order lasts too long or nothing at all")]
    Lasting,
    /// The state it is in does not allow it.
    #[error("the order has moved on since you saw it")]
    Stale,
    #[error("nothing undoes this")]
    NoInverse,
    /// What holds longer than was asked for: whoever wants less lifts it, which takes two people and a wait.
    #[error("the same is in force for longer; lift that order instead")]
    Shorter(Id<of::Order>),
    /// Protection is lifted only where it was ordered, so that its person is told and its page tells the truth.
    #[error("protection is lifted from the order that it came from")]
    NotByItself,
    #[error("a copy may be on its way; where it can be lifted, lift it instead")]
    MayHaveLeft,
    #[error(transparent)]
    Rule(#[from] containment::Refused),
    #[error(transparent)]
    Brake(#[from] Brake),
}

/// Who stands behind an order that the house placed by itself.
pub(super) const HOUSE: &str = "house";

impl Room {
    /// The backend that an action goes to: the first that understands it.
    fn backend(&self, action: Action) -> Option<&Backend> {
        self.backends.iter().find(|backend| backend.takes(action))
    }

    /// The backend that what an order did is lifted at: the one that did it, and no other.
    fn backend_of(&self, undone: &OrderRow, action: Action) -> Option<&Backend> {
        self.backends.iter().find(|backend| backend.name == undone.target && backend.takes(action))
    }

    fn account_digest(&self, account: &str) -> String {
        self.keys.digests.of(Purpose::Lookup, "account", account)
    }
}

fn at<'a>(column: &'a str, id: &'a str) -> Place<'a> {
    Place { table: "containment_order", column, row: id }
}

fn opened(key: &DataKey, (column, id): (&str, Id<of::Order>), sealed: &[u8]) -> Result<String> {
    let plain = key.open(at(column, &id.to_string()), sealed)?;
    String::from_utf8(plain).map_err(|_| Error::from(NotOpened))
}

/// The order of a row, as it stands there now: its digest is that of the approval only when nothing was changed.
fn order(room: &Room, row: &OrderRow, account: &str) -> Order {
    Order {
        id: row.id,
        incident: row.incident,
        account: room.account_digest(account),
        action: row.action,
        target: row.target.clone(),
        until: row.until,
        undoes: row.undoes,
        requester: row.requester.clone(),
        requested: row.requested,
        expires: row.expires,
        people: if row.people == 1 { People::One } else { People::Two },
    }
}
